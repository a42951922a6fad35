/** What KCL tells CloudWatch of an application (in a namespace of its own); ours begin in lower case. */
import type { Metric } from '../../engine/behaviour.ts'

export const METRICS: readonly Metric[] = [
  { name: 'RecordsProcessed', unit: 'Count', statistic: 'Sum', counter: 'processed' },
  { name: 'readAgain', unit: 'Count', statistic: 'Sum', counter: 'again' },
  { name: 'LostLeases', unit: 'Count', statistic: 'Sum', counter: 'lost' },
  { name: 'checkpoints', unit: 'Count', statistic: 'Sum', counter: 'checkpoints' },
  { name: 'MillisBehindLatest', unit: 'Milliseconds', statistic: 'Maximum' },
  { name: 'CurrentLeases', unit: 'Count', statistic: 'Average' },
  { name: 'NumWorkers', unit: 'Count', statistic: 'Average' },
]

/** Places of those that are no sums of counters. */
export const GAUGE = { behind: 4, leases: 5, workers: 6 } as const
