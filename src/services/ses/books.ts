/** Counters, events, news and refusals of SES sending. */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { stateOf } from './state.ts'

/** sent (recipients) = delivered + bounced + on their way; events = told + lost + on their way. */
export const COUNTERS = [
  'sent',
  'delivered',
  'bounced',
  'complaints',
  'renderingFailures',
  'rejected',
  'throttled',
  'delayed',
  'eventsTold',
  'eventsLost',
] as const
export const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

/** `a` = the mail's slot, `b` = its id among those on their way. */
export const EVENT = { retry: 0 } as const

export const NEWS_WORDS = [
  '(bounce)',
  '(complaint)',
  '(rendering failure)',
  '(delivery delayed: will be tried again)',
  '(event lost)',
] as const
export const NEWS = {
  bounce: 0,
  complaint: 1,
  renderingFailure: 2,
  delayed: 3,
  eventLost: 4,
} as const

/** As SES writes it; the text of an identity stands in the place of the names. */
export const notVerified = (identities: string): ApiError => ({
  code: 'MessageRejected',
  status: 400,
  message: `Email address is not verified. The following identities failed the check in region US-EAST-1: ${identities}`,
})

export const ERRORS: readonly ApiError[] = [
  notVerified('{identities}'),
  { code: 'TooManyRequestsException', status: 429, message: 'Maximum sending rate exceeded.' },
  { code: 'TooManyRequestsException', status: 429, message: 'Daily message quota exceeded.' },
  { code: 'BadRequestException', status: 400, message: "Missing required header 'To'." },
]
export const RESULT = {
  notVerified: FIRST_ERROR,
  rate: FIRST_ERROR + 1,
  quota: FIRST_ERROR + 2,
  noRecipient: FIRST_ERROR + 3,
} as const

export function broken(sim: Simulation, node: number): string | null {
  const { counters } = sim.world.nodes[node]
  const known =
    counters[COUNTER.delivered] + counters[COUNTER.bounced] + stateOf(sim, node).underway.length
  return counters[COUNTER.sent] === known
    ? null
    : `sent ${counters[COUNTER.sent]}, but delivered + bounced + on their way is ${known}`
}
