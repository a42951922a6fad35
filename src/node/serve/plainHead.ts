/**
 * Reads the head of a plain request (see `plainHttp.ts`) in one go over its bytes. Nobody reads most
 * headers: those are checked, and no text is made of them.
 */
import { MAX_BODY_BYTES } from './body.ts'
import type { RequestHeaders } from './protocols/protocol.ts'

export interface Head {
  readonly path: string
  readonly queryString: string
  readonly headers: RequestHeaders
  readonly bodyStart: number
  readonly bodyBytes: number
}

/** Longer heads are Node's to judge. */
const MAX_HEAD_BYTES = 16 * 1024

const METHOD = 'POST '
const VERSION = ' HTTP/1.1\r\n'
const LINE_FEED = 10
const RETURN = 13
const COLON = 58

/** What a byte can be part of, as bits. */
const TARGET = 1
const NAME = 2
const VALUE = 4
const USES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return (
    (/[!-~]/.test(character) ? TARGET : 0) |
    (/[\w!#$%&'*+.^`|~-]/.test(character) ? NAME : 0) |
    (/[\t -~\x80-\xff]/.test(character) ? VALUE : 0)
  )
})

/** Headers that are read, here or by a protocol. */
const NONE = {
  host: undefined as string | undefined,
  connection: undefined as string | undefined,
  authorization: undefined as string | undefined,
  'content-type': undefined as string | undefined,
  'content-length': undefined as string | undefined,
  'x-amz-target': undefined as string | undefined,
  'x-amzn-trace-id': undefined as string | undefined,
}
type Read = keyof typeof NONE
const READ = Object.keys(NONE) as Read[]
/** Ask for more than an answer, or say otherwise how long the body is. */
const BEYOND = ['transfer-encoding', 'expect', 'upgrade', 'trailer', 'te']

const longest = Math.max(...[...READ, ...BEYOND].map((name) => name.length))
const byLength = <Name extends string>(names: readonly Name[]): readonly (readonly Name[])[] =>
  Array.from({ length: longest + 1 }, (_, length) => names.filter((name) => name.length === length))
const READ_BY_LENGTH = byLength(READ)
const BEYOND_BY_LENGTH = byLength(BEYOND)

/** Null when it is not all there, or anything but plain. */
export function readHead(received: Buffer): Head | null {
  const text = received.toString('latin1', 0, MAX_HEAD_BYTES)
  const targetEnd = endOf(received, METHOD.length, TARGET)
  if (!text.startsWith(`${METHOD}/`) || !text.startsWith(VERSION, targetEnd)) return null
  const headers = { ...NONE }
  let at = targetEnd + VERSION.length
  while (received[at] !== RETURN) {
    const nameEnd = endOf(received, at, NAME)
    const end = endOf(received, nameEnd + 1, VALUE)
    if (nameEnd === at || received[nameEnd] !== COLON || !endsLine(received, end)) return null
    if (nameAt(received, at, nameEnd, BEYOND_BY_LENGTH) !== undefined) return null
    const name = nameAt(received, at, nameEnd, READ_BY_LENGTH)
    if (name !== undefined) {
      if (headers[name] !== undefined) return null
      headers[name] = text.slice(nameEnd + 1, end).trim()
    }
    at = end + 2
  }
  const length = headers['content-length'] ?? ''
  if (!endsLine(received, at) || at > MAX_HEAD_BYTES) return null
  if (headers.host === undefined || !/^\d{1,8}$/.test(length)) return null
  if (Number(length) > MAX_BODY_BYTES) return null
  if ((headers.connection ?? 'keep-alive').toLowerCase() !== 'keep-alive') return null
  const target = text.slice(METHOD.length, targetEnd)
  const query = target.indexOf('?')
  return {
    path: query < 0 ? target : target.slice(0, query),
    queryString: query < 0 ? '' : target.slice(query + 1),
    headers,
    bodyStart: at + 2,
    bodyBytes: Number(length),
  }
}

/** Where what begins at `start` ends: at the first byte that has not this use, or with all there is. */
function endOf(received: Buffer, start: number, use: number): number {
  let at = start
  while (at < received.length && (USES[received[at]] & use) !== 0) at++
  return at
}

const endsLine = (received: Buffer, at: number): boolean =>
  at + 1 < received.length && received[at] === RETURN && received[at + 1] === LINE_FEED

/** Which of some names stands there, in capitals or not. */
function nameAt<Name extends string>(
  received: Buffer,
  start: number,
  end: number,
  byLength: readonly (readonly Name[])[],
): Name | undefined {
  if (end - start > longest) return undefined
  for (const name of byLength[end - start]) if (isAt(received, start, name)) return name
  return undefined
}

/** `name` has only small letters and hyphens, in both of which the bit of small letters is set. */
function isAt(received: Buffer, start: number, name: string): boolean {
  for (let n = 0; n < name.length; n++) {
    if ((received[start + n] | 0x20) !== name.charCodeAt(n)) return false
  }
  return true
}
