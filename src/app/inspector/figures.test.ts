import { expect, test } from 'vitest'
import { figureRows } from './figures.ts'

const US_PER_S = 1_000_000

test('figures have units, and CloudWatch’s names come first', () => {
  const figures = { movedOut: 1286, sentBytes: 3584, ageUs: 41 * US_PER_S, ratePerSecond: 2.5 }
  const rows = figureRows(figures, { figureNames: { ageUs: 'ApproximateAgeOfOldestMessage' } }, [])
  expect(rows.map(({ label, value }) => [label, value])).toEqual([
    ['ApproximateAgeOfOldestMessage', '41 s'],
    ['moved out', '1\u00a0286'],
    ['sent bytes', '3.5 KiB'],
    ['rate', '2.5 / s'],
  ])
})

test('a figure that is called like a metric of CloudWatch’s keeps its spelling, ours are in words', () => {
  const figures = { IncomingBytes: 5, timedOut: 5, numRecordsIn: 5 }
  const named = { figureNames: { numRecordsIn: 'numRecordsIn' } }
  const rows = figureRows(figures, named, ['IncomingBytes', 'timedOut', 'numRecordsIn'])
  expect(rows.map(({ label, isMetric }) => [label, isMetric])).toEqual([
    ['IncomingBytes', true],
    ['numRecordsIn', true],
    ['timed out', false],
  ])
})

test('a number that stands for a word is shown as the word', () => {
  const words = { figureWords: { state: ['INSUFFICIENT_DATA', 'OK', 'ALARM'] } }
  expect(figureRows({ state: 2 }, words, [])[0].value).toBe('ALARM')
})
