/** Bytes as text that an address can carry: RFC 4648 section 5, without padding. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const VALUES = new Map(Array.from(ALPHABET, (letter, value) => [letter.charCodeAt(0), value]))

export function toBase64Url(bytes: Uint8Array): string {
  const letters: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const count = Math.min(4, bytes.length - i + 1)
    for (let k = 0; k < count; k++) letters.push(ALPHABET[(word >> (18 - 6 * k)) & 63])
  }
  return letters.join('')
}

/** Null when the text has another letter, or a length that no bytes lead to. */
export function fromBase64Url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let pending = 0
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const value = VALUES.get(text.charCodeAt(i))
    if (value === undefined) return null
    bits = ((bits << 6) | value) & 0xffff
    pending += 6
    if (pending < 8) continue
    pending -= 8
    bytes[length++] = (bits >> pending) & 0xff
  }
  return bytes
}
