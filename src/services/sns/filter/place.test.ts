/** Columns as AWS was recorded to tell them. */
import { expect, test } from 'vitest'
import { BadPolicy, readPolicy } from './policy.ts'

/** The column in a refusal, or why there is none. */
function columnOf(policy: unknown): number | string {
  try {
    readPolicy(JSON.stringify(policy, null, 2), 'MessageBody')
  } catch (problem) {
    if (!(problem instanceof BadPolicy)) throw problem
    return Number(/; line: 1, column: (\d+)\]$/.exec(problem.source)?.[1] ?? NaN)
  }
  return 'is taken'
}

const numeric = (...operand: unknown[]) => [{ numeric: operand }]

test.each<[unknown, number]>([
  [[['value']], 10],
  [[{ 'wrong-operator': true }], 31],
  [[{ suffix: 'value', prefix: 'value2' }], 37],
  [[{ suffix: 100 }], 22],
  [[{ suffix: null }], 23],
  [{ suffix: 'value' }, 19],
  [[{ suffix: [] }], 20],
  [[{ suffix: ['test', 'test2'] }], 20],
  [{ 'not-an-operator': 'value' }, 28],
  [numeric(), 22],
  [numeric('operator'), 32],
  [numeric(1, '<='), 22],
  [numeric('=', '000'), 26],
  [numeric('>='), 26],
  [numeric('<', 100, '>', 10), 30],
  [numeric('>=', 1, '>', 2), 31],
  [numeric('>', 3, '<', 1), 33],
  [numeric('>', 20, '<='), 33],
  [numeric('>', 20, 30), 30],
  [numeric('>', 20, 'test'), 34],
  [numeric('>', '20', '<', '30'), 26],
  [numeric('>', 20, '<', '30'), 33],
  [numeric('>', 20, '<', 30, '<', 50), 36],
  [[{ exists: null }], 23],
  [[{ exists: 'no' }], 20],
  [[{ 'anything-but': { 'wrong-operator': null } }], 47],
  [[{ 'anything-but': { exists: false } }], 40],
  [[{ 'anything-but': { prefix: false } }], 40],
])('FACTS 4.4: a refusal tells how far the policy was read: %j', (rules, column) => {
  expect(columnOf({ key: rules })).toBe(column)
})

test('FACTS 4.4: a limit of the whole policy is not told of a place in it', () => {
  expect(columnOf({ key: Array.from({ length: 151 }, (_, i) => `value${i}`) })).toBeNaN()
})
