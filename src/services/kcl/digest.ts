/** What the application's card shows: a lane for each worker with its leases; and what is worth a warning. */
import { US_PER_MS, US_PER_S, type SimUs } from '../../base/units.ts'
import type { NodeDigest, TablePage, TokenRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { RECENT_SECONDS, recentSum, recentValues } from '../recent.ts'
import { GAUGE } from './metricNames.ts'
import { COUNTERS, ownerName, stateOf, type State, type Worker } from './state.ts'

/** Lanes on the card; further workers are counted. */
const LANES = 8
/** How long a refusal is worth a warning. */
const WARNED_US = 60 * US_PER_S

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const state = stateOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const seconds = Math.min(RECENT_SECONDS, Math.max(1, sim.nowUs / US_PER_S))
  const figures: Record<string, number> = {
    workers: running(state).length,
    hiddenWorkers: Math.max(0, state.workers.length - LANES),
    leases: heldIn(state),
    behindUs: behindUs(state),
    ratePerSecond: recentSum(state.recent, sim.nowUs, 0) / seconds,
    isWired: state.streamWire >= 0 && state.tableWire >= 0 ? 1 : 0,
  }
  COUNTERS.forEach((name, index) => (figures[name] = counters[index]))
  return {
    rows: state.workers.slice(0, LANES).map(laneOf),
    figures,
    spark: recentValues(state.recent, sim.nowUs, 0),
    advice: adviceFor(sim, state),
  }
}

const running = ({ workers }: State): Worker[] => workers.filter(({ phase }) => phase === 'running')
const heldIn = ({ workers }: State): number =>
  workers.reduce((sum, { held }) => sum + held.length, 0)
const behindUs = ({ workers }: State): SimUs =>
  Math.max(0, ...workers.flatMap(({ held }) => held.map((each) => each.behindUs)))

/** A token stands for a lease: its number is the shard's. */
function laneOf(worker: Worker): TokenRow {
  const { phase, held } = worker
  return {
    name: `worker-${worker.number}`,
    label: ownerName(worker),
    state: phase !== 'running' ? phase : held.length > 0 ? 'working' : 'spare',
    total: held.length,
    tokens: [...held]
      .sort((a, b) => a.shard - b.shard)
      .map(({ shard, batches }) => ({
        message: shard,
        hue: shard,
        look: batches.length > 0 ? 'solid' : 'outline',
      })),
  }
}

function adviceFor(sim: Simulation, state: State): string[] {
  const advice: string[] = []
  if (state.streamWire < 0) {
    advice.push('Reads nothing: draw a wire from a Kinesis stream to it.')
  }
  if (state.tableWire < 0) {
    advice.push(
      'Has no lease table: draw a wire from it to a “KCL lease table” (DynamoDB). Without leases no worker may read a shard.',
    )
  }
  if (advice.length > 0) return advice
  const spares = running(state).filter(({ held }) => held.length === 0).length
  if (running(state).length === 0) advice.push('Every worker is down: nothing is being processed.')
  else if (spares > 0 && heldIn(state) > 0 && isSettled(state)) {
    advice.push(
      `${spares} of ${running(state).length} workers are spares: a shard has one worker at a time. More shards would give them work.`,
    )
  }
  if (sim.nowUs - state.throttledUs < WARNED_US) {
    advice.push(
      'The lease table refuses requests (ProvisionedThroughputExceededException): checkpoints wait, and leases that are not renewed in time are lost. Give the table more capacity, or make it on-demand.',
    )
  }
  return advice
}

/** Nobody has more than one: there is nothing left to share out. */
const isSettled = ({ workers }: State): boolean => workers.every(({ held }) => held.length <= 1)

export function gauges(sim: Simulation, node: number, into: Float64Array): void {
  const state = stateOf(sim, node)
  into[GAUGE.behind] = Math.floor(behindUs(state) / US_PER_MS)
  into[GAUGE.leases] = heldIn(state)
  into[GAUGE.workers] = running(state).length
}

/** The leases, as they stand in the table. */
export function leasesPage(
  sim: Simulation,
  node: number,
  offset: number,
  limit: number,
): TablePage {
  const { wires } = sim.world
  const { tableWire } = stateOf(sim, node)
  const table = wires[tableWire]?.to ?? -1
  const page = sim.behaviours[table]?.table?.(sim, table, offset, limit)
  return page ?? { columns: [], rows: [], total: 0 }
}
