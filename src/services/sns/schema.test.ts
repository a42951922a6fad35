import { expect, test } from 'vitest'
import { connectionOf } from '../schemas.ts'

test('a subscription’s wire says what passes', () => {
  const part = (id: string, kind: string) => ({ id, kind, name: id, x: 0, y: 0, config: {} })
  const connection = connectionOf(part('news', 'sns'), part('jobs', 'sqs'))
  const label = connection.ok ? connection.label : () => ''
  expect(label({})).toBe('every message')
  expect(label({ FilterPolicy: '{"type":["order"]}' })).toBe('type = order')
  expect(label({ FilterPolicy: '{"a":[1],"b":[2]}' })).toBe('filter: 2 keys')
})
