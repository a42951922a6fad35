/** Base64 as AWS writes it: padded, with `+` and `/`. */
import { fromBase64Url, toBase64Url } from '../../scenario/base64url.ts'

export function toBase64(bytes: Uint8Array): string {
  const text = toBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** Null for text that is not base64. */
export const fromBase64 = (text: string): Uint8Array | null =>
  fromBase64Url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
