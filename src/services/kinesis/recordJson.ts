/** Records as AWS's JSON writes them. */
import { toBase64 } from '../../base/base64.ts'
import { wordsIn, type RecordBatch } from '../../engine/batch.ts'
import type { StreamEvent } from '../../engine/calls.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { epochMs } from '../aws.ts'
import { hashKeyText } from './hashKeys.ts'
import { firstSequence, sequenceOf } from './sequence.ts'
import { shardId, type Shard, type StreamState } from './stream.ts'

const encoder = new TextEncoder()

/** Data in Base64: what a program sent that is no text is kept so. */
export const dataOf = ({ body, isBase64 }: Content): string =>
  isBase64 ? body : toBase64(encoder.encode(body))

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
      Data: dataOf(content),
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

/** One event of SubscribeToShard. */
export function batchEvent(sim: Simulation, state: StreamState, batch: RecordBatch): StreamEvent {
  const { createdUs, closedUs } = state.shards[batch.shard]
  const last = batch.first + batch.count - 1
  const isOver = closedUs >= 0 && batch.next < 0
  return {
    type: 'SubscribeToShardEvent',
    payload: {
      Records: recordsJson(sim, state, batch),
      // Absent at the end of a shard, which tells the caller that it is over.
      ...(!isOver && {
        ContinuationSequenceNumber:
          batch.count > 0
            ? sequenceOf(createdUs, batch.shard, last, batch.arrivedUs[batch.count - 1])
            : firstSequence(createdUs, batch.shard),
      }),
      MillisBehindLatest: millisBehind(batch),
      ...childShardsJson(state, batch),
    },
  }
}
