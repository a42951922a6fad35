/** Which refusals are worth another try. */
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { State } from './state.ts'

/** Only what may pass by itself is worth another try, as in AWS's SDKs. */
const isPassing = (error: ApiError): boolean =>
  error.status >= 500 || error.status === 429 || /throttl|ThroughputExceeded/i.test(error.code)

export function mayRetry(sim: Simulation, state: State, call: number, code: number): boolean {
  const { calls } = sim.world
  return (
    calls.token[call] < state.settings.retries && isPassing(sim.errorFor(calls.to[call], code)!)
  )
}
