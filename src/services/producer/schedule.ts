/** Keeps a producer's next moment: begins a pattern, moves on in it, changes it, pauses it. */
import { nextExponential } from '../../base/random.ts'
import { US_PER_S, fromSeconds, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { expectedBy, hasRate, rateAt, whenExpected } from './pattern.ts'
import { stateOf, type Settings, type State } from './state.ts'

export function begin(sim: Simulation, state: State, anchorUs: SimUs): void {
  state.anchorUs = anchorUs
  state.index = 0
  state.threshold =
    state.settings.pattern === 'poisson' ? nextExponential(sim.world.random, state.arrivals) : 0
}

/** Computes what comes next from the place in the pattern. */
export function plan(state: State): void {
  const { settings, anchorUs, index } = state
  state.nextCount = 1
  if (settings.stopAfterCount > 0 && state.scheduled >= settings.stopAfterCount) {
    state.nextUs = Infinity
  } else if (hasRate(settings)) {
    state.nextUs = anchorUs + Math.round(whenExpected(settings, state.threshold) * US_PER_S)
  } else if (settings.pattern === 'burst') {
    state.nextUs = index === 0 ? anchorUs : anchorUs + fromSeconds(settings.burstEveryS)
    state.nextCount = settings.burstSize
  } else if (settings.pattern === 'once') {
    state.nextUs = index === 0 ? anchorUs + fromSeconds(settings.onceAtS) : Infinity
    state.nextCount = settings.onceCount
  } else {
    state.nextUs = index < settings.timesUs.length ? anchorUs + settings.timesUs[index] : Infinity
  }
}

/** Moves on behind what was due at `nextUs`. */
export function moveOn(sim: Simulation, state: State): void {
  const { pattern } = state.settings
  if (pattern === 'poisson') {
    state.threshold += nextExponential(sim.world.random, state.arrivals)
  } else if (pattern === 'burst') {
    state.anchorUs = state.nextUs
    state.index = 1
  } else {
    state.threshold++
    state.index++
  }
  plan(state)
}

/** Schedules the event of the next moment; any earlier one becomes stale. */
export function arm(sim: Simulation, node: number, type: number): void {
  const state = stateOf(sim, node)
  state.armed++
  if (state.pausedUs >= 0 || state.nextUs === Infinity) return
  sim.at(Math.max(state.nextUs, sim.nowUs), node, type, state.armed)
}

/**
 * Goes on with changed settings. Another pattern begins now. The same one keeps its beginning, and
 * with a new rate the share of the present gap that has passed.
 */
export function adjust(sim: Simulation, state: State, before: Settings): void {
  const { settings } = state
  const nowUs = state.pausedUs >= 0 ? state.pausedUs : sim.nowUs
  if (settings.pattern !== before.pattern) {
    begin(sim, state, nowUs)
  } else if (nowUs < state.anchorUs) {
    state.anchorUs = Math.max(nowUs, state.bornUs + settings.startAfterUs)
  } else if (hasRate(settings)) {
    const t = (nowUs - state.anchorUs) / US_PER_S
    const left = Math.max(0, state.threshold - expectedBy(before, t))
    state.threshold = expectedBy(settings, t) + left
  } else if (settings.pattern === 'list') {
    const t = nowUs - state.anchorUs
    state.index = settings.timesUs.filter((us) => us <= t).length
  }
  plan(state)
}

export function pause(sim: Simulation, state: State): void {
  if (state.pausedUs < 0) state.pausedUs = sim.nowUs
}

/** The pattern goes on where it was. */
export function resume(sim: Simulation, state: State): void {
  if (state.pausedUs < 0) return
  state.anchorUs += sim.nowUs - state.pausedUs
  state.pausedUs = -1
  plan(state)
}

/** Messages a second by the pattern now; null for patterns that have no rate. */
export function presentRate(state: State, nowUs: SimUs): number | null {
  if (state.pausedUs >= 0 || state.nextUs === Infinity) return 0
  if (!hasRate(state.settings)) return null
  return rateAt(state.settings, (nowUs - state.anchorUs) / US_PER_S)
}
