/** Where the function runs: environments that start cold, stay warm for a while, and may not be too many. */
import type { Simulation } from '../../engine/simulation.ts'
import { RESULT } from './errors.ts'
import { stateOf, type Environment, type State } from './state.ts'

/** Why one more execution is refused: one of RESULT; 0 when there is room (FACTS 7). */
export function throttledBy(sim: Simulation, node: number): number {
  const { settings, runs } = stateOf(sim, node)
  if (settings.reserved >= 0) return runs.length >= settings.reserved ? RESULT.reserved : 0
  let room = settings.account
  for (const { alive, kind, index } of sim.world.nodes) {
    if (!alive || kind !== sim.world.nodes[node].kind) continue
    const other = stateOf(sim, index)
    // What is reserved is taken from the account's limit, whether it is used or not.
    room -= other.settings.reserved >= 0 ? other.settings.reserved : other.runs.length
  }
  return room > 0 ? 0 : RESULT.account
}

const isWarm = (state: State, { run, idleUs }: Environment, nowUs: number): boolean =>
  run < 0 && nowUs - idleUs < state.settings.keepWarmUs

/** An environment for one execution: the one that was used last, or a new, cold one. */
export function takeEnvironment(
  sim: Simulation,
  node: number,
): { readonly place: number; readonly isCold: boolean } {
  const state = stateOf(sim, node)
  const { environments } = state
  let warmest = -1
  let free = -1
  environments.forEach((environment, place) => {
    if (isWarm(state, environment, sim.nowUs)) {
      if (warmest < 0 || environment.idleUs > environments[warmest].idleUs) warmest = place
    } else if (environment.run < 0 && free < 0) {
      free = place
    }
  })
  if (warmest >= 0) return { place: warmest, isCold: false }
  const place = free >= 0 ? free : environments.length
  environments[place] = { run: -1, idleUs: sim.nowUs, failedUs: -1e12 }
  return { place, isCold: true }
}

/** Environments that are there now: busy, or warm. */
export function present(sim: Simulation, node: number): Environment[] {
  const state = stateOf(sim, node)
  return state.environments.filter(
    (environment) => environment.run >= 0 || isWarm(state, environment, sim.nowUs),
  )
}
