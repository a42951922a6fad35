/** Records as AWS's JSON writes them. */
import { toBase64 } from '../../base/base64.ts'
import { wordsIn, type RecordBatch } from '../../engine/batch.ts'
import type { StreamEvent } from '../../engine/calls.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { encodeAggregated } from '../aggregation.ts'
import { epochMs } from '../aws.ts'
import { hashKeyText } from './hashKeys.ts'
import { arrivalAt } from '../recordLog.ts'
import { firstSequence, sequenceOf } from '../sequence.ts'
import { shardId, type Shard, type StreamState } from './stream.ts'

const encoder = new TextEncoder()

/** Data in Base64: what a program sent that is no text is kept so. */
export function dataOf(sim: Simulation, { body, isBase64, userRecords }: Content): string {
  if (userRecords) return toBase64(encodeAggregated(sim, userRecords))
  return isBase64 ? body : toBase64(encoder.encode(body))
}

export const recordsJson = (
  sim: Simulation,
  state: StreamState,
  batch: RecordBatch,
): Record<string, unknown>[] => {
  const { createdUs } = state.shards[batch.shard]
  return Array.from({ length: batch.count }, (_, n) => {
    const content = wordsIn(sim, batch, n)
    const arrivedUs = batch.arrivedUs[n]
    return {
      SequenceNumber: sequenceOf(createdUs, batch.shard, batch.first + n, arrivedUs),
      ApproximateArrivalTimestamp: epochMs(arrivedUs) / 1000,
      Data: dataOf(sim, content),
      PartitionKey: content.partitionKey ?? '',
      ...encryption(state),
    }
  })
}

export const encryption = ({ keyId }: StreamState): { EncryptionType?: string } =>
  keyId === '' ? {} : { EncryptionType: 'KMS' }

/** Only at the end of a closed shard. */
export const childShardsJson = (
  state: StreamState,
  { childShards }: RecordBatch,
): { ChildShards?: unknown[] } =>
  childShards.length === 0
    ? {}
    : { ChildShards: childShards.map((index) => childJson(state.shards[index])) }

const childJson = ({ index, parent, adjacentParent, start, end }: Shard) => ({
  ShardId: shardId(index),
  ParentShards: [parent, adjacentParent].filter((one) => one >= 0).map(shardId),
  HashKeyRange: { StartingHashKey: hashKeyText(start), EndingHashKey: hashKeyText(end) },
})

/** Milliseconds, whole. */
export const millisBehind = ({ behindUs }: { behindUs: number }): number =>
  Math.floor(behindUs / 1000)

/** The record after which a later subscription goes on; the shard's beginning before any was told. */
export function continuationOf({ createdUs, index, log }: Shard, batch: RecordBatch): string {
  const last = batch.first + batch.count - 1
  if (batch.count > 0) {
    return sequenceOf(createdUs, index, last, batch.arrivedUs[batch.count - 1])
  }
  return last >= log.trimmed
    ? sequenceOf(createdUs, index, last, arrivalAt(log, last))
    : firstSequence(createdUs, index)
}

/** One event of SubscribeToShard. */
export function batchEvent(sim: Simulation, state: StreamState, batch: RecordBatch): StreamEvent {
  const shard = state.shards[batch.shard]
  return {
    type: 'SubscribeToShardEvent',
    payload: {
      Records: recordsJson(sim, state, batch),
      // Absent at the end of a shard, which tells the caller that it is over.
      ...(batch.next >= 0 && { ContinuationSequenceNumber: continuationOf(shard, batch) }),
      MillisBehindLatest: millisBehind(batch),
      ...childShardsJson(state, batch),
    },
  }
}
