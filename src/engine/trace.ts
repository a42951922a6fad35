/** The life of one message as the log tells it, each step with its cause. */
import type { LogRow, Mark, TraceStep, Why, WhyOf } from './frame.ts'
import { eachRow, itemsOf, oldestRow, readItem, readRow, type LoggedRow } from './log.ts'
import type { Simulation } from './simulation.ts'
import { logPage, logRow } from './views.ts'

/** Steps of one message that are told; the oldest are left out. */
const MOST_STEPS = 200
/** Copies that are named. */
const MOST_COPIES = 20

export interface TraceOfMessage {
  /** Oldest first; those of the message that it is a copy of come before its own. */
  readonly steps: readonly TraceStep[]
  /** False when the log does not go back to the beginning any more. */
  readonly isWhole: boolean
  /** Other messages that say the same because one is a copy of another, oldest first. */
  readonly copies: readonly number[]
}

export function traceOf(sim: Simulation, message: number): TraceOfMessage {
  const family = familyOf(sim, message)
  const [origin] = family
  const rows = rowsAbout(sim, message)
  const told =
    origin !== undefined && origin < message ? [...rowsAbout(sim, origin), ...rows] : rows
  const steps = told.map((row, n) => ({ ...row, because: becauseOf(sim, row, told.slice(0, n)) }))
  const isCut = oldestRow(sim.records.log) > 0 && rows.length > 0 && !isBeginning(rows[0])
  return {
    steps: steps.slice(-MOST_STEPS),
    isWhole: !isCut && steps.length <= MOST_STEPS,
    copies: family.filter((other) => other !== message).slice(0, MOST_COPIES),
  }
}

/** Why a thing came to be; null when the log does not have it (any more). */
export const whyOf = (sim: Simulation, of: WhyOf): Why | null =>
  'row' in of ? whyOfRow(sim, of.row) : whyOfMark(sim, of.mark)

function whyOfRow(sim: Simulation, row: number): Why | null {
  const told = logRow(sim, row)
  const logged = told && readRow(sim.records.log, row)
  if (!logged) return null
  const item = logged.itemCount > 0 ? readItem(sim.records.log, logged.firstItem) : null
  const message = item?.message ?? 0
  const before = message > 0 ? rowsAbout(sim, message).filter((one) => one.row < row) : []
  return {
    because: becauseOf(sim, told, before),
    message,
    since: before.findLast(({ to, isCall }) => isCall && to === told.to)?.atUs ?? null,
  }
}

/**
 * The row of the log at the mark's moment that is about its node, and about its message where there is
 * one: the latest that has something to say.
 */
function whyOfMark(sim: Simulation, mark: Mark): Why | null {
  const { log } = sim.records
  let best: Why | null = null
  for (let row = log.rows - 1; row >= oldestRow(log); row--) {
    const logged = readRow(log, row)
    if (!logged || logged.atUs < mark.atUs) break
    if (logged.atUs > mark.atUs || sim.world.nodes[logged.to]?.id !== mark.node) continue
    if (mark.message && logged.itemCount > 0 && !carries(sim, logged, mark.message)) continue
    const why = whyOfRow(sim, row)
    if (why && (best === null || best.because === '')) best = why
  }
  return best
}

const carries = (sim: Simulation, logged: LoggedRow, message: number): boolean =>
  itemsOf(sim.records.log, logged).some((item) => item.message === message)

/**
 * Serials of a message, of what it is a copy of and of its other copies, as far as the log tells: what a
 * topic delivers, what a consumer passes on, what a producer sent again.
 */
function familyOf(sim: Simulation, message: number): number[] {
  const { log } = sim.records
  /** Of messages that a recipe made: which of its messages. Copies without words of their own share it. */
  const made = new Map<number, number>()
  const origins = new Map<number, number>()
  eachRow(log, (row) => {
    for (const item of itemsOf(log, row)) {
      if (item.message === 0) continue
      const { message: serial, recipe, ordinal } = item
      if (recipe > 0) made.set(serial, recipe * 0x1_0000_0000 + ordinal)
      else if (!origins.has(serial)) origins.set(serial, ordinal)
    }
  })
  /** The same for a whole family; negative for those that no recipe made. */
  const rootOf = (serial: number): number => {
    const origin = origins.get(serial) || serial
    return made.get(serial) ?? made.get(origin) ?? -origin
  }
  const root = rootOf(message)
  const all = new Set([...made.keys(), ...origins.keys()])
  return [...all].filter((serial) => rootOf(serial) === root).sort((a, b) => a - b)
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
