/** What a function may be connected to, and what the wire means (FACTS 7). */
import { expect, test } from 'vitest'
import type { Config, ScenarioNode } from '../../scenario/scenario.ts'
import { connectionOf, withDefaults } from '../schemas.ts'

const node = (kind: string, config: Config = {}): ScenarioNode => ({
  id: `id-${kind}`,
  kind,
  name: `a-${kind}`,
  x: 0,
  y: 0,
  config,
})

test.each([
  ['sqs', 'lambda', 'poll'],
  ['kinesis', 'lambda', 'read'],
  ['sns', 'lambda', 'subscribe'],
  ['producer', 'lambda', 'invoke'],
  ['lambda', 'sqs', 'send'],
  ['lambda', 'sns', 'send'],
  ['lambda', 'kinesis', 'send'],
  ['lambda', 'firehose', 'send'],
  ['lambda', 'alarm', 'watch'],
  ['lambda', 'reader', 'refused'],
  ['firehose', 'lambda', 'transform'],
  ['reader', 'lambda', 'refused'],
])('%s to %s is %s', (from, to, role) => {
  const connection = connectionOf(node(from), node(to))
  expect(connection.ok ? connection.role : 'refused').toBe(role)
})

test('FACTS 4.5: a FIFO topic does not invoke functions', () => {
  const connection = connectionOf(node('sns', { FifoTopic: true }), node('lambda'))
  expect(connection).toMatchObject({ ok: false, instead: 'Put a queue between the two.' })
})

test('FACTS 7: a batch has 10 messages of a queue or 100 records of a stream, unless it is set', () => {
  const sizeOf = (from: string): unknown => {
    const connection = connectionOf(node(from), node('lambda'))
    return connection.ok && withDefaults(connection.fields, {}).BatchSize
  }
  expect([sizeOf('sqs'), sizeOf('kinesis')]).toEqual([10, 100])
})
