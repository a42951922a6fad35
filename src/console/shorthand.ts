/**
 * The AWS CLI's shorthand for maps and structures: `a=1,b=2`, lists `a=x,y` or `a=[x,y]`, nesting
 * `a={b=c}`, values in quotes, `\,` for a comma. Shapes are applied afterwards (values.ts).
 */
import { Refusal } from './refusal.ts'

export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain }

/** Deeper nesting is refused. */
export const MAX_DEPTH = 20

const KEY = /[A-Za-z0-9\-_.#/:]*/y
const BLANKS = /\s*/y
/** A value that is not in quotes: up to a comma that is not escaped, or the bracket around it. */
const BARE = /(?:\\,|[^,])*/y
const BARE_INSIDE = /(?:\\,|[^,\]}])*/y
/** Another value of a list `a=x,y`: were there a '=', it would be the next key. */
const NEXT_BARE = /(?:\\,|[^,=])+/y
const QUOTED = { "'": /'((?:\\[\s\S]|[^'\\])*)'/y, '"': /"((?:\\[\s\S]|[^"\\])*)"/y }

/** @throws Refusal with the CLI's words and a mark under the place */
export function parseShorthand(text: string): { readonly [key: string]: Plain } {
  let at = 0

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at += found[0].length
    return found
  }

  function refuse(expected: string): never {
    const received = at < text.length ? text[at] : 'EOF'
    const lineStart = text.lastIndexOf('\n', at - 1) + 1
    const mark = `${' '.repeat(Math.max(0, at - lineStart))}^`
    throw new Refusal(
      `Expected: '${expected}', received: '${received}' for input:\n${text}\n${mark}`,
    )
  }

  function expect(char: string): void {
    take(BLANKS)
    if (text[at] !== char) refuse(char)
    at += 1
    take(BLANKS)
  }

  function quotedValue(): string | null {
    const quote = text[at]
    if (quote !== "'" && quote !== '"') return null
    const found = take(QUOTED[quote])
    if (!found) refuse(quote)
    return found![1].replace(/\\([\\'"])/g, (all, char: string) =>
      char === quote || char === '\\' ? char : all,
    )
  }

  const bare = (pattern: RegExp): string => (take(pattern)?.[0] ?? '').replaceAll('\\,', ',')

  /** Between brackets. */
  function inside(depth: number): Plain {
    if (depth > MAX_DEPTH) throw new Refusal(`Nested deeper than ${MAX_DEPTH}.`)
    if (text[at] === '[') return explicitList(depth)
    if (text[at] === '{') return literal(depth)
    return quotedValue() ?? bare(BARE_INSIDE).trimEnd()
  }

  function explicitList(depth: number): Plain[] {
    expect('[')
    const values: Plain[] = []
    while (text[at] !== ']') {
      values.push(inside(depth + 1))
      take(BLANKS)
      if (text[at] !== ']') expect(',')
    }
    at += 1
    return values
  }

  function literal(depth: number): Plain {
    expect('{')
    const pairs: [string, Plain][] = []
    while (text[at] !== '}') {
      const key = take(KEY)![0]
      expect('=')
      pairs.push([key, inside(depth + 1)])
      take(BLANKS)
      if (text[at] !== '}') expect(',')
    }
    at += 1
    return Object.fromEntries(pairs)
  }

  /** `a=x` is a text, `a=x,y` a list; `a=x,b=y` ends at the comma. */
  function value(): Plain {
    if (text[at] === '[') return explicitList(1)
    if (text[at] === '{') return literal(1)
    const first = quotedValue() ?? bare(BARE)
    const values = [first]
    for (;;) {
      take(BLANKS)
      const comma = at
      if (text[at] !== ',') break
      at += 1
      take(BLANKS)
      const next = quotedValue() ?? take(NEXT_BARE)?.[0].replaceAll('\\,', ',')
      take(BLANKS)
      if (next === undefined || (at < text.length && text[at] !== ',')) {
        at = comma
        break
      }
      values.push(next)
    }
    return values.length === 1 ? first : values
  }

  const pairs: [string, Plain][] = []
  for (;;) {
    const key = take(KEY)![0]
    expect('=')
    pairs.push([key, value()])
    take(BLANKS)
    if (at >= text.length) return Object.fromEntries(pairs)
    expect(',')
  }
}
