/**
 * The language of message bodies: text with {{n}}, {{key}}, {{int a b}}, {{choice a b c}} and
 * {{uuid}}. Not a program: a template is cut into parts once, and each part is a pure function of the
 * message's number, so the same message always says the same. What is none of these is text.
 */
import { uuidFrom } from '../../base/hash.ts'
import { hash32, unitFrom } from '../../base/random.ts'

type Part =
  | { readonly type: 'text'; readonly text: string; readonly bytes: number }
  | { readonly type: 'n' | 'key' | 'uuid' }
  | { readonly type: 'int'; readonly from: number; readonly to: number }
  | {
      readonly type: 'choice'
      readonly texts: readonly string[]
      readonly bytes: readonly number[]
    }

export interface Template {
  readonly parts: readonly Part[]
  /** Bytes of what is the same in every message, and what adds to them. */
  readonly fixedBytes: number
  readonly measures: readonly Measure[]
}

/** How many bytes a part adds; one shape for all, as this is asked for every message. */
interface Measure {
  readonly of: number
  /** Of the part in the template. */
  readonly position: number
  /** Of an int: its least value; of others 0. */
  readonly from: number
  /** How many values there are. */
  readonly span: number
  /** Of a choice. */
  readonly bytes: readonly number[]
}
const OF = { ordinal: 0, key: 1, int: 2, choice: 3 } as const

/** What the parts of one message go by. */
export interface Draw {
  /** Of the recipe and the message's ordinal; each part mixes its position into it. */
  readonly hash: number
  readonly ordinal: number
  /** From 0. */
  readonly key: number
}

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g

export function parseTemplate(text: string): Template {
  const parts: Part[] = []
  let from = 0
  for (const match of text.matchAll(PLACEHOLDER)) {
    const part = parsePlaceholder(match[1].trim().split(/\s+/))
    if (!part) continue
    pushText(parts, text.slice(from, match.index))
    parts.push(part)
    from = match.index + match[0].length
  }
  pushText(parts, text.slice(from))
  return {
    parts,
    fixedBytes: parts.reduce((sum, part) => sum + fixedBytesOf(part), 0),
    measures: parts.flatMap(measuresOf),
  }
}

function fixedBytesOf(part: Part): number {
  if (part.type === 'text') return part.bytes
  if (part.type === 'uuid') return UUID_BYTES
  return part.type === 'key' ? KEY_BYTES : 0
}

function measuresOf(part: Part, position: number): Measure[] {
  const measure = { of: OF.ordinal, position, from: 0, span: 0, bytes: [] }
  switch (part.type) {
    case 'n':
      return [measure]
    case 'key':
      return [{ ...measure, of: OF.key }]
    case 'int':
      return [{ ...measure, of: OF.int, from: part.from, span: part.to - part.from + 1 }]
    case 'choice':
      return [{ ...measure, of: OF.choice, span: part.bytes.length, bytes: part.bytes }]
    default:
      return []
  }
}

function parsePlaceholder([name, ...args]: readonly string[]): Part | null {
  if ((name === 'n' || name === 'key' || name === 'uuid') && args.length === 0)
    return { type: name }
  if (name === 'int' && args.length === 2) {
    const [a, b] = args.map(Number)
    if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return null
    return { type: 'int', from: Math.min(a, b), to: Math.max(a, b) }
  }
  if (name === 'choice' && args.length > 0) {
    return { type: 'choice', texts: args, bytes: args.map(utf8Bytes) }
  }
  return null
}

function pushText(parts: Part[], text: string): void {
  if (text !== '') parts.push({ type: 'text', text, bytes: utf8Bytes(text) })
}

/** The name that {{key}} stands for. */
export const keyName = (key: number): string => (names[key] ??= `key-${key + 1}`)

/** The same text each time: maps find it faster by far than one just made. */
const names: string[] = []

const UUID_BYTES = 36
const KEY_BYTES = keyName(0).length - 1

/** The template's text for one message. */
export function renderTemplate(template: Template, draw: Draw): string {
  let text = ''
  const { parts } = template
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    switch (part.type) {
      case 'text':
        text += part.text
        break
      case 'n':
        text += String(draw.ordinal)
        break
      case 'key':
        text += keyName(draw.key)
        break
      case 'int':
        text += String(drawInt(part.from, part.to - part.from + 1, draw.hash, i))
        break
      case 'choice':
        text += part.texts[drawInt(0, part.texts.length, draw.hash, i)]
        break
      case 'uuid': {
        const hash = hash32(draw.hash, i)
        text += uuidFrom(hash, hash32(hash, 1), hash32(hash, 2), hash32(hash, 3))
      }
    }
  }
  return text
}

/** UTF-8 bytes of `renderTemplate`, without making the text. */
export function measureTemplate(template: Template, draw: Draw): number {
  const { measures } = template
  let bytes = template.fixedBytes
  for (let i = 0; i < measures.length; i++) {
    const measure = measures[i]
    if (measure.of === OF.ordinal) bytes += digits(draw.ordinal)
    else if (measure.of === OF.key) bytes += digits(draw.key + 1)
    else {
      const value = drawInt(measure.from, measure.span, draw.hash, measure.position)
      bytes += measure.of === OF.int ? digits(value) : measure.bytes[value]
    }
  }
  return bytes
}

/** One of `span` whole numbers. */
const drawInt = (from: number, span: number, hash: number, position: number): number =>
  from + Math.floor(unitFrom(hash32(hash, position)) * span)

/** Characters of a whole number in decimal. */
function digits(n: number): number {
  if (n < 0) return 1 + digits(-n)
  if (n < 10) return 1
  if (n < 100) return 2
  if (n < 1000) return 3
  let count = 4
  for (let power = 10_000; n >= power; power *= 10) count++
  return count
}

const encoder = new TextEncoder()
export const utf8Bytes = (text: string): number => encoder.encode(text).length
