/** Metrics of mail that is received: CloudWatch's names where it has them. */
import type { Metric } from '../../engine/behaviour.ts'

const sum = (name: string, counter: string): Metric => ({
  name,
  unit: 'Count',
  statistic: 'Sum',
  counter,
})

export const METRICS: readonly Metric[] = [
  sum('Received', 'received'),
  sum('PublishSuccess', 'actionsDone'),
  sum('PublishFailure', 'actionsFailed'),
  sum('bounced', 'bounced'),
]
