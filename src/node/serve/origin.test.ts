import { expect, test } from 'vitest'
import { isOwnPage } from './origin.ts'

const asks = (headers: { host?: string; origin?: string }, remoteAddress = '127.0.0.1') => ({
  headers,
  socket: { remoteAddress },
})

test.each([
  ['http://localhost:4566', 'localhost:4566'],
  ['http://127.0.0.1:4566', '127.0.0.1:4566'],
  ['http://[::1]:4566', '[::1]:4566'],
])('the own page at %s is let in', (origin, host) => {
  expect(isOwnPage(asks({ origin, host }), '127.0.0.1')).toBe(true)
})

test.each([
  ['another site', 'https://example.com', 'localhost:4566'],
  ['another port', 'http://localhost:3000', 'localhost:4566'],
  ['another name for this machine', 'http://127.0.0.1:4566', 'localhost:4566'],
  ['a foreign name that points here', 'http://example.com:4566', 'example.com:4566'],
  [
    'a name that only begins like an address',
    'http://127.0.0.1.example.com',
    '127.0.0.1.example.com',
  ],
  ['no site at all', 'null', 'localhost:4566'],
  ['nonsense', 'http://', 'localhost:4566'],
])('%s is not', (_, origin, host) => {
  expect(isOwnPage(asks({ origin, host }), '127.0.0.1')).toBe(false)
})

test('programs on this machine are let in, others not', () => {
  expect(isOwnPage(asks({ host: 'localhost:4566' }), '127.0.0.1')).toBe(true)
  expect(isOwnPage(asks({ host: 'localhost:4566' }, '::ffff:127.0.0.1'), '127.0.0.1')).toBe(true)
  expect(isOwnPage(asks({ host: '10.0.0.5:4566' }, '10.0.0.9'), '0.0.0.0')).toBe(false)
  expect(isOwnPage(asks({}), '127.0.0.1')).toBe(false)
})

test('who listens for other machines may be called by any name', () => {
  const own = asks({ origin: 'http://build-box:4566', host: 'build-box:4566' }, '10.0.0.9')
  expect(isOwnPage(own, '0.0.0.0')).toBe(true)
  expect(isOwnPage(own, '127.0.0.1')).toBe(false)
})
