/**
 * Sequence numbers (FACTS 6.2): 56 decimal digits that tell when the shard was made, where in it the
 * record stands, when it came, and which shard it is. They grow within a shard, and no two of a stream
 * are the same.
 */
import type { SimUs } from '../base/units.ts'
import { epochSeconds } from './aws.ts'

/** What the number of a record says; position -1 is the shard's beginning, before any record. */
export interface Sequence {
  /** When the shard was created, epoch seconds. */
  readonly createdS: number
  readonly shard: number
  readonly position: number
  /** When the record came, epoch seconds. */
  readonly arrivedS: number
}

/**
 * AWS's own form, in hexadecimal: 2, created (9 digits), the shard's last (1), place (16), 00, arrival
 * (9), shard (8), and 2, its version. The older version 1 is read, too. Places and shards are signed.
 */
const FORM =
  /^2([0-9a-f]{9})[0-9a-f]([0-7][0-9a-f]{15})[0-9a-f]{2}([0-9a-f]{9})([0-7][0-9a-f]{7})[12]$/

/** The first form of all: 1, created (9 digits), chance (18), shard (4). */
const OLD_FORM = /^1([0-9a-f]{9})[0-9a-f]{18}([0-7][0-9a-f]{3})$/
const OLD_LEAD = 1n << 124n
/** AWS takes no later creation for true. */
const LATEST_S = 16_025_175_000

/** A number as AWS reads it: a short one is taken for the tail of one of the first form. */
const asRead = (text: string): bigint => {
  const number = BigInt(text)
  return number < OLD_LEAD ? number + OLD_LEAD : number
}

/** The same as text, for what AWS says of it. */
export const sequenceAsRead = (text: string): string =>
  /^\d{1,129}$/.test(text) ? asRead(text).toString() : text

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** @param place in hexadecimal */
function sequenceText(createdUs: SimUs, shard: number, place: string, atUs: SimUs): string {
  const created = hex(epochSeconds(createdUs), 9)
  const arrived = hex(epochSeconds(atUs), 9)
  const last = hex(shard % 16, 1)
  return BigInt(`0x2${created}${last}${place}00${arrived}${hex(shard, 8)}2`).toString()
}

/** Of the record at a position. */
export const sequenceOf = (
  createdUs: SimUs,
  shard: number,
  position: number,
  atUs: SimUs,
): string => sequenceText(createdUs, shard, hex(position + 1, 16), atUs)

/** StartingSequenceNumber of a shard. */
export const firstSequence = (createdUs: SimUs, shard: number): string =>
  sequenceText(createdUs, shard, hex(0, 16), createdUs)

/** EndingSequenceNumber of a closed shard: beyond every record of it. */
export const lastSequence = (createdUs: SimUs, shard: number, closedUs: SimUs): string =>
  sequenceText(createdUs, shard, '7fffffffffffffff', closedUs)

/** What a number says; null for one that no shard could have given. */
export function parseSequence(text: string): Sequence | null {
  if (!/^\d{1,129}$/.test(text)) return null
  const digits = asRead(text).toString(16)
  const old = OLD_FORM.exec(digits)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16))
  if (old && old[0] < LATEST_S) {
    return { createdS: old[0], shard: old[1], position: -1, arrivedS: old[0] }
  }
  const parts = FORM.exec(digits)
  if (!parts) return null
  const [createdS, place, arrivedS, shard] = parts.slice(1).map((part) => Number.parseInt(part, 16))
  return { createdS, shard, position: place - 1, arrivedS }
}
