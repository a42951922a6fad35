/** What a function remembers of a stream that it reads: its shards, and what of each waits or is tried. */
import { fromSeconds, type SimUs } from '../../../base/units.ts'
import type { Cursor } from '../../records.ts'
import type { Item } from '../state.ts'

export interface StreamSettings {
  readonly batchSize: number
  readonly windowUs: SimUs
  /** ParallelizationFactor: batches of one shard that may be worked on at once. */
  readonly parallel: number
  /** -1 = until the record expires. */
  readonly maxRetries: number
  /** -1 = none. */
  readonly maxAgeUs: SimUs
  /** BisectBatchOnFunctionError. */
  readonly bisects: boolean
  /** FunctionResponseTypes holds ReportBatchItemFailures. */
  readonly reports: boolean
  readonly enabled: boolean
  readonly fromLatest: boolean
  /** AT_TIMESTAMP: records that came then or later; -1 = another starting position. */
  readonly fromUs: SimUs
}

export function streamSettingsOf(config: Readonly<Record<string, unknown>>): StreamSettings {
  const maxAgeS = Number(config.MaximumRecordAgeInSeconds)
  return Object.freeze({
    batchSize: Number(config.BatchSize),
    windowUs: fromSeconds(Number(config.MaximumBatchingWindowInSeconds)),
    parallel: Number(config.ParallelizationFactor),
    maxRetries: Number(config.MaximumRetryAttempts),
    maxAgeUs: maxAgeS < 0 ? -1 : fromSeconds(maxAgeS),
    bisects: config.BisectBatchOnFunctionError === true,
    reports: config.ReportBatchItemFailures === true,
    enabled: config.Enabled !== false,
    fromLatest: config.StartingPosition === 'LATEST',
    fromUs: config.StartingPosition === 'AT_TIMESTAMP' ? fromSeconds(Number(config.startAtS)) : -1,
  })
}

/** Records that go to the function together, and again together until they are done with. */
export interface Batch {
  readonly items: readonly Item[]
  /** Executions that failed; one that got on with the batch begins them anew for the rest. */
  readonly tries: number
  /** The last of them returned what failed; else it threw or timed out. */
  readonly reported: boolean
  throttles: number
}

/** Of a shard, records whose partition keys keep their order: one batch at a time. */
export interface Lane {
  /** Read, and in no batch yet. */
  pending: Item[]
  /** When the first of them came, or the batch before them was closed. */
  openedUs: SimUs
  /** The first is worked on or waits to be tried again; others are what it was split into. */
  batches: Batch[]
  isRunning: boolean
  /** When something is due: the end of the window, or of a wait; -1 = nothing. */
  dueUs: SimUs
}

export interface ShardReader {
  readonly shard: number
  /** ShardIteratorType of its first iterator. */
  readonly startsAt: number
  /** Null while there is no iterator. */
  cursor: Cursor | null
  /** A closed shard that was read to its end. */
  ended: boolean
  /** And all that was read is done with: its children may begin. */
  finished: boolean
  /** Its next read waits until the mapping is enabled again. */
  rests: boolean
  lanes: Lane[]
  /** When the shard was made: sequence numbers tell it. */
  createdUs: SimUs
}

export interface StreamMapping {
  /** Tells it from earlier mappings of the same function: the calls' token. */
  readonly reading: number
  readonly wire: number
  /** When it was made, or its settings changed. */
  modifiedUs: SimUs
  readonly stream: number
  settings: StreamSettings
  /** The shards were listed once: those that come later are read from their beginning. */
  begun: boolean
  /** Whether the last batch went well; null before the first. */
  lastIsOk: boolean | null
  readonly shards: ShardReader[]
}

export const createLanes = (count: number): Lane[] =>
  Array.from({ length: count }, () => ({
    pending: [],
    openedUs: 0,
    batches: [],
    isRunning: false,
    dueUs: -1,
  }))

/** Records of a lane that are not done with. */
export const heldIn = ({ pending, batches }: Lane): number =>
  batches.reduce((sum, { items }) => sum + items.length, pending.length)

/** Its batch has failed, and keeps everything behind it waiting. */
export const isStalled = ({ batches }: Lane): boolean => (batches[0]?.tries ?? 0) > 0
