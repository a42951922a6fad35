/** Visibility timeouts: their end, and ChangeMessageVisibility (FACTS 2.2). */
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { firstDue, removeTimer } from '../../engine/lists.ts'
import { MESSAGE_STATE } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { US_PER_MINUTE, fromSeconds, type SimUs } from '../../base/units.ts'
import { RESULT } from './errors.ts'
import { COUNTER, EVENT, NEWS } from './events.ts'
import { makeVisibleAgain, queueOf, type QueueState } from './queue.ts'
import { serveWaiters, setDue } from './receive.ts'
import { arm, dueNow } from './timers.ts'

/** From the receive on, a message is invisible at most this long, however often it is prolonged. */
export const MAX_VISIBILITY_US: SimUs = fromSeconds(43_200)

/** A visibility timeout is over: nobody deleted the message. */
export function endVisibility(sim: Simulation, node: number, queue: QueueState, seq: number): void {
  const slot = dueNow(sim, queue.inFlight, seq)
  if (slot >= 0) {
    timeOut(sim, node, queue, slot)
    if (queue.fifo) timeOutTogether(sim, node, queue)
    serveWaiters(sim, node, queue)
  }
  arm(sim, node, queue.inFlight, EVENT.visibility)
}

function timeOut(sim: Simulation, node: number, queue: QueueState, slot: number): void {
  sim.world.nodes[node].counters[COUNTER.timedOut]++
  countRecent(queue, sim.world.nowUs)
  sim.news(node, NEWS.timedOut, slot)
  comeBack(sim, queue, slot)
}

/** What a group lent out in one receive comes back in one, or the first alone would be lent again. */
function timeOutTogether(sim: Simulation, node: number, queue: QueueState): void {
  const { messages, nowUs } = sim.world
  for (;;) {
    const slot = firstDue(messages, queue.inFlight)
    if (slot < 0 || messages.dueUs[slot] > nowUs) return
    timeOut(sim, node, queue, slot)
  }
}

/** For the advice: how many came back within the present minute. */
function countRecent(queue: QueueState, nowUs: SimUs): void {
  if (nowUs - queue.timeoutsSinceUs >= US_PER_MINUTE) {
    queue.timeoutsSinceUs = nowUs
    queue.recentTimeouts = 0
  }
  queue.recentTimeouts++
}

/** ChangeMessageVisibility(Batch): `arg`, or the item's own, is the new timeout from now on, us. */
export function changeVisibility(
  sim: Simulation,
  node: number,
  call: number,
  inBatch: boolean,
): void {
  const { calls } = sim.world
  const queue = queueOf(sim, node)
  const first = call * ITEMS_PER_CALL
  let refused: number = CODE.ok
  for (let place = first; place < first + calls.count[call]; place++) {
    if (calls.codes[place] !== CODE.ok) continue
    const own = calls.itemArgs[place] < 0 ? calls.arg[call] : calls.itemArgs[place]
    const code = change(sim, node, queue, place, own)
    calls.codes[place] = code
    if (code !== CODE.ok) refused = code
  }
  arm(sim, node, queue.inFlight, EVENT.visibility)
  sim.answer(call, inBatch ? CODE.ok : refused)
  serveWaiters(sim, node, queue)
}

function change(
  sim: Simulation,
  node: number,
  queue: QueueState,
  place: number,
  timeoutUs: SimUs,
): number {
  const { calls, messages, nowUs } = sim.world
  const slot = calls.slots[place]
  const serial = calls.serials[place]
  const isHere = slot >= 0 && messages.node[slot] === node
  if (!isHere || (serial > 0 && messages.serial[slot] !== serial)) return RESULT.notAvailable
  // A handle whose timeout has ended is taken without effect, and so is an older one in a FIFO queue;
  // in a standard queue the older one still counts while the message is in flight.
  const counts = !queue.fifo || messages.receipt[slot] === calls.receipts[place]
  if (!counts || messages.state[slot] !== MESSAGE_STATE.inFlight) return CODE.ok
  if (nowUs + timeoutUs > messages.receivedUs[slot] + MAX_VISIBILITY_US) return RESULT.beyondLimit
  if (timeoutUs === 0) {
    comeBack(sim, queue, slot)
  } else {
    removeTimer(messages, queue.inFlight, slot)
    setDue(sim, queue, slot, timeoutUs)
  }
  return CODE.ok
}

function comeBack(sim: Simulation, queue: QueueState, slot: number): void {
  const { messages } = sim.world
  removeTimer(messages, queue.inFlight, slot)
  makeVisibleAgain(messages, queue, slot)
}
