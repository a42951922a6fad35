/** Whether a producer's books add up. */
import type { Simulation } from '../../engine/simulation.ts'
import { COUNTER, COUNTERS } from './books.ts'
import { stateOf, type State } from './state.ts'

/** Messages made that are neither accepted nor given up. */
export const waiting = ({ calling, beyondFirst, backing, targets }: State): number =>
  targets.reduce(
    (sum, { held, aggregator }) => sum + held.length + (aggregator?.count ?? 0),
    calling + beyondFirst + backing.count,
  )

/** Every message is sent, given up or waits; every request is replied to, timed out, unsent or waits. */
export function broken(sim: Simulation, node: number): string | null {
  const { counters } = sim.world.nodes[node]
  const state = stateOf(sim, node)
  const of = (name: (typeof COUNTERS)[number]): number => counters[COUNTER[name]]
  const known = of('sent') + of('failed') + waiting(state)
  if (of('made') !== known) {
    return `made ${of('made')}, but sent + failed + waiting is ${known}`
  }
  const ended = of('replied') + of('timedOut') + of('unsent') + state.requests.waiting.size
  return of('requests') === ended
    ? null
    : `requests ${of('requests')}, but replied + timed out + unsent + waiting is ${ended}`
}
