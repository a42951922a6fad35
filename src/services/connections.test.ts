/** Which parts may be connected, what the wire means, and what a person is told when they may not. */
import { describe, expect, it } from 'vitest'
import type { Config, ScenarioNode } from '../scenario/scenario.ts'
import { connectionOf, schemas, withDefaults } from './schemas.ts'

const node = (kind: string, name: string, config: Config = {}): ScenarioNode => ({
  id: `id-${name}`,
  kind,
  name,
  x: 0,
  y: 0,
  config,
})

const producer = node('producer', 'checkout')
const queue = node('sqs', 'orders')
const deadLetters = node('sqs', 'orders-dlq')
const consumer = node('consumer', 'workers')

function roleOf(from: ScenarioNode, to: ScenarioNode): string {
  const connection = connectionOf(from, to)
  return connection.ok ? connection.role : 'refused'
}

describe('connections', () => {
  it.each([
    [producer, queue, 'send'],
    [producer, consumer, 'request'],
    [queue, consumer, 'poll'],
    [queue, deadLetters, 'redrive'],
    [consumer, queue, 'send'],
    [producer, node('producer', 'other'), 'refused'],
    [queue, producer, 'refused'],
    [consumer, producer, 'refused'],
    [consumer, node('consumer', 'other'), 'refused'],
    [queue, queue, 'redrive'],
    [queue, node('kinesis', 'later'), 'refused'],
    [node('kinesis', 'later'), queue, 'refused'],
  ])('%o to %o is %s', (from, to, role) => {
    expect(roleOf(from, to)).toBe(role)
  })

  it('gives a reason and an alternative for every refusal between known kinds', () => {
    const parts = [producer, queue, consumer, node('producer', 'b'), node('consumer', 'c')]
    for (const from of parts) {
      for (const to of parts) {
        const connection = connectionOf(from, to)
        if (connection.ok || from === to) continue
        expect(connection.reason).toMatch(/\.$/)
        expect(connection.instead).toMatch(/\.$/)
      }
    }
  })

  it('lets a queue have one dead-letter queue, received three times by default (FACTS 2.5)', () => {
    const redrive = connectionOf(queue, deadLetters)
    if (!redrive.ok) throw new Error(redrive.reason)
    expect(redrive.maxFrom).toBe(1)
    expect(redrive.label({})).toBe('maxReceiveCount 3')
    expect(redrive.label({ maxReceiveCount: 5 })).toBe('maxReceiveCount 5')
    expect(redrive.fields).toMatchObject([{ id: 'maxReceiveCount', min: 1, max: 1000, default: 3 }])
  })

  it('names a poll only when its priority is not the first', () => {
    const poll = connectionOf(queue, consumer)
    if (!poll.ok) throw new Error(poll.reason)
    expect(poll.label({})).toBe('')
    expect(poll.label({ priority: 2 })).toBe('priority 2')
  })

  it('obeys the redrive allow policy of the dead-letter queue (FACTS 2.5)', () => {
    const dlq = (config: Config) => node('sqs', 'guarded', config)
    expect(roleOf(queue, dlq({ redriveAllow: 'denyAll' }))).toBe('refused')
    expect(roleOf(queue, dlq({ redriveAllow: 'byQueue' }))).toBe('refused')
    const listed = { redriveAllow: 'byQueue', redriveAllowSources: 'other, orders' }
    expect(roleOf(queue, dlq(listed))).toBe('redrive')
    expect(roleOf(node('sqs', 'orders2'), dlq(listed))).toBe('refused')
  })
})

describe('schemas', () => {
  it('have unique field ids, presets that use only known fields, and defaults in range', () => {
    for (const schema of schemas.values()) {
      const ids = schema.fields.map((field) => field.id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const preset of schema.presets) {
        expect(schema.name.pattern.test(preset.name)).toBe(true)
        for (const key of Object.keys(preset.config)) expect(ids).toContain(key)
      }
      for (const field of schema.fields) {
        if (field.when) expect(ids).toContain(field.when.field)
        if (field.type === 'number') {
          expect(field.default).toBeGreaterThanOrEqual(field.min)
          expect(field.default).toBeLessThanOrEqual(field.max)
        }
        if (field.type === 'choice') {
          expect(field.options.map((option) => option.value)).toContain(field.default)
        }
        if (field.type === 'text' && field.pattern !== undefined) {
          expect(field.default).toMatch(new RegExp(field.pattern))
        }
      }
    }
  })

  it('say which handles a card has: what wires between kinds could mean', () => {
    const samples = [...schemas.values()].flatMap(({ kind, presets }) =>
      [{}, ...presets.map(({ config }) => config)].map((config) => node(kind, 'sample', config)),
    )
    for (const part of samples) {
      const { hasRedrive, takesWires } = schemas.get(part.kind)!
      const roles = (pairs: readonly (readonly [ScenarioNode, ScenarioNode])[]) =>
        pairs.map(([from, to]) => roleOf(from, to)).filter((role) => role !== 'refused')
      const rolesIn = roles(samples.map((other) => [{ ...other, id: 'other' }, part]))
      const rolesOut = roles(samples.map((other) => [part, { ...other, id: 'other' }]))
      const takes = rolesIn.some((role) => role !== 'redrive')
      expect(takesWires?.(part) ?? true, part.kind).toBe(takes)
      expect(
        rolesOut.some((role) => role !== 'redrive'),
        part.kind,
      ).toBe(true)
      expect(rolesIn.includes('redrive') || rolesOut.includes('redrive'), part.kind).toBe(
        hasRedrive ?? false,
      )
    }
  })

  it('give the exam limit of a message where exam notes differ (FACTS 17)', () => {
    const fields = schemas.get('sqs')?.fields ?? []
    expect(withDefaults(fields, {}).MaximumMessageSize).toBe(1_048_576)
    expect(withDefaults(fields, {}, 'exam').MaximumMessageSize).toBe(262_144)
  })
})
