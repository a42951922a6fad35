/** What CloudWatch tells of a delivery stream (AWS/Firehose); ours begin with a lower-case letter. */
import type { Metric } from '../../engine/behaviour.ts'

export const METRICS: readonly Metric[] = [
  { name: 'IncomingRecords', unit: 'Count', statistic: 'Sum', counter: 'IncomingRecords' },
  { name: 'IncomingBytes', unit: 'Bytes', statistic: 'Sum', counter: 'IncomingBytes' },
  { name: 'IncomingPutRequests', unit: 'Count', statistic: 'Sum', counter: 'IncomingPutRequests' },
  { name: 'ThrottledRecords', unit: 'Count', statistic: 'Sum', counter: 'ThrottledRecords' },
  {
    name: 'DeliveryToS3.Records',
    unit: 'Count',
    statistic: 'Sum',
    counter: 'DeliveryToS3.Records',
  },
  { name: 'DeliveryToS3.Bytes', unit: 'Bytes', statistic: 'Sum', counter: 'DeliveryToS3.Bytes' },
  { name: 'BackupToS3.Records', unit: 'Count', statistic: 'Sum', counter: 'BackupToS3.Records' },
  { name: 'deliveredRecords', unit: 'Count', statistic: 'Sum', counter: 'delivered' },
  { name: 'failedDeliveries', unit: 'Count', statistic: 'Sum', counter: 'failedTries' },
  { name: 'bufferedBytes', unit: 'Bytes', statistic: 'Average' },
  { name: 'DataFreshness', unit: 'Seconds', statistic: 'Maximum' },
  { name: 'ExecuteProcessing.Duration', unit: 'Milliseconds', statistic: 'Average' },
  { name: 'ExecuteProcessing.Success', unit: 'Count', statistic: 'Average' },
  {
    name: 'SucceedProcessing.Records',
    unit: 'Count',
    statistic: 'Sum',
    counter: 'SucceedProcessing.Records',
  },
  {
    name: 'SucceedProcessing.Bytes',
    unit: 'Bytes',
    statistic: 'Sum',
    counter: 'SucceedProcessing.Bytes',
  },
  { name: 'droppedRecords', unit: 'Count', statistic: 'Sum', counter: 'dropped' },
  { name: 'recordsNotTransformed', unit: 'Count', statistic: 'Sum', counter: 'notTransformed' },
]

/** Places of those that are no sums of counters. */
export const GAUGE = { bufferedBytes: 9, freshness: 10, duration: 11, success: 12 } as const
