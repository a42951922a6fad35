/** Records expire (FACTS 6.7): each shard is trimmed at its old end, and a closed one vanishes at last. */
import { US_PER_S } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { COUNTER, EVENT, NEWS } from './events.ts'
import { arrivalAt, trim } from '../recordLog.ts'
import { retentionUs, streamOf, type Shard, type StreamState } from './stream.ts'

/** Whatever expires within a second goes at once. */
const EVERY_US = US_PER_S

/** Plans the next trimming, when anything is kept and none is planned. */
export function armRetention(sim: Simulation, node: number, state: StreamState): void {
  if (state.retentionArmed) return
  const nextUs = nextExpiryUs(state)
  if (nextUs === Infinity) return
  state.retentionArmed = true
  sim.at(Math.max(nextUs, sim.nowUs + EVERY_US), node, EVENT.retention)
}

/** When the oldest record or closed shard expires. */
function nextExpiryUs(state: StreamState): number {
  let oldestUs = Infinity
  for (const { expired, closedUs, log } of state.shards) {
    if (expired) continue
    if (log.end > log.trimmed) oldestUs = Math.min(oldestUs, arrivalAt(log, log.trimmed))
    else if (closedUs >= 0) oldestUs = Math.min(oldestUs, closedUs)
  }
  return oldestUs + retentionUs(state)
}

export function expire(sim: Simulation, node: number): void {
  const state = streamOf(sim, node)
  state.retentionArmed = false
  let gone = 0
  for (const shard of state.shards) gone += trimShard(sim, node, state, shard)
  if (gone > 0) {
    sim.mark(node, 'expired', 0, gone)
    sim.news(node, NEWS.expired, -1)
  }
  armRetention(sim, node, state)
}

/** Lets go of what is too old; readers do so first, so that they never see it. Returns how many. */
export function trimShard(sim: Simulation, node: number, state: StreamState, shard: Shard): number {
  const horizonUs = sim.nowUs - retentionUs(state)
  if (horizonUs < 0 || shard.expired) return 0
  const { count, bytes } = trim(shard.log, horizonUs)
  const { counters } = sim.world.nodes[node]
  counters[COUNTER.expired] += count
  counters[COUNTER.expiredBytes] += bytes
  if (shard.closedUs >= 0 && shard.closedUs <= horizonUs) shard.expired = true
  return count
}
