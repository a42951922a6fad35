/** Shard-level metrics (FACTS 6.11): of each shard, while EnableEnhancedMonitoring asks for them. */
import type { PartMetrics } from '../../engine/behaviour.ts'
import { livingShards } from './api/shardJson.ts'
import { SHARD_METRICS, createSums } from './shardSums.ts'
import { shardId, streamOf, type StreamState } from './stream.ts'

/** The shards that are there begin to count, if they are to; what they counted before stays. */
export function measureShards({ shards, settings }: StreamState): void {
  if (settings.shardMetrics.length === 0) return
  for (const shard of shards) shard.sums ??= createSums()
}

export const partMetrics: PartMetrics = {
  dimension: 'ShardId',
  howTo: 'To measure each shard, set “Shard-level metrics” to ALL.',
  metrics: SHARD_METRICS,
  parts(sim, node) {
    const state = streamOf(sim, node)
    if (state.settings.shardMetrics.length === 0) return []
    return livingShards(state).map(({ index }) => index)
  },
  nameOf: shardId,
  values(sim, node, part, into) {
    const { settings, shards } = streamOf(sim, node)
    const { sums } = shards[part]
    SHARD_METRICS.forEach(({ name }, n) => {
      into[n] = sums && settings.shardMetrics.includes(name) ? sums[n] : NaN
    })
  },
}
