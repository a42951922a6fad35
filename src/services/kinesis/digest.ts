/** What a stream's card shows: a lane for each shard, its newest records, and where its readers are. */
import type { NodeDigest, Token, TokenRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { adviceFor } from './advice.ts'
import { COUNTERS } from './events.ts'
import { heatOf } from './limits.ts'
import { copyRecords } from './recordLog.ts'
import { retainedCount, streamOf, type Shard } from './stream.ts'

const CELLS = 14
/** Lanes on the card; the other shards are counted. */
export const LANES = 6

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const state = streamOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const figures: Record<string, number> = {
    openShards: state.open.length,
    closedShards: state.shards.filter(({ closedUs, expired }) => closedUs >= 0 && !expired).length,
    retained: retainedCount(state),
    iteratorAgeUs: state.iteratorAgeUs,
    status: STATUSES.indexOf(state.status),
  }
  COUNTERS.forEach((name, index) => (figures[name] = counters[index]))
  return {
    rows: state.open.slice(0, LANES).map((index) => laneOf(sim, state.shards[index])),
    figures,
    spark: [],
    advice: adviceFor(sim, node, state),
  }
}

export const STATUSES = ['CREATING', 'ACTIVE', 'UPDATING', 'DELETING']

function laneOf(sim: Simulation, shard: Shard): TokenRow {
  const { log, index } = shard
  const from = Math.max(log.trimmed, log.end - CELLS)
  const { count, serials, hues } = copyRecords(log, from, CELLS, Infinity)
  const tokens: Token[] = []
  for (let n = count - 1; n >= 0; n--) {
    tokens.push({ message: serials[n], hue: hues[n], look: 'solid' })
  }
  return {
    name: `lane-${index}`,
    label: `shard-${index}`,
    total: log.end - log.trimmed,
    tokens,
    heat: Math.min(9.99, Math.round(heatOf(shard.meter, sim.nowUs).share * 100) / 100),
  } as TokenRow
}
