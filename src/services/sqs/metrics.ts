/** CloudWatch's metrics of a queue (FACTS 2.11). */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import type { Metric } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { isNoisy, noisySums } from './fair.ts'
import { delayedCount, inFlightCount, queueOf, visibleCount, type QueueState } from './queue.ts'

/** The first ten are gauges, in the order of `gauges`. */
export const METRICS: readonly Metric[] = [
  { name: 'ApproximateNumberOfMessagesVisible', unit: 'Count', statistic: 'Average' },
  { name: 'ApproximateNumberOfMessagesNotVisible', unit: 'Count', statistic: 'Average' },
  { name: 'ApproximateNumberOfMessagesDelayed', unit: 'Count', statistic: 'Average' },
  { name: 'ApproximateAgeOfOldestMessage', unit: 'Seconds', statistic: 'Maximum' },
  { name: 'ApproximateNumberOfGroupsWithInflightMessages', unit: 'Count', statistic: 'Average' },
  { name: 'ApproximateNumberOfNoisyGroups', unit: 'Count', statistic: 'Average' },
  {
    name: 'ApproximateNumberOfMessagesVisibleInQuietGroups',
    unit: 'Count',
    statistic: 'Average',
  },
  {
    name: 'ApproximateNumberOfMessagesNotVisibleInQuietGroups',
    unit: 'Count',
    statistic: 'Average',
  },
  {
    name: 'ApproximateNumberOfMessagesDelayedInQuietGroups',
    unit: 'Count',
    statistic: 'Average',
  },
  {
    name: 'ApproximateAgeOfOldestMessageInQuietGroups',
    unit: 'Seconds',
    statistic: 'Maximum',
  },
  { name: 'NumberOfMessagesSent', unit: 'Count', statistic: 'Sum', counter: 'sent' },
  { name: 'NumberOfMessagesReceived', unit: 'Count', statistic: 'Sum', counter: 'received' },
  { name: 'NumberOfMessagesDeleted', unit: 'Count', statistic: 'Sum', counter: 'deletesAnswered' },
  { name: 'NumberOfEmptyReceives', unit: 'Count', statistic: 'Sum', counter: 'emptyReceives' },
  {
    name: 'NumberOfDeduplicatedSentMessages',
    unit: 'Count',
    statistic: 'Sum',
    counter: 'deduplicated',
  },
  { name: 'SentMessageSize', unit: 'Bytes', statistic: 'Sum', counter: 'sentBytes' },
]

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
