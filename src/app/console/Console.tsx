import { memo, useEffect, useRef } from 'react'
import { shortClock } from '../clock.ts'
import type { ConsoleEntry } from '../store/consoleSlice.ts'
import { useApp, useAppRun, useAppStore, useScenario } from '../useApp.ts'
import { CommandLine } from './CommandLine.tsx'
import { runLine } from './runLine.ts'
import './console.css'

/** AWS CLI commands that act on the run, and what came of them. */
export default function Console({ inputId }: { readonly inputId: string }) {
  const store = useAppStore()
  const theRun = useAppRun()
  const entries = useApp((state) => state.entries)
  const transcript = useRef<HTMLDivElement>(null)
  const run = (line: string) => void runLine({ store, run: theRun }, line)
  useEffect(() => {
    if (entries.length === 0 || !transcript.current) return
    transcript.current.scrollTo({ top: transcript.current.scrollHeight })
  }, [entries])
  return (
    <div className="console">
      <div
        className="console-transcript"
        ref={transcript}
        role="log"
        aria-label="Transcript"
        tabIndex={0}
      >
        {entries.length === 0 ? <Start onRun={run} /> : null}
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </div>
      <CommandLine id={inputId} onRun={run} />
    </div>
  )
}

/** Before the first line: what can be typed, ready to be pressed. */
function Start({ onRun }: { readonly onRun: (line: string) => void }) {
  const { nodes } = useScenario()
  const queue = nodes.find(({ kind }) => kind === 'sqs')?.name
  const lines = queue
    ? [
        `aws sqs send-message --queue-url ${queue} --message-body 'hello'`,
        `aws sqs receive-message --queue-url ${queue}`,
        'help',
      ]
    : ['aws sqs create-queue --queue-name orders', 'help']
  return (
    <div className="console-start">
      <p>AWS CLI commands act on this run. Try one:</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <button type="button" className="console-example" onClick={() => onRun(line)}>
              {line}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Entry = memo(function Entry({ entry }: { readonly entry: ConsoleEntry }) {
  const { line, atUs, state, text, columns, note } = entry
  return (
    <div className="console-entry" data-state={state}>
      <p className="console-typed">
        <span className="console-prompt" aria-hidden="true">
          $
        </span>
        <span className="console-words">{line}</span>
        <span className="console-time">{shortClock(atUs)}</span>
      </p>
      {text !== '' && <pre data-columns={columns || undefined}>{text}</pre>}
      {note && <p className="console-note">{note}</p>}
      {state === 'waiting' && <Waiting />}
    </div>
  )
})

/** A long poll ends in simulated time, which may stand still. */
function Waiting() {
  const playing = useApp((state) => state.play.status === 'playing')
  return (
    <p className="console-note">
      {playing ? 'Waiting…' : 'Waiting, but simulated time stands still: press play.'}
    </p>
  )
}
