import { expect, test } from 'vitest'
import type { Mark } from '../worker/protocol.ts'
import { NOTHING_UNTOLD, noteMarks, sentenceOf } from './narration.ts'

const mark = (type: Mark['type'], node: string, count = 1): Mark => ({
  atUs: 0,
  node,
  type,
  count,
})
const names: Record<string, string> = { n1: 'orders', n2: 'workers' }
const nameOf = (id: string): string | undefined => names[id]

test('what happened at each part is summed up, the most frequent first', () => {
  const first = noteMarks(NOTHING_UNTOLD, [mark('crashed', 'n2'), mark('deadLettered', 'n1')])
  const untold = noteMarks(first, [mark('deadLettered', 'n1', 2), mark('arrived', 'n1')])
  expect(sentenceOf(untold, nameOf, 42_500_000)).toBe(
    '00:00:42.500. orders: 3 messages moved to a dead-letter queue. workers: 1 crash.',
  )
})

test('coming and going is not worth a word', () => {
  expect(noteMarks(NOTHING_UNTOLD, [mark('arrived', 'n1'), mark('left', 'n1')])).toBe(
    NOTHING_UNTOLD,
  )
})

test('a storm is one sentence', () => {
  const storm = noteMarks(
    NOTHING_UNTOLD,
    Array.from({ length: 500 }, (_, n) => mark('throttled', `n${n % 50}`)),
  )
  expect(sentenceOf(storm, nameOf, 0)).toMatch(/ and 47 more places\.$/)
})
