/** What CloudWatch tells of a delivery stream (AWS/Firehose); ours begin with a lower-case letter. */
import type { Metric } from '../../engine/behaviour.ts'

const sum = (name: string, unit: Metric['unit'] = 'Count', counter = name): Metric => ({
  name,
  unit,
  statistic: 'Sum',
  counter,
})
const gauge = (
  name: string,
  unit: Metric['unit'],
  statistic: 'Average' | 'Maximum' = 'Average',
): Metric => ({ name, unit, statistic })

export const METRICS: readonly Metric[] = [
  sum('IncomingRecords'),
  sum('IncomingBytes', 'Bytes'),
  sum('IncomingPutRequests'),
  sum('ThrottledRecords'),
  sum('DataReadFromKinesisStream.Records'),
  sum('DataReadFromKinesisStream.Bytes', 'Bytes'),
  sum('DataReadFromSource.Records'),
  sum('DataReadFromSource.Bytes', 'Bytes'),
  sum('ThrottledGetRecords', 'Count', 'readThrottled'),
  sum('DeliveryToS3.Records'),
  sum('DeliveryToS3.Bytes', 'Bytes'),
  sum('DeliveryToS3.Success'),
  gauge('DeliveryToS3.DataFreshness', 'Seconds', 'Maximum'),
  sum('BackupToS3.Records'),
  sum('BackupToS3.Bytes', 'Bytes'),
  sum('BackupToS3.Success'),
  sum('deliveredRecords', 'Count', 'delivered'),
  sum('failedDeliveries', 'Count', 'failedTries'),
  gauge('bufferedBytes', 'Bytes'),
  gauge('DataFreshness', 'Seconds', 'Maximum'),
  gauge('ExecuteProcessing.Duration', 'Milliseconds'),
  gauge('ExecuteProcessing.Success', 'Count'),
  sum('SucceedProcessing.Records'),
  sum('SucceedProcessing.Bytes', 'Bytes'),
  sum('droppedRecords', 'Count', 'dropped'),
  sum('recordsNotTransformed', 'Count', 'notTransformed'),
  gauge('PartitionCount', 'Count', 'Maximum'),
  sum('PartitionCountExceeded'),
  sum('SucceedConversion.Records'),
  sum('FailedConversion.Records'),
]

/** Place of a metric that is no sum of a counter. */
export const placeOf = (name: string): number => METRICS.findIndex((each) => each.name === name)
