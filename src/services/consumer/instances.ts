/** Instances as a whole: they grow and shrink in number, crash and restart. */
import { FIRST_ERROR } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { COUNTER, ERROR, EVENT, NEWS } from './books.ts'
import { answerRequest, emptyHands, next, tellFate } from './life.ts'
import { PHASE, addRows, stateOf } from './state.ts'

/** Makes the fleet as large as its settings say. Busy workers that are too many finish first. */
export function resize(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const { settings, workers } = state
  addRows(state)
  for (let w = 0; w < state.rows; w++) {
    const instance = workers.instance[w]
    const wanted = instance < settings.instances && workers.place[w] < settings.concurrency
    const phase = workers.phase[w]
    workers.leaving[w] = wanted ? 0 : 1
    if (wanted && phase === PHASE.retired) {
      if (state.instanceOff[instance]) workers.phase[w] = PHASE.off
      else next(sim, node, w)
    } else if (!wanted && (phase <= PHASE.paused || phase === PHASE.off)) {
      // A poll that is under way is waited for: it may bring messages.
      if (phase === PHASE.polling) continue
      workers.turn[w]++
      workers.phase[w] = PHASE.retired
    }
  }
  for (let i = settings.instances; i < state.instanceOff.length; i++) {
    state.instanceOff[i] = 0
    state.instanceTurn[i]++
  }
}

/** An instance dies with all it has in hand, and comes back later. */
export function crash(sim: Simulation, node: number, instance: number): void {
  const state = stateOf(sim, node)
  if (state.instanceOff[instance]) return
  state.instanceOff[instance] = 1
  sim.world.nodes[node].counters[COUNTER.crashed]++
  sim.mark(node, 'crashed')
  drop(sim, node, instance)
  const turn = ++state.instanceTurn[instance]
  sim.at(sim.nowUs + state.settings.restartUs, node, EVENT.restart, instance, turn)
}

/** An instance is taken away with all it has in hand; queues will hand its messages out again. */
export function terminate(sim: Simulation, node: number, instance: number): void {
  drop(sim, node, instance)
}

/** Begins afresh, after a crash or because somebody wants it. */
export function restart(sim: Simulation, node: number, instance: number): void {
  const state = stateOf(sim, node)
  const { workers } = state
  if (!state.instanceOff[instance]) drop(sim, node, instance)
  state.instanceOff[instance] = 0
  state.instanceTurn[instance]++
  for (let w = 0; w < state.rows; w++) {
    if (workers.instance[w] === instance && workers.phase[w] === PHASE.off) next(sim, node, w)
  }
}

/** All workers of an instance stop as they are. Callers get an error; queues will hand out again. */
function drop(sim: Simulation, node: number, instance: number): void {
  const state = stateOf(sim, node)
  const { workers } = state
  const { counters } = sim.world.nodes[node]
  for (let w = 0; w < state.rows; w++) {
    if (workers.instance[w] !== instance || workers.phase[w] === PHASE.retired) continue
    counters[COUNTER.abandoned] += workers.handCount[w] - workers.handAt[w]
    for (let n = workers.handAt[w]; workers.request[w] < 0 && n < workers.handCount[w]; n++) {
      tellFate(sim, node, w, n, NEWS.crashed)
    }
    if (workers.request[w] >= 0) answerRequest(sim, node, w, FIRST_ERROR + ERROR.internal)
    emptyHands(state, w)
    workers.turn[w]++
    workers.phase[w] = workers.leaving[w] ? PHASE.retired : PHASE.off
  }
}

/** The first instance that runs and has something in hand, else the first that runs, else -1. */
export function victim(sim: Simulation, node: number): number {
  const { workers, rows, settings, instanceOff } = stateOf(sim, node)
  for (let w = 0; w < rows; w++) {
    if (workers.handCount[w] > 0 && !instanceOff[workers.instance[w]]) return workers.instance[w]
  }
  const running = instanceOff.indexOf(0)
  return running < settings.instances ? running : -1
}
