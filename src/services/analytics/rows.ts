/** Records as rows of the query's table: the fields of a JSON object, and what the service adds (FACTS 9). */
import { isoTime } from '../../base/calendar.ts'
import { jsonObject } from '../../base/json.ts'
import type { SimUs } from '../../base/units.ts'
import { epochMs } from '../aws.ts'
import { eventTimeUs } from './eventTime.ts'
import type { SqlValue } from './sql.ts'
import type { Settings } from './state.ts'
import type { ClosedWindow, Timed } from './windows.ts'

/** A record as it came. */
export interface Arrived {
  /** When; what comes late counts as just arrived. */
  readonly arrivedUs: SimUs
  /** Serial of the record, and its colour. */
  readonly message: number
  readonly hue: number
  readonly partitionKey: string
  /** Of the fields that were known when it came, in their order. */
  readonly values: readonly SqlValue[]
}

/** A record in a window. Never changed, so snapshots share it. */
export interface Row extends Timed, Arrived {
  /** Where the span of event time begins that it belongs to, when those are kept apart; else 0. */
  readonly spanUs: SimUs
}

/** What every row has beside the record's own fields. ROWTIME is the time that its windows go by. */
const ADDED = [
  'ROWTIME',
  'APPROXIMATE_ARRIVAL_TIME',
  'PARTITION_KEY',
  'WINDOW_START',
  'WINDOW_END',
] as const

const PARTITION_KEY = 'PARTITION_KEY'

/** Fields of records that become columns; the first ones met. */
export const MAX_FIELDS = 40
const MAX_NAME_LENGTH = 64
/** As a VARCHAR's length cuts it. */
const MAX_TEXT_LENGTH = 256

export const columnsOf = (fields: readonly string[]): string[] => [...ADDED, ...fields]

/**
 * The values of a record's fields; null when its body is no JSON object. Fields not met before are added
 * to `fields`, unless there are too many or one is called the same (SQL does not tell a from A).
 */
export function valuesIn(body: string, fields: string[]): readonly SqlValue[] | null {
  const found = jsonObject(body)
  if (!found) return null
  for (const name of Object.keys(found)) {
    if (fields.length < MAX_FIELDS && isNew(name, fields)) fields.push(name)
  }
  return fields.map((name) => (Object.hasOwn(found, name) ? valueOf(found[name]) : null))
}

function isNew(name: string, fields: readonly string[]): boolean {
  if (name === '' || name.length > MAX_NAME_LENGTH || fields.includes(name)) return false
  const upper = name.toUpperCase()
  return !columnsOf(fields).some((known) => known.toUpperCase() === upper)
}

/** Objects and lists stay JSON: json_extract reads them. */
function valueOf(value: unknown): SqlValue {
  if (typeof value === 'number' || value === null || value === undefined) return value ?? null
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.slice(0, MAX_TEXT_LENGTH)
}

/** The record at its place in time and among the keys; null when it holds no event time that is asked for. */
export function rowOf(settings: Settings, fields: readonly string[], record: Arrived): Row | null {
  const { time, type, sizeUs, timeField } = settings
  const key = keyOf(settings, fields, record)
  if (time === 'arrival') return placed(record, record.arrivedUs, key, 0)
  const eventUs = eventTimeUs(valueIn(timeField, fields, record), record.arrivedUs)
  if (eventUs === null) return null
  if (time === 'watermark') return placed(record, eventUs, key, 0)
  const spanUs = Math.floor(eventUs / sizeUs) * sizeUs
  return placed(record, record.arrivedUs, type === 'stagger' ? `${key} ${spanUs}` : key, spanUs)
}

const placed = (record: Arrived, atUs: SimUs, key: string, spanUs: SimUs): Row => {
  const { arrivedUs, message, hue, partitionKey, values } = record
  return Object.freeze({ arrivedUs, message, hue, partitionKey, values, atUs, key, spanUs })
}

/** What windows of a key's own are partitioned by: a field of the record, or its partition key. */
const keyOf = ({ partitionBy }: Settings, fields: readonly string[], record: Arrived): string =>
  partitionBy.toUpperCase() === PARTITION_KEY
    ? record.partitionKey
    : String(valueIn(partitionBy, fields, record) ?? '')

function valueIn(name: string, fields: readonly string[], { values }: Arrived): SqlValue {
  const wanted = name.toUpperCase()
  return values[fields.findIndex((field) => field.toUpperCase() === wanted)] ?? null
}

/** Cells of a window's table, as `columnsOf` names them. */
export function tableOf({ startUs, endUs, rows }: ClosedWindow<Row>): SqlValue[][] {
  const [start, end] = [timestamp(startUs), timestamp(endUs)]
  return rows.map(({ atUs, arrivedUs, partitionKey, values }) => [
    timestamp(atUs),
    timestamp(arrivedUs),
    partitionKey,
    start,
    end,
    ...values,
  ])
}

/** "2026-01-01 00:00:07.250", as SQL writes a TIMESTAMP. */
export const timestamp = (us: SimUs): string =>
  isoTime(epochMs(us)).replace('T', ' ').replace('Z', '')
