/** Counters, events and news of a bucket. */
import type { Simulation } from '../../engine/simulation.ts'
import { bucketOf } from './state.ts'

/** put = overwritten + deleted + letGo + here; events = eventsDelivered + eventsLost + on their way. */
export const COUNTERS = [
  'put',
  'putBytes',
  'overwritten',
  'deleted',
  'letGo',
  'getRequests',
  'deleteRequests',
  'events',
  'eventsDelivered',
  'eventsLost',
] as const
export const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

/** `a` = the message's slot, `b` = the wire. */
export const EVENT = { notify: 0 } as const

export const NEWS_WORDS = [
  '(event notification lost)',
  '(event notification: will be tried again)',
] as const
export const NEWS = { lost: 0, retrying: 1 } as const

export function broken(sim: Simulation, node: number): string | null {
  const { counters } = sim.world.nodes[node]
  const { objects, underway } = bucketOf(sim, node)
  const of = (name: (typeof COUNTERS)[number]): number => counters[COUNTER[name]]
  const objectsKnown = of('overwritten') + of('deleted') + of('letGo') + objects.size
  if (of('put') !== objectsKnown) {
    return `put ${of('put')}, but overwritten + deleted + let go + here is ${objectsKnown}`
  }
  const eventsKnown = of('eventsDelivered') + of('eventsLost') + underway
  return of('events') === eventsKnown
    ? null
    : `events ${of('events')}, but delivered + lost + on their way is ${eventsKnown}`
}
