/** How large what a call carries is, and as how many requests that is billed (FACTS 1.3, 16). */
import { ITEMS_PER_CALL } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { BYTES_PER_KB, unitsOf } from '../prices.ts'

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
