import { describe, expect, test } from 'vitest'
import { FNV_START, fnvMix } from './hash.ts'
import type { RandomStreams } from './random.ts'
import {
  createStreams,
  hash32,
  nextBelow,
  nextExponential,
  nextLognormal,
  nextNormal,
  nextU32,
  nextUnit,
  openStream,
  sampleZipf,
  unitFrom,
  zipf,
} from './random.ts'

const DRAWS = 200_000

type Draw = (streams: RandomStreams, stream: number) => number

/** Many draws of one freshly opened stream. */
function sample(draw: Draw, count = DRAWS): Float64Array {
  const streams = createStreams()
  const stream = openStream(streams, '1/test/sample')
  return Float64Array.from({ length: count }, () => draw(streams, stream))
}

/** The mean of the draws' p-th powers. */
const moment = (values: Float64Array, p: number): number =>
  values.reduce((sum, value) => sum + value ** p, 0) / values.length

/** The share of the draws that lie above a bound. */
const shareAbove = (values: Float64Array, bound: number): number =>
  values.filter((value) => value > bound).length / values.length

/** Four standard deviations of the share of DRAWS trials that succeed with probability p. */
const tolerance = (p: number): number => 4 * Math.sqrt((p * (1 - p)) / DRAWS)

describe('the generator', () => {
  test("gives the reference's numbers (sfc32 in C, from a, b, c, counter = 1, 2, 3, 4)", () => {
    const streams: RandomStreams = { words: Int32Array.of(1, 2, 3, 4), count: 1 }
    const expected = [
      0x00000007, 0x00000022, 0x03600060, 0x0b421d78, 0xcc849c75, 0x17ce4c72, 0x2ed5fa36,
      0xe51a5f05,
    ]
    expect(expected.map(() => nextU32(streams, 0))).toEqual(expected)
  })

  test("seeds with the key's MD5 and discards 12 draws", () => {
    const streams = createStreams()
    const stream = openStream(streams, '42/producer-1/arrival')
    const expected = [0x3b08c56c, 0xd6ea5377, 0xcde587de, 0xb704446a, 0x5ca008c6, 0x83159712]
    expect(expected.map(() => nextU32(streams, stream))).toEqual(expected)
  })
})

/** The first draws of streams opened in the given order, by key. */
function firstDraws(order: string[]): Map<string, number[]> {
  const streams = createStreams()
  const opened = order.map((key) => [key, openStream(streams, key)] as const)
  return new Map(
    opened.map(([key, stream]) => [key, [0, 1, 2].map(() => nextU32(streams, stream))]),
  )
}

describe('streams', () => {
  const keys = Array.from({ length: 100 }, (_, i) => `7/node-${i}/arrival`)

  test('do not depend on the order they were opened in, nor on each other', () => {
    const forward = firstDraws(keys)
    const backward = firstDraws(keys.toReversed())
    for (const key of keys) {
      expect(backward.get(key)).toEqual(forward.get(key))
      expect(firstDraws([key]).get(key)).toEqual(forward.get(key))
    }
    expect(new Set([...forward.values()].map(String)).size).toBe(keys.length)
  })

  test('keep their state when the array grows', () => {
    const alone = createStreams()
    const crowded = createStreams()
    const a = openStream(alone, 'first')
    const b = openStream(crowded, 'first')
    for (let i = 0; i < 1000; i++) {
      openStream(crowded, `other ${i}`)
      expect(nextU32(crowded, b)).toBe(nextU32(alone, a))
    }
    expect(crowded.count).toBe(1001)
  })

  test('go on from a structured clone', () => {
    const streams = createStreams()
    const stream = openStream(streams, 'clone me')
    nextNormal(streams, stream)
    const clone = structuredClone(streams)
    const draws = [nextNormal, nextExponential, nextU32, nextUnit]
    const expected = draws.map((draw) => draw(streams, stream))
    expect(draws.map((draw) => draw(clone, stream))).toEqual(expected)
  })
})

