/** The life of one message as the log tells it, each step with its cause. */
import type { LogRow, TraceStep } from './frame.ts'
import { oldestRow, readRow } from './log.ts'
import type { Simulation } from './simulation.ts'
import { logPage, slotOf } from './views.ts'

/** Steps of one message that are told; the oldest are left out. */
const MOST_STEPS = 200

/**
 * Oldest first. Begins with the life of the message it is a copy of, as long as it is known which that
 * is. `isWhole` is false when the log does not go back to its beginning any more.
 */
export function traceOf(
  sim: Simulation,
  message: number,
): { readonly steps: readonly TraceStep[]; readonly isWhole: boolean } {
  const slot = slotOf(sim, message)
  const origin = slot < 0 ? message : sim.world.messages.origin[slot]
  const rows = rowsAbout(sim, message)
  const told = origin > 0 && origin !== message ? [...rowsAbout(sim, origin), ...rows] : rows
  const steps = told.map((row, n) => ({ ...row, because: becauseOf(sim, row, told.slice(0, n)) }))
  const isCut = oldestRow(sim.records.log) > 0 && rows.length > 0 && !isBeginning(rows[0])
  return { steps: steps.slice(-MOST_STEPS), isWhole: !isCut && steps.length <= MOST_STEPS }
}

/** All pages of the log, as a filtered page looks through so many rows only. */
function rowsAbout(sim: Simulation, message: number): LogRow[] {
  const { log } = sim.records
  const found: LogRow[] = []
  let before = 0
  for (;;) {
    const { rows } = logPage(sim, before, MOST_STEPS, { message })
    found.push(...rows)
    const last = rows.at(-1)
    if (!last || found.length >= MOST_STEPS || last.row <= oldestRow(log)) break
    before = last.row
  }
  return found.toReversed()
}

/** A message comes into being by a call that carries it in. */
const isBeginning = ({ isCall, operation }: LogRow): boolean =>
  isCall && /^(Send|Publish|Put)/.test(operation)

function becauseOf(sim: Simulation, row: LogRow, before: readonly LogRow[]): string {
  const node = readRow(sim.records.log, row.row)?.to ?? -1
  return sim.behaviours[node]?.because?.(sim, node, row, before) ?? ''
}
