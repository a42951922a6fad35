/** Whether a queue's books add up. */
import { MESSAGE_STATE } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { timerCount } from '../../engine/lists.ts'
import { COUNTER } from './events.ts'
import { delayedCount, inFlightCount, queueOf, visibleCount } from './queue.ts'

/** Longer queues are not walked: the check runs while somebody watches. */
const WALKED = 2_000

/** What is wrong, in words, or null. */
export function broken(sim: Simulation, node: number): string | null {
  const queue = queueOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const here = queue.arrivals.count
  const came = counters[COUNTER.sent] + counters[COUNTER.movedIn]
  const went =
    counters[COUNTER.deleted] +
    counters[COUNTER.expired] +
    counters[COUNTER.purged] +
    counters[COUNTER.movedOut]
  if (came !== went + here) return `${came} messages came, but ${went} went and ${here} are here`
  const listed =
    visibleCount(queue) + inFlightCount(queue) + delayedCount(queue) + timerCount(queue.arriving)
  if (listed !== here) return `${here} messages are here, but ${listed} are in a list`
  return here <= WALKED ? miscounted(sim, node) : null
}

/** Walks all messages and counts them by state. */
function miscounted(sim: Simulation, node: number): string | null {
  const { messages } = sim.world
  const queue = queueOf(sim, node)
  const byState = [0, 0, 0, 0, 0]
  for (let slot = queue.arrivals.head; slot >= 0; slot = messages.olderThan[slot]) {
    if (messages.node[slot] !== node) return `m-${messages.serial[slot]} belongs to another part`
    byState[messages.state[slot]]++
  }
  const lists: [string, number, number][] = [
    ['visible', byState[MESSAGE_STATE.visible], visibleCount(queue)],
    ['in flight', byState[MESSAGE_STATE.inFlight], inFlightCount(queue)],
    ['delayed', byState[MESSAGE_STATE.delayed], delayedCount(queue)],
    ['arriving', byState[MESSAGE_STATE.travelling], timerCount(queue.arriving)],
  ]
  for (const [name, found, counted] of lists) {
    if (found !== counted) return `${found} messages are ${name}, but the list counts ${counted}`
  }
  return null
}
