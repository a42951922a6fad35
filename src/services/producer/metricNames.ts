/** What a producer tells of itself; all of it ours, by names that begin with a lower-case letter. */
import type { Metric } from '../../engine/behaviour.ts'
import { latencyMetrics } from '../latency.ts'

const sum = (name: string, counter = name): Metric => ({
  name,
  unit: 'Count',
  statistic: 'Sum',
  counter,
})
export const METRICS: readonly Metric[] = [
  sum('sent'),
  sum('failed'),
  sum('retried'),
  sum('payloadsStored', 'stored'),
  sum('replied'),
  sum('timedOut'),
  sum('orphanedReplies'),
  ...latencyMetrics('roundTrip'),
]

/** Of the first of what tells the round trip. */
export const ROUND_TRIP = METRICS.findIndex(({ name }) => name === 'roundTripP50')
