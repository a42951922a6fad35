/**
 * Aggregation as the Kinesis Producer Library does it (FACTS 6.8): many user records in one record of
 * a stream. It is magic bytes, a protobuf (a table of partition keys, then the records, each with the
 * index of its key), and the MD5 of the protobuf; whoever reads takes it apart again.
 */
import { md5Hex } from '../base/hash.ts'
import { utf8, utf8Length } from '../base/utf8.ts'
import { wordsIn, type RecordBatch, type RecordColumns } from '../engine/batch.ts'
import type { Content } from '../engine/messages.ts'
import type { Simulation } from '../engine/simulation.ts'

const MAGIC = [0xf3, 0x89, 0x9a, 0xc2]
const MD5_BYTES = 16

/** Tags of the protobuf: field number and wire type. */
const KEY_TABLE = 0x0a
const RECORD = 0x1a
const KEY_INDEX = 0x08
const DATA = 0x1a

/** An aggregated record without any user record, bytes. */
export const EMPTY_BYTES = MAGIC.length + MD5_BYTES

/** What a new partition key adds to it. */
export const keyEntryBytes = (key: string): number => withLength(utf8Length(key))

/** What a user record adds to it. @param keyIndex of its key in the table */
export const userRecordBytes = (dataBytes: number, keyIndex: number): number =>
  withLength(innerBytes(dataBytes, keyIndex))

const innerBytes = (dataBytes: number, keyIndex: number): number =>
  1 + varintBytes(keyIndex) + withLength(dataBytes)

/** A tag, a length, and so many bytes. */
const withLength = (bytes: number): number => 1 + varintBytes(bytes) + bytes

function varintBytes(value: number): number {
  let bytes = 1
  for (let left = value; left >= 0x80; left = Math.floor(left / 0x80)) bytes++
  return bytes
}

/** The bytes that programs get who read the stream themselves. */
export function encodeAggregated(sim: Simulation, records: RecordColumns): Uint8Array {
  const keys = new Map<string, number>()
  const parts: Uint8Array[] = []
  for (let n = 0; n < records.count; n++) {
    const { body, partitionKey = '' } = wordsIn(sim, records, n)
    const index = keys.get(partitionKey) ?? keys.size
    keys.set(partitionKey, index)
    const data = utf8(body)
    parts.push(
      joined([RECORD, ...varint(innerBytes(data.length, index))]),
      joined([KEY_INDEX, ...varint(index), DATA, ...varint(data.length)]),
      data,
    )
  }
  const table = [...keys.keys()].map((key) => {
    const bytes = utf8(key)
    return joined([KEY_TABLE, ...varint(bytes.length), ...bytes])
  })
  const message = concatenated([...table, ...parts])
  return concatenated([joined(MAGIC), message, bytesOfHex(md5Hex(message))])
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let left = value
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80)
  return [...bytes, left]
}

const joined = (bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes)

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, n) =>
    Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16),
  )

/** How many user records a record stands for: 1 unless it is aggregated. */
export const userRecordsIn = (content: Content | undefined): number =>
  content?.userRecords?.count ?? 1

/** The batch with every aggregated record taken apart, in order; the same one where there is none. */
export function deaggregated(batch: RecordBatch): RecordBatch {
  let count = batch.count
  for (const content of batch.literals.values()) count += userRecordsIn(content) - 1
  if (count === batch.count) return batch
  const literals = new Map<number, Content>()
  const columns = {
    serials: new Uint32Array(count),
    recipes: new Uint16Array(count),
    ordinals: new Uint32Array(count),
    sizesBytes: new Uint32Array(count),
    hues: new Uint16Array(count),
    arrivedUs: new Float64Array(count),
    places: new Float64Array(count),
    subs: new Uint32Array(count),
  }
  let to = 0
  const copy = (
    from: RecordColumns,
    n: number,
    arrivedUs: number,
    place: number,
    sub = 0,
  ): void => {
    columns.serials[to] = from.serials[n]
    columns.recipes[to] = from.recipes[n]
    columns.ordinals[to] = from.ordinals[n]
    columns.sizesBytes[to] = from.sizesBytes[n]
    columns.hues[to] = from.hues[n]
    columns.arrivedUs[to] = arrivedUs
    columns.places[to] = place
    columns.subs[to] = sub
    const literal = from.literals.get(n)
    if (literal) literals.set(to, literal)
    to++
  }
  for (let n = 0; n < batch.count; n++) {
    const place = batch.first + n
    const users = batch.literals.get(n)?.userRecords
    if (!users) copy(batch, n, batch.arrivedUs[n], place)
    else
      for (let u = 0; u < users.count; u++)
        copy(users, u, batch.arrivedUs[n], place + u / users.count, u)
  }
  return Object.freeze({ ...batch, ...columns, count, literals })
}

/** Where record n of a batch stands; n = count: right behind the last one. */
export function placeIn({ places, first, count }: RecordBatch, n: number): number {
  if (!places) return first + n
  return n < count ? places[n] : Math.floor(places[count - 1]) + 1
}

/** How many of records [from, to) stand before a place, as they are in order. */
export function countBefore(batch: RecordBatch, from: number, to: number, place: number): number {
  if (!batch.places) return Math.max(0, Math.min(to - from, place - placeIn(batch, from)))
  let n = from
  while (n < to && batch.places[n] < place) n++
  return n - from
}

/** Which user record of its record it is, counted from 0 (FACTS 6.8); 0 for others. */
export function subSequenceOf(batch: RecordBatch, n: number): number {
  const { subs } = batch
  return subs ? subs[n] : 0
}

/** The batch without its first `n` records. */
export function recordsFrom(batch: RecordBatch, n: number): RecordBatch {
  const literals = new Map<number, Content>()
  for (const [at, content] of batch.literals) if (at >= n) literals.set(at - n, content)
  return Object.freeze({
    ...batch,
    count: batch.count - n,
    first: batch.first + n,
    literals,
    serials: batch.serials.slice(n),
    recipes: batch.recipes.slice(n),
    ordinals: batch.ordinals.slice(n),
    sizesBytes: batch.sizesBytes.slice(n),
    hues: batch.hues.slice(n),
    arrivedUs: batch.arrivedUs.slice(n),
    ...(batch.places && { places: batch.places.slice(n) }),
    ...(batch.subs && { subs: batch.subs.slice(n) }),
  })
}
