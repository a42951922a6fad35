/**
 * Calls by parts in AWS's own JSON, for what is too rare to have columns: listing shards, registering
 * a consumer. They travel as other calls do, and the part reads the answer on its ticket.
 */
import { scheduleInLane } from './agenda.ts'
import { FIRST_ERROR, addItem, type OutsideCall } from './calls.ts'
import { logNamed } from './log.ts'
import type { Simulation } from './simulation.ts'
import { viewCall } from './views.ts'
import { CALL_EVENT, LANE } from './world.ts'

/** A message that a call in AWS's JSON carries or is about; with its serial when it is only referred to. */
export interface AskedAbout {
  readonly slot: number
  readonly serial?: number
}

/** Sends such a call; `answerTo` has its answer when it comes back. Returns the call. */
export function ask(
  sim: Simulation,
  from: number,
  to: number,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  wire: number,
  about?: AskedAbout,
): number {
  const service = sim.behaviours[to]!.service ?? sim.world.nodes[to].kind
  const call = sim.call(from, to, sim.operationIndex(to, operation), wire)
  sim.world.calls.outside[call] = { service, operation, input }
  if (about) addItem(sim.world.calls, call, about.slot, 0, about.serial)
  sim.send(call)
  return call
}

/** What came of a call in AWS's JSON; undefined for other calls. */
export const answerTo = (sim: Simulation, call: number): OutsideCall | undefined =>
  sim.world.calls.outside[call]

/** Reads the input on arrival; false when it was refused: the answer is on its way then. */
export function readAsked(sim: Simulation, node: number, call: number): boolean {
  const { agenda, calls, network, nowUs } = sim.world
  const ticket = calls.outside[call]
  if (!ticket) return true
  const problem = sim.operationOf(call).parse(sim, node, call, ticket.input)
  if (!problem) return true
  ticket.error = problem
  calls.code[call] = FIRST_ERROR
  logNamed(sim.records.log, sim.world, node, ticket, calls.from[call])
  scheduleInLane(agenda, LANE.control, nowUs + network.controlUs, CALL_EVENT.answer, call)
  return false
}

/** Puts the service's answer on the ticket of a call by a part. */
export function answerAsked(sim: Simulation, call: number, ticket: OutsideCall): void {
  const { calls } = sim.world
  const to = calls.to[call]
  const view = viewCall(sim, call)
  const error = sim.errorFor(to, calls.code[call], view)
  if (error) ticket.error = error
  else ticket.output = sim.operationOf(call).response(sim, to, view)
}
