/** ReceiveMessage: short polls ask some servers, long polls all of them and wait (FACTS 2.2, 2.5-2.7). */
import { hash32, nextBelow, nextUnit } from '../../base/random.ts'
import type { SimUs } from '../../base/units.ts'
import { CODE, ITEMS_PER_CALL, OUTSIDE, addItem } from '../../engine/calls.ts'
import { addTimer, unlink } from '../../engine/lists.ts'
import { MESSAGE_STATE, type MessageTable } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { countBrought } from './charges.ts'
import { RESULT } from './errors.ts'
import { COUNTER, EVENT, FLAG, NEWS } from './events.ts'
import { forgiveSilent, isNoisy, nextAside, setAside, tenantServed } from './fair.ts'
import { attemptId, keep, repeat } from './fifo/attempts.ts'
import { lock } from './fifo/groups.ts'
import { takeFromGroups } from './fifo/receive.ts'
import { firstInRing } from './fifo/ring.ts'
import { throttled } from './fifo/send.ts'
import { ACTION, admit } from './fifo/throughput.ts'
import {
  earlier,
  inFlightCount,
  makeVisibleAgain,
  queueOf,
  takeOut,
  visibleCount,
  type QueueState,
} from './queue.ts'
import { deadLetter, isLastTry } from './redrive.ts'
import { arm } from './timers.ts'
import { armWaiters, outOfPatience, park, unpark } from './waiters.ts'

/** FACTS 2.2. */
export const MAX_IN_FLIGHT = 120_000
const MAX_RECEIVES_SHOWN = 65_535

/** A short poll gives up after so many messages that are on servers it did not ask. */
const SHORT_POLL_LOOKS_AT = 1_000
const ALL_SERVERS = -1

/** Runs a ReceiveMessage call: `arg` = WaitTime, `arg2` = VisibilityTimeout (us, -1 = the queue's). */
export function receive(sim: Simulation, node: number, call: number): void {
  const { calls, nowUs } = sim.world
  const queue = queueOf(sim, node)
  const waitUs = calls.arg[call] < 0 ? queue.settings.waitUs : calls.arg[call]
  const { fifo } = queue
  if (fifo && !admit(fifo.throughput, ACTION.receive, nowUs)) {
    sim.answer(call, throttled(sim, node, fifo))
    return
  }
  // A FIFO queue has no error for it (FACTS 2.2).
  if (!fifo && inFlightCount(queue) >= MAX_IN_FLIGHT && waitUs === 0) {
    sim.answer(call, RESULT.overLimit)
    return
  }
  if (fifo && repeat(sim, queue, fifo, call, attemptId(sim, call))) {
    finish(sim, node, queue, call)
    return
  }
  const servers = waitUs > 0 ? ALL_SERVERS : someServers(sim, queue)
  if (take(sim, node, queue, call, servers, false) > 0) {
    finish(sim, node, queue, call)
    serveWaiters(sim, node, queue)
  } else if (fifo && firstInRing(fifo.groups.ring) >= 0 && inFlightCount(queue) < MAX_IN_FLIGHT) {
    // What could be received is in partitions over their limit (FACTS 2.8).
    sim.answer(call, throttled(sim, node, fifo))
  } else if (waitUs > 0) {
    park(sim, node, queue.waiters, call, nowUs + waitUs)
  } else {
    finish(sim, node, queue, call)
  }
}

/** Gives visible messages to the polls that wait for some. Call it when a message became visible. */
export function serveWaiters(sim: Simulation, node: number, queue: QueueState): void {
  const { waiters } = queue
  const { calls, nodes } = sim.world
  while (waiters.count > 0 && visibleCount(queue) > 0) {
    const call = waiters.head
    const from = calls.from[call]
    const callerLives = from === OUTSIDE || nodes[from].alive
    // Nothing taken: all of them moved to the dead-letter queue, or too many are in flight.
    if (callerLives && take(sim, node, queue, call, ALL_SERVERS, true) === 0) return
    unpark(calls, waiters, call)
    finish(sim, node, queue, call)
  }
}

