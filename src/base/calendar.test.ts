import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilTime, isoTime, parseIsoTime } from './calendar.ts'

const at = (text: string): number => new Date(text).getTime()

test.each([
  '1970-01-01T00:00:00.000Z',
  '2000-02-29T23:59:59.999Z',
  '2026-01-01T00:00:07.250Z',
  '2100-02-28T12:00:00.000Z',
  '2100-03-01T00:00:00.000Z',
])('%s is written as JavaScript writes it', (text) => {
  expect(isoTime(at(text))).toBe(text)
})

test('every moment of 1970 to 2500 is written as JavaScript writes it', () => {
  const moment = fc.integer({ min: 0, max: at('2500-01-01T00:00:00Z') })
  fc.assert(fc.property(moment, (ms) => isoTime(ms) === new Date(ms).toISOString()))
})

test('a time is taken apart', () => {
  expect(civilTime(at('2026-11-25T20:29:30.007Z'))).toEqual({
    year: 2026,
    month: 11,
    day: 25,
    hour: 20,
    minute: 29,
    second: 30,
    millisecond: 7,
  })
})

test('every time that is written is read', () => {
  const moment = fc.integer({ min: 0, max: at('2500-01-01T00:00:00Z') })
  fc.assert(fc.property(moment, (ms) => parseIsoTime(isoTime(ms)) === ms))
})

test.each(['2026-11-25T20:29Z', '2026-11-25T20:29:30+01:30', '2026-11-25T20:29:30.5-0800'])(
  '%s is read as JavaScript reads it',
  (text) => {
    expect(parseIsoTime(text)).toBe(at(text.replace('0800', '08:00')))
  },
)

test.each(['', 'noon', '2026-13-01T00:00:00Z', '2026-01-01', '2026-01-01T00:00:00'])(
  '"%s" is no time',
  (text) => {
    expect(parseIsoTime(text)).toBeNull()
  },
)
