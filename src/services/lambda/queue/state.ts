/** What a function remembers of a queue that invokes it: its pollers and what each has in hand. */
import { fromSeconds, type SimUs } from '../../../base/units.ts'
import type { Item } from '../state.ts'

export interface QueueSettings {
  readonly batchSize: number
  readonly windowUs: SimUs
  /** ScalingConfig.MaximumConcurrency; 0 = none. */
  readonly maxConcurrency: number
  /** FunctionResponseTypes holds ReportBatchItemFailures. */
  readonly reports: boolean
  readonly enabled: boolean
}

export const queueSettingsOf = (config: Readonly<Record<string, unknown>>): QueueSettings =>
  Object.freeze({
    batchSize: Number(config.BatchSize),
    windowUs: fromSeconds(Number(config.MaximumBatchingWindowInSeconds)),
    maxConcurrency: Number(config.MaximumConcurrency),
    reports: config.ReportBatchItemFailures === true,
    enabled: config.Enabled !== false,
  })

export const PHASE = {
  /** Scaled in. */
  retired: 0,
  polling: 1,
  /** Waits before it polls again: the last receive was refused. */
  paused: 2,
  /** Its batch waits: the function was throttled. */
  throttled: 3,
  running: 4,
  deleting: 5,
} as const

export interface Poller {
  phase: number
  /** Tells the answers and events of this poll or batch from earlier ones. */
  turn: number
  /** Received and not done with. */
  items: Item[]
  /** When the first of them came. */
  openedUs: SimUs
  throttles: number
  /** Deletes on their way. */
  deletes: number
}

export interface QueueMapping {
  readonly wire: number
  /** When it was made, or its settings changed. */
  modifiedUs: SimUs
  readonly queue: number
  readonly receive: number
  readonly removeBatch: number
  settings: QueueSettings
  /** Of the queue, by GetQueueAttributes; -1 = not known yet. */
  visibilityUs: SimUs
  isFifo: boolean
  /** Why there is no mapping, as CreateEventSourceMapping says it; '' when there is one. */
  problem: string
  readonly pollers: Poller[]
  scaling: boolean
  /** Since the last look at scaling. */
  hasFailed: boolean
}

/** A poller's call or event: which, and in which turn. */
const POLLERS = 2048
const TURNS = 0x40000
export const tokenOf = (poller: number, turn: number): number => poller + (turn % TURNS) * POLLERS
export const pollerIn = (token: number): number => token % POLLERS
export const isTurn = (token: number, { turn }: Poller): boolean =>
  Math.floor(token / POLLERS) === turn % TURNS
