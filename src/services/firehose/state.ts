/** What a delivery stream remembers. */
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import { createList, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'
import type { StreamSource } from '../streamSource.ts'
import { DESTINATION, isDestination, type DestinationType } from './destinations.ts'

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

/** What a batch waits for. */
export type Stage =
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
  /** Why it is on its way to the backup bucket: AWS's error-output-type. */
  failure: string
  /** The call that is out for it, or -1: between tries, or a destination outside the picture. */
  call: number
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

export interface State {
  settings: Settings
  readonly createdUs: SimUs
  /** Waits for delivery. */
  readonly buffer: Buffer
  /** In the order they were closed. */
  readonly batches: Batch[]
  nextBatch: number
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
    buffer: createBuffer(),
    batches: [],
    nextBatch: 1,
    source: null,
    readings: 0,
    isDown: false,
    chance: sim.stream(here, 'destination'),
    second: { startUs: -1, bytes: 0, records: 0, requests: 0 },
    recent: createRecent(1),
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
