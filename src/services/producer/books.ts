/** Names and places of a producer's counters, event types and news. */
export const COUNTERS = [
  'made',
  'sent',
  'failed',
  'retried',
  'stored',
  // Records of the KPL that stand for several messages.
  'aggregated',
  'requests',
  'replied',
  'timedOut',
  'unsent',
  'orphanedReplies',
] as const
export const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

/**
 * due: `a` = plan; flush and aggregate: wire, window; retry: number; poll: turn; timeout: ordinal; idle:
 * key; list: listing.
 */
export const EVENT = {
  due: 0,
  flush: 1,
  retry: 2,
  poll: 3,
  timeout: 4,
  idle: 5,
  aggregate: 6,
  list: 7,
} as const

export const NEWS_WORDS = [
  '(given up)',
  '(no reply in time)',
  '(reply that nobody waits for)',
] as const
export const NEWS = { gaveUp: 0, timedOut: 1, orphaned: 2 } as const
