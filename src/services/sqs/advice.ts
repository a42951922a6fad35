/** What is worth warning about in a queue now, in plain English. */
import { counted, formatCount, formatDuration } from '../../base/format.ts'
import { US_PER_MINUTE, US_PER_S, type SimUs } from '../../base/units.ts'
import type { MessageTable } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { firstSent } from './arrivals.ts'
import { COUNTER } from './events.ts'
import { inFlightCount, queueOf, type QueueState } from './queue.ts'
import { allowsRedrive } from './redrive.ts'
import { MAX_IN_FLIGHT } from './receive.ts'

export function adviceFor(
  sim: Simulation,
  node: number,
  queue: QueueState,
  messages: MessageTable,
): string[] {
  return [
    nearRetention(sim, queue, messages),
    cameBack(sim, queue),
    noDeadLetterQueue(queue, messages),
    refusedRedrive(sim, node, queue),
    shortLivedDeadLetters(sim, queue),
    tooManyInFlight(queue),
    oneGroup(queue),
    callsThrottled(queue, sim.nowUs),
    callsRefused(sim, node),
  ].filter((advice) => advice !== null)
}

function callsRefused(sim: Simulation, node: number): string | null {
  const count = sim.world.nodes[node].counters[COUNTER.accessDenied]
  if (count === 0) return null
  const what = count === 1 ? 'One call was' : `${formatCount(count)} calls were`
  return `${what} refused by the queue’s policy: the wire to who called shows what it lacks.`
}

const NEAR = 0.8

function nearRetention(sim: Simulation, queue: QueueState, messages: MessageTable): string | null {
  if (queue.arrivals.count === 0) return null
  const { retentionUs } = queue.settings
  const leftUs = messages.sentUs[firstSent(messages, queue.arrivals)] + retentionUs - sim.nowUs
  if (leftUs > (1 - NEAR) * retentionUs) return null
  return `The oldest message expires in ${formatDuration(leftUs)}: the retention period is ${formatDuration(retentionUs)}.`
}

function cameBack(sim: Simulation, queue: QueueState): string | null {
  const count = queue.recentTimeouts
  if (count === 0 || sim.nowUs - queue.timeoutsSinceUs >= US_PER_MINUTE) return null
  const timeout = formatDuration(queue.settings.visibilityUs)
  return `${counted(count, 'message')} came back in the last minute because nobody deleted them before the visibility timeout (${timeout}).`
}

const MANY_RECEIVES = 5

function noDeadLetterQueue(queue: QueueState, messages: MessageTable): string | null {
  const oldest = queue.arrivals.head
  if (queue.redrive.wire >= 0 || oldest < 0) return null
  const receives = messages.receives[oldest]
  if (receives < MANY_RECEIVES || messages.deadLetterSource[oldest] > 0) return null
  return `The oldest message was received ${formatCount(receives)} times. A dead-letter queue would take such messages out of the way.`
}

/** The wire may be there, or have been left out of the run because the policy forbade it at the start. */
function refusedRedrive(sim: Simulation, node: number, queue: QueueState): string | null {
  const { nodes, wires, scenario } = sim.world
  const { redrive } = queue
  if (redrive.wire >= 0) {
    return allowsRedrive(sim, node, redrive.to) ? null : refusal(nodes[redrive.to].name)
  }
  const drawn = scenario.wires.find(
    (wire) =>
      wire.from === nodes[node].id &&
      scenario.nodes.some((other) => other.id === wire.to && other.kind === 'sqs') &&
      !wires.some((known) => known.alive && known.id === wire.id),
  )
  const target = drawn && scenario.nodes.find((other) => other.id === drawn.to)
  return target ? refusal(target.name) : null
}

const refusal = (name: string): string =>
  `Nothing moves to “${name}”: its redrive allow policy does not name this queue.`

function shortLivedDeadLetters(sim: Simulation, queue: QueueState): string | null {
  if (queue.redrive.wire < 0) return null
  const { to } = queue.redrive
  // A FIFO queue's dead letters begin anew (FACTS 2.4).
  if (queue.fifo || queueOf(sim, to).settings.retentionUs >= queue.settings.retentionUs) return null
  return `“${sim.world.nodes[to].name}” keeps messages for a shorter time than this queue, counted from when they were first sent.`
}

/** Whoever polls in vain while a single group is locked. */
function oneGroup(queue: QueueState): string | null {
  if (!queue.fifo || queue.waiters.count === 0) return null
  const { byId, visible, withInFlight } = queue.fifo.groups
  if (byId.size !== 1 || visible === 0 || withInFlight === 0) return null
  const [id] = byId.keys()
  return `All messages are in the group “${id}”, and one group is worked on by one consumer at a time. More group ids would let more consumers work.`
}

function callsThrottled(queue: QueueState, nowUs: SimUs): string | null {
  if (!queue.fifo || nowUs - queue.fifo.throttledUs > US_PER_S * 10) return null
  const remedy = queue.fifo.throughput.perGroup
    ? 'Spread the messages over more groups.'
    : 'Send and delete in batches of ten, or turn on high throughput.'
  return `Calls were throttled: a FIFO queue takes 300 calls a second of each action${queue.fifo.throughput.perGroup ? ' for each group' : ''}. ${remedy}`
}

function tooManyInFlight(queue: QueueState): string | null {
  if (inFlightCount(queue) < MAX_IN_FLIGHT) return null
  return `${formatCount(MAX_IN_FLIGHT)} messages are in flight, the most there can be: receives get nothing until some are deleted.`
}
