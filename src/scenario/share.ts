/**
 * Links: a whole document in the fragment of an address, so that no server ever sees it.
 * `#s=1.<text>`: 1 is the codec, <text> base64url of a 3-byte checksum and deflated compact JSON.
 */
import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { MAX_DOCUMENT_BYTES, MAX_LINK_CHARS } from './caps.ts'
import { fromCompact, toCompact } from './compact.ts'
import { DICTIONARY_1 } from './dictionary.ts'
import type { Checks } from './integrity.ts'
import { parse, refuse, type Opened } from './parse.ts'
import type { SharedDocument } from './scenario.ts'
import { FILE_MARK, FILE_VERSION } from './write.ts'

const CODEC = 1
const CHECKSUM_BYTES = 3
/** Deflate grows at most about a thousandfold, so a bomb is noticed within 1 MB. */
const INFLATE_STEP_BYTES = 1024

const dictionary = strToU8(DICTIONARY_1)

/** The fragment, with its #, to be put behind the address of the page. */
export function encodeLink(document: SharedDocument): string {
  const text = JSON.stringify(toCompact(document))
  const deflated = deflateSync(strToU8(text), { level: 9, dictionary })
  const bytes = new Uint8Array(CHECKSUM_BYTES + deflated.length)
  bytes.set(checksum(deflated))
  bytes.set(deflated, CHECKSUM_BYTES)
  return `#s=${CODEC}.${toBase64Url(bytes)}`
}

/**
 * The document of a link, checked by `parse`. Never throws, whatever the link holds, and never
 * inflates much more than `MAX_DOCUMENT_BYTES`.
 */
export function decodeLink(fragment: string, checks: Checks = {}): Opened {
  if (fragment.length > MAX_LINK_CHARS) {
    return refuse('The link is too long', 'Ask for the design as a file instead.')
  }
  // Whatever a chat program or a sentence put behind the link is no part of it.
  const link = /^#?s=(\d{1,6})\.([\w-]*)/.exec(fragment)
  if (!link) return broken()
  if (Number(link[1]) > CODEC) {
    return refuse(
      'Made by a newer version of Switchyard',
      'This version cannot read the link yet. Reload the page to get the latest version, then try again.',
    )
  }
  const bytes = Number(link[1]) === CODEC ? fromBase64Url(link[2]) : null
  const deflated = bytes?.subarray(CHECKSUM_BYTES)
  if (!bytes || !deflated || checksum(deflated).some((byte, i) => byte !== bytes[i])) {
    return broken()
  }
  const text = inflate(deflated)
  if (text === 'too large') {
    return refuse('The link holds too much', 'Unpacked, it is larger than any design may be.')
  }
  const compact = text && parseJson(text.json)
  const document = compact && fromCompact(compact.value)
  if (!document) return broken()
  return parse({ [FILE_MARK]: FILE_VERSION, ...document }, checks)
}

const broken = (): Opened =>
  refuse(
    'The link is incomplete',
    'Part of it was lost or changed on the way. Copy the whole link again, or ask whoever sent it.',
  )

/** Unpacks step by step and stops when it is too much; null when it is not deflated data. */
function inflate(deflated: Uint8Array): { json: string } | 'too large' | null {
  const chunks: Uint8Array[] = []
  let length = 0
  const inflater = new Inflate({ dictionary }, (chunk) => {
    chunks.push(chunk)
    length += chunk.length
  })
  try {
    for (let at = 0; at < deflated.length; at += INFLATE_STEP_BYTES) {
      const end = at + INFLATE_STEP_BYTES
      inflater.push(deflated.slice(at, end), end >= deflated.length)
      if (length > MAX_DOCUMENT_BYTES) return 'too large'
    }
  } catch {
    return null
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return { json: strFromU8(bytes) }
}

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** FNV-1a, folded to 24 bits: tells a damaged link from one that merely looks odd. */
function checksum(bytes: Uint8Array): Uint8Array {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return Uint8Array.of(hash >>> 16, hash >>> 8, hash ^ (hash >>> 24))
}
