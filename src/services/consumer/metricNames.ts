/** What a fleet tells of itself; all of it ours, by names that begin with a lower-case letter. */
import type { Metric } from '../../engine/behaviour.ts'
import { latencyMetrics } from '../latency.ts'

export const METRICS: readonly Metric[] = [
  { name: 'processed', unit: 'Count', statistic: 'Sum', counter: 'processed' },
  { name: 'failed', unit: 'Count', statistic: 'Sum', counter: 'failed' },
  { name: 'refused', unit: 'Count', statistic: 'Sum', counter: 'refused' },
  { name: 'crashed', unit: 'Count', statistic: 'Sum', counter: 'crashed' },
  { name: 'busyWorkers', unit: 'Count', statistic: 'Average' },
  { name: 'serviceTime', unit: 'Milliseconds', statistic: 'Average' },
  { name: 'endToEndLatency', unit: 'Milliseconds', statistic: 'Average' },
  ...latencyMetrics('endToEndLatency'),
]
