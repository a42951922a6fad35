import { describe, expect, test } from 'vitest'
import { everything, shop } from '../scenario/fixtures.ts'
import { parse } from '../scenario/parse.ts'
import type { Field, NumberField, TextField } from './schema.ts'
import { connectionOf, schemas } from './schemas.ts'
import { checkConfig, checkField, checkName, documentChecks } from './validate.ts'

const sqs = schemas.get('sqs')!
const sqsField = (id: string): Field => sqs.fields.find((field) => field.id === id)!

const number: NumberField = {
  id: 'servers',
  label: 'Servers',
  help: '',
  type: 'number',
  min: 1,
  max: 10,
  step: 1,
  default: 5,
  unit: 'servers',
}

describe('a number', () => {
  test.each([1, 10, 5, undefined, null])('%s passes', (value) => {
    expect(checkField(number, value)).toBeNull()
  })
  test.each([0, 11, 1.5, Number.NaN, Infinity, '5', true, [5], {}])('%s is refused', (value) => {
    expect(checkField(number, value)).toBe('Servers must be a whole number from 1 to 10 servers.')
  })
  test('any fraction passes where there is no step', () => {
    expect(checkField({ ...number, step: undefined }, 1.25)).toBeNull()
  })
  test('is refused in AWS’s words, with the value, where the field has them (FACTS 1.3)', () => {
    const field = schemas.get('consumer')!.fields.find((f) => f.id === 'MaxNumberOfMessages')!
    expect(checkField(field, 11)).toBe(
      'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    )
  })
  test('a value that looks like a replacement pattern is shown as it is', () => {
    expect(checkField({ ...number, error: 'Value {v} is invalid, {v}!' }, '$&')).toBe(
      'Value $& is invalid, $&!',
    )
  })
  test('has the range of the chosen limits (FACTS 17: 256 KiB in older exam material)', () => {
    expect(checkField(sqsField('MaximumMessageSize'), 1_048_576, 'today')).toBeNull()
    expect(checkField(sqsField('MaximumMessageSize'), 1_048_576, 'exam')).toBe(
      'Invalid value for the parameter MaximumMessageSize.',
    )
  })
})

describe('choice, switch and text', () => {
  test('a choice takes its options only', () => {
    expect(checkField(sqsField('redriveAllow'), 'denyAll')).toBeNull()
    expect(checkField(sqsField('redriveAllow'), 'maybe')).toContain('cannot be maybe')
    expect(checkField(sqsField('redriveAllow'), 1)).not.toBeNull()
  })
  test('a switch takes true and false only', () => {
    const field: Field = { id: 'a', label: 'A', help: '', type: 'switch', default: false }
    expect(checkField(field, false)).toBeNull()
    expect(checkField(field, 'false')).toBe('A is either on or off.')
  })

  const text: TextField = {
    id: 't',
    label: 'Text',
    help: '',
    type: 'text',
    default: '',
    maxLength: 5,
  }
  test('a text has a length, a form, and may have to be JSON', () => {
    expect(checkField(text, 'abcde')).toBeNull()
    expect(checkField(text, 'abcdef')).toBe('Text is longer than 5 characters.')
    expect(checkField(text, 5)).toBe('Text must be text.')
    expect(checkField({ ...text, pattern: '\\d+' }, '123')).toBeNull()
    expect(checkField({ ...text, pattern: '\\d+' }, 'a12')).not.toBeNull()
    expect(checkField({ ...text, json: true }, '{}')).toBeNull()
    expect(checkField({ ...text, json: true }, '')).toBeNull()
    expect(checkField({ ...text, json: true }, '{')).toBe('Text must be JSON.')
  })
  test('the form of listed times is checked in good time, whatever is typed', () => {
    const times = schemas.get('producer')!.fields.find((field) => field.id === 'times')!
    expect(checkField(times, '1, 2.5\n3')).toBeNull()
    expect(checkField(times, `${'1 '.repeat(9000)}x`)).toBe(
      'Only numbers (seconds), separated by spaces, commas or new lines.',
    )
  })
})

test('AWS’s words for a bad text come before ours, where the other settings are known', () => {
  const policy = sqsField('Policy')
  expect(checkField(policy, '{', 'today', {})).toBe('Invalid value for the parameter Policy.')
  expect(checkField(policy, '{')).toBe('Policy must be JSON.')
  expect(checkField(policy, '', 'today', {})).toBeNull()
})

test('a config: every problem with its field; what is no field is let be', () => {
  const config = { VisibilityTimeout: -1, servers: 99, somethingNewer: { a: 1 } }
  expect(checkConfig(sqs.fields, config).map((problem) => problem.field)).toEqual([
    'VisibilityTimeout',
    'servers',
  ])
  expect(checkConfig(sqs.fields, {})).toEqual([])
})

test('a name by the rules of its kind (FACTS 1.3)', () => {
  expect(checkName(sqs, 'orders_2-x')).toBeNull()
  expect(checkName(sqs, 'or ders')).toBe(sqs.name.error)
  expect(checkName(sqs, 'a'.repeat(81))).toBe(sqs.name.error)
})

const withConfig = (config: object) => ({
  ...shop,
  nodes: shop.nodes.map((node, i) => (i === 4 ? { ...node, config } : node)),
})

describe('opening a document', () => {
  test('defaults and presets of every kind are valid', () => {
    for (const { kind, fields, presets } of schemas.values()) {
      for (const field of fields) expect(checkField(field, field.default), field.id).toBeNull()
      for (const preset of presets) {
        expect(documentChecks.checkConfig!(kind, preset.config), preset.id).toEqual([])
      }
    }
  })
  test('a realistic design and one with an unknown kind pass', () => {
    expect(parse(shop, documentChecks).ok).toBe(true)
    expect(parse({ switchyard: 1, ...everything }, documentChecks).ok).toBe(true)
  })
  test('a value outside AWS’s range is refused, with the part’s name', () => {
    expect(parse(withConfig({ VisibilityTimeout: 43_201 }), documentChecks)).toMatchObject({
      ok: false,
      problem: { detail: '“orders”: Invalid value for the parameter VisibilityTimeout.' },
    })
  })
  test('a value that only the other profile of limits allows still opens', () => {
    const exam = { ...withConfig({ MaximumMessageSize: 1_048_576 }), settings: { limits: 'exam' } }
    expect(parse(exam, documentChecks).ok).toBe(true)
  })
  test('a wire’s settings are checked by what the wire means', () => {
    const wires = shop.wires.map((wire) => ({
      ...wire,
      config: 'maxReceiveCount' in wire.config ? { maxReceiveCount: 1001 } : wire.config,
    }))
    expect(parse({ ...shop, wires }, documentChecks)).toMatchObject({
      ok: false,
      problem: { detail: expect.stringContaining('valid values are from 1 to 1000') },
    })
  })
})

test('a text that only the other settings tell is wrong is refused while it is edited, and opens', () => {
  const { fields } = connectionTo('sqs')
  const field = fields.find(({ id }) => id === 'FilterPolicy')!
  const nested = '{"a":{"b":["x"]}}'
  const inBody = { FilterPolicyScope: 'MessageBody' }
  expect(checkField(field, nested, 'today', inBody)).toBeNull()
  expect(checkField(field, nested, 'today', {})).toMatch(/does not support nested filter policy/)
  expect(checkConfig(fields, { FilterPolicy: nested })).toEqual([])
})

function connectionTo(kind: string) {
  const part = (id: string, of: string) => ({ id, kind: of, name: id, x: 0, y: 0, config: {} })
  const connection = connectionOf(part('topic', 'sns'), part('target', kind))
  if (!connection.ok) throw new Error(connection.reason)
  return connection
}
