/** Writes outputs as the XML of the Query protocol. */
import { isObject, withOrigin } from './protocol.ts'
import type { Shape, Structure } from './shapes.ts'

export const DECLARATION = '<?xml version="1.0"?>'
const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/'

/** The outermost element; `xml` is its content. */
export const namespaced = (name: string, xml: string): string =>
  `<${name} xmlns="${NAMESPACE}">${xml}</${name}>`

/** An element; `xml` is its content. */
export const element = (name: string, xml: string): string => `<${name}>${xml}</${name}>`

/** An element that holds `text`, whatever it contains. */
export const textElement = (name: string, text: string): string => element(name, escape(text))

/** The members of an output that are there, in the order of the shape. */
export function writeMembers(
  output: Readonly<Record<string, unknown>>,
  shape: Structure,
  origin: string,
): string {
  let xml = ''
  for (const [name, member] of Object.entries(shape.members)) {
    if (output[name] !== undefined) xml += writeMember(name, output[name], member, origin)
  }
  return xml
}

/** Lists and maps are flat: one element after another, with no element around them. */
function writeMember(name: string, value: unknown, shape: Shape, origin: string): string {
  switch (shape.type) {
    case 'list':
      return Array.isArray(value)
        ? value.map((one) => writeMember(shape.element, one, shape.of, origin)).join('')
        : ''
    case 'map':
      return isObject(value)
        ? Object.entries(value)
            .map(([key, one]) =>
              element(
                shape.element,
                textElement(shape.key, key) + writeMember(shape.value, one, shape.of, origin),
              ),
            )
            .join('')
        : ''
    case 'structure':
      return isObject(value) ? element(name, writeMembers(value, shape, origin)) : ''
    case 'queueUrl':
      return textElement(name, withOrigin(String(value), origin))
    default:
      return textElement(name, String(value))
  }
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
