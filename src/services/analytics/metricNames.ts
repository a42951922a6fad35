/** What CloudWatch tells of an application, by the names of Managed Service for Apache Flink. */
import type { MetricName } from '../schema.ts'

export const METRIC_NAMES: readonly MetricName[] = [
  { name: 'MillisBehindLatest', unit: 'Milliseconds' },
  { name: 'KPUs', unit: 'Count' },
  { name: 'numRecordsIn', unit: 'Count' },
  { name: 'numRecordsOut', unit: 'Count' },
  { name: 'numLateRecordsDropped', unit: 'Count' },
  { name: 'LambdaDelivery.OkRecords', unit: 'Count' },
  { name: 'LambdaDelivery.DeliveryFailedRecords', unit: 'Count' },
]

/** Places of those that are no sums of counters. */
export const GAUGE = { behind: 0, kpus: 1 } as const
