/** SendMessage and SendMessageBatch at the queue (FACTS 1.3, 2.3). */
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { addTimer, removeTimer } from '../../engine/lists.ts'
import { MESSAGE_STATE } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { SimUs } from '../../base/units.ts'
import { bytesOn, requestsOf } from '../metered.ts'
import { RESULT } from './errors.ts'
import { COUNTER, EVENT } from './events.ts'
import { sendToGroups } from './fifo/send.ts'
import { enter, makeVisible, queueOf, type QueueState } from './queue.ts'
import { serveWaiters } from './receive.ts'
import { armRetention } from './retention.ts'
import { arm, dueNow } from './timers.ts'

/** The largest message, and the largest batch whatever the queue's own maximum (FACTS 1.3, 17). */
export const batchLimit = (sim: Simulation): number =>
  sim.world.scenario.settings.limits === 'exam' ? 262_144 : 1_048_576

export const messageLimit = (sim: Simulation, queue: QueueState): number =>
  Math.min(queue.settings.maximumBytes, batchLimit(sim))

/** One message, or several that stand or fall together with their entry (`inBatch`). */
export function send(sim: Simulation, node: number, call: number, inBatch: boolean): void {
  const { calls, messages, nodes } = sim.world
  const queue = queueOf(sim, node)
  if (queue.fifo) {
    sendToGroups(sim, node, queue, queue.fifo, call, inBatch)
    return
  }
  const limit = messageLimit(sim, queue)
  const first = call * ITEMS_PER_CALL
  const end = first + calls.count[call]
  if (inBatch && bytesOn(sim, call) > batchLimit(sim)) {
    sim.answer(call, RESULT.batchTooLong)
    return
  }
  let isFair = false
  for (let place = first; place < end; place++) {
    const slot = calls.slots[place]
    if (slot < 0) continue
    if (messages.sizeBytes[slot] <= limit) {
      const own = calls.itemArgs[place] < 0 ? calls.arg[call] : calls.itemArgs[place]
      accept(sim, node, queue, slot, own < 0 ? queue.settings.delayUs : own)
      isFair ||= messages.group[slot] >= 0
    } else if (inBatch) {
      calls.codes[place] = RESULT.tooLong
    } else {
      sim.answer(call, RESULT.tooLong)
      return
    }
  }
  if (isFair) nodes[node].counters[COUNTER.billedFairRequests] += requestsOf(sim, call)
  armRetention(sim, node, queue)
  sim.answer(call, CODE.ok)
  serveWaiters(sim, node, queue)
}

/** The queue takes a message; the caller arms retention and serves those who wait. */
export function accept(
  sim: Simulation,
  node: number,
  queue: QueueState,
  slot: number,
  delayUs: SimUs,
): void {
  const { messages, nowUs, nodes } = sim.world
  const { counters } = nodes[node]
  counters[COUNTER.sent]++
  counters[COUNTER.sentBytes] += messages.sizeBytes[slot]
  messages.sentUs[slot] = nowUs
  enter(sim, node, queue, slot)
  if (delayUs === 0) {
    makeVisible(messages, queue, slot)
    return
  }
  messages.state[slot] = MESSAGE_STATE.delayed
  messages.dueUs[slot] = nowUs + delayUs
  messages.dueSeq[slot] = sim.takeSeq()
  addTimer(messages, queue.delayed, slot)
  arm(sim, node, queue.delayed, EVENT.delay)
}

/** A delay is over. */
export function endDelay(sim: Simulation, node: number, queue: QueueState, seq: number): void {
  const slot = dueNow(sim, queue.delayed, seq)
  if (slot >= 0) {
    const { messages } = sim.world
    removeTimer(messages, queue.delayed, slot)
    makeVisible(messages, queue, slot)
    serveWaiters(sim, node, queue)
  }
  arm(sim, node, queue.delayed, EVENT.delay)
}
