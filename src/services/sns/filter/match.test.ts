import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MessageAttribute } from '../../../engine/messages.ts'
import { matches } from './match.ts'
import { readPolicy, type FilterScope } from './policy.ts'

const text = (StringValue: string): MessageAttribute => ({ DataType: 'String', StringValue })
const number = (value: number): MessageAttribute => ({
  DataType: 'Number',
  StringValue: String(value),
})
const array = (value: unknown[]): MessageAttribute => ({
  DataType: 'String.Array',
  StringValue: JSON.stringify(value),
})

const passes = (
  policy: unknown,
  attributes: Record<string, MessageAttribute>,
  body = '',
  scope: FilterScope = 'MessageAttributes',
): boolean =>
  matches(readPolicy(JSON.stringify(policy), scope), { content: { body, attributes } }).passes

describe('FACTS 4.4: one rule on an attribute', () => {
  test.each<[unknown, MessageAttribute, boolean]>([
    ['rugby', text('rugby'), true],
    ['rugby', text('Rugby'), false],
    [100, number(100), true],
    [100, number(100.5), false],
    ['100', number(100), false],
    [{ prefix: 'ru' }, text('rugby'), true],
    [{ suffix: 'by' }, text('rugby'), true],
    [{ suffix: 'ru' }, text('rugby'), false],
    [{ 'equals-ignore-case': 'RUGBY' }, text('rugby'), true],
    [{ wildcard: 'r*b*y' }, text('rugby'), true],
    [{ wildcard: 'r*g' }, text('rugby'), false],
    [{ wildcard: 'a*a' }, text('a'), false],
    [{ wildcard: 'a*bc*c' }, text('abc'), false],
    [{ wildcard: 'a*bc*c' }, text('abcc'), true],
    [{ 'anything-but': 'rugby' }, text('rugby'), false],
    [{ 'anything-but': ['rugby', 'tennis'] }, text('golf'), true],
    [{ 'anything-but': { prefix: 'ru' } }, text('rugby'), false],
    [{ 'anything-but': { suffix: 'x' } }, text('rugby'), true],
    [{ 'anything-but': [100, 200] }, number(300), true],
    [{ numeric: ['>', 10, '<=', 20] }, number(20), true],
    [{ numeric: ['>', 10, '<=', 20] }, number(10), false],
    [{ numeric: ['=', 5] }, number(5), true],
    [{ numeric: ['=', 5] }, text('5'), false],
    [{ cidr: '10.0.0.0/24' }, text('10.0.0.255'), true],
    [{ cidr: '10.0.0.0/24' }, text('10.0.1.0'), false],
    [{ cidr: '2001:db8::/32' }, text('2001:db8::1'), true],
    [{ exists: true }, text('x'), true],
    [{ exists: false }, text('x'), false],
  ])('%o with %o: %o', (rule, attribute, expected) => {
    expect(passes({ sport: [rule] }, { sport: attribute })).toBe(expected)
  })
})

describe('FACTS 4.4: keys, arrays and absence', () => {
  test('all keys must fit, of the rules of one key one is enough', () => {
    const policy = { a: ['x', 'y'], b: ['z'] }
    expect(passes(policy, { a: text('y'), b: text('z') })).toBe(true)
    expect(passes(policy, { a: text('y') })).toBe(false)
  })

  test('any element of an array may fit; anything-but too', () => {
    expect(passes({ a: ['baseball'] }, { a: array(['rugby', 'baseball']) })).toBe(true)
    expect(passes({ a: [{ 'anything-but': 'rugby' }] }, { a: array(['rugby', 'x']) })).toBe(true)
    expect(passes({ a: [{ 'anything-but': 'rugby' }] }, { a: array(['rugby']) })).toBe(false)
    expect(passes({ a: [null] }, { a: array([null]) })).toBe(true)
  })

  test('an absent key fits only exists: false; binary attributes are absent', () => {
    const binary = { DataType: 'Binary', BinaryValue: 'AQ==' }
    expect(passes({ a: [{ exists: false }] }, {})).toBe(true)
    expect(passes({ a: [{ exists: false }] }, { a: binary })).toBe(true)
    expect(passes({ a: [{ 'anything-but': 'x' }] }, {})).toBe(false)
  })

  test('$or: one branch is enough, beside the keys that must fit', () => {
    const policy = { a: ['x'], $or: [{ b: ['y'] }, { c: [{ numeric: ['>', 1] }], d: ['z'] }] }
    expect(passes(policy, { a: text('x'), b: text('y') })).toBe(true)
    expect(passes(policy, { a: text('x'), c: number(2), d: text('z') })).toBe(true)
    expect(passes(policy, { a: text('x'), c: number(2) })).toBe(false)
    expect(passes(policy, { b: text('y') })).toBe(false)
  })

  test('of an array of objects in the body one element must satisfy all keys that look into it', () => {
    const policy = { lines: { sku: ['tea'], count: [{ numeric: ['>', 1] }] } }
    const inLines = (...lines: unknown[]) =>
      passes(policy, {}, JSON.stringify({ lines }), 'MessageBody')
    expect(inLines({ sku: 'ink', count: 1 }, { sku: 'tea', count: 2 })).toBe(true)
    expect(inLines([[{ sku: 'tea', count: 2 }]])).toBe(true)
    expect(inLines({ sku: 'tea', count: 1 }, { sku: 'ink', count: 2 })).toBe(false)
    expect(inLines()).toBe(false)
  })

  test('why: no attributes at all, those there are, the body, or that it is no JSON object', () => {
    const why = (policy: unknown, scope: FilterScope, body: string, attributes = {}) => {
      const verdict = matches(readPolicy(JSON.stringify(policy), scope), {
        content: { body, attributes },
      })
      return verdict.passes ? 'passes' : verdict.why
    }
    expect(why({ a: ['x'] }, 'MessageAttributes', '')).toBe('NoMessageAttributes')
    expect(why({ a: ['x'] }, 'MessageAttributes', '', { a: text('y') })).toBe('MessageAttributes')
    expect(why({ a: ['x'] }, 'MessageBody', '{"a":"y"}')).toBe('MessageBody')
    expect(why({ a: ['x'] }, 'MessageBody', 'hello')).toBe('InvalidMessageBody')
    expect(why({ a: ['x'] }, 'MessageBody', '["x"]')).toBe('InvalidMessageBody')
  })
})

