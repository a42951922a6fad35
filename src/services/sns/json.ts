/** As far as a text is an object that begins with no name. */
const NO_NAME = /^\s*\{\s*([^"}\s])/
/** As far as a text begins with a word. */
const WORD = /^\s*([A-Za-z_$][\w$]*)/

/** Why a text is no JSON, in the words of AWS's parser as far as its beginning tells. */
export function jsonComplaint(text: string): string {
  const odd = NO_NAME.exec(text)?.[1]
  if (odd !== undefined) {
    return `Unexpected character ('${odd}' (code ${odd.charCodeAt(0)})): was expecting double-quote to start field name`
  }
  const word = WORD.exec(text)?.[1]
  if (word !== undefined) {
    return `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`
  }
  return text.trim() === ''
    ? 'No content to map due to end of input'
    : 'Unexpected character or end of input'
}

/** The line that AWS's parser adds of where it had come to; '' where that is not known. */
export function jsonSource(text: string): string {
  const noName = NO_NAME.exec(text)?.[0]
  if (noName !== undefined) return placeAfter(noName, 0)
  const word = WORD.exec(text)?.[0]
  return word === undefined ? '' : placeAfter(word, 1)
}

function placeAfter(read: string, ahead: number): string {
  const lines = read.split('\n')
  return jsonPlace(lines.length, lines[lines.length - 1].length + ahead)
}

/** A place in a text, as AWS's parser tells of it: the text itself it does not show. */
export const jsonPlace = (line: number, column: number): string =>
  `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}]`

/** The value if it is an object, else an empty one. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
