/** Names and places of a fleet's counters and event types. */
export const COUNTERS = [
  'received',
  'processed',
  'failed',
  'abandoned',
  'forgotten',
  'sentOn',
  'refused',
  'crashed',
  'emptyReceives',
  'serviceUs',
  'latencyUs',
] as const

export const COUNTER = {
  /** Messages taken in hand, from queues and calls. */
  received: 0,
  processed: 1,
  failed: 2,
  /** Received and lost from hand by a crash or restart. */
  abandoned: 3,
  /** Processed, and not deleted. */
  forgotten: 4,
  sentOn: 5,
  /** Synchronous calls. */
  refused: 6,
  /** Instances. */
  crashed: 7,
  emptyReceives: 8,
  /** Sums over processed messages: working time, and time since they were sent. */
  serviceUs: 9,
  latencyUs: 10,
} as const

/** `a` = worker (restart: instance), `b` = its turn. */
export const EVENT = { poll: 0, done: 1, beat: 2, restart: 3 } as const

/** What a worker's call was for; part of its token. */
export const PURPOSE = { receive: 0, remove: 1, extend: 2, send: 3, fetch: 4, discard: 5 } as const

const WORKERS = 4096
const PURPOSES = 8
const TURNS = 0x8000

/** A call's token: who called, what for, and in which turn. */
export const tokenOf = (worker: number, purpose: number, turn: number): number =>
  worker + purpose * WORKERS + (turn % TURNS) * (WORKERS * PURPOSES)

export const workerIn = (token: number): number => token % WORKERS
export const purposeIn = (token: number): number => Math.floor(token / WORKERS) % PURPOSES
/** Whether the caller is still in the turn in which it called. */
export const isTurn = (token: number, turn: number): boolean =>
  Math.floor(token / (WORKERS * PURPOSES)) === turn % TURNS

/** Index in `errors`. */
export const ERROR = { unavailable: 0, internal: 1 } as const

/** Words of the news rows in the API log: what became of a message that no delete followed. */
export const NEWS_WORDS = [
  '(failed)',
  '(failed: poison message)',
  '(crashed)',
  '(forgot to delete it)',
  '(failed: payload not found)',
  '(failed: not connected to the bucket of the payload)',
  '(failed: not connected to the queue of the reply)',
] as const
export const NEWS = {
  failed: 0,
  poison: 1,
  crashed: 2,
  forgot: 3,
  noPayload: 4,
  noBucket: 5,
  noReplyQueue: 6,
} as const
