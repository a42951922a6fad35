/**
 * How parts learn of a stream's shards: ListShards, and whose turn it is. A shard is read when its
 * parents are read to the end, so that the order of each key is kept (FACTS 6.4).
 */
import { ask } from '../engine/asks.ts'
import type { Simulation } from '../engine/simulation.ts'

/** The output of ListShards, as far as readers need it. */
export interface ShardListing {
  readonly Shards?: readonly {
    readonly ShardId: string
    readonly ParentShardId?: string
    readonly AdjacentParentShardId?: string
    readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string }
  }[]
}

export interface ListedShard {
  readonly shard: number
  /** Takes no more records: it was split or merged. */
  readonly isClosed: boolean
}

/** Who reads a shard, and whether it is done with it. */
interface Reader {
  readonly shard: number
  readonly finished: boolean
}

/** Asks for the shards of the stream `to`; the answer is a `ShardListing`. Returns the call. */
export const askShards = (sim: Simulation, from: number, to: number, wire: number): number =>
  ask(sim, from, to, 'ListShards', { StreamName: sim.world.nodes[to].name }, wire)

/**
 * The shards that nobody reads yet and whose turn it is: all parents are finished or gone.
 * @param all whatever their parents do: who begins at LATEST reads every shard at once
 */
export function shardsToRead(
  { Shards = [] }: ShardListing,
  readers: readonly Reader[],
  all: boolean,
): readonly ListedShard[] {
  const listed = new Set(Shards.map(({ ShardId }) => ShardId))
  const known = new Map(readers.map(({ shard, finished }) => [shard, finished]))
  const isDone = (id: string | undefined): boolean =>
    id === undefined || !listed.has(id) || known.get(numberOf(id)) === true
  return Shards.filter(
    ({ ShardId, ParentShardId, AdjacentParentShardId }) =>
      !known.has(numberOf(ShardId)) &&
      (all || (isDone(ParentShardId) && isDone(AdjacentParentShardId))),
  ).map(({ ShardId, SequenceNumberRange }) => ({
    shard: numberOf(ShardId),
    isClosed: SequenceNumberRange.EndingSequenceNumber !== undefined,
  }))
}

export const numberOf = (shardId: string): number => Number(shardId.slice(-12))

const POSITIONS = 0x100000000

/** Where a record is, as one number: the receipt of its item of PutRecord and PutRecords. */
export const placeOf = (shard: number, position: number): number => shard * POSITIONS + position
export const shardIn = (place: number): number => Math.floor(place / POSITIONS)
export const positionIn = (place: number): number => place % POSITIONS
