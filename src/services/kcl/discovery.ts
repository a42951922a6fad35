/** Which leases the table lacks, and which it needs no more (FACTS 6.9: the life of a lease). */
import { SHARD_END, numberOf, parentsOf, type Lease, type ListedShard } from './leases.ts'

export interface Missing {
  readonly shard: ListedShard
  readonly checkpoint: string
}

/**
 * A shard gets a lease when all its parents were read to their ends, or are no longer listed; never
 * when a descendant has one, for then it was read before. In an empty table the settings say where to
 * begin: at the oldest shards, or at the open ones.
 */
export function missingLeases(
  shards: readonly ListedShard[],
  leases: readonly Lease[],
  start: string,
): Missing[] {
  if (leases.length === 0 && start === 'LATEST') {
    return shards.filter(isOpen).map((shard) => ({ shard, checkpoint: 'LATEST' }))
  }
  const known = new Map(leases.map((lease) => [lease.shard, lease]))
  const listed = new Set(shards.map(({ ShardId }) => ShardId))
  const passed = withDescendants(shards, known)
  return shards
    .filter((shard) => !known.has(numberOf(shard.ShardId)) && !passed.has(shard.ShardId))
    .filter((shard) =>
      parentsOf(shard).every(
        (parent) => !listed.has(parent) || known.get(numberOf(parent))?.checkpoint === SHARD_END,
      ),
    )
    .map((shard) => ({ shard, checkpoint: 'TRIM_HORIZON' }))
}

const isOpen = ({ SequenceNumberRange }: ListedShard): boolean =>
  SequenceNumberRange.EndingSequenceNumber === undefined

/** Ids of the shards that have a descendant with a lease. Children are listed after their parents. */
function withDescendants(
  shards: readonly ListedShard[],
  known: ReadonlyMap<number, Lease>,
): ReadonlySet<string> {
  const passed = new Set<string>()
  for (const shard of shards.toReversed()) {
    if (!known.has(numberOf(shard.ShardId)) && !passed.has(shard.ShardId)) continue
    for (const parent of parentsOf(shard)) passed.add(parent)
  }
  return passed
}

/** Leases of ended shards whose children are all being read, or were. */
export function needlessLeases(shards: readonly ListedShard[], leases: readonly Lease[]): Lease[] {
  const known = new Map(leases.map((lease) => [lease.shard, lease]))
  const passed = withDescendants(shards, known)
  const isUnderWay = (child: ListedShard): boolean => {
    const lease = known.get(numberOf(child.ShardId))
    return lease ? lease.checkpoint !== 'TRIM_HORIZON' : passed.has(child.ShardId)
  }
  return leases.filter(({ shard, checkpoint }) => {
    if (checkpoint !== SHARD_END) return false
    const children = shards.filter((child) => parentsOf(child).map(numberOf).includes(shard))
    return children.length > 0 && children.every(isUnderWay)
  })
}
