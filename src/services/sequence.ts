/**
 * Sequence numbers (FACTS 6.2): 56 decimal digits that tell when the shard was made, where in it the
 * record stands, when it came, and which shard it is. They grow within a shard, and no two of a stream
 * are the same.
 */
import type { SimUs } from '../base/units.ts'
import { epochMs, epochSeconds } from './aws.ts'

/** What the number of a record says; position 0 is the shard's beginning, before any record. */
export interface Sequence {
  /** When the shard was created, epoch seconds. */
  readonly createdS: number
  readonly shard: number
  readonly position: number
}

/** In hexadecimal: 2, created (9 digits), position (12), arrival (11), shard (8), 000002 (6). */
const DIGITS = { created: 9, position: 12, arrived: 11, shard: 8 } as const
const TAIL = '000002'
const FORM = /^2([0-9a-f]{9})([0-9a-f]{12})([0-9a-f]{11})([0-9a-f]{8})000002$/

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

function sequenceText(createdUs: SimUs, shard: number, place: number, atUs: SimUs): string {
  const digits =
    hex(epochSeconds(createdUs), DIGITS.created) +
    hex(place, DIGITS.position) +
    hex(epochMs(atUs), DIGITS.arrived) +
    hex(shard, DIGITS.shard)
  return BigInt(`0x2${digits}${TAIL}`).toString()
}

/** Of the record at a position. */
export const sequenceOf = (
  createdUs: SimUs,
  shard: number,
  position: number,
  atUs: SimUs,
): string => sequenceText(createdUs, shard, position + 1, atUs)

/** StartingSequenceNumber of a shard. */
export const firstSequence = (createdUs: SimUs, shard: number): string =>
  sequenceText(createdUs, shard, 0, createdUs)

/** EndingSequenceNumber of a closed shard: beyond every record of it. */
export const lastSequence = (createdUs: SimUs, shard: number, closedUs: SimUs): string =>
  sequenceText(createdUs, shard, 0x7fffffffffff, closedUs)

/** What a number says; null for one that no shard of ours gave. Position -1 is the beginning. */
export function parseSequence(text: string): Sequence | null {
  if (!/^\d{1,129}$/.test(text)) return null
  const parts = FORM.exec(BigInt(text).toString(16))
  if (!parts) return null
  return {
    createdS: Number.parseInt(parts[1], 16),
    position: Number.parseInt(parts[2], 16) - 1,
    shard: Number.parseInt(parts[4], 16),
  }
}
