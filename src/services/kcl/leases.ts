/** Leases as rows of the table (FACTS 6.9), and the conditional writes that change them. */

/** leaseKey is the shard's id. */
export interface Lease {
  readonly shard: number
  /** '' when nobody holds it. */
  readonly owner: string
  readonly counter: number
  /** A sequence number, or TRIM_HORIZON, LATEST, SHARD_END. */
  readonly checkpoint: string
  /** checkpointSubSequenceNumber: which user record of an aggregated record (FACTS 6.8). */
  readonly sub: number
}

export const SHARD_END = 'SHARD_END'

/** A shard as ListShards tells it. */
export interface ListedShard {
  readonly ShardId: string
  readonly ParentShardId?: string
  readonly AdjacentParentShardId?: string
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string }
  readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string }
}

export const shardIdOf = (shard: number): string => `shardId-${String(shard).padStart(12, '0')}`
export const numberOf = (shardId: string): number => Number(shardId.slice(-12))

export const parentsOf = ({ ParentShardId, AdjacentParentShardId }: ListedShard): string[] =>
  [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined)

type Item = Readonly<
  Record<string, { readonly S?: string; readonly N?: string; readonly SS?: readonly string[] }>
>

export const leaseIn = (item: Item): Lease => ({
  shard: numberOf(item.leaseKey.S ?? ''),
  owner: item.leaseOwner?.S ?? '',
  counter: Number(item.leaseCounter?.N ?? 0),
  checkpoint: item.checkpoint?.S ?? '',
  sub: Number(item.checkpointSubSequenceNumber?.N ?? 0),
})

type Write = Readonly<Record<string, unknown>>

/** PutItem: a lease that nobody holds, unless there is one. */
export function creation(TableName: string, shard: ListedShard, checkpoint: string): Write {
  const parents = parentsOf(shard)
  return {
    TableName,
    Item: {
      leaseKey: { S: shard.ShardId },
      leaseCounter: { N: '0' },
      checkpoint: { S: checkpoint },
      checkpointSubSequenceNumber: { N: '0' },
      ownerSwitchesSinceCheckpoint: { N: '0' },
      startingHashKey: { S: shard.HashKeyRange.StartingHashKey },
      endingHashKey: { S: shard.HashKeyRange.EndingHashKey },
      ...(parents.length > 0 && { parentShardId: { SS: parents } }),
    },
    ConditionExpression: 'attribute_not_exists(leaseKey)',
  }
}

const keyOf = (shard: number): Write => ({ leaseKey: { S: shardIdOf(shard) } })

/** UpdateItem: takes the lease over, if its counter is still what was seen. */
export function takeover(TableName: string, lease: Lease, owner: string): Write {
  return {
    TableName,
    Key: keyOf(lease.shard),
    UpdateExpression:
      'SET leaseOwner = :me, leaseCounter = :next ADD ownerSwitchesSinceCheckpoint :one',
    ConditionExpression:
      lease.owner === ''
        ? 'leaseCounter = :seen AND attribute_not_exists(leaseOwner)'
        : 'leaseCounter = :seen AND leaseOwner = :owner',
    ExpressionAttributeValues: {
      ':me': { S: owner },
      ':next': { N: String(lease.counter + 1) },
      ':seen': { N: String(lease.counter) },
      ':one': { N: '1' },
      ...(lease.owner !== '' && { ':owner': { S: lease.owner } }),
    },
  }
}

interface Holding {
  readonly shard: number
  readonly counter: number
}

const CHECKPOINT = 'checkpoint = :checkpoint, checkpointSubSequenceNumber = :sub'

const valuesOf = (checkpoint: string, sub: number): Write => ({
  ':checkpoint': { S: checkpoint },
  ':sub': { N: String(sub) },
})

/** UpdateItem: the holder lives. With a checkpoint it says how far it has come too. */
export function renewal(
  TableName: string,
  { shard, counter }: Holding,
  owner: string,
  checkpoint = '',
  sub = 0,
): Write {
  const reset = `, ${CHECKPOINT}, ownerSwitchesSinceCheckpoint = :zero`
  return {
    TableName,
    Key: keyOf(shard),
    UpdateExpression: `SET leaseCounter = :next${checkpoint === '' ? '' : reset}`,
    ConditionExpression: 'leaseCounter = :seen AND leaseOwner = :me',
    ExpressionAttributeValues: {
      ':next': { N: String(counter + 1) },
      ':seen': { N: String(counter) },
      ':me': { S: owner },
      ...(checkpoint !== '' && { ...valuesOf(checkpoint, sub), ':zero': { N: '0' } }),
    },
  }
}

/** UpdateItem: the holder goes, and says how far it came. */
export function release(
  TableName: string,
  shard: number,
  owner: string,
  checkpoint: string,
  sub: number,
): Write {
  return {
    TableName,
    Key: keyOf(shard),
    UpdateExpression:
      checkpoint === ''
        ? 'ADD leaseCounter :one REMOVE leaseOwner'
        : `SET ${CHECKPOINT} ADD leaseCounter :one REMOVE leaseOwner`,
    ConditionExpression: 'leaseOwner = :me',
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ':me': { S: owner },
      ...(checkpoint !== '' && valuesOf(checkpoint, sub)),
    },
  }
}

/** DeleteItem: the shard was read to its end, and its children are being read. */
export const deletion = (TableName: string, shard: number): Write => ({
  TableName,
  Key: keyOf(shard),
})
