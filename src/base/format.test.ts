import { describe, expect, test } from 'vitest'
import {
  counted,
  formatBytes,
  formatMoney,
  formatQuantity,
  formatClock,
  formatCount,
  formatDuration,
  formatRate,
  parseDuration,
} from './format.ts'
import { US_PER_MINUTE, US_PER_MS, US_PER_S } from './units.ts'

const HOUR = 60 * US_PER_MINUTE
const DAY = 24 * HOUR

describe('formatCount', () => {
  test.each([
    [0, '0'],
    [-0.4, '0'],
    [999, '999'],
    [1286, '1\u00a0286'],
    [1_234_567, '1\u00a0234\u00a0567'],
    [-1286.4, '-1\u00a0286'],
    [-286, '-286'],
    [NaN, '–'],
    [Infinity, '–'],
  ])('%d is %s', (n, text) => expect(formatCount(n)).toBe(text))
})

describe('counted', () => {
  test.each([
    [0, 'record', undefined, '0 records'],
    [1, 'record', undefined, '1 record'],
    [1286, 'batch', 'batches', '1\u00a0286 batches'],
  ])('%d %s', (n, one, many, text) => expect(counted(n, one, many)).toBe(text))
})

describe('formatBytes', () => {
  test.each([
    [0, '0 B'],
    [1023, '1\u00a0023 B'],
    [1024, '1 KiB'],
    [1434, '1.4 KiB'],
    [262_144, '256 KiB'],
    [1_048_576, '1\u00a0024 KiB'],
    [1_048_577, '1 MiB'],
    [3_355_443, '3.2 MiB'],
    [10 * 1024 ** 3, '10 GiB'],
    [5000 * 1024 ** 4, '5\u00a0000 TiB'],
    [NaN, '–'],
  ])('%d is %s', (n, text) => expect(formatBytes(n)).toBe(text))
})

describe('formatMoney', () => {
  test.each([
    [0, '0'],
    [0.0000004, '0.0000004'],
    [1.4e-8, '0.000000014'],
    [0.00012345, '0.000123'],
    [0.303, '0.303'],
    [0.9999, '1.00'],
    [4.386, '4.39'],
    [1234.5, '1\u00a0234.50'],
    [-0.05, '-0.05'],
    [-12.5, '-12.50'],
    [NaN, '–'],
  ])('%d is %s', (amount, text) => expect(formatMoney(amount)).toBe(text))
})

describe('formatQuantity', () => {
  test.each([
    [0, '0'],
    [1286, '1\u00a0286'],
    [1286.4, '1\u00a0286'],
    [12.34, '12.3'],
    [99.96, '100'],
    [0.041666, '0.0417'],
  ])('%d is %s', (quantity, text) => expect(formatQuantity(quantity)).toBe(text))
})

describe('formatRate', () => {
  test.each([
    [0, '0/s'],
    [40, '40/s'],
    [2400, '2\u00a0400/s'],
    [12.34, '12.3/s'],
    [9.996, '10/s'],
    [99.96, '100/s'],
    [0.5, '0.5/s'],
    [0.05, '3/min'],
    [2 / 3600, '2/h'],
    [Infinity, '–'],
  ])('%d is %s', (n, text) => expect(formatRate(n)).toBe(text))

  test('names what is counted', () => {
    expect(formatRate(40, 'msg')).toBe('40 msg/s')
    expect(formatRate(0.05, 'msg')).toBe('3 msg/min')
  })
})

describe('formatClock', () => {
  test.each([
    [0, '00:00:00.000'],
    [252_400_000, '00:04:12.400'],
    [252_400_999, '00:04:12.400'],
    [59_999_999, '00:00:59.999'],
    [4 * DAY + HOUR, '97:00:00.000'],
    [-1_500_000, '-00:00:01.500'],
  ])('%d us is %s', (us, text) => expect(formatClock(us)).toBe(text))
})

describe('formatDuration', () => {
  test.each([
    [0, '0 s'],
    [850, '850 µs'],
    [1500, '1.5 ms'],
    [250 * US_PER_MS, '250 ms'],
    [999_499, '999 ms'],
    [999_500, '1 s'],
    [1_250_000, '1.25 s'],
    [41 * US_PER_S, '41 s'],
    [59_949_999, '59.9 s'],
    [59_950_000, '1 min'],
    [150 * US_PER_S, '2 min 30 s'],
    [3599.4 * US_PER_S, '59 min 59 s'],
    [3599.5 * US_PER_S, '1 h'],
    [65 * US_PER_MINUTE, '1 h 5 min'],
    [DAY - 1, '1 day'],
    [DAY + 6 * HOUR, '1 day 6 h'],
    [4 * DAY, '4 days'],
    [14 * DAY, '14 days'],
    [-41 * US_PER_S, '-41 s'],
    [Infinity, '–'],
  ])('%d us is %s', (us, text) => expect(formatDuration(us)).toBe(text))
})

describe('parseDuration', () => {
  test.each([
    ['250ms', 250_000],
    ['90s', 90_000_000],
    ['10m', 600_000_000],
    ['1h30m', 5_400_000_000],
    ['1.5h', 5_400_000_000],
    ['2d', 172_800_000_000],
    ['1d2h3m4s5ms', 93_784_005_000],
    ['0s', 0],
    [' 4m ', 240_000_000],
    ['0.0015ms', 2],
  ])('%s', (text, us) => expect(parseDuration(text)).toBe(us))

  test.each([
    '',
    ' ',
    '10',
    'm',
    '-10m',
    '10 m',
    '30m1h',
    '1m1m',
    '1e3s',
    '1.s',
    '10min',
    '9999999999d',
  ])('refuses "%s"', (text) => expect(parseDuration(text)).toBeNull())
})
