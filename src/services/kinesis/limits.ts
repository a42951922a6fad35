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
  /** Bytes of this second, and what earlier ones left to pay. */
  writtenBytes: number
  /** Bytes of this second alone. */
  tookBytes: number
  writtenRecords: number
  readSecond: number
  readBytes: number
  reads: number
  /** Refused in the second that runs. */
  refused: number
  /** Records, bytes and refusals of earlier seconds; second s stands at (s % HEAT_SECONDS) * 3. */
  readonly recent: Float64Array
  /** Since the last look of an on-demand stream. */
  minuteBytes: number
  minuteRecords: number
}

export const createMeter = (): Meter => ({
  writeSecond: 0,
  writtenBytes: 0,
  tookBytes: 0,
  writtenRecords: 0,
  readSecond: 0,
  readBytes: 0,
  reads: 0,
  refused: 0,
  recent: new Float64Array(HEAT_SECONDS * 3),
  minuteBytes: 0,
  minuteRecords: 0,
})

/** Whether a record may still be written in this second; counts it when it may. */
export function mayWrite(meter: Meter, nowUs: SimUs, bytes: number): boolean {
  const second = Math.floor(nowUs / US_PER_S)
  if (second !== meter.writeSecond) beginSecond(meter, second)
  const fits =
    meter.writtenRecords < WRITE_RECORDS_PER_S &&
    (meter.writtenBytes + bytes <= WRITE_BYTES_PER_S || meter.writtenBytes === 0)
  if (!fits) {
    meter.refused++
    return false
  }
  meter.writtenRecords++
  meter.writtenBytes += bytes
  meter.tookBytes += bytes
  return true
}

/** What the second that is over took goes into the sums. */
function beginSecond(meter: Meter, second: number): void {
  const { recent, writeSecond } = meter
  for (let s = Math.max(writeSecond, second - HEAT_SECONDS + 1); s <= second; s++) {
    recent.fill(0, (s % HEAT_SECONDS) * 3, (s % HEAT_SECONDS) * 3 + 3)
  }
  if (second - writeSecond < HEAT_SECONDS) {
    recent.set(
      [meter.writtenRecords, meter.tookBytes, meter.refused],
      (writeSecond % HEAT_SECONDS) * 3,
    )
  }
  meter.minuteRecords += meter.writtenRecords
  meter.minuteBytes += meter.tookBytes
  meter.writtenBytes = Math.max(0, meter.writtenBytes - (second - writeSecond) * WRITE_BYTES_PER_S)
  meter.writtenRecords = 0
  meter.tookBytes = 0
  meter.refused = 0
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
  const { recent, writeSecond } = meter
  if (second - writeSecond >= HEAT_SECONDS) return COLD
  let records = meter.writtenRecords
  let bytes = meter.tookBytes
  let refused = meter.refused
  for (let s = Math.max(0, second - HEAT_SECONDS + 1); s < writeSecond; s++) {
    const place = (s % HEAT_SECONDS) * 3
    records += recent[place]
    bytes += recent[place + 1]
    refused += recent[place + 2]
  }
  const seconds = Math.min(HEAT_SECONDS, Math.max(1, nowUs / US_PER_S))
  const recordsPerSecond = records / seconds
  const bytesPerSecond = bytes / seconds
  return {
    share: Math.max(recordsPerSecond / WRITE_RECORDS_PER_S, bytesPerSecond / WRITE_BYTES_PER_S),
    recordsPerSecond,
    bytesPerSecond,
    refused,
  }
}

const COLD: Heat = { share: 0, recordsPerSecond: 0, bytesPerSecond: 0, refused: 0 }
