/** Redrive policy: what was received too often moves to the dead-letter queue (FACTS 2.5). */
import { HOP_LOOK } from '../../engine/frame.ts'
import { addTimer, removeTimer } from '../../engine/lists.ts'
import { MESSAGE_STATE } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { COUNTER, EVENT, NEWS } from './events.ts'
import { enter, leave, makeVisible, queueOf, type QueueState } from './queue.ts'
import { redriveSources } from './schema.ts'
import { serveWaiters } from './receive.ts'
import { armRetention } from './retention.ts'
import { arm, dueNow } from './timers.ts'

/** Queues that are each other's dead-letter queues must not play ball within one instant. */
const SHORTEST_MOVE_ON_US = 1_000

/** Finds the redrive wire anew. */
export function readRedrive(sim: Simulation, node: number, queue: QueueState): void {
  const { nodes, wires } = sim.world
  const { redrive } = queue
  redrive.wire = -1
  for (const index of nodes[node].out) {
    const wire = wires[index]
    if (wire.role !== 'redrive') continue
    redrive.wire = index
    redrive.to = wire.to
    redrive.maxReceiveCount = Number(wire.config.maxReceiveCount)
  }
}

/** RedriveAllowPolicy: whether a queue with this config takes the dead letters of that source. */
export function redriveAllows(config: Readonly<Record<string, unknown>>, source: string): boolean {
  if (config.redriveAllow !== 'byQueue') return config.redriveAllow === 'allowAll'
  return redriveSources(config.redriveAllowSources).includes(source)
}

/** The same for two queues of the running world. */
export const allowsRedrive = (sim: Simulation, from: number, to: number): boolean =>
  redriveAllows(sim.world.nodes[to].config, sim.world.nodes[from].name)

/** Whether the next receive of this message moves it instead. */
export const isLastTry = (
  sim: Simulation,
  node: number,
  queue: QueueState,
  receives: number,
): boolean =>
  queue.redrive.wire >= 0 &&
  receives >= queue.redrive.maxReceiveCount &&
  allowsRedrive(sim, node, queue.redrive.to)

/** Moves a message: it keeps its MessageId and receive count, and in a standard queue its time stamp. */
export function deadLetter(sim: Simulation, node: number, queue: QueueState, slot: number): void {
  const { world } = sim
  const { messages, nodes } = world
  const { to, wire } = queue.redrive
  const target = queueOf(sim, to)
  const shortestUs = leadsBack(sim, to) ? SHORTEST_MOVE_ON_US : 0
  const travelUs = Math.max(world.network.carryUs, shortestUs)
  sim.news(node, NEWS.deadLettered, slot)
  sim.mark(node, 'deadLettered', messages.serial[slot])
  sim.hop(wire, travelUs, slot, HOP_LOOK.deadLettered)
  leave(messages, queue, slot)
  if (target.fifo) messages.sentUs[slot] = world.nowUs
  nodes[node].counters[COUNTER.movedOut]++

  enter(sim, to, target, slot)
  nodes[to].counters[COUNTER.movedIn]++
  messages.deadLetterSource[slot] = node + 1
  messages.state[slot] = MESSAGE_STATE.travelling
  messages.dueUs[slot] = world.nowUs + travelUs
  messages.dueSeq[slot] = sim.takeSeq()
  addTimer(messages, target.arriving, slot)
  arm(sim, to, target.arriving, EVENT.arrival)
  armRetention(sim, to, target)
}

/** Whether the chain of dead-letter queues that begins here never ends. */
function leadsBack(sim: Simulation, first: number): boolean {
  let node = first
  for (let left = sim.world.nodes.length; left > 0; left--) {
    const { redrive } = queueOf(sim, node)
    if (redrive.wire < 0) return false
    node = redrive.to
  }
  return true
}

/** A dead letter has come. */
export function arrive(sim: Simulation, node: number, queue: QueueState, seq: number): void {
  const slot = dueNow(sim, queue.arriving, seq)
  if (slot >= 0) {
    const { messages } = sim.world
    removeTimer(messages, queue.arriving, slot)
    messages.enteredUs[slot] = sim.world.nowUs
    makeVisible(messages, queue, slot)
    serveWaiters(sim, node, queue)
  }
  arm(sim, node, queue.arriving, EVENT.arrival)
}
