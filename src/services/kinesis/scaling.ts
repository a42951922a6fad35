/**
 * On-demand streams (FACTS 6.5) look at their shards once a minute: one that took more than half of
 * what a shard can is split, and there are shards for twice the largest minute so far.
 */
import { US_PER_MINUTE } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { EVENT, NEWS } from './events.ts'
import { compareKeys, middleOf } from './hashKeys.ts'
import { WRITE_BYTES_PER_S, WRITE_RECORDS_PER_S } from './limits.ts'
import { split } from './reshard.ts'
import { streamOf, type Shard, type StreamState } from './stream.ts'

/** Share of a shard's limits above which it is split: 500 KB/s. */
const HOT_SHARE = 0.5
const MOST_SHARDS = 10_000

export function armScaling(sim: Simulation, node: number, state: StreamState): void {
  if (!state.settings.onDemand || state.scaleArmed) return
  state.scaleArmed = true
  sim.at(sim.nowUs + US_PER_MINUTE, node, EVENT.scale)
}

export function scale(sim: Simulation, node: number): void {
  const state = streamOf(sim, node)
  state.scaleArmed = false
  if (!state.settings.onDemand || state.change) return
  const open = state.open.map((index) => state.shards[index])
  const shares = open.map(shareOfMinute)
  // Twice the load of this minute: with even keys each shard is then half full.
  const wanted = Math.ceil(shares.reduce((sum, share) => sum + share, 0) * 2)
  const byHeat = open.map((_, n) => n).sort((a, b) => shares[b] - shares[a])
  let count = open.length
  for (const n of byHeat) {
    const hot = shares[n] > HOT_SHARE || (count < wanted && shares[n] > 0)
    if (!hot || count >= MOST_SHARDS) break
    if (compareKeys(open[n].start, open[n].end) === 0) continue
    split(sim, node, open[n], middleOf(open[n].start, open[n].end))
    sim.news(node, NEWS.scaled, -1)
    count++
  }
  const wrote = shares.some((share) => share > 0)
  for (const { meter } of open) {
    meter.minuteBytes = 0
    meter.minuteRecords = 0
  }
  // A stream that nobody writes to has nothing to look at; the next record arms this again.
  if (wrote) armScaling(sim, node, state)
}

/** What a shard took in the last minute, as a share of what it could. */
const shareOfMinute = ({ meter }: Shard): number =>
  Math.max(
    meter.minuteBytes / (60 * WRITE_BYTES_PER_S),
    meter.minuteRecords / (60 * WRITE_RECORDS_PER_S),
  )
