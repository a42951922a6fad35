/** Which leases a worker takes, and which leases a table lacks: rules without a world. */
import { expect, test } from 'vitest'
import { missingLeases, needlessLeases } from './discovery.ts'
import { shardIdOf, type Lease, type ListedShard } from './leases.ts'
import { leasesToTake, type Round } from './taking.ts'

const lease = (shard: number, owner: string, checkpoint = 'TRIM_HORIZON'): Lease => ({
  shard,
  owner,
  counter: 1,
  checkpoint,
  sub: 0,
})
const owned = (...owners: string[]): Lease[] => owners.map((owner, n) => lease(n, owner))

const takes = (leases: readonly Lease[], me: string, more: Partial<Round> = {}): number =>
  leasesToTake({
    leases,
    me,
    isExpired: () => false,
    maxLeases: 0,
    maxToSteal: 1,
    choose: () => 0,
    ...more,
  }).length

test.each([
  ['a first worker takes all', owned('', '', '', ''), 4],
  ['its share of what is free', owned('', '', '', 'b'), 2],
  ['nothing when it has its share', owned('a', 'a', '', 'b'), 0],
  ['one of the most loaded', owned('b', 'b', 'b', 'b'), 1],
  ['none where the difference is one', owned('a', 'a', 'b', 'b', 'b'), 0],
  ['none when all have one', owned('b', 'c', 'd'), 0],
  ['none of ended shards', [lease(0, '', 'SHARD_END')], 0],
])('FACTS 6.9: a worker takes %s', (_, leases, count) => {
  expect(takes(leases, 'a')).toBe(count)
})

test('FACTS 6.9: at most max leases; more are stolen at a time when told so; expired ones are free', () => {
  expect(takes(owned('', '', '', ''), 'a', { maxLeases: 3 })).toBe(3)
  expect(takes(owned('b', 'b', 'b', 'b', 'b', 'b'), 'a', { maxToSteal: 5 })).toBe(3)
  expect(takes(owned('b', 'b', 'c', 'c'), 'a', { isExpired: ({ owner }) => owner === 'b' })).toBe(2)
})

const shard = (n: number, closed: boolean, ...parents: number[]): ListedShard => ({
  ShardId: shardIdOf(n),
  ...(parents.length > 0 && { ParentShardId: shardIdOf(parents[0]) }),
  ...(parents.length > 1 && { AdjacentParentShardId: shardIdOf(parents[1]) }),
  HashKeyRange: { StartingHashKey: '0', EndingHashKey: '1' },
  SequenceNumberRange: closed ? { EndingSequenceNumber: '1' } : {},
})
const missing = (
  shards: readonly ListedShard[],
  leases: readonly Lease[],
  start = 'TRIM_HORIZON',
) => missingLeases(shards, leases, start).map((each) => each.shard.ShardId.slice(-1))

test('FACTS 6.9: an empty table gets leases of the oldest shards, or with LATEST of the open ones', () => {
  const split = [shard(0, true), shard(1, false, 0), shard(2, false, 0)]
  expect(missing(split, [])).toEqual(['0'])
  expect(missing(split, [], 'LATEST')).toEqual(['1', '2'])
})

test('FACTS 6.9: a child gets a lease when all its parents are at SHARD_END, an ancestor never', () => {
  const merge = [shard(0, true), shard(1, true), shard(2, false, 0, 1)]
  expect(missing(merge, [lease(0, 'a', 'SHARD_END'), lease(1, 'a')])).toEqual([])
  expect(missing(merge, [lease(0, 'a', 'SHARD_END'), lease(1, 'a', 'SHARD_END')])).toEqual(['2'])
  expect(missing(merge, [lease(2, 'a', '123')])).toEqual([])
})

test('FACTS 6.9: a lease of an ended shard goes when all its children are being read', () => {
  const split = [shard(0, true), shard(1, false, 0), shard(2, false, 0)]
  const leases = (checkpoint: string) => [
    lease(0, 'a', 'SHARD_END'),
    lease(1, 'a', '123'),
    lease(2, 'a', checkpoint),
  ]
  expect(needlessLeases(split, leases('TRIM_HORIZON'))).toEqual([])
  expect(needlessLeases(split, leases('456'))).toEqual([lease(0, 'a', 'SHARD_END')])
})