describe('samples over 200 000 draws', () => {
  test('unit: uniform in [0, 1), moments within 0.5 %', () => {
    const values = sample(nextUnit)
    expect(Math.min(...values.subarray(0, 10_000))).toBeGreaterThanOrEqual(0)
    expect(shareAbove(values, 1 - 2 ** -33)).toBe(0)
    expect(moment(values, 1) / (1 / 2)).toBeCloseTo(1, 2)
    expect(moment(values, 2) / (1 / 3)).toBeCloseTo(1, 2)
  })

  test('below: every number as often, also where 2^32 is no multiple of n', () => {
    const counts = [0, 0, 0, 0, 0, 0, 0]
    for (const value of sample((streams, stream) => nextBelow(streams, stream, 7))) counts[value]++
    for (const count of counts) {
      expect(Math.abs(count / DRAWS - 1 / 7)).toBeLessThan(tolerance(1 / 7))
    }
    // With n = 3 * 2^30, draws taken modulo n without rejection would fall below 2^30 half the time.
    const wide = sample((streams, stream) => nextBelow(streams, stream, 3 * 2 ** 30))
    expect(Math.abs(shareAbove(wide, 2 ** 30 - 1) - 2 / 3)).toBeLessThan(tolerance(2 / 3))
    expect(shareAbove(wide, 3 * 2 ** 30 - 1)).toBe(0)
  })

  test('below 1 is 0, below 2^32 is any word', () => {
    const streams = createStreams()
    const stream = openStream(streams, 'edges')
    expect(nextBelow(streams, stream, 1)).toBe(0)
    const clone = structuredClone(streams)
    expect(nextBelow(streams, stream, 2 ** 32)).toBe(nextU32(clone, stream))
  })

  test('exponential: mean 1, moments within 4 standard deviations, shares and tail', () => {
    const values = sample(nextExponential)
    expect(shareAbove(values, -Number.MIN_VALUE)).toBe(1)
    expect(Math.abs(moment(values, 1) - 1)).toBeLessThan(4 / Math.sqrt(DRAWS))
    expect(Math.abs(moment(values, 2) - 2)).toBeLessThan(4 * Math.sqrt(20 / DRAWS))
    for (const bound of [0.01, 0.1, 0.5, 1, 2, 4, 7, 7.7, 8.5]) {
      const share = Math.exp(-bound)
      expect(Math.abs(shareAbove(values, bound) - share)).toBeLessThan(tolerance(share))
    }
  })

  test('normal: mean 0, variance 1, kurtosis 3, shares and tail', () => {
    const values = sample(nextNormal)
    expect(Math.abs(moment(values, 1))).toBeLessThan(4 / Math.sqrt(DRAWS))
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / DRAWS))
    expect(Math.abs(moment(values, 3))).toBeLessThan(4 * Math.sqrt(15 / DRAWS))
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / DRAWS))
    const shares = [
      [-2, 0.9772498680518208],
      [-1, 0.8413447460685429],
      [0, 0.5],
      [0.2, 0.42074029056089696],
      [1, 0.15865525393145707],
      [2, 0.02275013194817921],
      [3, 0.0013498980316300933],
      [3.5, 0.00023262907903552502],
    ]
    for (const [bound, share] of shares) {
      expect(Math.abs(shareAbove(values, bound) - share)).toBeLessThan(tolerance(share))
    }
  })

  test('normal: beyond the last layer the tail has the right mean', () => {
    const tail = sample(nextNormal, 4_000_000).filter((value) => value > 3.442619855899)
    // E[X | X > r] = density(r) / P(X > r); the standard deviation of an excess is about 0.26.
    expect(Math.abs(moment(tail, 1) - 3.6973)).toBeLessThan((4 * 0.26) / Math.sqrt(tail.length))
    expect(Math.abs(tail.length / 4_000_000 - 2.8806e-4)).toBeLessThan(4 * 8.5e-6)
  })

  test('lognormal: median e^mu, mean e^(mu + sigma^2 / 2)', () => {
    const values = sample((streams, stream) => nextLognormal(streams, stream, 3, 0.5))
    const share = shareAbove(values, Math.exp(3))
    expect(Math.abs(share - 0.5)).toBeLessThan(tolerance(0.5))
    expect(Math.abs(moment(values, 1) / Math.exp(3.125) - 1)).toBeLessThan(0.005)
  })
})

