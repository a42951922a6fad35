import { expect, test } from 'vitest'
import { axisStepUs, following, lengthOf, moved, zoomed } from './span.ts'

const S = 1_000_000

test('follows the clock, and begins with the run', () => {
  expect(following(10 * S, 2 * S, 0)).toEqual({ fromUs: 0, toUs: 10 * S })
  const { fromUs, toUs } = following(10 * S, 100 * S, 0)
  expect(fromUs).toBe(100 * S - 8.5 * S)
  expect(toUs - fromUs).toBe(10 * S)
})

test('moves by a share of itself, never before the run', () => {
  const span = { fromUs: 20 * S, toUs: 30 * S }
  expect(moved(span, 0.5, 0)).toEqual({ fromUs: 25 * S, toUs: 35 * S })
  expect(moved(span, -9, 0)).toEqual({ fromUs: 0, toUs: 10 * S })
  expect(moved(span, -9, 15 * S)).toEqual({ fromUs: 15 * S, toUs: 25 * S })
})

test('zooms about a point, within limits', () => {
  const span = { fromUs: 20 * S, toUs: 30 * S }
  const near = zoomed(span, 0.5, 0.2, 0)
  expect(lengthOf(near)).toBe(5 * S)
  expect(near.fromUs + 0.2 * 5 * S).toBe(22 * S)
  expect(lengthOf(zoomed(span, 1e-9, 0.5, 0))).toBe(S / 20)
  expect(lengthOf(zoomed(span, 1e9, 0.5, 0))).toBe(86_400 * S)
  expect(zoomed(span, 10, 0.5, 0).fromUs).toBe(0)
})

test('axis steps are round and as many as fit', () => {
  expect(axisStepUs(30 * S, 10)).toBe(5 * S)
  expect(axisStepUs(30 * S, 6)).toBe(5 * S)
  expect(axisStepUs(31 * S, 6)).toBe(10 * S)
  expect(axisStepUs(0.05 * S, 8)).toBe(10_000)
})