/** Answers the polls whose time is over, with nothing. */
export function giveUp(sim: Simulation, node: number, queue: QueueState, seq: number): void {
  const { waiters } = queue
  if (seq !== waiters.armedSeq) return
  waiters.armedSeq = 0
  for (;;) {
    const call = outOfPatience(sim, waiters)
    if (call < 0) break
    unpark(sim.world.calls, waiters, call)
    finish(sim, node, queue, call)
  }
  armWaiters(sim, node, waiters)
}

/** Lets every waiting poll go: the queue is no more. */
export function dismissWaiters(sim: Simulation, queue: QueueState): void {
  const { waiters } = queue
  while (waiters.count > 0) {
    const call = waiters.head
    unpark(sim.world.calls, waiters, call)
    sim.answer(call, CODE.gone)
  }
}

/** Half of the servers, chosen at random, as bits. */
function someServers(sim: Simulation, queue: QueueState): number {
  const { servers } = queue.settings
  if (servers <= 1) return ALL_SERVERS
  let asked = 0
  let wanted = (servers + 1) >> 1
  for (let server = 0; wanted > 0; server++) {
    if (nextBelow(sim.world.random, queue.serverStream, servers - server) >= wanted) continue
    asked |= 1 << server
    wanted--
  }
  return asked
}

const SERVER_SALT = 0x5e77e7

/** Which server holds a message. */
const serverOf = (serial: number, servers: number): number => hash32(serial, SERVER_SALT) % servers

/**
 * Puts visible messages on the call, the oldest first, but for chance: sometimes one is passed over
 * and comes last. Those received too often move on instead. Returns how many it put.
 */
function take(
  sim: Simulation,
  node: number,
  queue: QueueState,
  call: number,
  servers: number,
  waited: boolean,
): number {
  if (queue.fifo) return takeFromGroups(sim, node, queue, queue.fifo, call, waited)
  const { messages, random, calls } = sim.world
  const { settings, tenants } = queue
  if (tenants.noisy > 0) forgiveSilent(messages, tenants, queue.fresh, sim.nowUs)
  const max = Math.min(calls.arg3[call], MAX_IN_FLIGHT - inFlightCount(queue))
  let looksLeft = servers === ALL_SERVERS ? Infinity : SHORT_POLL_LOOKS_AT
  let passedOver = -1
  let taken = 0
  let returned = queue.returned.head
  let fresh = queue.fresh.head
  while (taken < max && (returned >= 0 || fresh >= 0) && looksLeft-- > 0) {
    const slot = earlier(messages, returned, fresh)
    if (slot === returned) returned = messages.next[slot]
    else fresh = messages.next[slot]
    if (servers !== ALL_SERVERS) {
      if ((servers & (1 << serverOf(messages.serial[slot], settings.servers))) === 0) continue
    }
    if (tenants.noisy > 0 && isNoisy(messages, tenants, slot)) {
      putBehindOthers(messages, queue, slot)
      continue
    }
    if (isLastTry(sim, node, queue, messages.receives[slot])) {
      deadLetter(sim, node, queue, slot)
      continue
    }
    if (
      passedOver < 0 &&
      settings.reorderChance > 0 &&
      nextUnit(random, queue.orderStream) < settings.reorderChance
    ) {
      passedOver = slot
      continue
    }
    hand(sim, node, queue, call, slot)
    taken++
  }
  if (passedOver >= 0 && taken < max) {
    hand(sim, node, queue, call, passedOver)
    taken++
  }
  return tenants.aside > 0 ? taken + takeAside(sim, node, queue, call, max - taken) : taken
}

/** Takes a noisy tenant's visible message out of the way of the others. */
function putBehindOthers(messages: MessageTable, queue: QueueState, slot: number): void {
  if (messages.flags[slot] & FLAG.returned) {
    messages.flags[slot] &= ~FLAG.returned
    unlink(messages, queue.returned, slot)
  } else {
    unlink(messages, queue.fresh, slot)
  }
  setAside(messages, queue.tenants, slot)
}

