import { describe, expect, test } from 'vitest'
import { BadPolicy, readPolicy, type FilterScope } from './policy.ts'

function refusalOf(policy: unknown, scope: FilterScope = 'MessageAttributes'): string {
  try {
    readPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy), scope)
  } catch (problem) {
    if (problem instanceof BadPolicy) return problem.message
    throw problem
  }
  return ''
}

describe('FACTS 4.4: what a filter policy may not say', () => {
  test.each<[unknown, string]>([
    [{ a: [] }, 'FilterPolicy: Empty arrays are not allowed'],
    [{ a: [{ foo: 1 }] }, 'FilterPolicy: Unrecognized match type foo'],
    [
      { a: [{ prefix: 'x', suffix: 'y' }] },
      'FilterPolicy: Only one key allowed in match expression',
    ],
    [{ a: [['x']] }, 'FilterPolicy: Match value must be String, number, true, false, or null'],
    [{ a: [{ prefix: 1 }] }, 'FilterPolicy: prefix match pattern must be a string'],
    [{ a: [{ suffix: true }] }, 'FilterPolicy: suffix match pattern must be a string'],
    [{ a: [{ exists: 'no' }] }, 'FilterPolicy: exists match pattern must be either true or false.'],
    [{ a: [{ numeric: ['~', 1] }] }, 'FilterPolicy: Unrecognized numeric range operator: ~'],
    [
      { a: [{ numeric: ['=', 1e9 + 1] }] },
      'FilterPolicy: Value must be between -1.0E9 and 1.0E9, inclusive',
    ],
    [{ a: [{ numeric: ['<', 'x'] }] }, 'FilterPolicy: Value of < must be numeric'],
    [{ a: [{ numeric: ['=', 'x'] }] }, 'FilterPolicy: Value of equals must be numeric'],
    [
      { a: [{ numeric: ['<', 1, '>', 0] }] },
      'FilterPolicy: Too many elements in numeric expression',
    ],
    [{ a: [{ numeric: ['>', 5, '<', 5] }] }, 'FilterPolicy: Bottom must be less than top'],
    [
      { a: [{ numeric: ['>', 1, '<', 5, '<', 6] }] },
      'FilterPolicy: Too many terms in numeric range expression',
    ],
    [{ a: [{ numeric: '>' }] }, 'FilterPolicy: Value of numeric must be an array.'],
    [{ a: [{ numeric: [] }] }, 'FilterPolicy: Invalid member in numeric match: ]'],
    [
      { a: [{ 'anything-but': null }] },
      'FilterPolicy: Value of anything-but must be an array or single string/number value.',
    ],
    [
      { a: [{ 'anything-but': ['x', true] }] },
      'FilterPolicy: Inside anything but list, start|null|boolean is not supported.',
    ],
    [{ a: [{ cidr: '10.0.0.0' }] }, "FilterPolicy: Malformed CIDR, one '/' required"],
    [{ a: [{ cidr: '10.0.0.0/x' }] }, 'FilterPolicy: Malformed CIDR, mask bits must be an integer'],
    [{ a: [{ cidr: '10.0.0/8' }] }, 'FilterPolicy: Nonstandard IP address: 10.0.0'],
    [{ a: 'x' }, 'FilterPolicy: "a" must be an object or an array'],
    [{ a: { suffix: 'x' } }, 'FilterPolicy: "suffix" must be an object or an array'],
    [
      { a: { b: ['x'] } },
      'Filter policy scope MessageAttributes does not support nested filter policy',
    ],
    [
      Object.fromEntries([...'abcdef'].map((key) => [key, ['x']])),
      'FilterPolicy: Filter policy can not have more than 5 keys',
    ],
  ])('%o', (policy, expected) => {
    expect(refusalOf(policy)).toBe(expected)
  })

  test('no JSON, and JSON that is no object', () => {
    expect(refusalOf('{')).toMatch(/^FilterPolicy: failed to parse JSON\./)
    expect(refusalOf('[]')).toMatch(/^FilterPolicy: failed to parse JSON\./)
  })
})

describe('FACTS 4.4: combinations are rules times level, multiplied over keys, at most 150', () => {
  const rules = (count: number): number[] => Array.from({ length: count }, (_, n) => n)

  test('150 are allowed, 151 are not', () => {
    expect(refusalOf({ a: rules(150) })).toBe('')
    expect(refusalOf({ a: rules(151) })).toBe('FilterPolicy: Filter policy is too complex')
  })

  test('4 x 3 x 3 x 2 = 72 for two nested keys; 5 x 3 x 5 x 2 = 150, and one more rule is too much', () => {
    const nested = (a: number, b: number) => ({
      key_a: { key_b: { key_c: rules(a) } },
      key_d: { key_e: rules(b) },
    })
    expect(refusalOf(nested(4, 3), 'MessageBody')).toBe('')
    expect(refusalOf(nested(5, 5), 'MessageBody')).toBe('')
    expect(refusalOf(nested(6, 5), 'MessageBody')).toBe(
      'FilterPolicy: Filter policy is too complex',
    )
  })

  test('the branches of $or are added', () => {
    const or = (n: number) => ({ a: rules(2), $or: [{ b: rules(n) }, { c: rules(35) }] })
    expect(refusalOf(or(40))).toBe('')
    expect(refusalOf(or(41))).toBe('FilterPolicy: Filter policy is too complex')
  })
})

test('an empty object is no policy', () => {
  expect(readPolicy('{}', 'MessageAttributes')).toBeNull()
})

test('$or with one branch, or with an operator as a field, is an ordinary key', () => {
  expect(refusalOf({ $or: [{ a: ['x'] }] })).toBe('FilterPolicy: Unrecognized match type a')
})
