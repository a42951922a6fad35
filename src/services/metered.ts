/** Calls that AWS bills by the 64 KB of what they carry (FACTS 16). */
import { ITEMS_PER_CALL } from '../engine/calls.ts'
import type { Operation } from '../engine/behaviour.ts'
import type { Simulation } from '../engine/simulation.ts'
import { BYTES_PER_KB, unitsOf } from './prices.ts'

const BYTES_A_REQUEST = 64 * BYTES_PER_KB

/** Bodies and attributes of all messages on a call, bytes. */
export function bytesOn({ world: { calls, messages } }: Simulation, call: number): number {
  const first = call * ITEMS_PER_CALL
  let bytes = 0
  for (let place = first; place < first + calls.count[call]; place++) {
    if (calls.slots[place] >= 0) bytes += messages.sizeBytes[calls.slots[place]]
  }
  return bytes
}

/** As how many requests a call with these messages is billed. */
export const requestsOf = (sim: Simulation, call: number): number =>
  unitsOf(bytesOn(sim, call), BYTES_A_REQUEST)

/**
 * Counts the calls of an operation, those that are refused as well: FACTS does not say what becomes of them.
 * @param counter the place of the counter of what is billed
 * @param bySize whether the size of what is sent matters at this node
 */
export const meteredBy =
  (counter: number, bySize: (sim: Simulation, node: number) => boolean = () => true) =>
  (operation: Operation): Operation => ({
    ...operation,
    run(sim, node, call) {
      const sends = operation.carries === 'request' && bySize(sim, node)
      sim.world.nodes[node].counters[counter] += sends ? requestsOf(sim, call) : 1
      operation.run(sim, node, call)
    },
    parse(sim, node, call, input) {
      const problem = operation.parse(sim, node, call, input)
      if (problem) sim.world.nodes[node].counters[counter]++
      return problem
    },
  })
