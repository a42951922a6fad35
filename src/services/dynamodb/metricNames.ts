/** What CloudWatch tells of a table (AWS/DynamoDB). */
import type { Metric } from '../../engine/behaviour.ts'

export const COUNTERS = [
  'ConsumedReadCapacityUnits',
  'ConsumedWriteCapacityUnits',
  'ThrottledRequests',
  'ReadThrottleEvents',
  'WriteThrottleEvents',
  'ConditionalCheckFailedRequests',
  'itemsAdded',
  'itemsDeleted',
] as const
export type Counter = (typeof COUNTERS)[number]

const sum = (name: Counter): Metric => ({ name, unit: 'Count', statistic: 'Sum', counter: name })

export const METRICS: readonly Metric[] = [
  sum('ConsumedReadCapacityUnits'),
  sum('ConsumedWriteCapacityUnits'),
  sum('ThrottledRequests'),
  sum('ReadThrottleEvents'),
  sum('WriteThrottleEvents'),
  sum('ConditionalCheckFailedRequests'),
]
