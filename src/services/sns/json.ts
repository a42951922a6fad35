/** As far as a text is an object that begins with no name. */
const NO_NAME = /^\s*\{\s*([^"}\s])/

/** Why a text is no JSON, in the words of AWS's parser as far as its beginning tells. */
export function jsonComplaint(text: string): string {
  const odd = NO_NAME.exec(text)?.[1]
  if (odd !== undefined) {
    return `Unexpected character ('${odd}' (code ${odd.charCodeAt(0)})): was expecting double-quote to start field name`
  }
  return text.trim() === ''
    ? 'No content to map due to end of input'
    : 'Unexpected character or end of input'
}

/** The line that AWS's parser adds: the text, and where it had come to; '' where that is not known. */
export function jsonSource(text: string): string {
  const read = NO_NAME.exec(text)?.[0].split('\n')
  if (!read) return ''
  const column = read[read.length - 1].length + 1
  return `\n at [Source: (String)"${text}"; line: ${read.length}, column: ${column}]`
}

/** The value if it is an object, else an empty one. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
