import { describe, expect, it } from 'vitest'
import type { NumberField } from '../../services/schema.ts'
import { formatNumber, parseNumber, positionOf, readable, SLIDER_STEPS, valueAt } from './number.ts'

const field = (more: Partial<NumberField>): NumberField => ({
  id: 'x',
  label: 'x',
  help: '',
  type: 'number',
  min: 0,
  max: 100,
  default: 0,
  ...more,
})

describe('the slider of a number field', () => {
  it.each([
    field({ min: 0, max: 43_200, step: 1 }),
    field({ min: 60, max: 1_209_600, step: 1, logarithmic: true }),
    field({ min: 0, max: 1 }),
    field({ min: 0, max: 100_000, logarithmic: true }),
    field({ min: 0, max: 10_000, step: 1, logarithmic: true }),
  ])('reaches both ends, grows steadily and stays in range', (range) => {
    const { min, max } = range
    expect(valueAt(0, range, min, max)).toBe(min)
    expect(valueAt(SLIDER_STEPS, range, min, max)).toBe(max)
    let before = -Infinity
    for (let position = 0; position <= SLIDER_STEPS; position += 25) {
      const value = valueAt(position, range, min, max)
      expect(value).toBeGreaterThanOrEqual(before)
      expect(value).toBeLessThanOrEqual(max)
      if (range.step === 1) expect(Number.isInteger(value)).toBe(true)
      before = value
    }
  })

  it('stands where the value is', () => {
    const range = field({ min: 1, max: 10_000, logarithmic: true })
    expect(positionOf(100, range, 1, 10_000)).toBeCloseTo(SLIDER_STEPS / 2, 6)
    expect(positionOf(1e9, range, 1, 10_000)).toBe(SLIDER_STEPS)
    expect(positionOf(-5, field({}), 0, 100)).toBe(0)
  })
})

describe('numbers as text', () => {
  it('are understood with thousands apart and with a decimal comma', () => {
    expect(parseNumber('1 209 600')).toBe(1_209_600)
    expect(parseNumber('0,05')).toBe(0.05)
    expect(parseNumber('thirty')).toBeNaN()
    expect(parseNumber(' ')).toBeNaN()
  })

  it.each([0, 30, 1234, 345_600, 0.0005, 1234.5, 1e-7])('%s comes back as it was', (value) => {
    expect(parseNumber(formatNumber(value))).toBe(value)
  })
})

describe('a large value in words', () => {
  it.each([
    [345_600, 's', '4 days'],
    [119, 's', ''],
    [45_000, 'ms', '45 s'],
    [168, 'h', '7 days'],
    [262_144, 'bytes', '256 KiB'],
    [1_000_000, 'messages', ''],
    [1_000_000, undefined, ''],
  ])('%d %s is %s', (value, unit, words) => {
    expect(readable(value, unit)).toBe(words)
  })
})
