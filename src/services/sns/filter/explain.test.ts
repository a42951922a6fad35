import { expect, test } from 'vitest'
import type { MessageAttribute } from '../../../engine/messages.ts'
import { explain } from './explain.ts'
import { readPolicy, type FilterScope } from './policy.ts'

const text = (StringValue: string): MessageAttribute => ({ DataType: 'String', StringValue })

const said = (
  policy: unknown,
  attributes: Record<string, MessageAttribute>,
  body = '',
  scope: FilterScope = 'MessageAttributes',
): string => explain(readPolicy(JSON.stringify(policy), scope), { content: { body, attributes } })

test.each([
  [{}, {}, 'There is no filter policy: every message passes.'],
  [
    { a: ['x'], b: [{ prefix: 'y' }] },
    { a: text('x'), b: text('yes') },
    /^It fits: a is "x", and b/,
  ],
  [{ a: ['x'] }, { a: text('z') }, 'The policy asks that a is "x"; in this message it is "z".'],
  [{ a: ['x'] }, { b: text('z') }, 'The policy asks that a is "x"; this message has no a.'],
  [{ a: ['x'] }, {}, 'The policy asks that a is "x"; this message has no attributes at all.'],
  [
    { a: ['x'] },
    { b: { DataType: 'String.Array', StringValue: 'no' } },
    'One of its attributes is a String.Array, and no JSON array.',
  ],
  [
    { $or: [{ a: ['x'] }, { b: ['y'] }] },
    { a: text('1') },
    'None of the policy’s 2 alternatives fits. The first asks that a is "x"; in this message it is "1".',
  ],
  [{ a: ['x'] }, { a: text('z'.repeat(99)) }, /it is "z{39}…\.$/],
])('FACTS 4.4: what decided, by attributes: %o of %o', (policy, attributes, expected) => {
  expect(said(policy, attributes as Record<string, MessageAttribute>)).toEqual(
    expected instanceof RegExp ? expect.stringMatching(expected) : expected,
  )
})

test.each([
  ['no json', 'The policy looks at the body, and this one is no JSON object.'],
  ['{"c": {"age": 17}}', 'The policy asks that c.age is >= 18; in this message it is 17.'],
  [
    '{"c": [{"age": 1}, {"age": 2}, {"age": 3}, {"age": 4}]}',
    'The policy asks that c.age is >= 18; in this message it is 1, 2, 3 and 1 more.',
  ],
  ['{"c": 5}', 'The policy asks that c.age is >= 18; this message has no c.age.'],
  ['{"c": {"age": 18}}', 'It fits: c.age is >= 18.'],
])('FACTS 4.4: what decided, by the body: %s', (body, expected) => {
  expect(said({ c: { age: [{ numeric: ['>=', 18] }] } }, {}, body, 'MessageBody')).toBe(expected)
})

test('FACTS 4.4: what decided: no one element of a list fits all clauses', () => {
  const policy = { items: { kind: ['x'], price: [1] } }
  const body = '{"items": [{"kind": "x", "price": 2}, {"kind": "y", "price": 1}]}'
  expect(said(policy, {}, body, 'MessageBody')).toMatch(/no one element fits all/)
})
