/**
 * What a table with provisioned capacity takes in a second. Units that were not used are kept for up
 * to five minutes (burst capacity); a request goes through while any unit is left, and what it takes
 * beyond is paid by the next seconds.
 */
import { US_PER_S, type SimUs } from '../../base/units.ts'

const BURST_SECONDS = 300

export interface Meter {
  /** Units that may be used now; negative is a debt. */
  left: number
  atUs: SimUs
}

/** A new table has the units of one second. */
export const createMeter = (perSecond: number, nowUs: SimUs): Meter => ({
  left: perSecond,
  atUs: nowUs,
})

/** Takes the units; false when none are left. */
export function takeUnits(meter: Meter, nowUs: SimUs, perSecond: number, units: number): boolean {
  const earned = ((nowUs - meter.atUs) / US_PER_S) * perSecond
  meter.left = Math.min(BURST_SECONDS * perSecond, meter.left + earned)
  meter.atUs = nowUs
  if (meter.left <= 0) return false
  meter.left -= units
  return true
}

/** A read unit is 4 KiB, strongly consistent; a write unit is 1 KiB. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5)
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024))
