/**
 * A function's books, its events and its news. Of the records that it received: processed, failed (the
 * caller was told), returned to their queue, discarded, or still here (`broken`).
 */
import type { Simulation } from '../../engine/simulation.ts'
import { stateOf, type State } from './state.ts'
import { heldIn } from './stream/state.ts'

export const COUNTERS = [
  'Invocations',
  'Errors',
  'Throttles',
  'AsyncEventsReceived',
  'AsyncEventsDropped',
  'DestinationDeliveryFailures',
  // Records: messages of queues, records of streams, payloads of invocations.
  'received',
  'processed',
  'failed',
  'returned',
  'discarded',
  // Invocations.
  'timeouts',
  'coldStarts',
  'retried',
  'toDestination',
  'durationUs',
  // Results passed on.
  'sentOn',
  'refused',
  // Of event source mappings.
  'emptyReceives',
  'readThrottled',
] as const
export type Counter = (typeof COUNTERS)[number]

const PLACE = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<Counter, number>
>

export function count(sim: Simulation, node: number, name: Counter, amount = 1): void {
  sim.world.nodes[node].counters[PLACE[name]] += amount
}

export const counted = (sim: Simulation, node: number, name: Counter): number =>
  sim.world.nodes[node].counters[PLACE[name]]

export const EVENT = {
  /** `a` = the run's id. */
  done: 0,
  /** `a` = slot, `b` = serial. */
  asynchronous: 1,
  /** `a` = wire, `b` = the poller's token. */
  poller: 2,
  /** `a` = wire. */
  scale: 3,
  /** `a` = reading, `b` = shard. */
  read: 4,
  list: 5,
  /** `a` = reading, `b` = shard and lane. */
  lane: 6,
} as const

export const NEWS = {
  error: 0,
  timeout: 1,
  retry: 2,
  discarded: 3,
  split: 4,
  returned: 5,
  tooLarge: 6,
} as const
export const NEWS_WORDS = [
  '(function error)',
  '(function timed out)',
  '(will be tried again)',
  '(discarded: no more tries)',
  '(batch split in two)',
  '(not deleted: comes back after its visibility timeout)',
  '(function error: the response is larger than 6 MB)',
]

/** Records that were received and have not left. */
export function heldBy({ runs, asyncEvents, queues, streams }: State): number {
  let held = asyncEvents.size
  for (const { owner, items } of runs) {
    if (owner.type === 'call' || owner.type === 'nobody') held++
    if (owner.type === 'transform') held += items.length
  }
  for (const { pollers } of queues) for (const { items } of pollers) held += items.length
  for (const { shards } of streams) {
    for (const { lanes } of shards) for (const lane of lanes) held += heldIn(lane)
  }
  return held
}

export function broken(sim: Simulation, node: number): string | null {
  const received = counted(sim, node, 'received')
  const known =
    counted(sim, node, 'processed') +
    counted(sim, node, 'failed') +
    counted(sim, node, 'returned') +
    counted(sim, node, 'discarded') +
    heldBy(stateOf(sim, node))
  return received === known
    ? null
    : `received ${received}, but processed + failed + returned + discarded + here is ${known}`
}
