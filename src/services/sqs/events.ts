/** Numbers by which a queue's events, books, news and marks on messages are told apart. */

/** Types of a queue's own events. */
export const EVENT = {
  visibility: 0,
  delay: 1,
  arrival: 2,
  retention: 3,
  poll: 4,
  moveTask: 5,
} as const

/** Books: they only grow. `sent + movedIn` = `deleted + expired + purged + movedOut` + what is here. */
export const COUNTERS = [
  'sent',
  'sentBytes',
  'received',
  'deleted',
  /** Deletes that were answered with success, also those that found nothing to delete. */
  'deletesAnswered',
  'expired',
  'purged',
  'movedOut',
  'movedIn',
  'emptyReceives',
  'duplicates',
  /** Messages that came back because nobody deleted them in time. */
  'timedOut',
  /** FIFO: sends that were swallowed as duplicates; calls over the limit. */
  'deduplicated',
  'throttled',
  /** Calls that the queue's policy does not allow. */
  'accessDenied',
  /** Calls, each once for every 64 KB that it sends or brings; those of them that send to tenants. */
  'billedRequests',
  'billedFairRequests',
] as const

export const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

/** Words of the news rows in the API log. */
export const NEWS_WORDS = [
  '(visibility timeout expired)',
  '(moved to the dead-letter queue)',
  '(expired: older than the retention period)',
  '(delivered again while in flight)',
  '(queue purged)',
  '(moved by a redrive task)',
  '(duplicate within 5 minutes: accepted, not enqueued)',
] as const
/** In the same order. */
export const NEWS_EFFECTS = ['back', 'gone', 'gone', null, 'gone', 'gone', 'gone'] as const
export const NEWS = {
  timedOut: 0,
  deadLettered: 1,
  expired: 2,
  duplicate: 3,
  purged: 4,
  redriven: 5,
  deduplicated: 6,
} as const

/** Bits of a message's `flags` while a queue holds it. */
export const FLAG = {
  /** Visible in the list of those that came back. */
  returned: 1,
  /** Received, yet left visible by a server that missed it: will be delivered again. */
  again: 2,
  /** Of a noisy tenant: visible, in the list of those that come after all others. */
  aside: 4,
  /** Of a tenant, in flight: counted there. */
  served: 8,
} as const
