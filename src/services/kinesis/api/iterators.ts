/** Shard iterators as texts: opaque, checked against change, good for five minutes (FACTS 6.3). */
import { fromBase64, toBase64 } from '../../../base/base64.ts'
import { FNV_START, fnvMixWord } from '../../../base/hash.ts'
import type { SimUs } from '../../../base/units.ts'

export interface ShardIterator {
  /** Of the node, and the stream's name. */
  readonly node: string
  readonly stream: string
  readonly shard: number
  readonly position: number
  readonly createdUs: SimUs
  /** Reads that led to it: one that went no further still goes on with another iterator. */
  readonly reads: number
}

/** As AWS's begin: eight bytes that say 1. */
const VERSION = '\0\0\0\0\0\0\0\u0001'
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function writeIterator(iterator: ShardIterator): string {
  const { node, stream, shard, position, createdUs, reads } = iterator
  const text = [shard, position, createdUs, reads, stream, node].join('/')
  return toBase64(encoder.encode(`${VERSION}${checksum(text)}/${text}`))
}

/** Null for what is not one of ours; AWS takes it in quotes, too. */
export function readIterator(given: string): ShardIterator | null {
  const bytes = fromBase64(given.replace(/^"(.*)"$/, '$1'))
  if (!bytes) return null
  const text = decoder.decode(bytes)
  const parts = /^([0-9a-f]{8})\/((\d+)\/(\d+)\/(\d+)\/(\d+)\/([^/]*)\/(.*))$/s.exec(
    text.slice(VERSION.length),
  )
  if (!text.startsWith(VERSION) || !parts || checksum(parts[2]) !== parts[1]) return null
  return {
    shard: Number(parts[3]),
    position: Number(parts[4]),
    createdUs: Number(parts[5]),
    reads: Number(parts[6]),
    stream: parts[7],
    node: parts[8],
  }
}

function checksum(text: string): string {
  let hash = FNV_START
  for (let i = 0; i < text.length; i++) hash = fnvMixWord(hash, text.charCodeAt(i))
  return (hash >>> 0).toString(16).padStart(8, '0')
}
