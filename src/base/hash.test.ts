import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { FNV_START, fnvMix, fnvMixWord, md5Hex, md5Words, sha256Hex, uuidFrom } from './hash.ts'

/** Lengths around the 64-byte block and its 56-byte padding limit, and text outside ASCII. */
const TEXTS = [
  ...[0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1000].map((length) => 'x'.repeat(length)),
  'Bestellung für Zoë ✓ 🚂',
  '\ud800 half a surrogate pair',
]

const reference = (name: string, text: string): string =>
  createHash(name).update(text, 'utf8').digest('hex')

describe('md5', () => {
  test('known answers of RFC 1321', () => {
    expect(md5Hex('')).toBe('d41d8cd98f00b204e9800998ecf8427e')
    expect(md5Hex('message digest')).toBe('f96b697d7cb7938d525a2f31aaf161d0')
    expect(md5Hex(new Uint8Array([97, 98, 99]))).toBe('900150983cd24fb0d6963f7d28e17f72')
  })

  test("equals Node's own", () => {
    for (const text of TEXTS) expect(md5Hex(text)).toBe(reference('md5', text))
  })

  test('as words, the most significant first', () => {
    expect([...md5Words('')]).toEqual([0xd41d8cd9, 0x8f00b204, 0xe9800998, 0xecf8427e])
    for (const text of TEXTS) {
      const hex = [...md5Words(text)].map((word) => word.toString(16).padStart(8, '0')).join('')
      expect(hex).toBe(reference('md5', text))
    }
  })
})

test("sha256Hex equals Node's own", () => {
  for (const text of TEXTS) expect(sha256Hex(text)).toBe(reference('sha256', text))
})

describe('uuidFrom', () => {
  test('keeps the bits around version and variant', () => {
    expect(uuidFrom(0, 0, 0, 0)).toBe('00000000-0000-4000-8000-000000000000')
    expect(uuidFrom(0xffffffff, -1, -1, -1)).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
    expect(uuidFrom(0x12345678, 0x9abcdef0, 0x12345678, 0x9abcdef0)).toBe(
      '12345678-9abc-4ef0-9234-56789abcdef0',
    )
  })
})

/** The running hash of a list of numbers. */
const hashOf = (values: number[]): number => values.reduce(fnvMix, FNV_START)

describe('fnvMix', () => {
  test('every bit of a double counts', () => {
    const bits = new BigUint64Array(1)
    const double = new Float64Array(bits.buffer)
    const seen = new Set<number>()
    for (let bit = 0n; bit < 64n; bit++) {
      double[0] = 1.5
      bits[0] ^= 1n << bit
      seen.add(fnvMix(FNV_START, double[0]))
    }
    expect(seen.size).toBe(64)
  })

  test('the order and number of values count', () => {
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]))
    expect(hashOf([0])).not.toBe(hashOf([0, 0]))
    expect(hashOf([1, 2])).toBe(hashOf([1, 2]))
  })

  test('-0 is 0 and every NaN is the same', () => {
    expect(fnvMix(1, -0)).toBe(fnvMix(1, 0))
    const bits = new Uint32Array([1, 0xfff80000])
    const oddNaN = new Float64Array(bits.buffer)[0]
    expect(fnvMix(1, oddNaN)).toBe(fnvMix(1, NaN))
    expect(fnvMix(1, NaN)).not.toBe(fnvMix(1, Infinity))
  })

  test('whole numbers and halves of them do not collide', () => {
    const hashes = new Set<number>()
    for (let i = 0; i < 20_000; i++) hashes.add(fnvMix(FNV_START, i / 2))
    // 20 000 random words would collide 0.05 times.
    expect(hashes.size).toBeGreaterThanOrEqual(19_998)
    for (const hash of hashes) expect(hash).toBe(hash >>> 0)
  })
})

describe('fnvMixWord', () => {
  test('every bit of the word and the order of words count', () => {
    const bits = Array.from({ length: 32 }, (_, bit) => fnvMixWord(FNV_START, 1 << bit))
    expect(new Set([...bits, fnvMixWord(FNV_START, 0)]).size).toBe(33)
    const hash = fnvMixWord(fnvMixWord(FNV_START, 1), 2)
    expect(hash).not.toBe(fnvMixWord(fnvMixWord(FNV_START, 2), 1))
    expect(hash).toBe(hash >>> 0)
  })
})
