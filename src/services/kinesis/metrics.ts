/** CloudWatch's metrics of a stream (FACTS 6.11). Latencies are not told: calls take no time at the service. */
import type { Metric } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { heatOf } from './limits.ts'
import { streamOf, retainedCount } from './stream.ts'

const count = (name: string, counter: string): Metric => ({
  name,
  unit: 'Count',
  statistic: 'Sum',
  counter,
})
const bytes = (name: string, counter: string): Metric => ({
  name,
  unit: 'Bytes',
  statistic: 'Sum',
  counter,
})

/** Gauges first, so that their places are known. */
export const METRICS: readonly Metric[] = [
  { name: 'GetRecords.IteratorAgeMilliseconds', unit: 'Milliseconds', statistic: 'Maximum' },
  { name: 'openShards', unit: 'Count', statistic: 'Maximum' },
  { name: 'retainedRecords', unit: 'Count', statistic: 'Maximum' },
  { name: 'hottestShard', unit: 'Percent', statistic: 'Maximum' },
  count('IncomingRecords', 'IncomingRecords'),
  bytes('IncomingBytes', 'IncomingBytes'),
  count('WriteProvisionedThroughputExceeded', 'WriteProvisionedThroughputExceeded'),
  count('ReadProvisionedThroughputExceeded', 'ReadProvisionedThroughputExceeded'),
  count('PutRecord.Success', 'PutRecordSuccess'),
  bytes('PutRecord.Bytes', 'PutRecordBytes'),
  count('PutRecords.Success', 'PutRecordsSuccess'),
  bytes('PutRecords.Bytes', 'PutRecordsBytes'),
  count('PutRecords.TotalRecords', 'PutRecordsTotalRecords'),
  count('PutRecords.SuccessfulRecords', 'PutRecordsSuccessfulRecords'),
  count('PutRecords.FailedRecords', 'PutRecordsFailedRecords'),
  count('PutRecords.ThrottledRecords', 'PutRecordsThrottledRecords'),
  count('GetRecords.Success', 'GetRecordsSuccess'),
  count('GetRecords.Records', 'GetRecordsRecords'),
  bytes('GetRecords.Bytes', 'GetRecordsBytes'),
  count('SubscribeToShard.Success', 'SubscribeToShardSuccess'),
  count('SubscribeToShard.RateExceeded', 'SubscribeToShardRateExceeded'),
  count('SubscribeToShardEvent.Records', 'SubscribeToShardEventRecords'),
  bytes('SubscribeToShardEvent.Bytes', 'SubscribeToShardEventBytes'),
]

export function gauges(sim: Simulation, node: number, into: Float64Array): void {
  const state = streamOf(sim, node)
  into[0] = Math.floor(state.iteratorAgeUs / 1000)
  into[1] = state.open.length
  into[2] = retainedCount(state)
  let hottest = 0
  for (const index of state.open) {
    hottest = Math.max(hottest, heatOf(state.shards[index].meter, sim.nowUs).share)
  }
  into[3] = hottest * 100
}
