/**
 * What a shard takes and gives in a second (FACTS 6.5). Seconds are those of the clock. What goes
 * beyond a second's bytes (an answer of 10 MiB) is a debt that the next seconds pay.
 */
import { US_PER_S, type SimUs } from '../../base/units.ts'

export const WRITE_BYTES_PER_S = 1_048_576
export const WRITE_RECORDS_PER_S = 1_000
export const READ_BYTES_PER_S = 2_097_152
export const READS_PER_S = 5
export const MOST_RECORDS_PER_READ = 10_000
export const MOST_BYTES_PER_READ = 10_485_760

/** Seconds over which a shard's heat is told. */
export const HEAT_SECONDS = 5

export interface Meter {
  writeSecond: number
  writtenBytes: number
  writtenRecords: number
  readSecond: number
  readBytes: number
  reads: number
  /** Sums of the last HEAT_SECONDS seconds, the newest at writeSecond % HEAT_SECONDS. */
  readonly recentRecords: number[]
  readonly recentBytes: number[]
  /** Refused records, within the last HEAT_SECONDS seconds. */
  readonly recentRefused: number[]
  /** Since the last look of an on-demand stream. */
  minuteBytes: number
  minuteRecords: number
}

export const createMeter = (): Meter => ({
  writeSecond: 0,
  writtenBytes: 0,
  writtenRecords: 0,
  readSecond: 0,
  readBytes: 0,
  reads: 0,
  recentRecords: Array.from({ length: HEAT_SECONDS }, () => 0),
  recentBytes: Array.from({ length: HEAT_SECONDS }, () => 0),
  recentRefused: Array.from({ length: HEAT_SECONDS }, () => 0),
  minuteBytes: 0,
  minuteRecords: 0,
})

/** Whether a record may still be written in this second; counts it when it may. */
export function mayWrite(meter: Meter, nowUs: SimUs, bytes: number): boolean {
  const second = Math.floor(nowUs / US_PER_S)
  if (second !== meter.writeSecond) beginSecond(meter, second)
  const place = second % HEAT_SECONDS
  const fits =
    meter.writtenRecords < WRITE_RECORDS_PER_S &&
    (meter.writtenBytes + bytes <= WRITE_BYTES_PER_S || meter.writtenBytes === 0)
  if (!fits) {
    meter.recentRefused[place]++
    return false
  }
  meter.writtenRecords++
  meter.writtenBytes += bytes
  meter.minuteRecords++
  meter.minuteBytes += bytes
  meter.recentRecords[place]++
  meter.recentBytes[place] += bytes
  return true
}

function beginSecond(meter: Meter, second: number): void {
  const passed = second - meter.writeSecond
  meter.writtenBytes = Math.max(0, meter.writtenBytes - passed * WRITE_BYTES_PER_S)
  meter.writtenRecords = 0
  for (let s = Math.max(meter.writeSecond + 1, second - HEAT_SECONDS + 1); s <= second; s++) {
    meter.recentRecords[s % HEAT_SECONDS] = 0
    meter.recentBytes[s % HEAT_SECONDS] = 0
    meter.recentRefused[s % HEAT_SECONDS] = 0
  }
  meter.writeSecond = second
}

/** Whether one more read is allowed in this second; counts it when it is. */
export function mayRead(meter: Meter, nowUs: SimUs): boolean {
  const second = Math.floor(nowUs / US_PER_S)
  if (second !== meter.readSecond) {
    const paid = (second - meter.readSecond) * READ_BYTES_PER_S
    meter.readBytes = Math.max(0, meter.readBytes - paid)
    meter.reads = 0
    meter.readSecond = second
  }
  if (meter.reads >= READS_PER_S || meter.readBytes >= READ_BYTES_PER_S) return false
  meter.reads++
  return true
}

export interface Heat {
  /** Of what it could take in, by bytes or by records, whichever is nearer to its limit. */
  readonly share: number
  readonly recordsPerSecond: number
  readonly bytesPerSecond: number
  readonly refused: number
}

/** How hot a shard was over the last whole seconds and the one that runs. */
export function heatOf(meter: Meter, nowUs: SimUs): Heat {
  const second = Math.floor(nowUs / US_PER_S)
  const age = second - meter.writeSecond
  const sum = (values: readonly number[]): number =>
    values.reduce((total, _, i) => {
      const s = meter.writeSecond - ((meter.writeSecond - i + HEAT_SECONDS * 2) % HEAT_SECONDS)
      return s > second - HEAT_SECONDS && s >= 0 ? total + values[s % HEAT_SECONDS] : total
    }, 0)
  const seconds = Math.min(HEAT_SECONDS, Math.max(1, nowUs / US_PER_S))
  if (age >= HEAT_SECONDS) return COLD
  const recordsPerSecond = sum(meter.recentRecords) / seconds
  const bytesPerSecond = sum(meter.recentBytes) / seconds
  return {
    share: Math.max(recordsPerSecond / WRITE_RECORDS_PER_S, bytesPerSecond / WRITE_BYTES_PER_S),
    recordsPerSecond,
    bytesPerSecond,
    refused: sum(meter.recentRefused),
  }
}

const COLD: Heat = { share: 0, recordsPerSecond: 0, bytesPerSecond: 0, refused: 0 }
