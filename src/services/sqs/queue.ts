/**
 * What a queue is made of, and how a message enters, changes list and leaves. Every message here is in
 * exactly one list by its state, and in the arrivals, by which retention goes. A FIFO queue keeps its
 * visible messages by group, all else as a standard queue does.
 */
import {
  append,
  createList,
  createTimers,
  removeTimer,
  timerCount,
  unlink,
  type MessageList,
  type TimerList,
} from '../../engine/lists.ts'
import { MESSAGE_STATE, type MessageTable } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { SimUs } from '../../base/units.ts'
import { addArrival, createArrivals, removeArrival, type Arrivals } from './arrivals.ts'
import { carriesNothing, type Carried } from './carried.ts'
import { FLAG } from './events.ts'
import {
  createTenants,
  joinTenant,
  nextAside,
  partTenant,
  tenantHidden,
  tenantReturned,
  tenantShown,
  type Tenants,
} from './fair.ts'
import { hide, join, part, show, unlock } from './fifo/groups.ts'
import { createFifo, type FifoState } from './fifo/state.ts'
import type { MoveTask } from './moveTasks.ts'
import { readSettings, type QueueSettings } from './settings.ts'
import { createWaiters, type Waiters } from './waiters.ts'

export interface QueueState {
  /** Visible, in order of arrival; also those received three times or more, which go to the back. */
  fresh: MessageList
  /** Visible again after they were received once or twice, in order of their return. */
  returned: MessageList
  /** Until the visibility timeout ends. */
  inFlight: TimerList
  /** Until the delay ends. */
  delayed: TimerList
  /** Dead-lettered here, still on their way. */
  arriving: TimerList
  arrivals: Arrivals
  /** Null for a standard queue; the type never changes. */
  readonly fifo: FifoState | null
  /** By message group, in a standard queue. */
  tenants: Tenants
  waiters: Waiters
  settings: QueueSettings
  redrive: Redrive
  /** Random streams: which servers a short poll asks, which message is doubled, which passed over. */
  serverStream: number
  duplicateStream: number
  orderStream: number
  carried: Carried
  /** Newest first. */
  moveTasks: MoveTask[]
  createdUs: SimUs
  modifiedUs: SimUs
  /** -1 = never. */
  purgedUs: SimUs
  /** When DeleteQueue removed it, -1 = it did not. */
  deletedUs: SimUs
  /** Visibility timeouts that ended within the minute that began then. */
  timeoutsSinceUs: SimUs
  recentTimeouts: number
}

/** Where messages go that were received too often; `wire` -1 = nowhere. */
export interface Redrive {
  wire: number
  to: number
  maxReceiveCount: number
}

export const queueOf = (sim: Simulation, node: number): QueueState =>
  sim.world.nodes[node].state as QueueState

export function createQueue(sim: Simulation, node: number): QueueState {
  const { nodes, nowUs } = sim.world
  return {
    fresh: createList(),
    returned: createList(),
    inFlight: createTimers(),
    delayed: createTimers(),
    arriving: createTimers(),
    arrivals: createArrivals(),
    fifo: nodes[node].config.FifoQueue === true ? createFifo(nodes[node].config) : null,
    tenants: createTenants(),
    waiters: createWaiters(),
    settings: readSettings(nodes[node].config),
    redrive: { wire: -1, to: -1, maxReceiveCount: 0 },
    serverStream: sim.stream(nodes[node], 'servers'),
    duplicateStream: sim.stream(nodes[node], 'duplicates'),
    orderStream: sim.stream(nodes[node], 'order'),
    carried: carriesNothing(),
    moveTasks: [],
    createdUs: nowUs,
    modifiedUs: nowUs,
    purgedUs: -1,
    deletedUs: -1,
    timeoutsSinceUs: 0,
    recentTimeouts: 0,
  }
}

/** ApproximateNumberOfMessages, NotVisible, Delayed (FACTS 2.1). */
export const visibleCount = (queue: QueueState): number =>
  queue.fifo
    ? queue.fifo.groups.visible
    : queue.fresh.count + queue.returned.count + queue.tenants.aside
export const inFlightCount = (queue: QueueState): number => timerCount(queue.inFlight)
export const delayedCount = (queue: QueueState): number => timerCount(queue.delayed)

