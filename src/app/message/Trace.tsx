import { useState } from 'react'
import { formatClock } from '../../base/format.ts'
import type { TraceStep } from '../../worker/protocol.ts'
import { useAnswer } from '../useAnswer.ts'
import { useApp, useAppRun } from '../useApp.ts'

/** The whole life of a message, step by step, with why; each step takes the clock to its moment. */
export function Trace({ message }: { readonly message: number }) {
  const [open, setOpen] = useState(false)
  return (
    <section className="trace">
      <button
        type="button"
        className="button"
        data-small
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? 'Hide its life' : 'Its whole life, and why'}
      </button>
      {open && <Steps message={message} />}
    </section>
  )
}

function Steps({ message }: { readonly message: number }) {
  const answer = useAnswer({ about: 'trace', message }, 1000)
  const seek = useApp((state) => state.seek)
  const isShared = useApp((state) => state.live?.open ?? false)
  const { player } = useAppRun()
  if (!answer) return null
  if (answer.steps.length === 0) return <p>The API log does not reach back to it.</p>
  return (
    <>
      {!answer.isWhole && <p>Its beginning is no longer in the API log.</p>}
      {answer.copies.length > 0 && <Copies copies={answer.copies} />}
      <ol className="trace-steps" aria-label={`Life of m-${message}`}>
        {answer.steps.map((step) => (
          <li key={step.row} data-failed={step.error !== '' || undefined}>
            <button
              type="button"
              className="trace-time mono"
              disabled={isShared}
              title="Go to this moment"
              onClick={() => void seek(step.atUs)}
            >
              {formatClock(step.atUs - player.originUs())}
            </button>
            <span className="trace-what">{whatOf(step)}</span>
            {step.because && <span className="trace-why">{step.because}</span>}
          </li>
        ))}
      </ol>
    </>
  )
}

/** Messages with the same words: what it is a copy of, and its copies. */
function Copies({ copies }: { readonly copies: readonly number[] }) {
  const open = useApp((state) => state.message)
  const openMessage = useApp((state) => state.openMessage)
  return (
    <p className="trace-copies">
      The same words, as copies or sent again:{' '}
      {copies.map((copy) => (
        <button
          key={copy}
          type="button"
          className="trace-time mono"
          onClick={() => open && openMessage({ ...open, message: copy })}
        >
          m-{copy}
        </button>
      ))}
    </p>
  )
}

/** "order-workers/2: ReceiveMessage at orders". */
function whatOf({ isCall, from, operation, to, error }: TraceStep): string {
  if (!isCall) return `${from || to} ${operation}`
  return `${from}: ${operation} at ${to}${error && `, refused with ${error}`}`
}
