/**
 * How a service reads a Kinesis data stream by itself, as Firehose and analytics do: it lists the shards,
 * takes an iterator for each, calls GetRecords at an interval, and goes on with the children of a shard
 * when their parents are read to the end (FACTS 6.3, 6.4).
 */
import type { SimUs } from '../base/units.ts'
import { answerTo } from '../engine/asks.ts'
import type { RecordBatch } from '../engine/batch.ts'
import type { Simulation } from '../engine/simulation.ts'
import {
  ITERATOR,
  SHARDS,
  answeredBatch,
  askIterator,
  askRecords,
  cursorAfter,
  type Cursor,
} from './records.ts'
import { askShards, shardsToRead, type ShardListing } from './shards.ts'

/** Where a part is in a stream that it reads. */
export interface StreamSource {
  readonly wire: number
  readonly stream: number
  /** Tells the calls of this source from those of others and of earlier ones: their token. */
  readonly reading: number
  readonly from: 'LATEST' | 'TRIM_HORIZON'
  /** The shards were listed once: children that come later are read from their beginning. */
  begun: boolean
  readonly shards: ShardReader[]
}

export interface ShardReader {
  readonly shard: number
  /** ShardIteratorType of its first iterator. */
  readonly startsAt: number
  /** Null while there is no iterator. */
  cursor: Cursor | null
  /** A closed shard that was read to its end. */
  finished: boolean
  /** And the shards that follow it are known. */
  followed: boolean
  /** MillisBehindLatest, in microseconds. */
  behindUs: SimUs
  /** Every record that arrived before this time was read; -1 before the first read. */
  throughUs: SimUs
}

/** What the part that reads is told, and how often it reads. */
export interface StreamUse {
  /** Types of its events for the next read (`a` is the source's reading, `b` the shard) and listing. */
  readonly event: { readonly read: number; readonly list: number }
  /** Between two reads of a shard, and before anything refused is asked again. */
  readonly everyUs: SimUs
  take(sim: Simulation, node: number, batch: RecordBatch): void
  /** A read was refused. */
  throttled(sim: Simulation, node: number): void
}

export function openSource(
  sim: Simulation,
  node: number,
  wire: number,
  reading: number,
  from: StreamSource['from'],
): StreamSource {
  const stream = sim.world.wires[wire].from
  const source: StreamSource = { wire, stream, reading, from, begun: false, shards: [] }
  list(sim, node, source)
  return source
}

/** The time for the next read, or listing, has come. */
export function sourceDue(
  sim: Simulation,
  node: number,
  use: StreamUse,
  source: StreamSource,
  type: number,
  shard: number,
): void {
  if (type === use.event.list) list(sim, node, source)
  const reader = source.shards.find((each) => each.shard === shard)
  if (type === use.event.read && reader) read(sim, node, source, reader)
}

/** A call of the source came back. */
export function sourceAnswered(
  sim: Simulation,
  node: number,
  use: StreamUse,
  source: StreamSource,
  call: number,
): void {
  if (sim.operationOf(call).name === 'ListShards') answeredList(sim, node, use, source, call)
  else answeredRead(sim, node, use, source, call)
}

/**
 * Every record that arrived before this time was read, in all shards; -1 while one was not read yet.
 * Infinity without shards.
 */
export const throughUs = ({ begun, shards }: StreamSource): SimUs =>
  begun ? Math.min(...shards.map((each) => (each.followed ? Infinity : each.throughUs))) : -1

function list(sim: Simulation, node: number, { stream, wire, reading }: StreamSource): void {
  sim.world.calls.token[askShards(sim, node, stream, wire)] = reading
}

/** Begins with every shard whose turn it is. */
function answeredList(
  sim: Simulation,
  node: number,
  use: StreamUse,
  source: StreamSource,
  call: number,
): void {
  const told = answerTo(sim, call)?.output as ShardListing | undefined
  if (!told) {
    later(sim, node, use, use.event.list, source, 0)
    return
  }
  const fromLatest = !source.begun && source.from === 'LATEST'
  const startsAt = fromLatest ? ITERATOR.latest : ITERATOR.trimHorizon
  // Children hold what came after their parents, so nothing of theirs is older than what was read.
  const beganUs = throughUs(source)
  source.begun = true
  for (const { shard, isClosed } of shardsToRead(told, source.shards, fromLatest)) {
    const finished = fromLatest && isClosed
    const start = { shard, startsAt, cursor: null, behindUs: 0, throughUs: beganUs }
    source.shards.push({ ...start, finished, followed: finished })
    if (!finished) takeIterator(sim, node, source, shard, startsAt)
  }
  for (const reader of source.shards) reader.followed = reader.finished
}

function takeIterator(
  sim: Simulation,
  node: number,
  { stream, wire, reading }: StreamSource,
  shard: number,
  type: number,
  at = 0,
): void {
  const call = askIterator(sim, node, stream, wire, shard, type, at)
  sim.world.calls.token[call] = reading
}

function read(
  sim: Simulation,
  node: number,
  source: StreamSource,
  { shard, startsAt, cursor }: ShardReader,
): void {
  if (!cursor) {
    takeIterator(sim, node, source, shard, startsAt)
    return
  }
  const { stream, wire, reading } = source
  sim.world.calls.token[askRecords(sim, node, stream, wire, cursor)] = reading
}

function answeredRead(
  sim: Simulation,
  node: number,
  use: StreamUse,
  source: StreamSource,
  call: number,
): void {
  const { calls, nodes } = sim.world
  const shard = calls.arg[call] % SHARDS
  const reader = source.shards.find((each) => each.shard === shard)
  if (!reader) return
  const batch = answeredBatch(sim, call)
  if (batch) {
    const isFirst = reader.cursor === null
    advance(reader, batch, isFirst, calls.sentUs[call])
    reader.cursor = cursorAfter(sim, batch)
    reader.finished = reader.cursor === null
    use.take(sim, node, batch)
    if (reader.finished) list(sim, node, source)
    else if (isFirst) read(sim, node, source, reader)
    else later(sim, node, use, use.event.read, source, shard)
  } else if (sim.errorOf(call)?.code === 'ExpiredIteratorException' && reader.cursor) {
    takeIterator(sim, node, source, shard, ITERATOR.atSequenceNumber, reader.cursor.position)
  } else if (nodes[source.stream].alive) {
    use.throttled(sim, node)
    later(sim, node, use, use.event.read, source, shard)
  }
}

/** @param askedUs what came before that was there to be read */
function advance(
  reader: ShardReader,
  { count, behindUs, arrivedUs }: RecordBatch,
  isIterator: boolean,
  askedUs: SimUs,
): void {
  if (isIterator) return
  reader.behindUs = behindUs
  if (behindUs === 0) reader.throughUs = Math.max(reader.throughUs, askedUs)
  else if (count > 0) reader.throughUs = Math.max(reader.throughUs, arrivedUs[count - 1])
}

function later(
  sim: Simulation,
  node: number,
  use: StreamUse,
  type: number,
  { reading }: StreamSource,
  shard: number,
): void {
  sim.at(sim.nowUs + use.everyUs, node, type, reading, shard)
}
