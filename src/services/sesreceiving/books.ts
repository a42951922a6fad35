/** Counters, news and refusals of SES receiving, and what it remembers. */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'

/** received = accepted + stopped + bounced; actions = actionsDone + actionsFailed + on their way. */
export const COUNTERS = [
  'received',
  'accepted',
  'stopped',
  'bounced',
  'actions',
  'actionsDone',
  'actionsFailed',
] as const
export const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

export const NEWS_WORDS = ['(rule stopped: spam)', '(action failed)'] as const
export const NEWS = { stopped: 0, actionFailed: 1 } as const

/** SMTP's replies; of 4xx statuses no sender tries again. */
export const ERRORS: readonly ApiError[] = [
  { code: 'Bounced', status: 400, message: '554 5.6.1 Message content rejected.' },
  { code: 'Bounced', status: 400, message: '552 5.3.4 Message too large for the SNS action.' },
]
export const RESULT = { rejected: FIRST_ERROR, tooLarge: FIRST_ERROR + 1 } as const

export interface State {
  /** Actions on calls. */
  underway: number
  /** Subjects of the last mails, newest first. */
  readonly lines: string[]
  readonly chance: number
  readonly recent: Recent
}

export const createState = (sim: Simulation, node: number): State => ({
  underway: 0,
  lines: [],
  chance: sim.stream(sim.world.nodes[node], 'spam'),
  recent: createRecent(1),
})

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

export function broken(sim: Simulation, node: number): string | null {
  const { counters } = sim.world.nodes[node]
  const of = (name: (typeof COUNTERS)[number]): number => counters[COUNTER[name]]
  const mails = of('accepted') + of('stopped') + of('bounced')
  if (of('received') !== mails) {
    return `received ${of('received')}, but accepted + stopped + bounced is ${mails}`
  }
  const actions = of('actionsDone') + of('actionsFailed') + stateOf(sim, node).underway
  return of('actions') === actions
    ? null
    : `actions ${of('actions')}, but done + failed + on their way is ${actions}`
}
