/** ReceiveRequestAttemptId: the same receive, asked again, brings the same messages (FACTS 2.8). */
import { US_PER_MINUTE, type SimUs } from '../../../base/units.ts'
import { ITEMS_PER_CALL, addItem } from '../../../engine/calls.ts'
import { removeTimer } from '../../../engine/lists.ts'
import { MESSAGE_STATE } from '../../../engine/messages.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { QueueState } from '../queue.ts'
import { setDue, visibilityOf } from '../receive.ts'
import type { FifoState } from './state.ts'

/** What a receive brought. */
export interface Attempt {
  readonly atUs: SimUs
  readonly slots: readonly number[]
  readonly serials: readonly number[]
  readonly receipts: readonly number[]
  /** Timers of the messages, by which a changed visibility is told. */
  readonly timers: readonly number[]
}

const REPEATABLE_US: SimUs = 5 * US_PER_MINUTE
/** The oldest are forgotten beyond so many. */
const ATTEMPTS_KEPT = 1_000

/** Puts on the call what the same attempt brought before, with the visibility timeout begun anew. */
export function repeat(
  sim: Simulation,
  queue: QueueState,
  fifo: FifoState,
  call: number,
  id: string,
): boolean {
  const attempt = fifo.attempts.get(id)
  if (!attempt) return false
  const { calls, messages, nowUs } = sim.world
  const { slots, serials, receipts, timers } = attempt
  const isUntouched = slots.every(
    (slot, n) =>
      messages.serial[slot] === serials[n] &&
      messages.state[slot] === MESSAGE_STATE.inFlight &&
      messages.receipt[slot] === receipts[n] &&
      messages.dueSeq[slot] === timers[n],
  )
  if (!isUntouched || nowUs - attempt.atUs >= REPEATABLE_US) {
    fifo.attempts.delete(id)
    return false
  }
  slots.forEach((slot, n) => {
    addItem(calls, call, slot, receipts[n], serials[n])
    removeTimer(messages, queue.inFlight, slot)
    setDue(sim, queue, slot, visibilityOf(sim, queue, call))
  })
  return true
}

/** Remembers what a receive with this id brought; asked again, it is as old as it was. */
export function keep(sim: Simulation, fifo: FifoState, call: number, id: string): void {
  const { calls, messages, nowUs } = sim.world
  const atUs = fifo.attempts.get(id)?.atUs ?? nowUs
  const from = call * ITEMS_PER_CALL
  const to = from + calls.count[call]
  const slots = Array.from(calls.slots.subarray(from, to))
  fifo.attempts.delete(id)
  fifo.attempts.set(
    id,
    Object.freeze({
      atUs,
      slots,
      serials: Array.from(calls.serials.subarray(from, to)),
      receipts: Array.from(calls.receipts.subarray(from, to)),
      timers: slots.map((slot) => messages.dueSeq[slot]),
    }),
  )
  if (fifo.attempts.size > ATTEMPTS_KEPT) {
    fifo.attempts.delete(fifo.attempts.keys().next().value!)
  }
}

/** The caller's own id of a receive, '' for none. */
export function attemptId(sim: Simulation, call: number): string {
  const id = sim.world.calls.outside[call]?.input.ReceiveRequestAttemptId
  return typeof id === 'string' ? id : ''
}
