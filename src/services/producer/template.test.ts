import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measureTemplate, parseTemplate, renderTemplate, utf8Bytes, type Draw } from './template.ts'

const draw = (ordinal: number, hash = ordinal * 7919): Draw => ({ hash, ordinal, key: ordinal % 5 })
const render = (text: string, ordinal = 1): string =>
  renderTemplate(parseTemplate(text), draw(ordinal))

test('placeholders stand for what they name', () => {
  expect(render('{"order":{{n}},"by":"{{ key }}"}', 12)).toBe('{"order":12,"by":"key-3"}')
  expect(render('{{int 7 7}} {{int -3 -3}} {{choice only}}')).toBe('7 -3 only')
  expect(render('{{uuid}}')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})

test('what is no placeholder is text', () => {
  for (const text of [
    '{{}}',
    '{{time}}',
    '{{int 1}}',
    '{{int a b}}',
    '{{int 1 1e99}}',
    '{{n',
    '{{{a}}}',
    '{{choice}}',
    '{{n 2}}',
  ]) {
    expect(render(text)).toBe(text)
  }
})

test('numbers keep to their range, reach its ends, and every choice comes up', () => {
  const ints = new Set<number>()
  const choices = new Set<string>()
  for (let n = 1; n <= 500; n++) {
    const [int, choice] = render('{{int 9 -2}} {{choice a b c}}', n).split(' ')
    ints.add(Number(int))
    choices.add(choice)
  }
  expect([Math.min(...ints), Math.max(...ints), ints.size]).toEqual([-2, 9, 12])
  expect([...choices].sort()).toEqual(['a', 'b', 'c'])
})

test('the same message says the same; two placeholders and two messages differ', () => {
  const template = parseTemplate('{{int 1 1000000}} {{int 1 1000000}} {{uuid}}')
  const [first, second] = renderTemplate(template, draw(5)).split(' ')
  expect(renderTemplate(template, draw(5))).toBe(renderTemplate(template, draw(5)))
  expect(first).not.toBe(second)
  expect(renderTemplate(template, draw(6))).not.toBe(renderTemplate(template, draw(5)))
})

test('measuring gives the bytes of what rendering gives, for any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '{{n}}',
      '{{key}}',
      '{{uuid}}',
      '{{int -5 1200}}',
      '{{choice ä bb 漢字}}',
      '{{',
      '}}',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece), fc.nat(1e9), (pieces, ordinal) => {
      const template = parseTemplate(pieces.join(''))
      const at = { hash: ordinal, ordinal, key: ordinal % 10_000 }
      expect(measureTemplate(template, at)).toBe(utf8Bytes(renderTemplate(template, at)))
    }),
  )
})
