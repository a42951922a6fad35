/** Message attributes: AWS's rules, sizes and digests (FACTS 1.3, 1.4). */
import { md5Hex } from '../../base/hash.ts'
import { utf8, utf8Length } from '../../base/utf8.ts'
import type { MessageAttribute } from '../../engine/messages.ts'
import { fromBase64 } from './base64.ts'
import { INVALID_CONTENTS, invalidParameter } from './errors.ts'
import { Refusal } from '../refusal.ts'

export type Attributes = Readonly<Record<string, MessageAttribute>>

const MAX_ATTRIBUTES = 10
const MAX_NAME = 256

const INVALID_CHARACTERS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

/** Whether a body or an attribute's text has only characters that SQS takes (FACTS 2.9). */
export const hasValidCharacters = (text: string): boolean => !INVALID_CHARACTERS.test(text)

/** Shared by all messages without. */
export const NO_ATTRIBUTES: Attributes = Object.freeze({})

/** Reads MessageAttributes. @throws Refusal with AWS's error */
export function readAttributes(input: unknown): Attributes {
  if (input === undefined || input === null) return NO_ATTRIBUTES
  if (typeof input !== 'object' || Array.isArray(input)) {
    throw refused('Message (user) attributes must be a map of attributes by name.')
  }
  const entries = Object.entries(input as Record<string, unknown>)
  if (entries.length > MAX_ATTRIBUTES) {
    throw refused(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`,
    )
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, readAttribute(name, value)]))
}

/** Reads MessageSystemAttributes: AWSTraceHeader is the only one there is. @throws Refusal */
export function readSystemAttributes(input: unknown): Attributes | undefined {
  if (input === undefined || input === null) return undefined
  for (const [name, value] of Object.entries(input as Record<string, unknown>)) {
    const { DataType } = (value ?? {}) as Record<string, unknown>
    if (name !== 'AWSTraceHeader') {
      throw refused(`Message system attribute name '${name}' is invalid.`)
    }
    if (DataType !== 'String') {
      throw refused(`The message system attribute 'AWSTraceHeader' must be of type String.`)
    }
  }
  return readAttributes(input)
}

function readAttribute(name: string, input: unknown): MessageAttribute {
  checkName(name)
  const { DataType, StringValue, BinaryValue } = (input ?? {}) as Record<string, unknown>
  if (typeof DataType !== 'string' || DataType === '') {
    throw refused(`The message attribute '${name}' must contain a non-empty attribute type.`)
  }
  const type = DataType.split('.')[0]
  if (!['String', 'Number', 'Binary'].includes(type) || DataType.length > MAX_NAME) {
    throw refused(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    )
  }
  const value = type === 'Binary' ? BinaryValue : StringValue
  if (typeof value !== 'string' || value === '') {
    const wanted = type === 'Binary' ? 'Binary' : 'String'
    throw refused(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${wanted}'.`,
    )
  }
  if (type === 'Binary') {
    if (!fromBase64(value)) {
      throw refused(`The value of message (user) attribute '${name}' is not base64.`)
    }
    return { DataType, BinaryValue: value }
  }
  // Another code than for a body, in the same words.
  if (!hasValidCharacters(value)) throw refused(INVALID_CONTENTS.message)
  if (type === 'Number') checkNumber(name, value)
  return { DataType, StringValue: value }
}

function checkName(name: string): void {
  if (name === '' || name.length > MAX_NAME) {
    throw refused(`Message (user) attribute name must be shorter than ${MAX_NAME} Bytes`)
  }
  if (/^(aws|amazon)\./i.test(name)) {
    throw refused(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use.",
    )
  }
  // AWS's pages say A-Z, a-z, 0-9; it takes letters and digits of any script.
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name) || /^\.|\.$|\.\./.test(name)) {
    throw refused(
      'Message (user) attribute name must only contain upper and lower score characters, digits, periods, hyphens and underscores.',
    )
  }
}

/** 38 digits of precision, 10^-128 to 10^126 (FACTS 1.3). */
function checkNumber(name: string, text: string): void {
  const parts = /^[+-]?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
  const digits = parts && `${parts[1]}${parts[2] ?? ''}`
  if (!parts || digits === '') {
    throw refused(`Can't cast the value of message (user) attribute '${name}' to a number.`)
  }
  const significant = digits!.replace(/^0+/, '').replace(/0+$/, '')
  if (significant === '') return
  const leading = /[1-9]/.exec(digits!)!.index
  const exponent = parts[1].length - 1 - leading + Number(parts[3] ?? 0)
  if (significant.length > 38 || exponent < -128 || exponent > 126) {
    throw refused(`Number attribute value ${text} should be in range (-10**128..10**126)`)
  }
}

const refused = (message: string): Refusal => new Refusal(invalidParameter(message))

/** Names, types and values, bytes: what counts beside the body. */
export function sizeOfAttributes(attributes: Attributes): number {
  if (attributes === NO_ATTRIBUTES) return 0
  let bytes = 0
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += utf8Length(name) + utf8Length(attribute.DataType) + valueOf(attribute).length
  }
  return bytes
}

const valueOf = (attribute: MessageAttribute): Uint8Array =>
  attribute.BinaryValue === undefined
    ? utf8(attribute.StringValue ?? '')
    : (fromBase64(attribute.BinaryValue) ?? new Uint8Array(0))

/** MD5OfMessageAttributes, or undefined when there is none (FACTS 1.4). */
export function md5OfAttributes(attributes: Attributes | undefined): string | undefined {
  if (attributes === undefined || attributes === NO_ATTRIBUTES) return undefined
  const names = Object.keys(attributes).sort()
  if (names.length === 0) return undefined
  const bytes: number[] = []
  const put = (part: Uint8Array): void => {
    const { length } = part
    bytes.push((length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255)
    for (const byte of part) bytes.push(byte)
  }
  for (const name of names) {
    const attribute = attributes![name]
    put(utf8(name))
    put(utf8(attribute.DataType))
    bytes.push(attribute.BinaryValue === undefined ? 1 : 2)
    put(valueOf(attribute))
  }
  return md5Hex(Uint8Array.from(bytes))
}

/** Those that MessageAttributeNames asks for: exact names, All, *, or a prefix as in `foo.*`. */
export function chosenAttributes(attributes: Attributes, names: readonly string[]): Attributes {
  if (names.length === 0) return NO_ATTRIBUTES
  const isChosen = (name: string): boolean =>
    names.some(
      (wanted) =>
        wanted === name ||
        wanted === 'All' ||
        wanted === '*' ||
        (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
    )
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isChosen(name)))
}
