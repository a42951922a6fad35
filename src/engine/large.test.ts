/** Calls with more than ten items on them. */
import { expect, test } from 'vitest'
import {
  ITEMS_PER_CALL,
  ITEMS_PER_LARGE_CALL,
  addItem,
  createCalls,
  newCall,
  newLargeCall,
  releaseCall,
} from './calls.ts'

test('a large call holds five hundred items beside small ones, and its place is used again', () => {
  const calls = createCalls(4)
  const small = newCall(calls, 1, 2, 0, -1)
  const large = newLargeCall(calls, 1, 2, 0, -1)
  const after = newCall(calls, 1, 2, 0, -1)
  for (let n = 0; n < ITEMS_PER_LARGE_CALL; n++) addItem(calls, large, 1000 + n, n)
  for (let n = 0; n < ITEMS_PER_CALL; n++) addItem(calls, small, n, 0)
  for (let n = 0; n < ITEMS_PER_CALL; n++) addItem(calls, after, 5000 + n, 0)
  expect(calls.slots[small * ITEMS_PER_CALL + 9]).toBe(9)
  expect(calls.slots[large * ITEMS_PER_CALL + 499]).toBe(1499)
  expect(calls.slots[after * ITEMS_PER_CALL]).toBe(5000)
  expect(() => addItem(calls, small, 1, 0)).toThrow('full')
  expect(() => addItem(calls, large, 1, 0)).toThrow('full')
  releaseCall(calls, large)
  expect(newCall(calls, 1, 2, 0, -1)).not.toBe(large)
  expect(newLargeCall(calls, 1, 2, 0, -1)).toBe(large)
  expect(calls.count[large]).toBe(0)
})
