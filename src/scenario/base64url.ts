/** Bytes as text that an address can carry: RFC 4648 section 5, without padding. */
export const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** What a letter stands for, by its character code below 128; -1 = it is none of these. */
export const VALUES = Int8Array.from({ length: 128 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
)
/** Two letters by 12 bits. */
const PAIRS = Array.from({ length: 4096 }, (_, n) => ALPHABET[n >> 6] + ALPHABET[n & 63])

export function toBase64Url(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3)
  let text = ''
  for (let i = 0; i < whole; i += 3) {
    text += PAIRS[(bytes[i] << 4) | (bytes[i + 1] >> 4)]
    text += PAIRS[((bytes[i + 1] & 15) << 8) | bytes[i + 2]]
  }
  if (whole + 1 === bytes.length) return text + PAIRS[bytes[whole] << 4]
  if (whole === bytes.length) return text
  return (
    text +
    PAIRS[(bytes[whole] << 4) | (bytes[whole + 1] >> 4)] +
    ALPHABET[(bytes[whole + 1] & 15) << 2]
  )
}

/** Null when the text has another letter, or a length that no bytes lead to. */
export function fromBase64Url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let pending = 0
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const value = code < 128 ? VALUES[code] : -1
    if (value < 0) return null
    bits = ((bits << 6) | value) & 0xffff
    pending += 6
    if (pending < 8) continue
    pending -= 8
    bytes[length++] = (bits >> pending) & 0xff
  }
  return bytes
}
