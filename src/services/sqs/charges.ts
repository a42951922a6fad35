/** What AWS bills for a queue: calls, by 64 KB (FACTS 16). */
import type { Charge } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { meteredBy, requestsOf } from '../metered.ts'
import { PRICES, charge } from '../prices.ts'
import { COUNTER } from './events.ts'
import { queueOf } from './queue.ts'

/** What an answer brings is counted with the answer (`countBrought`). */
export const metered = meteredBy(COUNTER.billedRequests)

/** A receive was counted once when it came: now by what it brings. */
export function countBrought(sim: Simulation, node: number, call: number): void {
  sim.world.nodes[node].counters[COUNTER.billedRequests] += requestsOf(sim, call) - 1
}

const EACH_CALL =
  'Each call of the API counts once for every 64 KB that it sends or brings, and at least once: a batch of ten small messages is one request, a message of 256 KB four. An empty receive is a request, too, and so is a call that is refused. Volume discounts are left out.'

export function charges(sim: Simulation, node: number): readonly Charge[] {
  const { counters } = sim.world.nodes[node]
  const requests = counters[COUNTER.billedRequests]
  if (queueOf(sim, node).fifo) {
    return [charge('Requests, FIFO queue, 64 KB each', requests, PRICES.sqsFifo, EACH_CALL)]
  }
  const fair = counters[COUNTER.billedFairRequests]
  return [
    charge('Requests, standard queue, 64 KB each', requests, PRICES.sqsStandard, EACH_CALL),
    ...(fair > 0
      ? [
          charge(
            'Fair queue, surcharge',
            fair,
            PRICES.sqsFair,
            'Sends to a standard queue that carry a message group ID cost this more. Here that is every send of which the queue took such a message.',
          ),
        ]
      : []),
  ]
}
