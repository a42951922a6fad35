/** Writes outputs as the XML of the Query protocol and of S3. */
import type { ListShape, MapShape, Shape, Structure } from '../../../services/api.ts'
import { isAddress, isObject, withOrigin } from './protocol.ts'

export const DECLARATION = '<?xml version="1.0"?>'

/** The outermost element; `xml` is its content. */
export const namespaced = (name: string, namespace: string, xml: string): string =>
  `<${name} xmlns="${namespace}">${xml}</${name}>`

/** What stands around an element of a list or an entry of a map that is not flat. */
export const wrapperOf = (shape: ListShape | MapShape): string =>
  shape.type === 'list' ? (shape.each ?? 'member') : 'entry'

/** Names of a map's key and value. */
export const PLAIN_ENTRY = ['key', 'value'] as const

/** An element; `xml` is its content. */
export const element = (name: string, xml: string): string =>
  xml === '' ? `<${name}/>` : `<${name}>${xml}</${name}>`

/** An element that holds `text`, whatever it contains. */
export const textElement = (name: string, text: string): string =>
  `<${name}>${escape(text)}</${name}>`

/** The members of an output that are there, in the order of the shape. */
export function writeMembers(
  output: Readonly<Record<string, unknown>>,
  shape: Structure,
  origin: string,
): string {
  let xml = ''
  for (const [name, member] of Object.entries(shape.members)) {
    if (output[name] === undefined) continue
    xml += writeMember(member.xmlName ?? name, output[name], member, origin)
  }
  return xml
}

/** Flat lists and maps are one element after another, with no element around them. */
function writeMember(name: string, value: unknown, shape: Shape, origin: string): string {
  switch (shape.type) {
    case 'list': {
      if (!Array.isArray(value)) return ''
      const each = shape.flat ?? wrapperOf(shape)
      const xml = value.map((one) => writeMember(each, one, shape.of, origin)).join('')
      return shape.flat === undefined ? element(name, xml) : xml
    }
    case 'map': {
      if (!isObject(value)) return ''
      const each = shape.flat ?? wrapperOf(shape)
      const xml = Object.entries(value)
        .map((entry) => element(each, writeEntry(entry, shape, origin)))
        .join('')
      return shape.flat === undefined ? element(name, xml) : xml
    }
    case 'structure':
      return isObject(value) ? element(name, writeMembers(value, shape, origin)) : ''
    case 'timestamp':
      return textElement(name, new Date(Number(value) * 1000).toISOString())
    default:
      return textElement(name, isAddress(shape) ? withOrigin(String(value), origin) : String(value))
  }
}

function writeEntry([key, value]: [string, unknown], shape: MapShape, origin: string): string {
  const [keyName, valueName] = shape.entry ?? PLAIN_ENTRY
  return textElement(keyName, key) + writeMember(valueName, value, shape.of, origin)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A bare carriage return would be read as a line feed.
  '\r': '&#xD;',
}

/** What XML 1.0 cannot hold: control characters, U+FFFE, U+FFFF and halves of surrogate pairs. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** Characters that XML 1.0 cannot hold at all are replaced; SQS does not accept them in a body. */
const escape = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => ESCAPES[character]).replace(FORBIDDEN, '\uFFFD')
