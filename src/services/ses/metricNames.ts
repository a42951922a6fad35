/** CloudWatch's metrics of SES (AWS/SES). */
import type { Metric } from '../../engine/behaviour.ts'

const sum = (name: string, counter: string): Metric => ({
  name,
  unit: 'Count',
  statistic: 'Sum',
  counter,
})

export const METRICS: readonly Metric[] = [
  sum('Send', 'sent'),
  sum('Delivery', 'delivered'),
  sum('Bounce', 'bounced'),
  sum('Complaint', 'complaints'),
  sum('RenderingFailure', 'renderingFailures'),
  sum('throttled', 'throttled'),
]
