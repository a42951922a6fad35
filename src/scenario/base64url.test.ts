import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64url.ts'

const encode = (text: string) => toBase64Url(new TextEncoder().encode(text))

test('the vectors of RFC 4648 section 10, and the two letters that differ', () => {
  expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map(encode)).toEqual([
    '',
    'Zg',
    'Zm8',
    'Zm9v',
    'Zm9vYg',
    'Zm9vYmE',
    'Zm9vYmFy',
  ])
  expect(toBase64Url(Uint8Array.of(251, 255, 191))).toBe('-_-_')
})

test('any bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
    }),
  )
})

test.each(['A', 'Zg==', 'Zm9+', 'Zm 9v', 'Zm9é'])('%j is no such text', (text) => {
  expect(fromBase64Url(text)).toBeNull()
})
