/** Shards as AWS's JSON tells them. */
import { hashKeyText } from '../hashKeys.ts'
import { firstSequence, lastSequence } from '../../sequence.ts'
import { shardId, type Shard, type StreamState } from '../stream.ts'

/** Those that have not vanished. */
export const livingShards = ({ shards }: StreamState): readonly Shard[] =>
  shards.filter(({ expired }) => !expired)

export const shardJson = (shard: Shard): Record<string, unknown> => {
  const { index, parent, adjacentParent, start, end, createdUs, closedUs } = shard
  return {
    ShardId: shardId(index),
    ...(parent >= 0 && { ParentShardId: shardId(parent) }),
    ...(adjacentParent >= 0 && { AdjacentParentShardId: shardId(adjacentParent) }),
    HashKeyRange: { StartingHashKey: hashKeyText(start), EndingHashKey: hashKeyText(end) },
    SequenceNumberRange: {
      StartingSequenceNumber: firstSequence(createdUs, index),
      ...(closedUs >= 0 && { EndingSequenceNumber: lastSequence(createdUs, index, closedUs) }),
    },
  }
}
