/** What a queue's card shows, and pages of its lists. */
import type { SimUs } from '../../base/units.ts'
import type { NodeDigest, Token, TokenRow } from '../../engine/frame.ts'
import type { TimerList } from '../../engine/lists.ts'
import { MESSAGE_STATE, type MessageTable } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { adviceFor } from './advice.ts'
import { COUNTERS } from './events.ts'
import { fifoFigures } from './fifo/figures.ts'
import { laneRows } from './fifo/lanes.ts'
import { oldestAgeUs } from './metrics.ts'
import {
  delayedCount,
  earlier,
  inFlightCount,
  queueOf,
  visibleCount,
  type QueueState,
} from './queue.ts'
import { isLastTry } from './redrive.ts'

const TOKENS = 8
/** The first eight of a binary heap stand among its first 2^8 - 1 members. */
const HEAP_HEAD = 255

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const queue = queueOf(sim, node)
  const { messages } = sim.world
  const { counters } = sim.world.nodes[node]
  const figures: Record<string, number> = {
    visible: visibleCount(queue),
    inFlight: inFlightCount(queue),
    delayed: delayedCount(queue),
    oldestAgeUs: oldestAgeUs(sim, queue),
  }
  COUNTERS.forEach((name, index) => (figures[name] = counters[index]))
  if (queue.fifo) Object.assign(figures, fifoFigures(queue.fifo, sim.nowUs))
  return {
    rows: rowsOf(sim, node, queue, figures),
    figures,
    spark: [],
    advice: adviceFor(sim, node, queue, messages),
  }
}

/** A standard queue's lists; of a FIFO queue the lanes of its groups, and what is delayed. */
function rowsOf(
  sim: Simulation,
  node: number,
  queue: QueueState,
  figures: Readonly<Record<string, number>>,
): TokenRow[] {
  const token = (slot: number): Token => tokenOf(sim, node, queue, slot)
  const delayed = row('delayed', figures.delayed, firstDueOf(sim, queue.delayed).map(token))
  if (queue.fifo) {
    return [...laneRows(queue.fifo.groups, sim.world.messages, token), delayed]
  }
  return [
    row('visible', figures.visible, firstVisible(sim, queue).map(token)),
    row('inFlight', figures.inFlight, firstDueOf(sim, queue.inFlight).map(token)),
    delayed,
  ]
}

const row = (name: string, total: number, tokens: readonly Token[]): TokenRow => ({
  name,
  total,
  tokens,
})

const LOOKS = {
  [MESSAGE_STATE.visible]: 'solid',
  [MESSAGE_STATE.inFlight]: 'outline',
  [MESSAGE_STATE.delayed]: 'faded',
} as const

function tokenOf(sim: Simulation, node: number, queue: QueueState, slot: number): Token {
  const { messages } = sim.world
  const state = messages.state[slot] as keyof typeof LOOKS
  const receives = messages.receives[slot]
  const since: SimUs =
    state === MESSAGE_STATE.inFlight ? messages.receivedUs[slot] : messages.enteredUs[slot]
  return {
    message: messages.serial[slot],
    hue: messages.hue[slot],
    look: LOOKS[state],
    ...(state !== MESSAGE_STATE.visible && { ringFromUs: since, ringToUs: messages.dueUs[slot] }),
    ...(receives > 0 && { receives }),
    ...(isLastTry(sim, node, queue, receives) && { lastTry: true }),
  }
}

function firstVisible(sim: Simulation, queue: QueueState): number[] {
  return visiblePage(sim, queue, 0, TOKENS)
}

function firstDueOf(sim: Simulation, timers: TimerList): number[] {
  const { dueUs, dueSeq, next } = sim.world.messages
  const slots = Array.from(timers.heap.members.subarray(0, Math.min(timers.heap.size, HEAP_HEAD)))
  let slot = timers.list.head
  for (let n = 0; n < TOKENS && slot >= 0; n++) {
    slots.push(slot)
    slot = next[slot]
  }
  return slots.sort((a, b) => dueUs[a] - dueUs[b] || dueSeq[a] - dueSeq[b]).slice(0, TOKENS)
}

/** In the order in which receives go through them. */
function visiblePage(sim: Simulation, queue: QueueState, offset: number, limit: number): number[] {
  const { messages } = sim.world
  if (queue.fifo) return visibleByArrival(messages, queue, offset, limit)
  const slots: number[] = []
  let returned = queue.returned.head
  let fresh = queue.fresh.head
  for (let n = 0; n < offset + limit && (returned >= 0 || fresh >= 0); n++) {
    const slot = earlier(messages, returned, fresh)
    if (slot === returned) returned = messages.next[slot]
    else fresh = messages.next[slot]
    if (n >= offset) slots.push(slot)
  }
  return slots.concat(asidePage(messages, queue, offset, limit - slots.length))
}

/** Those of noisy tenants, which come after all others. */
function asidePage(
  messages: MessageTable,
  queue: QueueState,
  offset: number,
  limit: number,
): number[] {
  const slots: number[] = []
  let n = queue.fresh.count + queue.returned.count
  for (const { aside } of queue.tenants.all) {
    for (let slot = aside.head; slot >= 0 && slots.length < limit; slot = messages.next[slot]) {
      if (n++ >= offset) slots.push(slot)
    }
  }
  return slots
}

/** A FIFO queue's visible messages of all groups, the oldest first. */
function visibleByArrival(
  messages: MessageTable,
  queue: QueueState,
  offset: number,
  limit: number,
): number[] {
  const slots: number[] = []
  let left = visibleCount(queue)
  let n = 0
  let slot = queue.arrivals.head
  for (; slot >= 0 && left > 0 && slots.length < limit; slot = messages.olderThan[slot]) {
    if (messages.state[slot] !== MESSAGE_STATE.visible) continue
    left--
    if (n++ >= offset) slots.push(slot)
  }
  return slots
}

/** The list in order of time, then those that came out of order. */
function timerPage(sim: Simulation, timers: TimerList, offset: number, limit: number): number[] {
  const { next } = sim.world.messages
  const slots: number[] = []
  let n = 0
  for (let slot = timers.list.head; slot >= 0 && slots.length < limit; slot = next[slot]) {
    if (n++ >= offset) slots.push(slot)
  }
  const inHeap = Math.max(0, offset - timers.list.count)
  const left = limit - slots.length
  for (const slot of timers.heap.members
    .subarray(0, timers.heap.size)
    .subarray(inHeap, inHeap + left))
    slots.push(slot)
  return slots
}

/** A page of one of the lists the Messages tab shows. */
export function pageOf(
  sim: Simulation,
  node: number,
  list: string,
  offset: number,
  limit: number,
): { total: number; slots: number[] } {
  const queue = queueOf(sim, node)
  if (list === 'inFlight') {
    return { total: inFlightCount(queue), slots: timerPage(sim, queue.inFlight, offset, limit) }
  }
  if (list === 'delayed') {
    return { total: delayedCount(queue), slots: timerPage(sim, queue.delayed, offset, limit) }
  }
  return { total: visibleCount(queue), slots: visiblePage(sim, queue, offset, limit) }
}
