/** A fleet's state: workers and what they have in hand, as columns. */
import { growColumns } from '../../base/columns.ts'
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import type { Caller } from '../../engine/behaviour.ts'
import { ITEMS_PER_CALL } from '../../engine/calls.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { callerIn } from '../callers.ts'
import { createLatencies, type Latencies } from '../latency.ts'
import { createRecent, type Recent } from '../recent.ts'
import { workSettingsOf, type WorkSettings } from '../work.ts'

export const PHASE = {
  /** Nothing to poll, no call to answer. */
  idle: 0,
  polling: 1,
  /** Waits before it polls again. */
  paused: 2,
  working: 3,
  /** Waits until its output is accepted, until its delete is answered, its batch of deletes. */
  sending: 4,
  deleting: 5,
  clearing: 6,
  /** Waits for the body of a message, or until it is deleted from its bucket. */
  fetching: 7,
  discarding: 8,
  /** Its instance has crashed. */
  off: 9,
  /** The fleet was made smaller. */
  retired: 10,
} as const

export const isBusy = (phase: number): boolean =>
  phase >= PHASE.working && phase <= PHASE.discarding

export const OUTCOME = { done: 0, failure: 1, crash: 2 } as const

/** Most workers an instance can have (schema.ts). */
export const MOST_PLACES = 50
export const MOST_INSTANCES = 50

/** One row a worker. */
export interface Workers {
  phase: Uint8Array
  instance: Int32Array
  /** Its number in the instance. */
  place: Int32Array
  /** Goes as soon as its hands are empty. */
  leaving: Uint8Array
  /** Tells what belongs to the present receive from what came before it, or before a crash. */
  turn: Int32Array
  /** Where in the order of sources it asks. */
  position: Int32Array
  /** Index of the source its messages came from, -1 for a call. */
  source: Int32Array
  /** The call it answers, or -1. */
  request: Int32Array
  /** Of the message it works on. */
  startedUs: Float64Array
  doneUs: Float64Array
  outcome: Uint8Array
  /** Its last failure. */
  failedUs: Float64Array
  /** Answers it waits for. */
  pending: Int32Array
  /** In hand: messages `handAt` to `handCount` are still to be worked on. */
  handAt: Int32Array
  handCount: Int32Array
}

/** ITEMS_PER_CALL places a worker: its own copies of what it received. */
export interface Hands {
  slot: Int32Array
  receipt: Float64Array
  serial: Uint32Array
  origin: Uint32Array
  recipe: Uint16Array
  ordinal: Uint32Array
  sizeBytes: Uint32Array
  hue: Uint16Array
  receives: Uint16Array
  beganUs: Float64Array
  poison: Uint8Array
  /** Worked on, to be deleted with the batch. */
  remove: Uint8Array
}

/** A queue to poll; operations by index, as `Simulation.call` wants them. */
export interface Source {
  readonly wire: number
  readonly to: number
  readonly receive: number
  readonly remove: number
  readonly removeBatch: number
  readonly extend: number
  readonly extendBatch: number
}

/** Where the body of a message is, as its pointer says. Frozen. */
export interface Payload {
  readonly bucket: string
  readonly key: string
  readonly isFetched: boolean
}

/** A bucket that bodies are read from. */
export interface PayloadBucket {
  readonly wire: number
  readonly to: number
}

/** Where results go. */
export interface Output {
  readonly wire: number
  readonly to: number
  readonly send: number
}

export interface State {
  settings: Settings
  /** Instances that an Auto Scaling group wants; -1 leaves it to the settings. */
  capacity: number
  readonly streams: Streams
  /** Rows in use. */
  rows: number
  readonly workers: Workers
  readonly hands: Hands
  /** Words of messages in hand that were typed by somebody, by place. */
  readonly literals: Map<number, Content>
  /** Of messages in hand that only point to their bodies, by place. */
  readonly payloads: Map<number, Payload>
  /** Never shrinks, so that a message can be deleted when its wire is gone. */
  readonly sources: Source[]
  /** Indices into `sources` in the order of priority; equals stand together. */
  order: number[]
  /** Where the equals of each place in `order` begin, and how many they are. */
  equalsStart: number[]
  equalsCount: number[]
  outputs: Output[]
  buckets: PayloadBucket[]
  /** Crashed instances, and a number that tells a restart from a stale one. */
  readonly instanceOff: Uint8Array
  readonly instanceTurn: Int32Array
  /** Synchronous calls that wait for a worker: a ring. */
  waiting: Int32Array
  waitingHead: number
  waitingCount: number
  readonly recent: Recent
  readonly latencies: Latencies
}

export interface Streams {
  readonly service: number
  readonly failure: number
  readonly crash: number
  readonly forget: number
}

/** Series of `State.recent`. */
export const RECENT = { processed: 0, serviceUs: 1, latencyUs: 2 } as const

