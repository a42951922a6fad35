/** What a function remembers: executions, environments, events that wait, and its event source mappings. */
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import { createList, type MessageList } from '../../engine/lists.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createLatencies, type Latencies } from '../latency.ts'
import { createRecent, type Recent } from '../recent.ts'
import { workSettingsOf, type Condition, type WorkSettings } from '../work.ts'
import { changeIn, type Change } from './change.ts'
import type { QueueMapping } from './queue/state.ts'
import type { StreamMapping } from './stream/state.ts'

export interface Settings extends WorkSettings {
  readonly timeoutUs: SimUs
  readonly coldStartUs: SimUs
  /** An environment that did nothing for so long is gone. */
  readonly keepWarmUs: SimUs
  /** -1 = none reserved. */
  readonly reserved: number
  readonly account: number
  /** After the first try of an asynchronous event. */
  readonly asyncRetries: number
  readonly asyncAgeUs: SimUs
  /** As a transformation: what it drops, a share or by a field of the body. */
  readonly dropShare: number
  readonly dropIf: Condition | null
  /** How it changes the words of the others, and how large it leaves them, 1 = as they are. */
  readonly change: Change | null
  readonly outputShare: number
}

export function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const numbers = config as Readonly<Record<string, number>>
  return Object.freeze({
    ...workSettingsOf(config),
    timeoutUs: fromSeconds(numbers.Timeout),
    coldStartUs: fromMs(numbers.coldStartMs),
    keepWarmUs: fromSeconds(numbers.keepWarmS),
    reserved: numbers.ReservedConcurrentExecutions,
    account: numbers.accountConcurrency,
    asyncRetries: numbers.MaximumRetryAttempts,
    asyncAgeUs: fromSeconds(numbers.MaximumEventAgeInSeconds),
    dropShare: config.dropBy === 'field' ? 0 : numbers.dropPercent / 100,
    dropIf: config.dropBy === 'field' ? dropConditionIn(config) : null,
    change: changeIn(config),
    outputShare: numbers.outputPercent / 100,
  })
}

const dropConditionIn = (config: Readonly<Record<string, unknown>>): Condition =>
  Object.freeze({
    field: String(config.dropField),
    operator: String(config.dropOperator),
    value: String(config.dropValue),
  })

/** One of what an event tells the function about: a message, a record, or the whole payload. Frozen. */
export interface Item {
  /** Of a queue's message, for its deletion; -1 for others. */
  readonly slot: number
  readonly receipt: number
  /** Of a record, where it stands in its shard. */
  readonly place: number
  readonly serial: number
  readonly origin: number
  readonly recipe: number
  readonly ordinal: number
  readonly literal: Content | undefined
  readonly sizeBytes: number
  readonly hue: number
  readonly receives: number
  /** When the first message of its line was sent; of a record, when it came to its stream. */
  readonly beganUs: SimUs
  /** When it came to its queue or stream, or was sent. */
  readonly atUs: SimUs
}

/** How the function tells about items that it could not process (FunctionResponseTypes). */
export const REPORTS = {
  /** It throws at the first. */
  none: 0,
  /** It goes on, and returns them all. */
  each: 1,
  /** It stops at the first and returns that one: whatever follows counts as not processed. */
  inOrder: 2,
} as const

/** Who waits for the end of an execution. */
export type Owner =
  | { readonly type: 'call'; readonly call: number }
  /** A delivery stream, whose records are the items. */
  | { readonly type: 'transform'; readonly call: number }
  /** The caller went away; the payload is still worked on. */
  | { readonly type: 'nobody'; readonly slot: number }
  | { readonly type: 'async'; readonly slot: number }
  | { readonly type: 'queue'; readonly wire: number; readonly poller: number }
  | {
      readonly type: 'stream'
      readonly reading: number
      readonly shard: number
      readonly lane: number
    }

/** One execution of the function. */
export interface Run {
  readonly id: number
  /** Place of its environment. */
  readonly environment: number
  owner: Owner
  readonly items: readonly Item[]
  readonly reports: number
  /** When the handler begins (after a cold start), and when it will have worked. */
  readonly startedUs: SimUs
  readonly endsUs: SimUs
  /** Items that it gets to: those before are worked on. */
  readonly reached: number
  outcome: 'ok' | 'error' | 'timeout'
  /** Places of items that failed. */
  readonly failed: number[]
  /** Results on their way. */
  sending: number
}

/** What came of a run. */
export interface Result {
  readonly isOk: boolean
  /** Places of items that failed, ascending; all that count when `isOk`. */
  readonly failed: readonly number[]
}

/** An execution environment: a place that can run the function once at a time. */
export interface Environment {
  /** The run's id, or -1. */
  run: number
  /** End of its last run. */
  idleUs: SimUs
  failedUs: SimUs
}

/** An event of an asynchronous invocation, which Lambda keeps until it is done with. */
export interface AsyncEvent {
  readonly serial: number
  readonly acceptedUs: SimUs
  errors: number
  throttles: number
}

/** Series of `State.recent`. */
export const RECENT = { invocations: 0, durationUs: 1 } as const

export interface State {
  settings: Settings
  readonly chance: { readonly service: number; readonly failure: number }
  readonly environments: Environment[]
  runs: Run[]
  nextRun: number
  /** By slot. */
  readonly asyncEvents: Map<number, AsyncEvent>
  /** The same, in the order in which they came. */
  readonly asyncList: MessageList
  queues: QueueMapping[]
  streams: StreamMapping[]
  /** Streams that were wired, in their order. */
  readings: number
  /** Recipes of the words that it changes, by the recipe they are made of; 0 for words of their own. */
  changedRecipes: Record<number, number>
  readonly recent: Recent
  readonly latencies: Latencies
}

export function createState(sim: Simulation, node: number): State {
  const here = sim.world.nodes[node]
  return {
    settings: settingsOf(here.config),
    chance: { service: sim.stream(here, 'service'), failure: sim.stream(here, 'failure') },
    environments: [],
    runs: [],
    nextRun: 1,
    asyncEvents: new Map(),
    asyncList: createList(),
    queues: [],
    streams: [],
    readings: 0,
    changedRecipes: {},
    recent: createRecent(2),
    latencies: createLatencies(),
  }
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State
