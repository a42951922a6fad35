/**
 * The records of one shard or partition: columns that only grow at the new end, in chunks, and are trimmed at the
 * old end by retention. About twenty bytes a record. A full chunk is frozen: snapshots share it.
 * A record's place in its shard, counted from 0, never changes.
 */
import { grown } from '../base/columns.ts'
import type { SimUs } from '../base/units.ts'
import type { RecordBatch } from '../engine/batch.ts'
import type { Content } from '../engine/messages.ts'

interface Chunk {
  /** Position of its first record, and how many it holds. */
  readonly first: number
  count: number
  /** Arrival of its first record; others are counted from it. */
  readonly baseUs: SimUs
  /** WORDS numbers a record, so that one lies in one place. */
  words: Uint32Array
  /** Words of their own, by position. */
  literals: Map<number, Content> | null
}

export interface RecordLog {
  /** Frozen ones, oldest first. */
  full: Chunk[]
  /** The newest. */
  last: Chunk
  /** Positions below are gone. */
  trimmed: number
  /** Position of the next record. */
  end: number
  /** Of all that is kept. */
  bytes: number
}

/** A record's numbers: bytes are those of data and partition key, the time is from `baseUs` on. */
const WORDS = 5
const SERIAL = 0
const ORDINAL = 1
const SIZE_BYTES = 2
const AFTER_US = 3
/** Two of 16 bits. */
const RECIPE_AND_HUE = 4

const CHUNK = 1024
const FIRST_CAPACITY = 32
/** What `afterUs` holds: a chunk spans at most 71 minutes. */
const LONGEST_US = 0xffffffff

export const createLog = (): RecordLog => ({
  full: [],
  last: createChunk(0, 0),
  trimmed: 0,
  end: 0,
  bytes: 0,
})

const createChunk = (first: number, baseUs: SimUs): Chunk => ({
  first,
  count: 0,
  baseUs,
  words: new Uint32Array(FIRST_CAPACITY * WORDS),
  literals: null,
})

/** Adds a record at the new end; returns its position. */
export function appendRecord(
  log: RecordLog,
  nowUs: SimUs,
  serial: number,
  recipe: number,
  ordinal: number,
  sizeBytes: number,
  hue: number,
  literal: Content | undefined,
): number {
  let chunk = log.last
  if (chunk.count === CHUNK || chunk.count === 0 || nowUs - chunk.baseUs > LONGEST_US) {
    chunk = nextChunk(log, nowUs)
  }
  const n = chunk.count++
  const at = n * WORDS
  if (at === chunk.words.length) {
    chunk.words = grown(chunk.words, Math.min(n * 4, CHUNK) * WORDS)
  }
  const { words } = chunk
  words[at + SERIAL] = serial
  words[at + ORDINAL] = ordinal
  words[at + SIZE_BYTES] = sizeBytes
  words[at + AFTER_US] = nowUs - chunk.baseUs
  words[at + RECIPE_AND_HUE] = recipe * 0x10000 + hue
  if (literal) (chunk.literals ??= new Map()).set(log.end, literal)
  log.bytes += sizeBytes
  return log.end++
}

function nextChunk(log: RecordLog, nowUs: SimUs): Chunk {
  if (log.last.count > 0) log.full.push(Object.freeze(log.last))
  log.last = createChunk(log.end, nowUs)
  return log.last
}

/** The chunk that holds a position which is kept. */
function chunkOf(log: RecordLog, position: number): Chunk {
  if (position >= log.last.first) return log.last
  let low = 0
  let high = log.full.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (log.full[middle].first > position) high = middle - 1
    else low = middle
  }
  return log.full[low]
}

/** When the record at a position that is kept arrived. */
export function arrivalAt(log: RecordLog, position: number): SimUs {
  const chunk = chunkOf(log, position)
  return chunk.baseUs + chunk.words[(position - chunk.first) * WORDS + AFTER_US]
}

/** Position of the first record that arrived at `atUs` or later; the end when none did. */
export function positionAt(log: RecordLog, atUs: SimUs): number {
  let low = log.trimmed
  let high = log.end
  while (low < high) {
    const middle = (low + high) >> 1
    if (arrivalAt(log, middle) < atUs) low = middle + 1
    else high = middle
  }
  return low
}

