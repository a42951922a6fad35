/** DeleteMessage(Batch), PurgeQueue, and what becomes of the messages when a queue is removed. */
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { MESSAGE_STATE } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { US_PER_MINUTE, US_PER_MS } from '../../base/units.ts'
import { RESULT } from './errors.ts'
import { COUNTER, NEWS } from './events.ts'
import { throttled } from './fifo/send.ts'
import { forgetAll, type FifoState } from './fifo/state.ts'
import { ACTION, admit, partsOf } from './fifo/throughput.ts'
import { leave, queueOf, type QueueState } from './queue.ts'
import { dismissWaiters, serveWaiters } from './receive.ts'

/** Slots to be deleted once the call is in the log, which names them. */
const doomed = new Int32Array(ITEMS_PER_CALL)

/**
 * Deletes what each receipt stands for, if the message was not received again since: success either
 * way (FACTS 2.2). A FIFO queue refuses a receipt whose timeout has ended.
 */
export function deleteMessages(
  sim: Simulation,
  node: number,
  call: number,
  inBatch: boolean,
): void {
  const { calls, messages, nodes } = sim.world
  const { counters } = nodes[node]
  const queue = queueOf(sim, node)
  if (queue.fifo && !admit(queue.fifo.throughput, ACTION.delete, sim.nowUs)) {
    sim.answer(call, throttled(sim, node, queue.fifo))
    return
  }
  const admits = queue.fifo ? partitionsOf(sim, node, queue.fifo) : null
  const first = call * ITEMS_PER_CALL
  let count = 0
  let refused: number = CODE.ok
  for (let place = first; place < first + calls.count[call]; place++) {
    if (calls.codes[place] !== CODE.ok) continue
    const slot = calls.slots[place]
    if (queue.fifo && hasExpired(sim, node, place)) {
      calls.codes[place] = refused = RESULT.expiredHandle
      continue
    }
    if (queue.fifo && admits && !admits(slot)) {
      calls.codes[place] = refused = throttled(sim, node, queue.fifo)
      continue
    }
    counters[COUNTER.deletesAnswered]++
    if (messages.node[slot] !== node || messages.receipt[slot] !== calls.receipts[place]) continue
    leave(messages, queue, slot)
    doomed[count++] = slot
  }
  counters[COUNTER.deleted] += count
  sim.answer(call, inBatch ? CODE.ok : refused)
  for (let n = 0; n < count; n++) sim.release(doomed[n])
  // Polls may have waited because too many messages were in flight.
  if (queue.waiters.count > 0) serveWaiters(sim, node, queue)
}

/** Of one call: whether the partition of a message takes its deletion; it need not be here any more. */
function partitionsOf(sim: Simulation, node: number, fifo: FifoState): (slot: number) => boolean {
  const { messages, nowUs } = sim.world
  const admits = partsOf(fifo.throughput, ACTION.delete, nowUs)
  return (slot) => {
    const group = messages.node[slot] === node ? messages.group[slot] : -1
    return group < 0 || admits(fifo.groups.all[group].id)
  }
}

/** Whether the message is here, and no longer in the hands of who holds this receipt. */
function hasExpired(sim: Simulation, node: number, place: number): boolean {
  const { calls, messages, nowUs } = sim.world
  const slot = calls.slots[place]
  const serial = calls.serials[place]
  if (slot < 0 || messages.node[slot] !== node) return false
  if (serial > 0 && messages.serial[slot] !== serial) return false
  if (messages.receipt[slot] !== calls.receipts[place]) return true
  if (messages.state[slot] === MESSAGE_STATE.inFlight) return false
  // Received with a timeout of 0, it can be deleted within the same millisecond (FACTS 2.8).
  const receivedUs = messages.receivedUs[slot]
  return messages.dueUs[slot] > receivedUs || nowUs >= receivedUs + US_PER_MS
}

/** Only one purge within this time (FACTS 1.2). */
const PURGE_PAUSE_US = US_PER_MINUTE

export const mayPurge = (sim: Simulation, queue: QueueState): boolean =>
  queue.purgedUs < 0 || sim.world.nowUs - queue.purgedUs >= PURGE_PAUSE_US

/** Drops every message at once, whatever its state. AWS takes up to 60 s for it. */
export function purge(sim: Simulation, node: number, queue: QueueState): void {
  queue.purgedUs = sim.world.nowUs
  const count = dropAll(sim, node, queue)
  if (queue.fifo) forgetAll(queue.fifo)
  sim.news(node, NEWS.purged, -1)
  if (count > 0) sim.mark(node, 'purged', 0, count)
}

/** The queue is removed from the design while it runs. */
export function close(sim: Simulation, node: number): void {
  const queue = queueOf(sim, node)
  dismissWaiters(sim, queue)
  dropAll(sim, node, queue)
}

function dropAll(sim: Simulation, node: number, queue: QueueState): number {
  const { messages, nodes } = sim.world
  const { count } = queue.arrivals
  while (queue.arrivals.tail >= 0) {
    const slot = queue.arrivals.tail
    leave(messages, queue, slot)
    sim.release(slot)
  }
  nodes[node].counters[COUNTER.purged] += count
  return count
}