export interface Settings extends WorkSettings {
  readonly instances: number
  readonly concurrency: number
  readonly maxMessages: number
  /** -1 leaves it to the queue. */
  readonly waitUs: SimUs
  readonly visibilityUs: SimUs
  readonly pauseUs: SimUs
  /** 0 = off. */
  readonly heartbeatUs: SimUs
  readonly heartbeatToUs: SimUs
  readonly batchDelete: boolean
  readonly crashChance: number
  readonly restartUs: SimUs
  readonly forgetChance: number
  readonly acceptQueue: number
  readonly extendedClient: boolean
  readonly keepPayload: boolean
  /** Results go to the queue that the message names. */
  readonly reply: boolean
  /** As whom it calls, if not as a user of the own account. */
  readonly caller: Caller | undefined
}

/** Seconds as microseconds; negative means that the queue decides. */
const orQueue = (seconds: number): SimUs => (seconds < 0 ? -1 : fromSeconds(seconds))

export function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const numbers = config as Readonly<Record<string, number>>
  return Object.freeze({
    ...workSettingsOf(config),
    instances: numbers.instances,
    concurrency: numbers.concurrency,
    maxMessages: numbers.MaxNumberOfMessages,
    waitUs: orQueue(numbers.WaitTimeSeconds),
    visibilityUs: orQueue(numbers.VisibilityTimeout),
    pauseUs: fromMs(numbers.pollPauseMs),
    heartbeatUs: fromSeconds(numbers.heartbeatEveryS),
    heartbeatToUs: fromSeconds(numbers.heartbeatToS),
    batchDelete: config.batchDelete === true,
    crashChance: numbers.crashChance,
    restartUs: fromSeconds(numbers.restartAfterS),
    forgetChance: numbers.forgetDeleteChance,
    acceptQueue: numbers.acceptQueue,
    extendedClient: config.extendedClient === true,
    keepPayload: config.keepPayload === true,
    reply: config.reply === true,
    caller: callerIn(config),
  })
}

export function createState(sim: Simulation, node: number): State {
  const here = sim.world.nodes[node]
  return {
    settings: settingsOf(here.config),
    capacity: -1,
    streams: {
      service: sim.stream(here, 'service'),
      failure: sim.stream(here, 'failure'),
      crash: sim.stream(here, 'crash'),
      forget: sim.stream(here, 'forget'),
    },
    rows: 0,
    workers: {
      phase: new Uint8Array(0),
      instance: new Int32Array(0),
      place: new Int32Array(0),
      leaving: new Uint8Array(0),
      turn: new Int32Array(0),
      position: new Int32Array(0),
      source: new Int32Array(0),
      request: new Int32Array(0),
      startedUs: new Float64Array(0),
      doneUs: new Float64Array(0),
      outcome: new Uint8Array(0),
      failedUs: new Float64Array(0),
      pending: new Int32Array(0),
      handAt: new Int32Array(0),
      handCount: new Int32Array(0),
    },
    hands: {
      slot: new Int32Array(0),
      receipt: new Float64Array(0),
      serial: new Uint32Array(0),
      origin: new Uint32Array(0),
      recipe: new Uint16Array(0),
      ordinal: new Uint32Array(0),
      sizeBytes: new Uint32Array(0),
      hue: new Uint16Array(0),
      receives: new Uint16Array(0),
      beganUs: new Float64Array(0),
      poison: new Uint8Array(0),
      remove: new Uint8Array(0),
    },
    literals: new Map(),
    payloads: new Map(),
    sources: [],
    order: [],
    equalsStart: [],
    equalsCount: [],
    outputs: [],
    buckets: [],
    instanceOff: new Uint8Array(MOST_INSTANCES),
    instanceTurn: new Int32Array(MOST_INSTANCES),
    waiting: new Int32Array(0),
    waitingHead: 0,
    waitingCount: 0,
    recent: createRecent(3),
    latencies: createLatencies(),
  }
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

/** Long ago, for `failedUs`. */
const NEVER_US = -1e12

/** Adds the rows that the settings want and are not there. */
export function addRows(state: State): void {
  const { settings, workers, hands } = state
  const present = new Set<number>()
  for (let w = 0; w < state.rows; w++) {
    present.add(workers.instance[w] * MOST_PLACES + workers.place[w])
  }
  const most = state.rows + settings.instances * settings.concurrency
  if (most > workers.phase.length) {
    growColumns(workers, most)
    growColumns(hands, most * ITEMS_PER_CALL)
  }
  for (let instance = 0; instance < settings.instances; instance++) {
    for (let place = 0; place < settings.concurrency; place++) {
      if (present.has(instance * MOST_PLACES + place)) continue
      const w = state.rows++
      workers.instance[w] = instance
      workers.place[w] = place
      workers.phase[w] = PHASE.retired
      workers.source[w] = -1
      workers.request[w] = -1
      workers.failedUs[w] = NEVER_US
    }
  }
}

/** Messages that were received and are still to be worked on, over all workers. */
export function inHand({ workers, rows }: State): number {
  let count = 0
  for (let w = 0; w < rows; w++) count += workers.handCount[w] - workers.handAt[w]
  return count
}

export function busyWorkers({ workers, rows }: State): number {
  let count = 0
  for (let w = 0; w < rows; w++) if (isBusy(workers.phase[w])) count++
  return count
}
