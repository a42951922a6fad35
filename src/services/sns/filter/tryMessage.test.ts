import { describe, expect, test } from 'vitest'
import { EXAMPLES } from './examples.ts'
import { BadPolicy, readPolicy } from './policy.ts'
import { readAttributes, tryMessage } from './tryMessage.ts'
import { sayClause } from './words.ts'

const policyOf = (json: unknown, scope: 'MessageAttributes' | 'MessageBody' = 'MessageBody') =>
  readPolicy(JSON.stringify(json), scope)!

function pathOf(json: unknown): readonly string[] {
  try {
    readPolicy(JSON.stringify(json), 'MessageBody')
  } catch (problem) {
    if (problem instanceof BadPolicy) return problem.path
  }
  return ['accepted']
}

describe('FACTS 4.4: a filter policy explains itself', () => {
  test('clause by clause, which fits a message and which does not', () => {
    const policy = policyOf({ type: ['order'], amount: [{ numeric: ['>', 100] }] })
    const trial = tryMessage(policy, '{"type":"order","amount":50}', {})
    expect(trial.passes).toBe(false)
    expect(trial.alternatives![0].map(({ clause, holds }) => [clause.key, holds])).toEqual([
      ['type', true],
      ['amount', false],
    ])
  })

  test('clauses that fit different elements of a list do not fit together', () => {
    const policy = policyOf({ items: { kind: ['a'], size: [2] } })
    const body = '{"items":[{"kind":"a","size":1},{"kind":"b","size":2}]}'
    const trial = tryMessage(policy, body, {})
    expect(trial.passes).toBe(false)
    expect(trial.alternatives![0].every(({ holds }) => holds)).toBe(true)
  })

  test('a body that is no JSON object is told apart', () => {
    const trial = tryMessage(policyOf({ a: [1] }), 'plain', {})
    expect(trial).toEqual({
      passes: false,
      because: 'The policy looks at the body, and this one is no JSON object.',
      alternatives: null,
    })
  })

  test('attributes are read as people write them and as AWS has them', () => {
    const policy = policyOf({ tag: ['b'], n: [5] }, 'MessageAttributes')
    const attributes = readAttributes(
      '{"tag":["a","b"],"n":{"DataType":"Number","StringValue":"5"}}',
    )
    expect(tryMessage(policy, '', attributes!).passes).toBe(true)
    expect(readAttributes('{"a":true}')).toBeNull()
    expect(readAttributes('[')).toBeNull()
  })

  test('in words', () => {
    const { alternatives } = policyOf({
      a: ['x', { prefix: 'y' }],
      b: [{ numeric: ['>=', 1, '<', 5] }],
      c: [{ 'anything-but': ['z'] }, { exists: false }],
    })
    expect(alternatives[0].map(sayClause)).toEqual([
      'a is "x" or begins with "y"',
      'b is >= 1 and < 5',
      'c is anything but "z" or is absent',
    ])
  })

  test.each(EXAMPLES)('the example $label is a policy', ({ policy, scope }) => {
    expect(policyOf(policy, scope).keys).toBeGreaterThan(0)
  })

  test('a refusal names the place', () => {
    expect(pathOf({ a: [1], b: { c: [{ foo: 1 }] } })).toEqual(['b', 'c', '0'])
    expect(pathOf({ $or: [{ a: [1] }, { b: [] }] })).toEqual(['$or', '1', 'b'])
  })

  test('keys and combinations are counted', () => {
    const { keys, combinations } = policyOf({ a: [1, 2, 3], b: [1], c: [1, 2] })
    expect({ keys, combinations }).toEqual({ keys: 3, combinations: 6 })
  })
})
