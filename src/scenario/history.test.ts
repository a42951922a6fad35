import { expect, test } from 'vitest'
import {
  MAX_STEPS,
  canRedo,
  canUndo,
  endGesture,
  record,
  redo,
  startHistory,
  undo,
} from './history.ts'
import { emptyScenario } from './scenario.ts'

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(emptyScenario)
const titles = (history: ReturnType<typeof startHistory>) =>
  [history.past, [history.present], history.future].map((part) => part.map((s) => s.title).join(''))

test('undo and redo walk the documents; an edit forgets the future', () => {
  const edited = record(record(startHistory(a), b), c)
  expect(titles(edited)).toEqual(['ab', 'c', ''])
  const back = undo(undo(edited))
  expect(titles(back)).toEqual(['', 'a', 'bc'])
  expect(titles(redo(back))).toEqual(['a', 'b', 'c'])
  expect(titles(record(redo(back), d))).toEqual(['ab', 'd', ''])
})

test('at either end nothing happens', () => {
  const start = startHistory(a)
  expect(undo(start)).toBe(start)
  expect(redo(start)).toBe(start)
  expect([canUndo(start), canRedo(start)]).toEqual([false, false])
  expect([canUndo(record(start, b)), canRedo(undo(record(start, b)))]).toEqual([true, true])
})

test('the same document is no step', () => {
  const history = record(startHistory(a), b)
  expect(record(history, b)).toBe(history)
})

test('edits of one gesture are one step', () => {
  let history = record(startHistory(a), b, 'n1.DelaySeconds')
  history = record(history, c, 'n1.DelaySeconds')
  expect(titles(history)).toEqual(['a', 'c', ''])
  history = record(history, d, 'n2.DelaySeconds')
  expect(titles(history)).toEqual(['ac', 'd', ''])
})

test('a gesture ends when it is said to, and with undo and redo', () => {
  const once = record(startHistory(a), b, 'drag')
  expect(titles(record(endGesture(once), c, 'drag'))).toEqual(['ab', 'c', ''])
  expect(titles(record(redo(undo(once)), c, 'drag'))).toEqual(['ab', 'c', ''])
  expect(endGesture(startHistory(a))).toEqual(startHistory(a))
})

test('two edits without a gesture are two steps', () => {
  expect(titles(record(record(startHistory(a), b), c))).toEqual(['ab', 'c', ''])
})

test('the oldest steps are forgotten', () => {
  let history = startHistory(a)
  for (let i = 0; i < MAX_STEPS + 50; i++) history = record(history, emptyScenario(String(i)))
  expect(history.past).toHaveLength(MAX_STEPS)
  expect(history.past[0].title).toBe('49')
})
