/** What a delivery stream remembers. */
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import { createList, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'
import type { RecordLog } from '../recordLog.ts'
import type { StreamSource } from '../streamSource.ts'
import { DESTINATION, isDestination, type DestinationType } from './destinations.ts'
import type { ProcessingProblem } from './failedRecord.ts'

const MIB = 1_048_576

export interface Settings {
  readonly destination: DestinationType
  readonly sizeBytes: number
  readonly intervalUs: SimUs
  /** How long deliveries are tried again. */
  readonly retryUs: SimUs
  readonly backsUpAll: boolean
  /** 0 to 1. */
  readonly failureShare: number
  readonly deliveryUs: SimUs
  /** Bytes a second; 0 = no limit. */
  readonly quotaBytes: number
  readonly prefix: string
  readonly errorPrefix: string
  readonly compression: string
}

/** S3 is tried for so long, as nothing else is left (FACTS 8). */
const S3_RETRY_US = fromSeconds(24 * 3600)

export function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const destination = isDestination(config.destination) ? config.destination : 's3'
  const { maxSizeMiB, maxIntervalS } = DESTINATION[destination]
  return Object.freeze({
    destination,
    sizeBytes: Math.min(Number(config.SizeInMBs), maxSizeMiB) * MIB,
    intervalUs: fromSeconds(Math.min(Number(config.IntervalInSeconds), maxIntervalS)),
    retryUs: destination === 's3' ? S3_RETRY_US : fromSeconds(Number(config.retryS)),
    backsUpAll: config.backsUpAll === true,
    failureShare: Number(config.failurePercent) / 100,
    deliveryUs: fromMs(Number(config.deliveryMs)),
    quotaBytes: Number(config.directPutMiBps) * MIB,
    prefix: String(config.Prefix),
    errorPrefix: String(config.ErrorOutputPrefix),
    compression: String(config.CompressionFormat),
  })
}

/** Records that wait for the buffer to fill or its time to end. */
export interface Buffer {
  readonly records: MessageList
  bytes: number
  /** When the first of them came. */
  openedUs: SimUs
  /** Tells this filling from earlier ones. */
  filling: number
}

export type BufferName = 'transform' | 'deliver'

/** What a batch waits for. */
export type Stage =
  /** The function's that transforms it. */
  | 'transform'
  /** The destination's. */
  | 'deliver'
  /** The backup bucket's: the destination had its chance. */
  | 'backup'

/** Records that have left the buffer together: one object, one request. */
export interface Batch {
  readonly id: number
  readonly records: MessageList
  bytes: number
  stage: Stage
  /** When the buffer was closed; deliveries are tried again for `retryUs` from here. */
  readonly closedUs: SimUs
  /** Tries of this stage so far. */
  tries: number
  /** Why its records are put where failed ones go: AWS's error-output-type. */
  failure: string
  /** Name of the function that was invoked last, and why it could not transform them. */
  lambda: string
  problem: ProcessingProblem | null
  /** The call that is out for it, or -1: between tries, or a destination outside the picture. */
  call: number
}

/** The function that transforms records, and how (FACTS 8). */
export interface Transform {
  readonly wire: number
  readonly lambda: number
  readonly sizeBytes: number
  readonly intervalUs: SimUs
  /** After the first invocation of a batch. */
  readonly retries: number
}

/** What the API was told that the design does not hold; plain JSON, replaced and never changed. */
export interface Carried {
  /** The destination's configuration as it was given. */
  readonly destination: Readonly<Record<string, unknown>>
  readonly tags: Readonly<Record<string, string>>
  readonly encryption: Readonly<Record<string, unknown>>
  readonly version: number
  readonly updatedUs: SimUs
}

/** Series of `State.recent`: records delivered; invocations, those that succeeded, how long all took. */
export const RECENT = { delivered: 0, invocations: 1, successes: 2, invokedUs: 3 } as const

export interface State {
  settings: Settings
  readonly createdUs: SimUs
  /** What waits to be transformed, and what waits for delivery. */
  readonly buffers: Readonly<Record<BufferName, Buffer>>
  /** In the order they were closed. */
  readonly batches: Batch[]
  nextBatch: number
  /** Null when records are delivered as they are. */
  transform: Transform | null
  /** What came in, for those that read it; null while nobody does. */
  ingested: RecordLog | null
  /** The stream that it reads; null for Direct PUT. */
  source: StreamSource | null
  /** Streams that it has read, in their order. */
  readings: number
  /** Set by hand: every try fails. */
  isDown: boolean
  readonly chance: number
  /** What came in during the present second, for the quota. */
  readonly second: { startUs: SimUs; bytes: number; records: number; requests: number }
  readonly recent: Recent
  carried: Carried
}

const createBuffer = (): Buffer => ({ records: createList(), bytes: 0, openedUs: 0, filling: 0 })

export function createState(sim: Simulation, node: number): State {
  const here = sim.world.nodes[node]
  return {
    settings: settingsOf(here.config),
    createdUs: sim.nowUs,
    buffers: { transform: createBuffer(), deliver: createBuffer() },
    batches: [],
    nextBatch: 1,
    transform: null,
    ingested: null,
    source: null,
    readings: 0,
    isDown: false,
    chance: sim.stream(here, 'destination'),
    second: { startUs: -1, bytes: 0, records: 0, requests: 0 },
    recent: createRecent(4),
    carried: {
      destination: {},
      tags: {},
      encryption: { Status: 'DISABLED' },
      version: 1,
      updatedUs: -1,
    },
  }
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State
