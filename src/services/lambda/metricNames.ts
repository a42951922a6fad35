/** CloudWatch's metrics of a function (AWS/Lambda), and our own of latency. */
import type { Metric } from '../../engine/behaviour.ts'
import { latencyMetrics } from '../latency.ts'

export const METRICS: readonly Metric[] = [
  { name: 'Invocations', unit: 'Count', statistic: 'Sum', counter: 'Invocations' },
  { name: 'Errors', unit: 'Count', statistic: 'Sum', counter: 'Errors' },
  { name: 'Throttles', unit: 'Count', statistic: 'Sum', counter: 'Throttles' },
  { name: 'Duration', unit: 'Milliseconds', statistic: 'Average' },
  { name: 'ConcurrentExecutions', unit: 'Count', statistic: 'Maximum' },
  { name: 'IteratorAge', unit: 'Milliseconds', statistic: 'Maximum' },
  { name: 'AsyncEventsReceived', unit: 'Count', statistic: 'Sum', counter: 'AsyncEventsReceived' },
  { name: 'AsyncEventsDropped', unit: 'Count', statistic: 'Sum', counter: 'AsyncEventsDropped' },
  {
    name: 'DestinationDeliveryFailures',
    unit: 'Count',
    statistic: 'Sum',
    counter: 'DestinationDeliveryFailures',
  },
  ...latencyMetrics('endToEndLatency'),
]

/** Places of the gauges in METRICS. */
export const GAUGE = { duration: 3, concurrent: 4, iteratorAge: 5, latency: 9 } as const
