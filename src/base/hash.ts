/** Hashes: MD5 and SHA-256 as AWS shows them, and cheap 32-bit mixing for the simulator's own use. */
import { sha256 } from '@noble/hashes/sha2.js'
import { md5 } from './md5.ts'
import { utf8 } from './utf8.ts'

const bytesOf = (data: string | Uint8Array): Uint8Array =>
  typeof data === 'string' ? utf8(data) : data

/** The MD5 of bytes, or of a text's UTF-8, as 32 lower-case hex digits (`MD5OfMessageBody`). */
export function md5Hex(data: string | Uint8Array): string {
  const words = md5(bytesOf(data))
  let hex = ''
  for (let n = 0; n < 4; n++) hex += upperHalf(words[n]) + lowerHalf(words[n])
  return hex
}

/**
 * The MD5 of a text's UTF-8 as four unsigned 32-bit words, the most significant first: the 128-bit
 * number that Kinesis compares with hash-key ranges.
 */
export const md5Words = (text: string): Uint32Array => md5(utf8(text)).slice()

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const hexOfByte = (byte: number): string => HEX[byte]
const upperHalf = (word: number): string => HEX[word >>> 24] + HEX[(word >>> 16) & 255]
const lowerHalf = (word: number): string => HEX[(word >>> 8) & 255] + HEX[word & 255]

/** The SHA-256 of a text's UTF-8 as 64 lower-case hex digits (a content-based deduplication id). */
export const sha256Hex = (text: string): string =>
  Array.from(sha256(bytesOf(text)), hexOfByte).join('')

/**
 * Four 32-bit words written as a version-4 UUID (RFC 9562): 122 of their 128 bits are kept, six are
 * replaced by version and variant. The same words always give the same text.
 */
export function uuidFrom(a: number, b: number, c: number, d: number): string {
  const second = (b & 0xffff0fff) | 0x00004000
  const third = (c & 0x3fffffff) | 0x80000000
  return (
    `${upperHalf(a)}${lowerHalf(a)}-${upperHalf(second)}-${lowerHalf(second)}` +
    `-${upperHalf(third)}-${lowerHalf(third)}${upperHalf(d)}${lowerHalf(d)}`
  )
}

const FNV_PRIME = 0x01000193
/** The FNV-1a offset basis: the hash to begin a `fnvMix` chain with. */
export const FNV_START = 0x811c9dc5

const double = new Float64Array(1)
const halves = new Uint32Array(double.buffer)

/**
 * One step of a running 32-bit hash over numbers: all 64 bits of the double count.
 * Every NaN counts as the same value, and -0 as 0, so that equal states hash alike.
 * Built on FNV-1a, a word at a time, with a shift because FNV alone never carries high bits down.
 * @returns an unsigned 32-bit number; begin with `FNV_START`
 */
export function fnvMix(hash: number, value: number): number {
  double[0] = value + 0
  if (value !== value) {
    // Engines may store NaN with any of its bit patterns.
    halves[0] = 0
    halves[1] = 0x7ff80000
  }
  let h = Math.imul(hash ^ halves[0], FNV_PRIME)
  h ^= h >>> 15
  h = Math.imul(h ^ halves[1], FNV_PRIME)
  return (h ^ (h >>> 15)) >>> 0
}

/** One step of the same running hash over a 32-bit word; cheaper than `fnvMix` where that is enough. */
export function fnvMixWord(hash: number, word: number): number {
  const h = Math.imul(hash ^ word, FNV_PRIME)
  return (h ^ (h >>> 15)) >>> 0
}
