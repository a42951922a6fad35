/**
 * Splitting and merging (FACTS 6.4): a parent is closed and its children take over its range. No data
 * moves; the parent stays readable until its records expire.
 */
import type { Simulation } from '../../engine/simulation.ts'
import { COUNTER, NEWS } from './events.ts'
import { before, compareKeys, evenRange, type HashKey } from './hashKeys.ts'
import { wakeSubscribers } from './push.ts'
import { addShard, indexOpen, streamOf, type Shard, type StreamState } from './stream.ts'

/** The shard's range is parted where `at` begins the second half. */
export function split(sim: Simulation, node: number, shard: Shard, at: HashKey): void {
  splitOne(sim, node, shard, at)
  indexOpen(streamOf(sim, node), sim.nowUs)
}

function splitOne(sim: Simulation, node: number, shard: Shard, at: HashKey): void {
  const state = streamOf(sim, node)
  const low = addShard(state, sim.nowUs, shard.start, before(at), shard.index)
  const high = addShard(state, sim.nowUs, at, shard.end, shard.index)
  closeShard(sim, node, state, shard, [low.index, high.index])
  sim.news(node, NEWS.split, -1)
}

/** Two neighbours become one; the first is its parent, the other its adjacent parent. */
export function merge(sim: Simulation, node: number, shard: Shard, other: Shard): void {
  mergeTwo(sim, node, shard, other)
  indexOpen(streamOf(sim, node), sim.nowUs)
}

function mergeTwo(sim: Simulation, node: number, shard: Shard, other: Shard): void {
  const state = streamOf(sim, node)
  const [low, high] = compareKeys(shard.start, other.start) < 0 ? [shard, other] : [other, shard]
  const child = addShard(state, sim.nowUs, low.start, high.end, shard.index, other.index)
  closeShard(sim, node, state, shard, [child.index])
  closeShard(sim, node, state, other, [child.index])
  sim.news(node, NEWS.merged, -1)
}

function closeShard(
  sim: Simulation,
  node: number,
  state: StreamState,
  shard: Shard,
  children: readonly number[],
): void {
  shard.closedUs = sim.nowUs
  shard.children = children
  sim.world.nodes[node].counters[COUNTER.resharded]++
  wakeSubscribers(sim, node, state, shard)
}

/** Whether the first range ends where the second begins. */
export const areAdjacent = (low: Shard, high: Shard): boolean =>
  compareKeys(high.start, MIN) > 0 && compareKeys(low.end, before(high.start)) === 0

const MIN: HashKey = [0, 0, 0, 0]

/**
 * One round on the way to `target` even shards: every shard that holds a bound of the new division
 * within its range is split there, the middle one of several; when none does, neighbours within one
 * new shard are merged. False when all is as it should be.
 */
export function reshardRound(sim: Simulation, node: number, target: number): boolean {
  const state = streamOf(sim, node)
  const bounds = Array.from({ length: target }, (_, n) => evenRange(target, n).start)
  const open = state.open.map((index) => state.shards[index])
  let changed = false
  let next = 0
  for (const shard of open) {
    // Both go by the hash keys, so one walk sees which bounds lie within which shard.
    while (next < target && compareKeys(bounds[next], shard.start) <= 0) next++
    const first = next
    while (next < target && compareKeys(bounds[next], shard.end) <= 0) next++
    if (next === first) continue
    splitOne(sim, node, shard, bounds[first + ((next - first) >> 1)])
    changed = true
  }
  if (!changed) changed = mergeBetween(sim, node, open, bounds)
  if (changed) indexOpen(state, sim.nowUs)
  return changed
}

/** Merges neighbours that no bound parts, two by two. */
function mergeBetween(
  sim: Simulation,
  node: number,
  open: readonly Shard[],
  bounds: readonly HashKey[],
): boolean {
  let changed = false
  let next = 0
  for (let n = 1; n < open.length; n++) {
    while (next < bounds.length && compareKeys(bounds[next], open[n].start) < 0) next++
    if (next < bounds.length && compareKeys(bounds[next], open[n].start) === 0) continue
    mergeTwo(sim, node, open[n - 1], open[n])
    changed = true
    n++
  }
  return changed
}
