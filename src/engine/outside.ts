/** Calls by somebody who is not in the picture: begun, answered, given up. */
import { CARRIES, CODE, ITEMS_PER_CALL, OUTSIDE, releaseCall } from './calls.ts'
import type { ApiError, CallTable, OutsideCall, StreamEvent } from './calls.ts'
import type { PassingType } from './frame.ts'
import { largeCall } from './large.ts'
import { logNamed } from './log.ts'
import type { Simulation } from './simulation.ts'
import { viewCall } from './views.ts'

/** What came of an intervention. */
export interface Outcome {
  /** Why an action was refused. */
  readonly error?: ApiError
  /** Of an API call: gets its `output` or `error` now or later. */
  readonly ticket?: OutsideCall
}

/**
 * Finds who is meant, and asks. `by` is the node that the log names as the caller of an operation on no
 * node in particular. Returns the ticket, answered or waiting.
 */
export function callFromOutside(sim: Simulation, ticket: OutsideCall, by = OUTSIDE): OutsideCall {
  const { service, operation, input } = ticket
  const located = sim.kinds.locate(sim, service, operation, input)
  if ('error' in located) return answerAtOnce(sim, ticket, -1, located, by)
  if ('account' in located) {
    return answerAtOnce(sim, ticket, -1, located.account.run(sim, input), by)
  }
  const { calls } = sim.world
  const { isLarge } = sim.behaviours[located.node]!.operations[located.operation]
  const call = isLarge
    ? largeCall(sim, OUTSIDE, located.node, located.operation, -1)
    : sim.call(OUTSIDE, located.node, located.operation, -1)
  calls.sentUs[call] = sim.nowUs
  calls.outside[call] = ticket
  const { parse, run } = sim.operationOf(call)
  const problem = parse(sim, located.node, call, input)
  if (problem) {
    releaseCall(calls, call)
    return answerAtOnce(sim, ticket, located.node, { error: problem })
  }
  if (calls.carries[call] === CARRIES.request) sim.begin(call)
  run(sim, located.node, call)
  return ticket
}

/** Answers a call that never became one of the world's, and logs it. */
function answerAtOnce(
  sim: Simulation,
  ticket: OutsideCall,
  node: number,
  answer: { readonly output: unknown } | { readonly error: ApiError },
  by = OUTSIDE,
): OutsideCall {
  Object.assign(ticket, answer)
  logNamed(sim.records.log, sim.world, node, ticket, by)
  return ticket
}

/** Puts the service's answer on the ticket. */
export function answerOutside(sim: Simulation, call: number): void {
  const { calls } = sim.world
  const ticket = calls.outside[call]!
  const to = calls.to[call]
  const view = viewCall(sim, call)
  const error = sim.errorFor(to, calls.code[call], view)
  if (error) {
    ticket.error = error
  } else {
    ticket.output = sim.operationOf(call).response(sim, to, view)
    const moved = calls.batches.get(call)?.count ?? itemsDone(calls, call)
    if (moved > 0) sim.mark(to, PASSING[calls.carries[call]], 0, moved)
  }
  releaseRefused(sim, call)
  releaseCall(calls, call)
}

/** How many of its items were not refused. */
function itemsDone({ codes, count }: CallTable, call: number): number {
  const first = call * ITEMS_PER_CALL
  let done = 0
  for (let place = first; place < first + count[call]; place++) {
    if (codes[place] === CODE.ok) done++
  }
  return done
}

/** Of a stream that nobody reads. */
const EVENTS_KEPT = 1_000

export function emitOutside(sim: Simulation, call: number, event: StreamEvent): void {
  const ticket = sim.world.calls.outside[call]
  if (!ticket) return
  ticket.events ??= []
  ticket.events.push(event)
  if (ticket.events.length > EVENTS_KEPT) ticket.events.shift()
}

/** By what the call carries; calls that carry nothing have no items. */
const PASSING: Readonly<Record<number, PassingType>> = {
  [CARRIES.request]: 'arrived',
  [CARRIES.answer]: 'left',
  [CARRIES.records]: 'left',
  [CARRIES.reference]: 'acknowledged',
}

/** Forgets a call that still waits. */
export function hangUp(sim: Simulation, ticket: OutsideCall): void {
  const { calls } = sim.world
  const call = calls.outside.indexOf(ticket)
  if (call < 0) return
  const to = calls.to[call]
  sim.behaviours[to]!.hungUp?.(sim, to, call)
  releaseCall(calls, call)
}

/** Refused messages are the caller's; when it is gone or outside, nobody else has them. */
export function releaseRefused(sim: Simulation, call: number): void {
  const { calls } = sim.world
  if (calls.carries[call] !== CARRIES.request) return
  const refused = calls.code[call] !== CODE.ok
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + calls.count[call]; place++) {
    const slot = calls.slots[place]
    if (slot >= 0 && (refused || calls.codes[place] !== CODE.ok)) sim.release(slot)
  }
}
