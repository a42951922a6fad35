/**
 * Firehose reads a Kinesis data stream by itself (FACTS 8): from LATEST on, GetRecords once a second for
 * each shard, the children of a shard when their parents are read to the end.
 */
import { fromSeconds } from '../../base/units.ts'
import { answerTo } from '../../engine/asks.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import { newLiteralMessage, newMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import {
  ITERATOR,
  SHARDS,
  answeredBatch,
  askIterator,
  askRecords,
  cursorAfter,
} from '../records.ts'
import { askShards, shardsToRead, type ShardListing } from '../shards.ts'
import { count } from './books.ts'
import { EVENT } from './events.ts'
import { streamWire } from './sources.ts'
import { stateOf, type ShardReader, type StreamSource } from './state.ts'
import { accept } from './take.ts'

/** Between two reads of a shard, and before anything refused is asked again. */
const EVERY_US = fromSeconds(1)

/** Reads the stream that is wired to it now, if one is. */
export function connectStream(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const wire = streamWire(sim, node)
  if ((state.source?.wire ?? -1) === wire) return
  if (wire < 0) {
    state.source = null
    return
  }
  const reading = ++state.readings
  const stream = sim.world.wires[wire].from
  state.source = { wire, stream, reading, begun: false, shards: [] }
  list(sim, node, state.source)
}

/** The time for the next read, or listing, has come. */
export function readDue(
  sim: Simulation,
  node: number,
  type: number,
  reading: number,
  shard: number,
): void {
  const { source } = stateOf(sim, node)
  if (source?.reading !== reading) return
  if (type === EVENT.list) list(sim, node, source)
  const reader = source.shards.find((each) => each.shard === shard)
  if (type === EVENT.read && reader) read(sim, node, source, reader)
}

export function answeredStream(sim: Simulation, node: number, call: number): void {
  const { source } = stateOf(sim, node)
  const { calls } = sim.world
  if (!source || calls.token[call] !== source.reading) return
  if (sim.operationOf(call).name === 'ListShards') answeredList(sim, node, source, call)
  else answeredRead(sim, node, source, call)
}

function list(sim: Simulation, node: number, { stream, wire, reading }: StreamSource): void {
  sim.world.calls.token[askShards(sim, node, stream, wire)] = reading
}

/** Begins with every shard whose turn it is. */
function answeredList(sim: Simulation, node: number, source: StreamSource, call: number): void {
  const told = answerTo(sim, call)?.output as ShardListing | undefined
  if (!told) {
    later(sim, node, EVENT.list, source, 0)
    return
  }
  const fromLatest = !source.begun
  source.begun = true
  for (const { shard, isClosed } of shardsToRead(told, source.shards, fromLatest)) {
    const startsAt = fromLatest ? ITERATOR.latest : ITERATOR.trimHorizon
    const finished = fromLatest && isClosed
    const reader: ShardReader = { shard, startsAt, cursor: null, finished }
    source.shards.push(reader)
    if (!finished) takeIterator(sim, node, source, shard, startsAt)
  }
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

function answeredRead(sim: Simulation, node: number, source: StreamSource, call: number): void {
  const { calls, nodes } = sim.world
  const shard = calls.arg[call] % SHARDS
  const reader = source.shards.find((each) => each.shard === shard)
  if (!reader) return
  const batch = answeredBatch(sim, call)
  if (batch) {
    const isFirst = reader.cursor === null
    take(sim, node, batch)
    reader.cursor = cursorAfter(sim, batch)
    reader.finished = reader.cursor === null
    if (reader.finished) list(sim, node, source)
    else if (isFirst) read(sim, node, source, reader)
    else later(sim, node, EVENT.read, source, shard)
  } else if (sim.errorOf(call)?.code === 'ExpiredIteratorException' && reader.cursor) {
    takeIterator(sim, node, source, shard, ITERATOR.atSequenceNumber, reader.cursor.position)
  } else if (nodes[source.stream].alive) {
    count(sim, node, 'readThrottled')
    later(sim, node, EVENT.read, source, shard)
  }
}

function later(
  sim: Simulation,
  node: number,
  type: number,
  { reading }: StreamSource,
  shard: number,
): void {
  sim.at(sim.nowUs + EVERY_US, node, type, reading, shard)
}

/** The stream keeps its records; what Firehose has are copies. */
function take(sim: Simulation, node: number, batch: RecordBatch): void {
  const { messages } = sim.world
  for (let n = 0; n < batch.count; n++) {
    const literal = batch.literals.get(n)
    const size = batch.sizesBytes[n]
    const hue = batch.hues[n]
    const slot = literal
      ? newLiteralMessage(messages, literal, size, hue)
      : newMessage(messages, batch.recipes[n], batch.ordinals[n], size, hue)
    messages.origin[slot] = batch.serials[n]
    accept(sim, node, slot)
  }
}
