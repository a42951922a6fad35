/** Records as rows of the query's table: the fields of a JSON object, and what the service adds (FACTS 9). */
import { isoTime } from '../../base/calendar.ts'
import type { SimUs } from '../../base/units.ts'
import { epochMs } from '../aws.ts'
import type { SqlValue } from './sql.ts'
import type { ClosedWindow, Timed } from './windows.ts'

/** A record in a window. Never changed, so snapshots share it. */
export interface Row extends Timed {
  /** Serial of the record, and its colour. */
  readonly message: number
  readonly hue: number
  readonly partitionKey: string
  /** Of the fields that were known when it came, in their order. */
  readonly values: readonly SqlValue[]
}

/** What every row has beside the record's own fields. ROWTIME is the time of arrival. */
const ADDED = [
  'ROWTIME',
  'APPROXIMATE_ARRIVAL_TIME',
  'PARTITION_KEY',
  'WINDOW_START',
  'WINDOW_END',
] as const

export const PARTITION_KEY = 'PARTITION_KEY'

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
  const found = objectIn(body)
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

function objectIn(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const found: unknown = JSON.parse(body)
    const isObject = typeof found === 'object' && found !== null && !Array.isArray(found)
    return isObject ? (found as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Objects and lists stay JSON: json_extract reads them. */
function valueOf(value: unknown): SqlValue {
  if (typeof value === 'number' || value === null || value === undefined) return value ?? null
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.slice(0, MAX_TEXT_LENGTH)
}

/** What sliding and stagger windows are partitioned by: a field of the record, or its partition key. */
export function keyOf(
  partitionBy: string,
  partitionKey: string,
  fields: readonly string[],
  values: readonly SqlValue[],
): string {
  const wanted = partitionBy.toUpperCase()
  if (wanted === PARTITION_KEY) return partitionKey
  const place = fields.findIndex((name) => name.toUpperCase() === wanted)
  return String(values[place] ?? '')
}

/** Cells of a window's table, as `columnsOf` names them. */
export function tableOf({ startUs, endUs, rows }: ClosedWindow<Row>): SqlValue[][] {
  const [start, end] = [timestamp(startUs), timestamp(endUs)]
  return rows.map(({ atUs, partitionKey, values }) => {
    const time = timestamp(atUs)
    return [time, time, partitionKey, start, end, ...values]
  })
}

/** "2026-01-01 00:00:07.250", as SQL writes a TIMESTAMP. */
export const timestamp = (us: SimUs): string =>
  isoTime(epochMs(us)).replace('T', ' ').replace('Z', '')
