import { expect, test } from 'vitest'
import { utf8, utf8Length } from './utf8.ts'

const TEXTS = [
  '',
  'orders',
  'Zoë',
  '🚂',
  '\ud800',
  'x'.repeat(256),
  'x'.repeat(257),
  `${'x'.repeat(255)}é`,
]

test('is what the built-in encoder writes', () => {
  for (const text of TEXTS) {
    const bytes = new TextEncoder().encode(text)
    expect(utf8(text)).toEqual(bytes)
    expect(utf8Length(text)).toBe(bytes.length)
  }
})