describe('FACTS 4.4: the body', () => {
  test.each<[unknown, unknown, boolean]>([
    [{ a: { b: ['x'] } }, { a: { b: 'x' } }, true],
    [{ a: { b: ['x'] } }, { a: [{ b: 'y' }, { b: 'x' }] }, true],
    [{ 'a.b': ['x'] }, { a: { b: 'x' } }, true],
    [{ 'a.b': ['x'] }, { 'a.b': 'x' }, true],
    [{ a: [1] }, { a: [2, 1] }, true],
    [{ a: [null] }, { a: null }, true],
    [{ a: [{ exists: true }] }, { a: { b: 1 } }, false],
    [{ a: { b: [{ exists: false }] } }, { a: 1 }, true],
    [{ a: [true] }, { a: 'true' }, false],
  ])('%o with %o: %o', (policy, body, expected) => {
    expect(passes(policy, {}, JSON.stringify(body), 'MessageBody')).toBe(expected)
  })
})

/** The grammar once more, as slowly and plainly as it can be said: straight from the policy's JSON. */
function slowly(
  policy: Record<string, unknown>,
  values: Record<string, (string | number)[]>,
): boolean {
  return Object.entries(policy).every(([key, rules]) => {
    if (key === '$or')
      return (rules as Record<string, unknown>[]).some((one) => slowly(one, values))
    const found = values[key]
    return (rules as unknown[]).some((rule) => {
      const [[operator, operand]] =
        typeof rule === 'object' ? Object.entries(rule as object) : [['equals', rule]]
      if (operator === 'exists') return operand === (found !== undefined)
      return (found ?? []).some((value) => {
        switch (operator) {
          case 'equals':
            return value === operand
          case 'prefix':
            return String(value).slice(0, operand.length) === operand && typeof value === 'string'
          case 'suffix':
            return typeof value === 'string' && value.endsWith(operand)
          case 'wildcard':
            return (
              typeof value === 'string' &&
              new RegExp(`^${(operand as string).replaceAll('*', '.*')}$`).test(value)
            )
          case 'anything-but':
            return !(operand as unknown[]).includes(value)
          default:
            return typeof value === 'number' && value > operand[1]
        }
      })
    })
  })
}

test('agrees with a slow matcher on policies and messages of any kind', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 })
  const simple = fc.oneof(word, fc.integer({ min: 0, max: 5 }))
  const pattern = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('*'))
  const rule = fc.oneof(
    simple,
    fc.record({ prefix: word }),
    fc.record({ suffix: word }),
    fc.record({ wildcard: pattern }),
    fc.record({ exists: fc.boolean() }),
    fc.record({ 'anything-but': fc.array(simple, { minLength: 1, maxLength: 3 }) }),
    fc.record({ numeric: fc.tuple(fc.constant('>'), fc.integer({ min: 0, max: 5 })) }),
  )
  const rules = fc.array(rule, { minLength: 1, maxLength: 3 })
  const keys = fc.dictionary(fc.constantFrom('x', 'y'), rules, { minKeys: 1 })
  const policy = fc.oneof(
    keys,
    fc.record({ $or: fc.array(keys, { minLength: 2, maxLength: 3 }), z: rules }),
  )
  const values = fc.dictionary(
    fc.constantFrom('x', 'y', 'z'),
    fc.array(simple, { minLength: 1, maxLength: 3 }),
  )
  fc.assert(
    fc.property(policy, values, (wanted, offered) => {
      const attributes = Object.fromEntries(
        Object.entries(offered).map(([name, elements]) => [name, array(elements)]),
      )
      expect(passes(wanted, attributes)).toBe(slowly(wanted, offered))
    }),
    { numRuns: 3000 },
  )
})
