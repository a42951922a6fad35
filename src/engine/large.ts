/** Calls with room for ITEMS_PER_LARGE_CALL items; otherwise as `Simulation.call` makes them. */
import { CARRIES, newLargeCall } from './calls.ts'
import type { Simulation } from './simulation.ts'

export function largeCall(
  sim: Simulation,
  from: number,
  to: number,
  operation: number,
  wire: number,
): number {
  const { calls } = sim.world
  const call = newLargeCall(calls, from, to, operation, wire)
  calls.carries[call] = CARRIES[sim.behaviours[to]!.operations[operation].carries]
  return call
}
