/** What a producer tells of itself; all of it ours, by names that begin with a lower-case letter. */
import type { Metric } from '../../engine/behaviour.ts'

const sum = (name: string, counter = name): Metric => ({
  name,
  unit: 'Count',
  statistic: 'Sum',
  counter,
})
const roundTrip = (statistic: 'p50' | 'p90' | 'p99'): Metric => ({
  name: `roundTrip${statistic.toUpperCase()}`,
  unit: 'Milliseconds',
  statistic,
})

export const METRICS: readonly Metric[] = [
  sum('sent'),
  sum('failed'),
  sum('retried'),
  sum('payloadsStored', 'stored'),
  sum('replied'),
  sum('timedOut'),
  sum('orphanedReplies'),
  roundTrip('p50'),
  roundTrip('p90'),
  roundTrip('p99'),
]

/** Of the first percentile; the others follow. */
export const ROUND_TRIP = METRICS.findIndex(({ name }) => name === 'roundTripP50')
export const ROUND_TRIP_SHARES = [0.5, 0.9, 0.99]