/** Lets go of what arrived at or before `horizonUs`; returns how many and their bytes. */
export function trim(log: RecordLog, horizonUs: SimUs): { count: number; bytes: number } {
  const to = positionAt(log, horizonUs + 1)
  const count = to - log.trimmed
  if (count === 0) return { count: 0, bytes: 0 }
  let bytes = 0
  eachRun(log, log.trimmed, to, (chunk, from, until) => {
    for (let n = from; n < until; n++) bytes += chunk.words[n * WORDS + SIZE_BYTES]
  })
  log.trimmed = to
  log.bytes -= bytes
  const gone = log.full.findIndex(({ first, count }) => first + count > to)
  log.full.splice(0, gone < 0 ? log.full.length : gone)
  if (to === log.end && log.last.count > 0) log.last = createChunk(log.end, 0)
  return { count, bytes }
}

/** Copies of some records in columns of their own. */
export type Records = Pick<
  RecordBatch,
  'count' | 'serials' | 'recipes' | 'ordinals' | 'literals' | 'sizesBytes' | 'hues' | 'arrivedUs'
>

/** From a position on that is kept: at most so many records, and bytes unless the first has more. */
export function copyRecords(
  log: RecordLog,
  from: number,
  maxCount: number,
  maxBytes: number,
): Records {
  const to = endWithin(log, from, Math.min(log.end, from + maxCount), maxBytes)
  const count = Math.max(0, to - from)
  const literals = new Map<number, Content>()
  const records = {
    count,
    serials: new Uint32Array(count),
    recipes: new Uint16Array(count),
    ordinals: new Uint32Array(count),
    literals,
    sizesBytes: new Uint32Array(count),
    hues: new Uint16Array(count),
    arrivedUs: new Float64Array(count),
  }
  eachRun(log, from, to, (chunk, begin, end) => {
    const at = chunk.first + begin - from
    const { baseUs, words } = chunk
    for (let n = begin; n < end; n++) {
      const word = n * WORDS
      const to = at + n - begin
      records.serials[to] = words[word + SERIAL]
      records.ordinals[to] = words[word + ORDINAL]
      records.sizesBytes[to] = words[word + SIZE_BYTES]
      records.arrivedUs[to] = baseUs + words[word + AFTER_US]
      records.recipes[to] = words[word + RECIPE_AND_HUE] >>> 16
      records.hues[to] = words[word + RECIPE_AND_HUE] & 0xffff
    }
    if (chunk.literals) {
      for (let n = begin; n < end; n++) {
        const literal = chunk.literals.get(chunk.first + n)
        if (literal) literals.set(at + n - begin, literal)
      }
    }
  })
  return records
}

/** Where a copy ends that may have so many bytes; one record is always allowed. */
function endWithin(log: RecordLog, from: number, to: number, maxBytes: number): number {
  let bytes = 0
  let end = from
  eachRun(log, from, to, (chunk, begin, until) => {
    for (let n = begin; n < until; n++) {
      bytes += chunk.words[n * WORDS + SIZE_BYTES]
      if (bytes > maxBytes && end > from) return true
      end++
    }
    return false
  })
  return end
}

/** Position of the record with a serial among [from, to), or -1. Looks at each: for a click. */
export function positionOf(log: RecordLog, serial: number, from: number, to: number): number {
  let found = -1
  eachRun(log, Math.max(from, log.trimmed), Math.min(to, log.end), (chunk, begin, end) => {
    for (let n = begin; n < end; n++) {
      if (chunk.words[n * WORDS + SERIAL] !== serial) continue
      found = chunk.first + n
      return true
    }
    return false
  })
  return found
}

/** Calls `see` with the part of each chunk that [from, to) covers, until it says true. */
function eachRun(
  log: RecordLog,
  from: number,
  to: number,
  see: (chunk: Chunk, begin: number, end: number) => boolean | void,
): void {
  let position = from
  while (position < to) {
    const chunk = chunkOf(log, position)
    const begin = position - chunk.first
    const end = Math.min(chunk.count, to - chunk.first)
    if (see(chunk, begin, end)) return
    position = chunk.first + end
  }
}
