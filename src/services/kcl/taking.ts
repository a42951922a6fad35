/**
 * Which leases a worker takes in a round (FACTS 6.9): free ones up to its share; when none is free and
 * it has too few, some of those that the most loaded worker has too many.
 */
import type { Lease } from './leases.ts'
import { SHARD_END } from './leases.ts'

export interface Round {
  /** All of the table. */
  readonly leases: readonly Lease[]
  /** Who asks: leaseOwner. */
  readonly me: string
  /** Whether the counter has stood still for the failover time. */
  isExpired(lease: Lease): boolean
  /** 0 for any number. */
  readonly maxLeases: number
  readonly maxToSteal: number
  /** A whole number from 0, less than `n`. */
  choose(n: number): number
}

export function leasesToTake(round: Round): Lease[] {
  const leases = round.leases.filter(({ checkpoint }) => checkpoint !== SHARD_END)
  const free = leases.filter((lease) => lease.owner === '' || round.isExpired(lease))
  const counts = new Map([[round.me, 0]])
  for (const lease of leases) {
    if (!free.includes(lease)) counts.set(lease.owner, (counts.get(lease.owner) ?? 0) + 1)
  }
  const share = Math.max(1, Math.ceil(leases.length / counts.size))
  const target = round.maxLeases > 0 ? Math.min(share, round.maxLeases) : share
  const needed = target - counts.get(round.me)!
  if (needed <= 0) return []
  // Its own that it let expire are as free as others.
  if (free.length > 0) return chosen(free, needed, round)
  const [owner, most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))
  const beyond = Math.min(needed, most - share)
  const stolen = beyond === 0 && needed > 1 ? 1 : beyond
  const theirs = leases.filter((lease) => lease.owner === owner)
  return owner === round.me ? [] : chosen(theirs, Math.min(stolen, round.maxToSteal), round)
}

/** So many of them, by chance: workers that look at the same moment should not want the same. */
function chosen(from: readonly Lease[], most: number, { choose }: Round): Lease[] {
  const left = [...from]
  const taken: Lease[] = []
  while (taken.length < most && left.length > 0) {
    taken.push(...left.splice(choose(left.length), 1))
  }
  return taken
}
