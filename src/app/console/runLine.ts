/** Does what a line of the console says, and prints what comes of it. */
import { parseCommand, type Command, type Surroundings } from '../../console/parse.ts'
import { printAnswer, printError, valuesUnder } from '../../console/output.ts'
import { apis } from '../../services/apis.ts'
import type { CallAnswer } from '../../worker/protocol.ts'
import { scenarioOf } from '../store/documentSlice.ts'
import type { ConsoleEntry } from '../store/consoleSlice.ts'
import type { App, AppState } from '../store/store.ts'

/** What the console offers to complete. */
export function surroundingsOf(state: Pick<AppState, 'history' | 'seen'>): Surroundings {
  const names: Record<string, string[]> = {}
  for (const { kind, name } of scenarioOf(state).nodes) (names[kind] ??= []).push(name)
  return { names, seen: state.seen }
}

/** Keys of answers whose values later calls take. */
const KEPT_KEYS = new Set(
  apis.flatMap(({ operations }) =>
    operations.flatMap(({ input }) =>
      Object.values(input.members).flatMap(({ from = [] }) => from),
    ),
  ),
)

/** Settles when the answer is printed; a long poll takes as long as simulated time does. */
export async function runLine(
  { store, run }: Pick<App, 'store' | 'run'>,
  line: string,
): Promise<void> {
  const state = store.getState()
  const command = parseCommand(line, surroundingsOf(state))
  if (command.type === 'nothing') return
  state.rememberLine(line)
  if (command.type === 'clear') {
    state.clearEntries()
    return
  }
  const atUs = run.player.engineUs()
  if (command.type !== 'call') {
    const printed =
      command.type === 'history' ? numbered(store.getState().typed) : textOf(command.text)
    state.addEntry({
      line,
      atUs,
      state: command.type === 'refused' ? 'refused' : 'done',
      ...printed,
    })
    return
  }
  const id = state.addEntry({ line, atUs, state: 'waiting', text: '' })
  const answer = await run.call(command.service, command.operation, command.input)
  state.changeEntry(id, entryOf(command, answer))
  if (answer && 'output' in answer) {
    for (const key of KEPT_KEYS) {
      const values = valuesUnder(key, answer.output)
      if (values.length > 0) state.noteSeen(key, values)
    }
  }
}

function entryOf(
  { operation, output }: Extract<Command, { type: 'call' }>,
  answer: CallAnswer | null,
): Partial<ConsoleEntry> {
  if (!answer) return { state: 'refused', text: '', note: 'The run ended before the answer.' }
  if ('error' in answer) return { state: 'refused', ...textOf(printError(operation, answer.error)) }
  const text = printAnswer(operation, answer.output, output)
  const note = operation === 'ReceiveMessage' ? 'No messages.' : 'Done.'
  return {
    state: 'done',
    ...(text === '' ? { text, note } : textOf(text)),
    columns: output === 'table',
  }
}

/** More would only make the page slow. */
const MAX_SHOWN = 40_000

const textOf = (text: string): { text: string; note?: string } =>
  text.length <= MAX_SHOWN
    ? { text }
    : {
        text: text.slice(0, MAX_SHOWN),
        note: `${text.length - MAX_SHOWN} more characters are not shown.`,
      }

const numbered = (lines: readonly string[]): { text: string } => {
  const width = String(lines.length).length
  return { text: lines.map((line, i) => `${String(i + 1).padStart(width)}  ${line}`).join('\n') }
}
