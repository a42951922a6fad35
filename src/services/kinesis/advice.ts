/** What is worth warning about now, in plain English. */
import type { Simulation } from '../../engine/simulation.ts'
import { heatOf } from './limits.ts'
import { retentionUs, type StreamState } from './stream.ts'

/** Share of its limits above which a shard is called hot. */
const HOT = 0.9

export function adviceFor(sim: Simulation, node: number, state: StreamState): string[] {
  const advice: string[] = []
  const heats = state.open.map((index) => ({
    index,
    ...heatOf(state.shards[index].meter, sim.nowUs),
  }))
  const hot = heats.filter(({ share, refused }) => share >= HOT || refused > 0)
  const mean = heats.reduce((sum, { share }) => sum + share, 0) / heats.length
  if (hot.length > 0) {
    const names = hot
      .slice(0, 3)
      .map(({ index }) => `shard-${index}`)
      .join(', ')
    advice.push(
      hot.length < heats.length && mean < HOT / 2
        ? `Hot shard: ${names} is at its limit while others are idle. Spread the partition keys, split the shard, or send fewer, larger records.`
        : `${names} ${hot.length === 1 ? 'is' : 'are'} at the limit of 1 MB/s or 1 000 records/s: add shards.`,
    )
  }
  if (state.iteratorAgeUs > retentionUs(state) / 2) {
    advice.push(
      'A reader is more than half of the retention period behind: records may expire unread.',
    )
  }
  if (sim.world.nodes[node].in.length === 0 && state.shards.every(({ log }) => log.end === 0)) {
    advice.push('Nothing comes in: connect a producer.')
  }
  return advice
}
