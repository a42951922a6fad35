/**
 * MD5 (RFC 1321): AWS tells bodies by it, and streams spread keys by it; it is no protection. Our own,
 * as libraries take as long for a short text as a message takes for its whole life.
 */
import { sine } from './math.ts'

const BLOCK = 64
/** Of a block, for the length of the whole. */
const LENGTH_BYTES = 8

/** 2^32 * |sin(n + 1)|, RFC 1321 section 3.4. */
// Pure: what does not hash need not load it.
const SINES = /* @__PURE__ */ Int32Array.from({ length: 64 }, (_, n) =>
  Math.floor(Math.abs(sine(n + 1)) * 4_294_967_296),
)
/**
 * The four words of the digest so far, of the block that comes next its sixteen. On buffers of their own,
 * which never move: compiled code then knows where the words are.
 */
const state = new Int32Array(new ArrayBuffer(16))
const words = new Int32Array(new ArrayBuffer(BLOCK))

/**
 * The digest as four unsigned words, the most significant first. The array is used again by the
 * next call.
 */
export function md5(bytes: Uint8Array): Uint32Array {
  state[0] = 0x67452301
  state[1] = 0xefcdab89
  state[2] = 0x98badcfe
  state[3] = 0x10325476
  let at = 0
  for (; at + BLOCK <= bytes.length; at += BLOCK) {
    readWords(bytes, at, BLOCK)
    addBlock()
  }
  const rest = bytes.length - at
  readWords(bytes, at, rest)
  words[rest >> 2] |= 0x80 << (8 * rest)
  if (rest >= BLOCK - LENGTH_BYTES) {
    addBlock()
    words.fill(0)
  }
  // In bits; texts are shorter than 2^29 bytes.
  words[14] = bytes.length << 3
  addBlock()
  for (let n = 0; n < 4; n++) digest[n] = reversed(state[n])
  return digest
}

const digest = new Uint32Array(4)

/** With its bytes in the other order: MD5 writes words from the least significant byte on. */
const reversed = (word: number): number =>
  (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)

/** The next block's words from `count` bytes, and zeros after them. */
function readWords(bytes: Uint8Array, start: number, count: number): void {
  for (let n = 0; n < 16; n++) words[n] = 0
  // Shifts go by their five lowest bits: 8n is the byte's place in its word.
  for (let n = 0; n < count; n++) words[n >> 2] |= bytes[start + n] << (8 * n)
}

function addBlock(): void {
  let a = state[0]
  let b = state[1]
  let c = state[2]
  let d = state[3]
  for (let n = 0; n < 16; n += 4) {
    a = (b + rotated(a + (d ^ (b & (c ^ d))) + SINES[n] + words[n], 7)) | 0
    d = (a + rotated(d + (c ^ (a & (b ^ c))) + SINES[n + 1] + words[n + 1], 12)) | 0
    c = (d + rotated(c + (b ^ (d & (a ^ b))) + SINES[n + 2] + words[n + 2], 17)) | 0
    b = (c + rotated(b + (a ^ (c & (d ^ a))) + SINES[n + 3] + words[n + 3], 22)) | 0
  }
  for (let n = 16; n < 32; n += 4) {
    a = (b + rotated(a + (c ^ (d & (b ^ c))) + SINES[n] + words[(5 * n + 1) & 15], 5)) | 0
    d = (a + rotated(d + (b ^ (c & (a ^ b))) + SINES[n + 1] + words[(5 * n + 6) & 15], 9)) | 0
    c = (d + rotated(c + (a ^ (b & (d ^ a))) + SINES[n + 2] + words[(5 * n + 11) & 15], 14)) | 0
    b = (c + rotated(b + (d ^ (a & (c ^ d))) + SINES[n + 3] + words[(5 * n + 16) & 15], 20)) | 0
  }
  for (let n = 32; n < 48; n += 4) {
    a = (b + rotated(a + (b ^ c ^ d) + SINES[n] + words[(3 * n + 5) & 15], 4)) | 0
    d = (a + rotated(d + (a ^ b ^ c) + SINES[n + 1] + words[(3 * n + 8) & 15], 11)) | 0
    c = (d + rotated(c + (d ^ a ^ b) + SINES[n + 2] + words[(3 * n + 11) & 15], 16)) | 0
    b = (c + rotated(b + (c ^ d ^ a) + SINES[n + 3] + words[(3 * n + 14) & 15], 23)) | 0
  }
  for (let n = 48; n < 64; n += 4) {
    a = (b + rotated(a + (c ^ (b | ~d)) + SINES[n] + words[(7 * n) & 15], 6)) | 0
    d = (a + rotated(d + (b ^ (a | ~c)) + SINES[n + 1] + words[(7 * n + 7) & 15], 10)) | 0
    c = (d + rotated(c + (a ^ (d | ~b)) + SINES[n + 2] + words[(7 * n + 14) & 15], 15)) | 0
    b = (c + rotated(b + (d ^ (c | ~a)) + SINES[n + 3] + words[(7 * n + 21) & 15], 21)) | 0
  }
  state[0] += a
  state[1] += b
  state[2] += c
  state[3] += d
}

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))