test('samples are those that Node 20 and Chromium 156 agree on, as shared links rely on them', () => {
  const streams = createStreams()
  const stream = openStream(streams, '1/golden/sample')
  let hash = FNV_START
  for (let i = 0; i < DRAWS; i++) {
    hash = fnvMix(hash, nextUnit(streams, stream))
    hash = fnvMix(hash, nextBelow(streams, stream, 10))
    hash = fnvMix(hash, nextExponential(streams, stream))
    hash = fnvMix(hash, nextNormal(streams, stream))
    hash = fnvMix(hash, nextLognormal(streams, stream, 1, 0.5))
  }
  hash = zipf(1000, 1.1).cumulative.reduce((sum, chance) => fnvMix(sum, chance), hash)
  expect(hash).toBe(3067089903)
})

/** How many bits of an unsigned word are set. */
const setBits = (x: number): number => x.toString(2).replaceAll('0', '').length

describe('hash32', () => {
  test('one flipped bit of either input flips about half of the output', () => {
    for (let bit = 0; bit < 32; bit++) {
      let first = 0
      let second = 0
      for (let i = 0; i < 1000; i++) {
        first += setBits((hash32(i, 77) ^ hash32(i ^ (1 << bit), 77)) >>> 0)
        second += setBits((hash32(77, i) ^ hash32(77, i ^ (1 << bit))) >>> 0)
      }
      expect(first / 1000).toBeGreaterThan(14.5)
      expect(first / 1000).toBeLessThan(17.5)
      expect(second / 1000).toBeGreaterThan(14.5)
      expect(second / 1000).toBeLessThan(17.5)
    }
  })

  test('neighbouring ordinals are spread evenly, and the order of the inputs matters', () => {
    let sum = 0
    for (let i = 0; i < 10_000; i++) sum += unitFrom(hash32(12345, i))
    expect(sum / 10_000).toBeCloseTo(0.5, 1)
    expect(hash32(1, 2)).not.toBe(hash32(2, 1))
    expect(hash32(0, 0)).not.toBe(0)
    expect(hash32(-1, 5)).toBe(hash32(0xffffffff, 5))
  })

  test('unitFrom maps all words into [0, 1)', () => {
    expect(unitFrom(0)).toBe(0)
    expect(unitFrom(0x80000000)).toBe(0.5)
    expect(unitFrom(-1)).toBe(1 - 2 ** -32)
  })
})

describe('zipf', () => {
  test('ranks have weights of 1 / rank^exponent', () => {
    const { cumulative } = zipf(3, 1)
    expect(cumulative[0]).toBeCloseTo(6 / 11, 14)
    expect(cumulative[1]).toBeCloseTo(9 / 11, 14)
    expect(cumulative[2]).toBe(1)
    expect([...zipf(4, 0).cumulative]).toEqual([0.25, 0.5, 0.75, 1])
  })

  test('a sample is the first rank whose cumulative chance exceeds the unit', () => {
    const table = zipf(4, 0)
    expect(
      [0, 0.2499, 0.25, 0.5, 0.74, 0.75, 1 - 2 ** -32].map((u) => sampleZipf(table, u)),
    ).toEqual([0, 0, 1, 2, 2, 3, 3])
    expect(sampleZipf(zipf(1, 1), 0.99)).toBe(0)
  })
})
