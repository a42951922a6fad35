/** When the event of a record was, by one of its fields (FACTS 9). */
import { parseIsoTime } from '../../base/calendar.ts'
import { fromSeconds, type SimUs } from '../../base/units.ts'
import { simUs } from '../aws.ts'
import type { SqlValue } from './sql.ts'

/** Smaller numbers are no times since 1970. */
const LEAST_EPOCH_S = 1e8
const LEAST_EPOCH_MS = 1e11
/** Numbers of microseconds stay exact. */
const LARGEST_S = 4e9

/**
 * A text is a TIMESTAMP of SQL or ISO 8601, in UTC unless it says otherwise; a number counts seconds or
 * milliseconds since 1970. One too small for that is the record's age on arrival, in seconds: templates
 * of producers know no clock. Null for anything else.
 */
export function eventTimeUs(value: SqlValue, arrivedUs: SimUs): SimUs | null {
  if (typeof value === 'number' && Math.abs(value) < LEAST_EPOCH_S) {
    return arrivedUs - fromSeconds(value)
  }
  const seconds = typeof value === 'string' ? parseTime(value) : epochSeconds(value ?? NaN)
  return seconds >= 0 && seconds <= LARGEST_S ? simUs(seconds) : null
}

const epochSeconds = (value: number): number => (value >= LEAST_EPOCH_MS ? value / 1000 : value)

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/

function parseTime(text: string): number {
  const found = TIMESTAMP.exec(text.trim())
  const ms = parseIsoTime(found ? `${found[1]}T${found[2]}Z` : text.trim())
  return ms === null ? NaN : ms / 1000
}
