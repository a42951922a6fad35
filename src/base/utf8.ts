/**
 * A text's UTF-8. Most texts are short and ASCII, and the built-in encoder costs more to call than
 * such a text takes to write. Half a surrogate pair becomes U+FFFD, as it does there.
 */
const encoder = new TextEncoder()

/** For longer texts the built-in one is the quicker. */
const SHORT = 256

/** The bytes, in an array of their own. */
export function utf8(text: string): Uint8Array {
  if (text.length > SHORT) return encoder.encode(text)
  const bytes = new Uint8Array(text.length)
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n)
    if (code > 0x7f) return encoder.encode(text)
    bytes[n] = code
  }
  return bytes
}

/** How many bytes. */
export function utf8Length(text: string): number {
  if (text.length > SHORT) return encoder.encode(text).length
  for (let n = 0; n < text.length; n++) {
    if (text.charCodeAt(n) > 0x7f) return encoder.encode(text).length
  }
  return text.length
}
