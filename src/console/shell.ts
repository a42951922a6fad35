/** Splits a line into words as a POSIX shell would: blanks, quotes and escapes, nothing else. */

export interface Word {
  /** What it means: without quotes and escapes. */
  readonly text: string
  /** Where it stands in the line; the end is after its last character. */
  readonly start: number
  readonly end: number
}

export interface Split {
  readonly words: readonly Word[]
  /** Why a shell would do something else with the line, or wait for more of it; null: nothing. */
  readonly problem: string | null
}

const BLANK = /\s/
const OPERATORS = '|&;<>'

/** Never throws; with a problem, the words are those up to it. */
export function splitLine(line: string): Split {
  const words: Word[] = []
  let at = 0
  for (;;) {
    while (at < line.length && isBetweenWords(line, at)) at += line[at] === '\\' ? 2 : 1
    if (at >= line.length) return { words, problem: null }
    const start = at
    let text = ''
    while (at < line.length && !BLANK.test(line[at])) {
      const char = line[at]
      if (char === "'") {
        const end = line.indexOf("'", at + 1)
        if (end < 0) return unfinished(words, text + line.slice(at + 1), start, line, "'")
        text += line.slice(at + 1, end)
        at = end + 1
      } else if (char === '"') {
        const { content, next } = readDoubleQuoted(line, at + 1)
        text += content
        if (next < 0) return unfinished(words, text, start, line, '"')
        at = next
      } else if (char === '\\') {
        if (line[at + 1] !== '\n') text += line[at + 1] ?? ''
        at += 2
      } else if (isOperator(line, at)) {
        const problem = `"${char}" means something to a shell that the console does not do: one command a line, no pipes, no substitution. Put it in quotes.`
        return { words, problem }
      } else {
        text += char
        at += 1
      }
    }
    words.push({ text, start, end: Math.min(at, line.length) })
  }
}

/** A blank, or a line that goes on after a backslash. */
const isBetweenWords = (line: string, at: number): boolean =>
  BLANK.test(line[at]) || (line[at] === '\\' && line[at + 1] === '\n')

const isOperator = (line: string, at: number): boolean =>
  OPERATORS.includes(line[at]) || line[at] === '`' || (line[at] === '$' && line[at + 1] === '(')

/** Between double quotes a backslash only escapes these. */
const ESCAPED = '"\\$`'

/** `next` is -1 when the quote is never closed. */
function readDoubleQuoted(line: string, from: number): { content: string; next: number } {
  let content = ''
  for (let at = from; at < line.length; at++) {
    const char = line[at]
    if (char === '"') return { content, next: at + 1 }
    if (char === '\\' && ESCAPED.includes(line[at + 1] ?? ' ')) content += line[++at]
    else if (char === '\\' && line[at + 1] === '\n') at++
    else content += char
  }
  return { content, next: -1 }
}

const unfinished = (
  words: readonly Word[],
  text: string,
  start: number,
  line: string,
  quote: string,
): Split => ({
  words: [...words, { text, start, end: line.length }],
  problem: `A quote is not closed: ${quote}`,
})

/** The text as one word of a line, in quotes where it needs them. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
