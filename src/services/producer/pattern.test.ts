import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedBy, parseTimes, rateAt, whenExpected, type Pattern } from './pattern.ts'

const pattern = (settings: Partial<Pattern>): Pattern => ({
  pattern: 'constant',
  ratePerSecond: 4,
  burstSize: 1,
  burstEveryS: 1,
  rampToPerSecond: 10,
  rampOverS: 60,
  sinePeriodS: 20,
  sineAmplitude: 1,
  onceAtS: 0,
  onceCount: 1,
  timesUs: [],
  ...settings,
})

test('a ramp ends at its rate and keeps it; waves return to their mean', () => {
  const ramp = pattern({ pattern: 'ramp', ratePerSecond: 2 })
  expect(expectedBy(ramp, 60)).toBeCloseTo(60 * 6, 9)
  expect(expectedBy(ramp, 70) - expectedBy(ramp, 60)).toBeCloseTo(100, 9)
  expect([rateAt(ramp, 0), rateAt(ramp, 30), rateAt(ramp, 999)]).toEqual([2, 6, 10])
  const waves = pattern({ pattern: 'sine' })
  expect(expectedBy(waves, 40)).toBeCloseTo(160, 9)
  expect(rateAt(waves, 5)).toBeCloseTo(8, 9)
  expect(rateAt(waves, 15)).toBeCloseTo(0, 9)
})

test('whenExpected undoes expectedBy to the microsecond, also where the rate falls to nothing', () => {
  fc.assert(
    fc.property(
      fc.record({
        pattern: fc.constantFrom('constant', 'poisson', 'ramp', 'sine'),
        ratePerSecond: fc.double({ min: 0.01, max: 1000, noNaN: true }),
        rampToPerSecond: fc.double({ min: 0.01, max: 1000, noNaN: true }),
        rampOverS: fc.double({ min: 1, max: 5000, noNaN: true }),
        sinePeriodS: fc.double({ min: 1, max: 5000, noNaN: true }),
        sineAmplitude: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.nat(200_000),
      (settings, count) => {
        const drawn = pattern(settings as Partial<Pattern>)
        const t = whenExpected(drawn, count)
        const error = expectedBy(drawn, t) - count
        // Half a microsecond of the steepest rate, and rounding of large sums.
        expect(Math.abs(error)).toBeLessThan(2000 * 0.5e-6 + count * 1e-9)
        expect(whenExpected(drawn, count + 1)).toBeGreaterThan(t)
      },
    ),
  )
})

test('a list of times is read in any order, with blanks, commas and lines between', () => {
  expect(parseTimes(' 3, 1.5\n2 ')).toEqual([1_500_000, 2_000_000, 3_000_000])
  expect(parseTimes('')).toEqual([])
})
