/**
 * What a stream does over time: it is created, resharded, reconfigured and deleted (FACTS 5, 6.4).
 * While it is UPDATING, reads and writes go on.
 */
import { fromSeconds, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { EVENT, NEWS } from './events.ts'
import type { HashKey } from './hashKeys.ts'
import { merge, reshardRound, split } from './reshard.ts'
import { streamOf, type Status, type StreamState } from './stream.ts'

export type Change =
  | { readonly type: 'create' }
  | { readonly type: 'delete' }
  /** An attribute that was set at once; only the state shows it. */
  | { readonly type: 'update' }
  | { readonly type: 'split'; readonly shard: number; readonly at: HashKey }
  | { readonly type: 'merge'; readonly shard: number; readonly other: number }
  | { readonly type: 'reshard'; readonly target: number }

/** How long AWS takes, in its order of magnitude; a reshard takes as long for each of its rounds. */
const TAKES_US: Readonly<Record<Change['type'], SimUs>> = {
  create: fromSeconds(10),
  delete: fromSeconds(10),
  update: fromSeconds(5),
  split: fromSeconds(20),
  merge: fromSeconds(20),
  reshard: fromSeconds(20),
}

const STATUS: Readonly<Record<Change['type'], Status>> = {
  create: 'CREATING',
  delete: 'DELETING',
  update: 'UPDATING',
  split: 'UPDATING',
  merge: 'UPDATING',
  reshard: 'UPDATING',
}

/** Begins a change; whatever was under way is forgotten (only a deletion comes over another change). */
export function begin(sim: Simulation, node: number, change: Change): void {
  const state = streamOf(sim, node)
  state.change = change
  state.status = STATUS[change.type]
  arm(sim, node, state, change)
}

function arm(sim: Simulation, node: number, state: StreamState, change: Change): void {
  state.changes++
  sim.at(sim.nowUs + TAKES_US[change.type], node, EVENT.change, state.changes)
}

/** The time of a change has come. */
export function changeDue(sim: Simulation, node: number, armed: number): void {
  const state = streamOf(sim, node)
  if (armed === state.changes && state.change) goOn(sim, node, state, state.change)
}

/**
 * Does all that is left of a change now. An outside caller who has seen the state once need not wait
 * for it: with a clock that stands still it would wait for ever.
 */
export function finish(sim: Simulation, node: number): void {
  const state = streamOf(sim, node)
  while (state.change) goOn(sim, node, state, state.change)
}

function goOn(sim: Simulation, node: number, state: StreamState, change: Change): void {
  if (change.type === 'delete') {
    state.change = null
    sim.removeNode(node)
    return
  }
  if (change.type === 'split') {
    split(sim, node, state.shards[change.shard], change.at)
  } else if (change.type === 'merge') {
    merge(sim, node, state.shards[change.shard], state.shards[change.other])
  } else if (change.type === 'reshard' && reshardRound(sim, node, change.target)) {
    if (state.open.length !== change.target) {
      arm(sim, node, state, change)
      return
    }
  }
  state.change = null
  state.changes++
  state.status = 'ACTIVE'
  sim.news(node, NEWS.active, -1)
  followShards(sim, node, state)
}

/** The design says how many shards a provisioned stream has. */
function followShards(sim: Simulation, node: number, state: StreamState): void {
  const { scenario, nodes } = sim.world
  const count = state.open.length
  if (state.settings.onDemand || state.settings.shardCount === count) return
  const drawn = scenario.nodes.find(({ id }) => id === nodes[node].id)
  if (!drawn) return
  sim.edit({
    nodes: { [drawn.id]: { ...drawn, config: { ...drawn.config, ShardCount: count } } },
    wires: {},
  })
}
