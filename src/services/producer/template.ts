/**
 * The language of message bodies: text with {{n}}, {{key}}, {{int a b}}, {{choice a b c}} and
 * {{uuid}}. Not a program: a template is cut into parts once, and each part is a pure function of the
 * message's number, so the same message always says the same. What is none of these is text.
 */
import { uuidFrom } from '../../base/hash.ts'
import { hash32, unitFrom } from '../../base/random.ts'

export type Part =
  | { readonly type: 'text'; readonly text: string; readonly bytes: number }
  | { readonly type: 'n' | 'key' | 'uuid' }
  | { readonly type: 'int'; readonly from: number; readonly to: number }
  | {
      readonly type: 'choice'
      readonly texts: readonly string[]
      readonly bytes: readonly number[]
    }

export type Template = readonly Part[]

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
  return parts
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
export const keyName = (key: number): string => `key-${key + 1}`

/** The template's text for one message. */
export function renderTemplate(template: Template, draw: Draw): string {
  let text = ''
  for (let i = 0; i < template.length; i++) {
    const part = template[i]
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
        text += String(drawInt(part.from, part.to, draw, i))
        break
      case 'choice':
        text += part.texts[drawInt(0, part.texts.length - 1, draw, i)]
        break
      case 'uuid': {
        const hash = hash32(draw.hash, i)
        text += uuidFrom(hash, hash32(hash, 1), hash32(hash, 2), hash32(hash, 3))
      }
    }
  }
  return text
}

const UUID_BYTES = 36
const KEY_BYTES = keyName(0).length - 1

/** UTF-8 bytes of `renderTemplate`, without making the text. */
export function measureTemplate(template: Template, draw: Draw): number {
  let bytes = 0
  for (let i = 0; i < template.length; i++) {
    const part = template[i]
    switch (part.type) {
      case 'text':
        bytes += part.bytes
        break
      case 'n':
        bytes += digits(draw.ordinal)
        break
      case 'key':
        bytes += KEY_BYTES + digits(draw.key + 1)
        break
      case 'int':
        bytes += digits(drawInt(part.from, part.to, draw, i))
        break
      case 'choice':
        bytes += part.bytes[drawInt(0, part.bytes.length - 1, draw, i)]
        break
      case 'uuid':
        bytes += UUID_BYTES
    }
  }
  return bytes
}

const drawInt = (from: number, to: number, draw: Draw, position: number): number =>
  from + Math.floor(unitFrom(hash32(draw.hash, position)) * (to - from + 1))

/** Characters of a whole number in decimal. */
function digits(n: number): number {
  if (n < 0) return 1 + digits(-n)
  let count = 1
  for (let power = 10; n >= power; power *= 10) count++
  return count
}

const encoder = new TextEncoder()
export const utf8Bytes = (text: string): number => encoder.encode(text).length
