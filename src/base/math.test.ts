import { describe, expect, test } from 'vitest'
import { FNV_START, fnvMix } from './hash.ts'
import { exp, ln, pow, sine } from './math.ts'

const INPUTS = 100_000

/** A reproducible spread of numbers in [0, 1): the golden-ratio sequence. */
const spread = (i: number): number => (i * 0.6180339887498949) % 1

/** The greatest difference between two functions, relative to the second. */
function worst(
  ours: (x: number) => number,
  theirs: (x: number) => number,
  at: (i: number) => number,
) {
  let greatest = 0
  for (let i = 0; i < INPUTS; i++) {
    const x = at(i)
    const expected = theirs(x)
    const actual = ours(x)
    if (actual === expected) continue
    const difference = Math.abs(actual - expected) / Math.abs(expected)
    if (!(difference <= greatest)) greatest = difference
  }
  return greatest
}

describe('ln', () => {
  test('agrees with Math.log to an ulp from the smallest to the largest numbers', () => {
    expect(worst(ln, Math.log, (i) => 2 ** (2000 * spread(i) - 1000))).toBeLessThan(3e-16)
    expect(worst(ln, Math.log, spread)).toBeLessThan(3e-16)
    expect(worst(ln, Math.log, (i) => 1 + (spread(i) - 0.5) * 1e-5)).toBeLessThan(3e-16)
  })

  test('special cases', () => {
    expect(ln(1)).toBe(0)
    expect(ln(0)).toBe(-Infinity)
    expect(ln(-0)).toBe(-Infinity)
    expect(ln(-1)).toBeNaN()
    expect(ln(-Infinity)).toBeNaN()
    expect(ln(NaN)).toBeNaN()
    expect(ln(Infinity)).toBe(Infinity)
    expect(ln(Math.E)).toBe(1)
    expect(ln(Number.MIN_VALUE)).toBe(-744.4400719213812)
    expect(ln(Number.MAX_VALUE)).toBe(709.782712893384)
  })
})

describe('exp', () => {
  test('agrees with Math.exp to an ulp over the whole range and near 0', () => {
    expect(worst(exp, Math.exp, (i) => 1416 * spread(i) - 707)).toBeLessThan(3e-16)
    expect(worst(exp, Math.exp, (i) => 2 * spread(i) - 1)).toBeLessThan(3e-16)
    expect(worst(exp, Math.exp, (i) => (2 * spread(i) - 1) * 1e-9)).toBeLessThan(3e-16)
  })

  test('special cases', () => {
    expect(exp(0)).toBe(1)
    expect(exp(-0)).toBe(1)
    expect(exp(Infinity)).toBe(Infinity)
    expect(exp(-Infinity)).toBe(0)
    expect(exp(710)).toBe(Infinity)
    expect(exp(-746)).toBe(0)
    expect(exp(NaN)).toBeNaN()
    expect(exp(-745)).toBe(Number.MIN_VALUE)
    expect(exp(709.782712893384) / 1.797693134862273e308).toBeCloseTo(1, 12)
  })

  test('undoes ln', () => {
    expect(
      worst(
        (x) => exp(ln(x)),
        (x) => x,
        (i) => 0.5 + 10 * spread(i),
      ),
    ).toBeLessThan(1e-15)
  })
})

describe('pow', () => {
  test('is exact for the powers of two that a backoff uses', () => {
    for (let n = -64; n <= 64; n++) expect(pow(2, n)).toBe(2 ** n)
    expect(pow(3, 5)).toBe(243)
    expect(pow(10, 3)).toBe(1000)
  })

  test('agrees with ** for fractional and large exponents', () => {
    expect(
      worst(
        (y) => pow(7.3, y),
        (y) => 7.3 ** y,
        (i) => 6 * spread(i) - 3,
      ),
    ).toBeLessThan(2e-15)
    expect(
      worst(
        (x) => pow(x, 1.1),
        (x) => x ** 1.1,
        (i) => 1e6 * spread(i + 1),
      ),
    ).toBeLessThan(5e-15)
    expect(pow(1.01, 1000) / 20959.155637813845).toBeCloseTo(1, 13)
  })

  test('special cases', () => {
    expect(pow(5, 0)).toBe(1)
    expect(pow(Infinity, 0)).toBe(1)
    expect(pow(1, 1e300)).toBe(1)
    expect(pow(2, Infinity)).toBe(Infinity)
    expect(pow(2, -Infinity)).toBe(0)
    expect(pow(2, NaN)).toBeNaN()
    expect(pow(0, 2)).toBeNaN()
    expect(pow(-2, 2)).toBeNaN()
  })
})

describe('sine', () => {
  test('agrees with Math.sin to an ulp, also at large angles and near multiples of pi', () => {
    expect(worst(sine, Math.sin, (i) => 20 * spread(i) - 10)).toBeLessThan(3e-16)
    expect(worst(sine, Math.sin, (i) => (2 * spread(i) - 1) * 1e6)).toBeLessThan(3e-16)
    expect(worst(sine, Math.sin, (i) => (i + 1) * Math.PI)).toBeLessThan(3e-16)
  })

  test('beyond 1e6 radians it stays close', () => {
    for (let i = 0; i < 1000; i++) {
      const x = 1e6 + 1e9 * spread(i)
      expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(1e-7)
    }
  })

  test('special cases', () => {
    expect(sine(0)).toBe(0)
    expect(sine(Math.PI / 2)).toBe(1)
    expect(sine(-Math.PI / 2)).toBe(-1)
    expect(sine(Infinity)).toBeNaN()
    expect(sine(-Infinity)).toBeNaN()
    expect(sine(NaN)).toBeNaN()
  })
})

test('the bits are those that Node 20 and Chromium 156 agree on, as shared links rely on them', () => {
  let hash = FNV_START
  for (let i = 1; i <= INPUTS; i++) {
    const unit = spread(i)
    hash = fnvMix(hash, ln(unit))
    hash = fnvMix(hash, exp(1400 * unit - 700))
    hash = fnvMix(hash, pow(1000 * unit, 1.3))
    hash = fnvMix(hash, sine(10_000 * unit))
  }
  expect(hash).toBe(2302430527)
})
