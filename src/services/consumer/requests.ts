/** Synchronous calls: taken on by a free worker, kept waiting while there is room, else refused. */
import { FIRST_ERROR, ITEMS_PER_CALL } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { COUNTER, ERROR } from './books.ts'
import { PHASE, stateOf, type State } from './state.ts'

/** The longest-waiting call, taken out of the waiting room; -1 when it is empty. */
export function takeWaiting(state: State): number {
  if (state.waitingCount === 0) return -1
  const call = state.waiting[state.waitingHead]
  state.waitingHead = (state.waitingHead + 1) % state.waiting.length
  state.waitingCount--
  return call
}

export function keepWaiting(state: State, call: number): void {
  const { waiting, waitingHead, waitingCount } = state
  if (waitingCount === waiting.length) {
    const bigger = new Int32Array(Math.max(16, waitingCount * 2))
    for (let n = 0; n < waitingCount; n++) {
      bigger[n] = waiting[(waitingHead + n) % waiting.length]
    }
    state.waiting = bigger
    state.waitingHead = 0
  }
  const place = (state.waitingHead + state.waitingCount++) % state.waiting.length
  state.waiting[place] = call
}

/** A worker that does nothing now, or -1. One that polls is taken: it waits for its answer. */
export function freeWorker({ workers, rows }: State): number {
  for (let w = 0; w < rows; w++) {
    const phase = workers.phase[w]
    if ((phase === PHASE.idle || phase === PHASE.paused) && !workers.leaving[w]) return w
  }
  return -1
}

export function refuse(sim: Simulation, node: number, call: number): void {
  const { calls, messages, nodes } = sim.world
  nodes[node].counters[COUNTER.refused]++
  sim.mark(node, 'throttled', messages.serial[calls.slots[call * ITEMS_PER_CALL]])
  sim.answer(call, FIRST_ERROR + ERROR.unavailable)
}

/** Whether one more call may wait. */
export const hasRoom = (sim: Simulation, node: number): boolean => {
  const state = stateOf(sim, node)
  return state.waitingCount < state.settings.acceptQueue
}
