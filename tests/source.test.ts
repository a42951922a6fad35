import { describe, expect, test } from 'vitest'
import { codeOnly, importsOf, withoutComments } from './lib/source.ts'

describe('reading sources for the architecture tests', () => {
  test('comments go, strings that look like comments stay', () => {
    expect(withoutComments("a // b\nc = 'http://d' /* e\n */ + f")).toBe(
      "a     \nc = 'http://d'     \n    + f",
    )
  })

  test('code is what remains without comments, strings and patterns', () => {
    expect(codeOnly("x = 'Date' + \"it's\"").trim()).toBe('x =        +')
    expect(codeOnly('x = /Date["\']/ + Date')).toBe('x =            + Date')
    expect(codeOnly('a / b / Date')).toBe('a / b / Date')
  })

  test('code inside a template string counts, its text does not', () => {
    expect(codeOnly('`Date ${Math.exp(1)} Date`')).toContain('${Math.exp(1)}')
    expect(codeOnly('`Date ${Math.exp(1)} Date`')).not.toContain('Date')
  })

  test('imports of every form are found, as paths from the repository', () => {
    const found = importsOf('tests/architecture.test.ts')
    expect(found).toContain('vitest')
    expect(found).toContain('tests/lib/source.ts')
  })
})
