/** Base64 as AWS writes it (RFC 4648): padded, with `+` and `/`. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < DIGITS.length; i++) VALUES[DIGITS.charCodeAt(i)] = i

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const left = bytes.length - i
    text += DIGITS[word >> 18] + DIGITS[(word >> 12) & 63]
    text += left > 1 ? DIGITS[(word >> 6) & 63] : '='
    text += left > 2 ? DIGITS[word & 63] : '='
  }
  return text
}

/** Null for what is not Base64; missing padding is forgiven. */
export function fromBase64(text: string): Uint8Array | null {
  const digits = text.replace(/=+$/, '')
  if (digits.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let word = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < digits.length; i++) {
    const code = digits.charCodeAt(i)
    const value = code < 128 ? VALUES[code] : -1
    if (value < 0) return null
    word = ((word << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (word >> bits) & 0xff
    }
  }
  return bytes
}

/** What AWS says is wrong with a text that should be Base64, padding and all; null for none. */
export function base64Fault(text: string): string | null {
  if (text.length % 4 !== 0) {
    return `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`
  }
  const wrong = /[^A-Za-z0-9+/=]|=(?=[^=])/.exec(text)
  if (wrong) return `Invalid Base64 character: '${wrong[0]}'`
  const digits = text.replace(/=+$/, '')
  const spareBits = [0, 2, 4][text.length - digits.length] ?? 0
  const last = VALUES[digits.charCodeAt(digits.length - 1)] ?? 0
  // AWS's own spelling.
  return last & ((1 << spareBits) - 1) ? 'Invalid last non-pad Base64 character dectected' : null
}
