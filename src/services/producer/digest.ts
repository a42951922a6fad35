/** What a producer's card shows. */
import type { NodeDigest } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { RECENT_SECONDS, recentSum, recentValues } from '../recent.ts'
import { waiting } from './balance.ts'
import { COUNTER } from './books.ts'
import { hasNoBucket } from './payloads.ts'
import { virtualQueueCount } from './requests.ts'
import { presentRate } from './schedule.ts'
import { stateOf, type State } from './state.ts'

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const { counters } = sim.world.nodes[node]
  const state = stateOf(sim, node)
  const { nowUs } = sim
  const seconds = Math.min(RECENT_SECONDS, Math.max(1, nowUs / 1_000_000))
  const { extended, requester } = state.settings
  return {
    rows: [],
    figures: {
      sent: counters[COUNTER.sent],
      failed: counters[COUNTER.failed],
      retried: counters[COUNTER.retried],
      ratePerSecond: presentRate(state, nowUs) ?? recentSum(state.recent, nowUs, 0) / seconds,
      waiting: waiting(state),
      ...(state.settings.aggregates && { aggregated: counters[COUNTER.aggregated] }),
      paused: state.pausedUs >= 0 ? 1 : 0,
      ...(extended && { stored: counters[COUNTER.stored] }),
      ...(requester && requestFigures(state, counters)),
    },
    spark: recentValues(state.recent, nowUs, 0),
    advice: adviceFor(sim, state),
  }
}

const requestFigures = ({ requests }: State, counters: Float64Array) => ({
  replied: counters[COUNTER.replied],
  timedOut: counters[COUNTER.timedOut],
  orphanedReplies: counters[COUNTER.orphanedReplies],
  awaited: requests.waiting.size,
  virtualQueues: virtualQueueCount(requests),
})

function adviceFor(sim: Simulation, state: State): string[] {
  if (state.targets.length === 0) return ['Not connected: it sends nothing.']
  const found: string[] = []
  if (hasNoBucket(state)) {
    found.push(
      'The extended client has no bucket: connect the producer to an S3 bucket too. Until then large messages are sent as they are, and a queue refuses those above its maximum.',
    )
  }
  if (state.settings.requester && state.requests.queue < 0) {
    found.push(
      'It waits for replies, but has no queue for them: draw a wire from a queue to it. Until then it only sends.',
    )
  }
  if (isShared(sim, state)) {
    found.push(
      'Others poll its queue of replies too, and take replies that are meant for it: give each requester a queue of its own.',
    )
  }
  return found
}

/** Whether somebody else polls the queue that replies come by. */
function isShared(sim: Simulation, { requests }: State): boolean {
  const { nodes, wires } = sim.world
  if (requests.queue < 0) return false
  return nodes[requests.queue].out.filter((wire) => wires[wire].role === 'poll').length > 1
}