/** A message begins to be this queue's; its `sentUs` is set. It must be put in a list next. */
export function enter(sim: Simulation, node: number, queue: QueueState, slot: number): void {
  const { messages, nowUs } = sim.world
  messages.node[slot] = node
  messages.enteredUs[slot] = nowUs
  messages.flags[slot] = 0
  messages.receipt[slot] = 0
  addArrival(messages, queue.arrivals, slot)
  if (queue.fifo) {
    const { groupId = '' } = sim.contentOf(slot)
    join(messages, queue.fifo.groups, queue.arrivals, slot, groupId)
  } else {
    joinTenant(sim, queue.tenants, slot)
  }
}

/** A message stops being this queue's; it is in no list then and has no owner. */
export function leave(messages: MessageTable, queue: QueueState, slot: number): void {
  takeOut(messages, queue, slot)
  if (queue.fifo) part(messages, queue.fifo.groups, queue.arrivals, slot)
  else if (messages.group[slot] >= 0) partTenant(messages, queue.tenants, slot)
  removeArrival(messages, queue.arrivals, slot)
  messages.state[slot] = MESSAGE_STATE.travelling
  messages.node[slot] = -1
  messages.flags[slot] = 0
  messages.receipt[slot] = 0
}

/** After so many receives a message goes to the back when it returns (FACTS 2.7). */
const RECEIVES_TO_THE_BACK = 3

/** Puts a message that is in no list at the back of the visible ones. */
export function makeVisible(messages: MessageTable, queue: QueueState, slot: number): void {
  messages.state[slot] = MESSAGE_STATE.visible
  if (queue.fifo) {
    show(messages, queue.fifo.groups, slot)
    return
  }
  if (messages.group[slot] >= 0) tenantShown(messages, queue.tenants, slot)
  append(messages, queue.fresh, slot)
}

/** The same for one that was received before: to its old place, more or less, or to the back. */
export function makeVisibleAgain(messages: MessageTable, queue: QueueState, slot: number): void {
  if (queue.fifo || messages.receives[slot] >= RECEIVES_TO_THE_BACK) {
    makeVisible(messages, queue, slot)
    return
  }
  messages.state[slot] = MESSAGE_STATE.visible
  messages.flags[slot] |= FLAG.returned
  if (messages.group[slot] >= 0) tenantShown(messages, queue.tenants, slot)
  append(messages, queue.returned, slot)
}

/** The first visible message at or after these two, one of each list: the one that came first. */
export function earlier(messages: MessageTable, returned: number, fresh: number): number {
  if (returned < 0) return fresh
  if (fresh < 0) return returned
  return messages.enteredUs[returned] <= messages.enteredUs[fresh] ? returned : fresh
}

/** Takes a message out of the list of its state. */
export function takeOut(messages: MessageTable, queue: QueueState, slot: number): void {
  switch (messages.state[slot]) {
    case MESSAGE_STATE.visible:
      if (queue.fifo) {
        hide(messages, queue.fifo.groups, slot)
      } else if (messages.group[slot] >= 0 && tenantHidden(messages, queue.tenants, slot)) {
        // It was set aside, and is in no other list.
      } else if (messages.flags[slot] & FLAG.returned) {
        messages.flags[slot] &= ~FLAG.returned
        unlink(messages, queue.returned, slot)
      } else {
        unlink(messages, queue.fresh, slot)
      }
      break
    case MESSAGE_STATE.inFlight:
      removeTimer(messages, queue.inFlight, slot)
      if (queue.fifo) {
        const { groups } = queue.fifo
        unlock(groups, groups.all[messages.group[slot]], slot)
      } else if (messages.group[slot] >= 0) {
        tenantReturned(messages, queue.tenants, slot)
      }
      break
    case MESSAGE_STATE.delayed:
      removeTimer(messages, queue.delayed, slot)
      break
    default:
      removeTimer(messages, queue.arriving, slot)
  }
}

/** The visible message that came first, or -1. */
export function firstVisible(messages: MessageTable, queue: QueueState): number {
  if (!queue.fifo) {
    const slot = earlier(messages, queue.returned.head, queue.fresh.head)
    return slot >= 0 ? slot : nextAside(queue.tenants)
  }
  let slot = visibleCount(queue) > 0 ? queue.arrivals.head : -1
  while (slot >= 0 && messages.state[slot] !== MESSAGE_STATE.visible) {
    slot = messages.olderThan[slot]
  }
  return slot
}
