/** What a delivery stream remembers. */
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import { createList, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT } from '../aws.ts'
import { createRecent, type Recent } from '../recent.ts'
import type { RecordLog } from '../recordLog.ts'
import type { StreamSource } from '../streamSource.ts'
import type { TopicSource } from '../topicSource.ts'
import { DESTINATION, isDestination, type DestinationType } from './destinations.ts'
import { partitionKeysIn, type PartitionKey } from './partitionQuery.ts'
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
  /** Of dynamic partitioning; null without. */
  readonly partitionKeys: readonly PartitionKey[] | null
  readonly convertTo: '' | 'Parquet' | 'ORC'
}

/** Where records are partitioned or converted: the smallest buffer (FACTS 8). */
export const LEAST_MIB = 64
/** There is no zero buffering with dynamic partitioning. */
const LEAST_INTERVAL_S = 60

/** S3 is tried for so long, as nothing else is left (FACTS 8). */
const S3_RETRY_US = fromSeconds(24 * 3600)

export function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const destination = isDestination(config.destination) ? config.destination : 's3'
  const { maxSizeMiB, maxIntervalS } = DESTINATION[destination]
  const isS3 = destination === 's3'
  const partitionKeys = isS3 ? partitionKeysIn(String(config.partitionQuery)) : null
  const convertTo = isS3 ? (config.convertTo as Settings['convertTo']) : ''
  const sizeMiB = Math.min(Number(config.SizeInMBs), maxSizeMiB)
  const intervalS = Math.min(Number(config.IntervalInSeconds), maxIntervalS)
  const isWhole = !partitionKeys && convertTo === ''
  return Object.freeze({
    destination,
    sizeBytes: (isWhole ? sizeMiB : Math.max(sizeMiB, LEAST_MIB)) * MIB,
    intervalUs: fromSeconds(partitionKeys && intervalS === 0 ? LEAST_INTERVAL_S : intervalS),
    partitionKeys,
    convertTo,
    retryUs: isS3 ? S3_RETRY_US : fromSeconds(Number(config.retryS)),
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
export interface Buffer extends Lot {
  /** No other has it, then or later. */
  readonly id: number
  readonly records: MessageList
  bytes: number
  /** When the first of them came. */
  openedUs: SimUs
  /** Tells this filling from earlier ones. */
  filling: number
}

/** What records have in common that wait and are delivered apart from others. */
export interface Lot {
  /** Its place in `State.lots`; '' of the others. */
  readonly name: string
  /** Values of its partition keys, as JSON; '' without. */
  readonly partition: string
  /** AWS's error-output-type of records that are put aside; '' of those to be delivered. */
  readonly failure: string
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
  /** Of its records; '' without. */
  readonly partition: string
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
  /** Role that it reads its stream with. */
  readonly sourceRole: string
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
  /** Partitions, and what is put aside, by name. */
  readonly lots: Map<string, Buffer>
  nextBuffer: number
  /** In the order they were closed. */
  readonly batches: Batch[]
  nextBatch: number
  /** Null when records are delivered as they are. */
  transform: Transform | null
  /** What came in, for those that read it; null while nobody does. */
  ingested: RecordLog | null
  /** The stream that it reads; null for Direct PUT. */
  source: StreamSource | null
  /** The topic that it reads, instead. */
  topic: TopicSource | null
  /** Streams and topics that it has read, in their order. */
  readings: number
  /** Set by hand: every try fails. */
  isDown: boolean
  readonly chance: number
  /** What came in during the present second, for the quota. */
  readonly second: { startUs: SimUs; bytes: number; records: number; requests: number }
  readonly recent: Recent
  carried: Carried
}

const NO_LOT: Lot = { name: '', partition: '', failure: '' }

export const createBuffer = (id: number, lot: Lot = NO_LOT): Buffer => ({
  ...lot,
  id,
  records: createList(),
  bytes: 0,
  openedUs: 0,
  filling: 0,
})

export function createState(sim: Simulation, node: number): State {
  const here = sim.world.nodes[node]
  return {
    settings: settingsOf(here.config),
    createdUs: sim.nowUs,
    buffers: { transform: createBuffer(0), deliver: createBuffer(1) },
    lots: new Map(),
    nextBuffer: 2,
    batches: [],
    nextBatch: 1,
    transform: null,
    ingested: null,
    source: null,
    topic: null,
    readings: 0,
    isDown: false,
    chance: sim.stream(here, 'destination'),
    second: { startUs: -1, bytes: 0, records: 0, requests: 0 },
    recent: createRecent(4),
    carried: {
      destination: {},
      sourceRole: `arn:aws:iam::${ACCOUNT}:role/firehose`,
      tags: {},
      encryption: { Status: 'DISABLED' },
      version: 1,
      updatedUs: -1,
    },
  }
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State
