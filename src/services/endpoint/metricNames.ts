/** An endpoint's own metrics; CloudWatch knows none of what is outside of AWS. */
import type { Metric } from '../../engine/behaviour.ts'
import { latencyMetrics } from '../latency.ts'

const sum = (name: string): Metric => ({ name, unit: 'Count', statistic: 'Sum', counter: name })

export const METRICS: readonly Metric[] = [
  sum('requests'),
  sum('accepted'),
  sum('refused'),
  ...latencyMetrics('endToEndLatency'),
]
