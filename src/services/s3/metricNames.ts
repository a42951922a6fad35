/** A bucket's metrics: CloudWatch's request metrics, and ours about notifications. */
import type { Metric } from '../../engine/behaviour.ts'

const sum = (name: string, counter: string, unit: Metric['unit'] = 'Count'): Metric => ({
  name,
  unit,
  statistic: 'Sum',
  counter,
})

export const METRICS: readonly Metric[] = [
  sum('PutRequests', 'put'),
  sum('DeleteRequests', 'deleteRequests'),
  sum('GetRequests', 'getRequests'),
  sum('BytesUploaded', 'putBytes', 'Bytes'),
  sum('eventsDelivered', 'eventsDelivered'),
  sum('eventsLost', 'eventsLost'),
  { name: 'orphanedPayloads', unit: 'Count', statistic: 'Maximum' },
]
