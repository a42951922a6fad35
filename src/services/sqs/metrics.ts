/** The present values of a queue's metrics that are not sums (FACTS 2.11). */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { isNoisy, noisySums } from './fair.ts'
import { delayedCount, inFlightCount, queueOf, visibleCount, type QueueState } from './queue.ts'

/** In the order of `METRICS`. */
export function gauges(sim: Simulation, node: number, into: Float64Array): void {
  const queue = queueOf(sim, node)
  into[0] = visibleCount(queue)
  into[1] = inFlightCount(queue)
  into[2] = delayedCount(queue)
  into[3] = oldestAgeUs(sim, queue) / US_PER_S
  into[4] = queue.fifo?.groups.withInFlight ?? 0
  const noisy = noisySums(queue.tenants)
  into[5] = queue.tenants.noisy
  into[6] = into[0] - noisy.visible
  into[7] = into[1] - noisy.inFlight
  into[8] = into[2] - (noisy.count - noisy.visible - noisy.inFlight)
  into[9] = oldestAgeUs(sim, queue, true) / US_PER_S
}

/** Received more often than this, a message no longer counts as the oldest (FACTS 2.11). */
const RECEIVES_LEFT_OUT = 3
/** So many of those are looked past; CloudWatch calls the figure approximate. */
const LOOKED_PAST = 1_000

/**
 * Age of the oldest message, 0 when there is none; in a dead-letter queue since the move.
 * @param inQuietGroups whether those of noisy tenants are left out
 */
export function oldestAgeUs(sim: Simulation, queue: QueueState, inQuietGroups = false): SimUs {
  const { messages, nowUs } = sim.world
  let slot = queue.arrivals.head
  for (let n = 0; n < LOOKED_PAST && slot >= 0; n++) {
    const isPoison =
      !queue.fifo &&
      messages.receives[slot] > RECEIVES_LEFT_OUT &&
      messages.deadLetterSource[slot] === 0
    const isLeftOut = inQuietGroups && !queue.fifo && isNoisy(messages, queue.tenants, slot)
    if (!isPoison && !isLeftOut) return nowUs - messages.enteredUs[slot]
    slot = messages.olderThan[slot]
  }
  return 0
}
