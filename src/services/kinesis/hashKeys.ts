/**
 * Hash keys (FACTS 6.1): 128-bit numbers as four unsigned 32-bit words, the most significant first.
 * BigInt is for what people read and for shards' bounds; the mapping of a record compares words.
 */
import { md5Words } from '../../base/hash.ts'

export type HashKey = readonly [number, number, number, number]

/** One more than the largest hash key. */
const SPACE = 1n << 128n
const MAX = SPACE - 1n
const WORD = 0xffffffffn

export const toBig = ([a, b, c, d]: HashKey): bigint =>
  (BigInt(a) << 96n) | (BigInt(b) << 64n) | (BigInt(c) << 32n) | BigInt(d)

export const fromBig = (value: bigint): HashKey =>
  Object.freeze([
    Number(value >> 96n),
    Number((value >> 64n) & WORD),
    Number((value >> 32n) & WORD),
    Number(value & WORD),
  ] as const)

/** As AWS writes it: a decimal number. */
export const hashKeyText = (key: HashKey): string => toBig(key).toString()

/** A decimal number from 0 to 2^128 - 1, or null. */
export function parseHashKey(text: string): HashKey | null {
  if (!/^(0|[1-9]\d{0,38})$/.test(text)) return null
  const value = BigInt(text)
  return value > MAX ? null : fromBig(value)
}

/** The range of one of `count` shards that divide everything evenly, both ends included. */
export function evenRange(count: number, index: number): { start: HashKey; end: HashKey } {
  const width = SPACE / BigInt(count)
  const start = width * BigInt(index)
  const end = index === count - 1 ? MAX : start + width - 1n
  return { start: fromBig(start), end: fromBig(end) }
}

/** Where a hash key stands among all, from 0 to 1. */
export const shareOf = ([a, b]: HashKey): number => (a + b / 0x100000000) / 0x100000000

/** Where the second half of a range begins. */
export const middleOf = (start: HashKey, end: HashKey): HashKey =>
  fromBig((toBig(start) + toBig(end) + 1n) / 2n)

export const before = (key: HashKey): HashKey => fromBig(toBig(key) - 1n)

export const compareKeys = (a: HashKey, b: HashKey): number => {
  for (let i = 0; i < 4; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1
  return 0
}

/** How many partition keys' hashes are remembered: an MD5 costs more than all else of a record. */
const REMEMBERED = 100_000
const remembered = new Map<string, Uint32Array>()

/** The MD5 of a partition key: a pure function, kept because few keys come often. */
export function hashOfKey(key: string): Uint32Array {
  let words = remembered.get(key)
  if (!words) {
    words = md5Words(key)
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(key, words)
  }
  return words
}

/**
 * The last range that begins at or before a hash.
 * @param starts four words a range, ascending; the first is zero
 */
export function rangeOf(starts: Uint32Array, hash: ArrayLike<number>): number {
  let low = 0
  let high = (starts.length >> 2) - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (isAfter(starts, middle << 2, hash)) high = middle - 1
    else low = middle
  }
  return low
}

/** Whether the range at `place` begins after the hash. */
function isAfter(starts: Uint32Array, place: number, hash: ArrayLike<number>): boolean {
  for (let i = 0; i < 4; i++) {
    if (starts[place + i] !== hash[i]) return starts[place + i] > hash[i]
  }
  return false
}
