/** What a stream's card shows: a lane for each shard, its newest records, and where its readers are. */
import type { Lane, NodeDigest, Token, TokenRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { recordsPerCell, unreadCells } from '../cells.ts'
import { adviceFor } from './advice.ts'
import { COUNTERS } from './events.ts'
import { shareOf } from './hashKeys.ts'
import { heatOf } from './limits.ts'
import { copyRecords } from '../recordLog.ts'
import { retainedCount, retentionUs, streamOf, type Shard, type StreamState } from './stream.ts'

/** Cells of a lane. */
const CELLS = 14
/** Lanes on the card; the other shards are counted. */
const LANES = 6
/** Closed shards among them: those that readers have not finished. */
const CLOSED_LANES = 2
/** Share of the retention period after which a record is drawn faded. */
const FADED_AT = 0.8

export const STATUSES = ['CREATING', 'ACTIVE', 'UPDATING', 'DELETING']

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const state = streamOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const closed = unfinished(state)
  const open = state.open.map((index) => state.shards[index])
  const shown = inOrder([...closed, ...open.slice(0, LANES - closed.length)])
  const perCell = perCellOf(shown)
  const figures: Record<string, number> = {
    openShards: open.length,
    hiddenShards: open.length + closed.length - shown.length,
    closedShards: state.shards.filter(({ closedUs, expired }) => closedUs >= 0 && !expired).length,
    retained: retainedCount(state),
    iteratorAgeUs: state.iteratorAgeUs,
    status: STATUSES.indexOf(state.status),
    recordsPerCell: perCell,
    consumers: state.consumers.length,
  }
  COUNTERS.forEach((name, index) => (figures[name] = counters[index]))
  return {
    rows: shown.map((shard) => rowOf(sim, state, shard, perCell)),
    figures,
    spark: [],
    advice: adviceFor(sim, node, state),
  }
}

/** Closed shards that a reader is still in, the newest first. */
const unfinished = (state: StreamState): Shard[] =>
  state.shards
    .filter(
      ({ closedUs, expired, log, pins }) =>
        closedUs >= 0 && !expired && Object.values(pins).some((position) => position < log.end),
    )
    .slice(-CLOSED_LANES)

/** By their ranges, a parent above its children. */
const inOrder = (shards: readonly Shard[]): Shard[] =>
  [...shards].sort((a, b) => shareOf(a.start) - shareOf(b.start) || a.index - b.index)

/** So many that the pins of all but the slowest readers find a place. */
function perCellOf(shards: readonly Shard[]): number {
  const furthest = Math.max(
    0,
    ...shards.flatMap(({ log, pins }) =>
      Object.values(pins).map((position) => log.end - Math.max(position, log.trimmed)),
    ),
  )
  return recordsPerCell(furthest, CELLS - 2)
}

function rowOf(sim: Simulation, state: StreamState, shard: Shard, perCell: number): TokenRow {
  const { log, index } = shard
  return {
    name: `shard-${index}`,
    label: `shard-${index}`,
    total: log.end - log.trimmed,
    tokens: cellsOf(sim, state, shard, perCell),
    lane: laneOf(sim, shard, perCell),
  }
}

/** A cell stands for the record that begins it, so that it does not change while more come. */
function cellsOf(sim: Simulation, state: StreamState, shard: Shard, perCell: number): Token[] {
  const { log, closedUs } = shard
  const tokens: Token[] = []
  const newest = Math.floor((log.end - 1) / perCell)
  const fadedUs = sim.nowUs - retentionUs(state) * FADED_AT
  for (let cell = newest; cell > newest - CELLS && cell >= 0; cell--) {
    const position = Math.max(cell * perCell, log.trimmed)
    if (position >= Math.min(log.end, (cell + 1) * perCell)) break
    const { serials, hues, arrivedUs } = copyRecords(log, position, 1, Infinity)
    const faded = closedUs >= 0 || arrivedUs[0] < fadedUs
    tokens.push({ message: serials[0], hue: hues[0], look: faded ? 'faded' : 'solid' })
  }
  return tokens
}

function laneOf(sim: Simulation, shard: Shard, perCell: number): Lane {
  const { log, meter, pins, parent, adjacentParent, closedUs } = shard
  const { share, refused } = heatOf(meter, sim.nowUs)
  const parents = [parent, adjacentParent].filter((one) => one >= 0).map((one) => `shard-${one}`)
  return {
    from: shareOf(shard.start),
    to: shareOf(shard.end),
    heat: Math.round(share * 50) / 50,
    refuses: refused > 0,
    closed: closedUs >= 0,
    origin: parents.length === 0 ? '' : `from ${parents.join(' and ')}`,
    pins: Object.entries(pins)
      .filter(([node]) => sim.world.nodes[Number(node)].alive)
      .map(([node, position]) => ({
        reader: sim.world.nodes[Number(node)].name,
        cells: unreadCells(log.end, Math.max(position, log.trimmed), perCell),
        hue: Number(node),
      })),
  }
}
