/** The table of calls. */
import { expect, it } from 'vitest'
import { addItem, createCalls, newCall, releaseCall } from './calls.ts'

it('grows without losing what rides on a call', () => {
  const calls = createCalls(2)
  const made = Array.from({ length: 9 }, (_, n) => {
    const call = newCall(calls, n, 0, 0, -1)
    for (let item = 0; item < 10; item++) addItem(calls, call, n * 10 + item, n + item, n + 1)
    return call
  })
  made.forEach((call, n) => {
    expect(calls.from[call]).toBe(n)
    for (let item = 0; item < 10; item++) {
      expect(calls.slots[call * 10 + item]).toBe(n * 10 + item)
      expect(calls.receipts[call * 10 + item]).toBe(n + item)
      expect(calls.serials[call * 10 + item]).toBe(n + 1)
    }
  })
})

it('takes ten items and no more, and uses places again', () => {
  const calls = createCalls()
  const call = newCall(calls, 0, 0, 0, -1)
  for (let item = 0; item < 10; item++) addItem(calls, call, item, 0)
  expect(() => addItem(calls, call, 10, 0)).toThrow('full')
  releaseCall(calls, call)
  expect(newCall(calls, 0, 0, 0, -1)).toBe(call)
  expect(calls.count[call]).toBe(0)
})