/** Messages of noisy tenants, where no others wait (FACTS 2.7). */
function takeAside(
  sim: Simulation,
  node: number,
  queue: QueueState,
  call: number,
  max: number,
): number {
  const { messages } = sim.world
  let taken = 0
  while (taken < max) {
    const slot = nextAside(queue.tenants)
    if (slot < 0) break
    if (isLastTry(sim, node, queue, messages.receives[slot])) {
      deadLetter(sim, node, queue, slot)
      continue
    }
    hand(sim, node, queue, call, slot)
    taken++
    // Left visible by chance: it would be the next one again.
    if (messages.state[slot] === MESSAGE_STATE.visible) break
  }
  return taken
}

/** Puts one message on the call: it is in flight from now. */
export function hand(
  sim: Simulation,
  node: number,
  queue: QueueState,
  call: number,
  slot: number,
): void {
  const { world } = sim
  const { messages, nowUs } = world
  if (messages.receives[slot] < MAX_RECEIVES_SHOWN) messages.receives[slot]++
  if (messages.receives[slot] === 1) messages.firstReceivedUs[slot] = nowUs
  messages.receivedUs[slot] = nowUs
  messages.receipt[slot] = world.nextReceipt++
  addItem(world.calls, call, slot, messages.receipt[slot], messages.serial[slot])
  if (messages.flags[slot] & FLAG.again) countDuplicate(sim, node, slot)
  const { duplicateChance } = queue.settings
  if (duplicateChance > 0 && nextUnit(world.random, queue.duplicateStream) < duplicateChance) {
    // A server that holds a copy missed the receive: it goes on offering the message.
    messages.flags[slot] |= FLAG.again
    return
  }
  takeOut(messages, queue, slot)
  messages.state[slot] = MESSAGE_STATE.inFlight
  setDue(sim, queue, slot, visibilityOf(sim, queue, call))
  if (queue.fifo) lock(messages, queue.fifo.groups, slot)
  else if (messages.group[slot] >= 0) {
    tenantServed(messages, queue.tenants, slot, inFlightCount(queue), nowUs)
  }
}

function countDuplicate(sim: Simulation, node: number, slot: number): void {
  const { messages, nodes } = sim.world
  messages.flags[slot] &= ~FLAG.again
  nodes[node].counters[COUNTER.duplicates]++
  sim.news(node, NEWS.duplicate, slot)
  sim.mark(node, 'duplicate', messages.serial[slot])
}

/** Sets when an in-flight message, which is in no list, comes back; the caller arms the timers. */
export function setDue(sim: Simulation, queue: QueueState, slot: number, timeoutUs: SimUs): void {
  const { messages, nowUs } = sim.world
  messages.dueUs[slot] = nowUs + timeoutUs
  messages.dueSeq[slot] = sim.takeSeq()
  addTimer(messages, queue.inFlight, slot)
}

/** The visibility timeout that a receive asks for, or else the queue's. */
export function visibilityOf(sim: Simulation, queue: QueueState, call: number): SimUs {
  const own = sim.world.calls.arg2[call]
  return own < 0 ? queue.settings.visibilityUs : own
}

/** Counts and answers a poll with what was put on it. */
function finish(sim: Simulation, node: number, queue: QueueState, call: number): void {
  const { calls, nodes } = sim.world
  const { counters } = nodes[node]
  const count = calls.count[call]
  counters[COUNTER.received] += count
  if (count === 0) counters[COUNTER.emptyReceives]++
  else countBrought(sim, node, call)
  const attempt = queue.fifo && count > 0 ? attemptId(sim, call) : ''
  if (queue.fifo && attempt !== '') keep(sim, queue.fifo, call, attempt)
  if (count > 0 && visibilityOf(sim, queue, call) === 0) showAgain(sim, queue, call)
  else arm(sim, node, queue.inFlight, EVENT.visibility)
  sim.answer(call, CODE.ok)
}

/** A receive with a visibility timeout of 0 leaves its messages visible. */
function showAgain(sim: Simulation, queue: QueueState, call: number): void {
  const { calls, messages } = sim.world
  for (let item = 0; item < calls.count[call]; item++) {
    const slot = calls.slots[call * ITEMS_PER_CALL + item]
    if (messages.state[slot] !== MESSAGE_STATE.inFlight) continue
    takeOut(messages, queue, slot)
    makeVisibleAgain(messages, queue, slot)
  }
}
