import { expect, it } from 'vitest'
import { readTimestamp } from './timestamp.ts'

it.each([
  '2026-01-01T00:00:00Z',
  '2024-02-29T23:59:59.250Z',
  '1970-01-01T00:00:00Z',
  '2100-03-01T12:30:00+05:30',
  '2026-07-31T01:02:03-08:00',
])('%s is the moment that it says', (text) => {
  expect(readTimestamp(text)).toBe(Date.parse(text) / 1000)
})

it('takes days, and seconds since 1970', () => {
  expect(readTimestamp('2026-01-01')).toBe(1_767_225_600)
  expect(readTimestamp('1767225600.5')).toBe(1_767_225_600.5)
})

it.each(['', 'now', '2026-13-01', '2026-01-01T25:00:00Z'])('refuses %j', (text) => {
  expect(() => readTimestamp(text)).toThrow('Invalid timestamp')
})
