/** Names and places of a topic's counters, events and news. */
import type { Simulation } from '../../engine/simulation.ts'
import type { Refused } from './filter/match.ts'
import { topicOf } from './topic.ts'

export const COUNTERS = [
  'published',
  'publishedBytes',
  /** FIFO: accepted, known already, not delivered. */
  'deduplicated',
  'throttled',
  /** Copies for subscriptions: `copied` = delivered + failed + redriven + what is on its way. */
  'copied',
  'delivered',
  /** Given up with nowhere to go. */
  'failed',
  'redriven',
  'redriveFailed',
  'retried',
  'filteredOut',
  'filteredOutMessageAttributes',
  'filteredOutMessageBody',
  'filteredOutNoMessageAttributes',
  'filteredOutInvalidAttributes',
  'filteredOutInvalidMessageBody',
  /** Publishes that the topic's policy does not allow. */
  'accessDenied',
  /** CloudWatch's count: of web servers every failed attempt (FACTS 4.6). */
  'notificationsFailed',
  /** Publish calls, of a standard topic each once for every 64 KB. */
  'billedPublishes',
  /** Copies for subscriptions, bytes. */
  'copiedBytes',
  /** Of those delivered, by what has a price of its own. */
  'deliveredToWeb',
  'deliveredToApps',
  'deliveredByMail',
  'deliveredToFirehose',
] as const

export const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

export const filterCounter = (why: Refused): number => COUNTER[`filteredOut${why}`]

/** `a` = the message's slot, `b` = its serial. */
export const EVENT = { retry: 0, turn: 1 } as const

export const NEWS_WORDS = [
  '(filtered out)',
  '(delivery failed: given up)',
  '(moved to the subscription’s dead-letter queue)',
  '(duplicate within 5 minutes: accepted, not delivered)',
  '(delivery failed: retry at once)',
  '(delivery failed: retry before backoff)',
  '(delivery failed: retry with backoff)',
  '(delivery failed: retry after backoff)',
  '(the request to confirm a subscription did not arrive)',
] as const
export const NEWS = {
  filtered: 0,
  failed: 1,
  redriven: 2,
  deduplicated: 3,
  immediate: 4,
  preBackoff: 5,
  backoff: 6,
  postBackoff: 7,
  notAsked: 8,
} as const

/** What the log keeps of which subscription filtered a message out; negative, as it is no worker. */
export const gateToken = (place: number): number => -1 - place
/** The subscription's place, of such a token. */
export const gatePlace = (token: number): number => -1 - token

export function broken(sim: Simulation, node: number): string | null {
  const { counters } = sim.world.nodes[node]
  const { calling, backing, pacing } = topicOf(sim, node)
  const known =
    counters[COUNTER.delivered] +
    counters[COUNTER.failed] +
    counters[COUNTER.redriven] +
    calling +
    backing.count +
    pacing.count
  return counters[COUNTER.copied] === known
    ? null
    : `copied ${counters[COUNTER.copied]}, but delivered + failed + redriven + on the way is ${known}`
}
