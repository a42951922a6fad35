/** Counters, events and refusals of an endpoint. */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { FAILURE_STATUSES } from './schema.ts'
import { stateOf } from './state.ts'

/** requests = accepted + refused + being answered. */
export const COUNTERS = ['requests', 'accepted', 'refused', 'confirmed'] as const
export const COUNTER = { requests: 0, accepted: 1, refused: 2, confirmed: 3 } as const

/** `a` = the call, `b` = which of the calls in hand. */
export const EVENT = { answer: 0 } as const

const WORDS: Readonly<Record<string, string>> = {
  '400': 'BadRequest',
  '401': 'Unauthorized',
  '403': 'Forbidden',
  '404': 'NotFound',
  '410': 'Gone',
  '429': 'TooManyRequests',
  '500': 'InternalServerError',
  '502': 'BadGateway',
  '503': 'ServiceUnavailable',
  '504': 'GatewayTimeout',
}

export const ERRORS: readonly ApiError[] = [
  ...FAILURE_STATUSES.map((status) => ({
    code: WORDS[status],
    status: Number(status),
    message: `The endpoint answered ${status}.`,
  })),
  { code: 'Timeout', status: 504, message: 'The endpoint did not answer within 15 seconds.' },
  { code: 'ConnectionFailed', status: 503, message: 'Nobody answers at the endpoint.' },
  { code: 'DeliveryFailed', status: 503, message: 'The provider could not deliver the message.' },
  { code: 'EndpointDisabled', status: 400, message: 'Endpoint is disabled' },
  { code: 'InvalidParameter', status: 400, message: 'Invalid parameter: Message too long' },
]

const after = FIRST_ERROR + FAILURE_STATUSES.length
export const RESULT = {
  timeout: after,
  unreachable: after + 1,
  undelivered: after + 2,
  disabled: after + 3,
  tooLong: after + 4,
} as const

/** The result of a web server that fails with this status. */
export const failureResult = (status: unknown): number =>
  FIRST_ERROR + Math.max(0, FAILURE_STATUSES.indexOf(String(status)))

export function broken(sim: Simulation, node: number): string | null {
  const [requests, accepted, refused] = sim.world.nodes[node].counters
  const known = accepted + refused + stateOf(sim, node).inHand.length
  return requests === known
    ? null
    : `requests ${requests}, but accepted + refused + being answered is ${known}`
}
