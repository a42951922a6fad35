/** What an analytics application remembers. */
import { fromSeconds, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'
import type { StreamSource } from '../streamSource.ts'
import type { TopicSource } from '../topicSource.ts'
import type { Row } from './rows.ts'
import type { SqlValue } from './sql.ts'
import { startCollecting, type Collecting, type Shape, type WindowType } from './windows.ts'

/** Types of its events. `a` is the reading or what waits to be sent again, `b` the shard or partition. */
export const EVENT = { read: 0, list: 1, fetch: 2, metadata: 3, resend: 4 } as const

export const COUNTERS = [
  'numRecordsIn',
  'notJson',
  'notTimed',
  'numLateRecordsDropped',
  'dropped',
  'windows',
  'failedWindows',
  'results',
  'numRecordsOut',
  'lost',
  'throttled',
  'LambdaDelivery.OkRecords',
  'LambdaDelivery.DeliveryFailedRecords',
] as const
export type Counter = (typeof COUNTERS)[number]

export const count = (sim: Simulation, node: number, counter: Counter, amount = 1): void => {
  sim.world.nodes[node].counters[COUNTERS.indexOf(counter)] += amount
}

export interface Settings extends Shape {
  /**
   * What places a record in windows: its arrival; its event time, behind a watermark (Flink); or its
   * arrival, with what belongs to different spans of event time apart (SQL).
   */
  readonly time: 'arrival' | 'watermark' | 'arrivalByEvent'
  /** The field that holds the event time. */
  readonly timeField: string
  /** How far the watermark is behind the latest event time. */
  readonly watermarkDelayUs: SimUs
  readonly partitionBy: string
  readonly sql: string
  readonly from: StreamSource['from']
}

export function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const isSql = config.runtime === 'sql'
  const type = isSql && config.window === 'session' ? 'tumbling' : (config.window as WindowType)
  const byEvent = isSql ? 'arrivalByEvent' : 'watermark'
  return Object.freeze({
    type,
    sizeUs: fromSeconds(Number(type === 'session' ? config.gapS : config.sizeS)),
    slideUs: fromSeconds(Number(config.slideS)),
    time: config.time === 'event' ? byEvent : 'arrival',
    timeField: String(config.timeField),
    watermarkDelayUs: fromSeconds(Number(config.watermarkDelayS)),
    partitionBy: String(config.partitionBy),
    sql: String(config.sql),
    from: config.start === 'TRIM_HORIZON' ? 'TRIM_HORIZON' : 'LATEST',
  })
}

/** A row of a result. Never changed. */
export interface ResultRow {
  readonly startUs: SimUs
  readonly endUs: SimUs
  readonly values: readonly SqlValue[]
}

/** Messages that a destination refused, until they are sent again. */
export interface Refused {
  readonly wire: number
  readonly slots: readonly number[]
}

export interface State {
  settings: Settings
  readonly streams: StreamSource[]
  readonly topics: TopicSource[]
  /** Sources so far, for their numbers. */
  readings: number
  /** Everything that arrived at any source before this was read. */
  readUs: SimUs
  /** The latest event time less the delay; -Infinity before the first. */
  eventWatermarkUs: SimUs
  /** Read already, but another source or shard may still bring what arrived earlier. */
  ahead: Row[]
  readonly windows: Collecting<Row>
  /** Fields of the records, in the order in which they were met: the table's columns. */
  readonly fields: string[]
  /** Why the SQL cannot be run, '' when it can. */
  problem: string
  /** Of the latest results: the columns, and the last rows, newest first. */
  results: { readonly columns: readonly string[]; readonly rows: ResultRow[] }
  /** By number. */
  readonly refused: Record<number, Refused>
  refusals: number
  /** By wire: how long what is refused next waits. */
  readonly pausesUs: Record<number, SimUs>
  /** Results on calls that are not answered yet. */
  calling: number
  /** Of those: messages that stay ours, as a table or function is given their words only. */
  readonly kept: number[]
  /** Why a destination refused a result for good, '' when none did. */
  refusal: string
  readonly recent: Recent
}

/** Series of `recent`. */
export const RECENT = { in: 0, out: 1 } as const

export const createState = (sim: Simulation, node: number): State => ({
  settings: settingsOf(sim.world.nodes[node].config),
  streams: [],
  topics: [],
  readings: 0,
  readUs: -1,
  eventWatermarkUs: -Infinity,
  ahead: [],
  windows: startCollecting(),
  fields: [],
  problem: '',
  results: { columns: [], rows: [] },
  refused: {},
  refusals: 0,
  pausesUs: {},
  calling: 0,
  kept: [],
  refusal: '',
  recent: createRecent(2),
})

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State
