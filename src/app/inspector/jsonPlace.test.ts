import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineAndColumn, placeOfError } from './jsonPlace.ts'

/** What is marked. */
const marked = (text: string, path: readonly string[] = []): string | null => {
  const place = placeOfError(text, path)
  return place && text.slice(place.from, place.to)
}

describe('where a text is no JSON', () => {
  test.each([
    ['{"type": [order]}', 'order'],
    ['{type: ["order"]}', 'type'],
    ['{"type": ["order"]', ']'],
    ['{"type": ["order"]  \n', ']'],
    ['{', '{'],
    ['{"a": 1 "b": 2}', '1'],
    ['{"a": [1]} x', 'x'],
  ])('%s', (text, expected) => {
    expect(marked(text)).toBe(expected)
  })

  test('what JSON.parse refuses is marked somewhere within the text', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'{}[]:,"a1 \n-.'), minLength: 1 })
    fc.assert(
      fc.property(texts, (text) => {
        if (text.trim() === '' || isJson(text)) return
        const place = placeOfError(text, [])
        expect(place).not.toBeNull()
        expect(place!.from).toBeGreaterThanOrEqual(0)
        expect(place!.to).toBeGreaterThan(place!.from)
        expect(place!.to).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('where a value lies in JSON', () => {
  const POLICY = '{"type": ["order"],\n "$or": [{"a": [1]}, {"b\\"c": [{"x": 2}]}]}'

  test.each([
    [['type'], '["order"]'],
    [['type', '0'], '"order"'],
    [['$or', '1', 'b"c', '0'], '{"x": 2}'],
    [['$or', '1', 'none'], '{"b\\"c": [{"x": 2}]}'],
  ])('%j', (path, expected) => {
    expect(marked(POLICY, path)).toBe(expected)
  })

  test('of two members with one name, the last one', () => {
    expect(marked('{"a": [1], "a": [2]}', ['a'])).toBe('[2]')
  })

  test('without a path nothing is marked', () => {
    expect(placeOfError(POLICY, [])).toBeNull()
  })

  test('lines and columns count from 1', () => {
    expect(lineAndColumn(POLICY, 0)).toEqual({ line: 1, column: 1 })
    expect(lineAndColumn(POLICY, POLICY.indexOf('"$or"'))).toEqual({ line: 2, column: 2 })
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
