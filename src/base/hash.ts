/** Hashes: MD5 and SHA-256 as AWS shows them, and cheap 32-bit mixing for the simulator's own use. */
import { sha256 } from '@noble/hashes/sha2.js'
import { md5 } from './md5.ts'
import { utf8 } from './utf8.ts'

const bytesOf = (data: string | Uint8Array): Uint8Array =>
  typeof data === 'string' ? utf8(data) : data

/** Character codes of the digits, and of the text that is being written with them. */
const codesOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))
const DIGITS = codesOf('0123456789abcdef')
const digest = codesOf('0'.repeat(32))
const uuid = codesOf('00000000-0000-0000-0000-000000000000')

/** Writes the lowest bits of a word, four a digit, in front of `end`. */
function writeHex(codes: number[], end: number, digits: number, word: number): void {
  for (let at = end - 1, rest = word; at >= end - digits; at--, rest >>>= 4) {
    codes[at] = DIGITS[rest & 15]
  }
}

/** The MD5 of bytes, or of a text's UTF-8, as 32 lower-case hex digits (`MD5OfMessageBody`). */
export function md5Hex(data: string | Uint8Array): string {
  const words = md5(bytesOf(data))
  for (let n = 0; n < 4; n++) writeHex(digest, 8 * n + 8, 8, words[n])
  return String.fromCharCode(...digest)
}

/**
 * The MD5 of a text's UTF-8 as four unsigned 32-bit words, the most significant first: the 128-bit
 * number that Kinesis compares with hash-key ranges.
 */
export const md5Words = (text: string): Uint32Array => md5(utf8(text)).slice()

/** The SHA-256 of a text's UTF-8 as 64 lower-case hex digits (a content-based deduplication id). */
export const sha256Hex = (text: string): string =>
  Array.from(sha256(bytesOf(text)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * Four 32-bit words written as a version-4 UUID (RFC 9562): 122 of their 128 bits are kept, six are
 * replaced by version and variant. The same words always give the same text.
 */
export function uuidFrom(a: number, b: number, c: number, d: number): string {
  writeHex(uuid, 8, 8, a)
  writeHex(uuid, 13, 4, b >>> 16)
  writeHex(uuid, 18, 4, (b & 0x0fff) | 0x4000)
  writeHex(uuid, 23, 4, ((c >>> 16) & 0x3fff) | 0x8000)
  writeHex(uuid, 28, 4, c)
  writeHex(uuid, 36, 8, d)
  return String.fromCharCode(...uuid)
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
