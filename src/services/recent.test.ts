import { expect, test } from 'vitest'
import { addRecent, createRecent, recentSum, recentValues } from './recent.ts'

const at = (seconds: number): number => seconds * 1_000_000

test('values are whole seconds, newest last; the running second counts only in the sum', () => {
  const recent = createRecent(2)
  addRecent(recent, at(0.5), 0, 3)
  addRecent(recent, at(2.1), 0, 4)
  addRecent(recent, at(2.9), 1, 7)
  expect(recentValues(recent, at(2.95), 0)).toEqual([3, 0])
  expect(recentValues(recent, at(3), 0)).toEqual([3, 0, 4])
  expect(recentSum(recent, at(2.95), 0)).toBe(7)
  expect(recentSum(recent, at(2.95), 1)).toBe(7)
})

test('what is older than half a minute is forgotten, however long the silence', () => {
  const recent = createRecent(1)
  addRecent(recent, at(1), 0, 5)
  expect(recentSum(recent, at(31.9), 0)).toBe(5)
  expect(recentSum(recent, at(32), 0)).toBe(0)
  expect(recentValues(recent, at(500), 0)).toEqual(Array.from({ length: 30 }, () => 0))
  addRecent(recent, at(500), 0, 2)
  expect(recentSum(recent, at(500), 0)).toBe(2)
})

test('looking changes nothing', () => {
  const recent = createRecent(1)
  addRecent(recent, at(1), 0, 5)
  const before = structuredClone(recent)
  recentValues(recent, at(100), 0)
  recentSum(recent, at(100), 0)
  expect(recent).toEqual(before)
})
