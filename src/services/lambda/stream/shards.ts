/**
 * Reads the shards of a stream for the function: once a second each, the children of a shard when all
 * of their parents are done with, so that the order of each key is kept.
 */
import { md5Words } from '../../../base/hash.ts'
import { fromSeconds } from '../../../base/units.ts'
import { answerTo } from '../../../engine/asks.ts'
import { partitionKeyOf } from '../../../engine/batch.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import {
  ITERATOR,
  SHARDS,
  answeredBatch,
  askIterator,
  askRecords,
  cursorAfter,
} from '../../records.ts'
import { askShards, shardsToRead, type ShardListing } from '../../shards.ts'
import { EVENT, count } from '../books.ts'
import { itemsIn } from '../items.ts'
import { renew } from '../renew.ts'
import { stateOf, type Item } from '../state.ts'
import { goOn, isIdle, mappingRead } from './lanes.ts'
import {
  createLanes,
  heldIn,
  streamSettingsOf,
  type ShardReader,
  type StreamMapping,
  type StreamSettings,
} from './state.ts'

/** FACTS 7: polled once per second per shard. */
const EVERY_US = fromSeconds(1)

/** The wires as they are now; what stays wired goes on where it was. */
export function connectStreams(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  const drawn = nodes[node].in.filter((wire) => wires[wire].role === 'read')
  for (const { wire, shards } of state.streams) {
    if (drawn.includes(wire)) continue
    // The stream keeps them for others.
    for (const { lanes } of shards) {
      for (const lane of lanes) count(sim, node, 'returned', heldIn(lane))
    }
  }
  state.streams = drawn.map((wire) => {
    const { from, config } = wires[wire]
    const settings = streamSettingsOf(config)
    const known = state.streams.find((mapping) => mapping.wire === wire)
    if (known) {
      const begins = settings.enabled && !known.settings.enabled
      renew(known, settings, sim.nowUs)
      if (begins) resume(sim, node, known)
      return known
    }
    const reading = ++state.readings
    const made: StreamMapping = {
      reading,
      wire,
      modifiedUs: sim.nowUs,
      stream: from,
      settings,
      begun: false,
      lastIsOk: null,
      shards: [],
    }
    list(sim, node, made)
    return made
  })
}

/** Enabled again, it goes on with what it has, and where it was. */
function resume(sim: Simulation, node: number, mapping: StreamMapping): void {
  for (const reader of mapping.shards) {
    reader.lanes.forEach((_, place) => goOn(sim, node, mapping, reader, place))
    if (!reader.rests) continue
    reader.rests = false
    read(sim, node, mapping, reader)
  }
}

function list(sim: Simulation, node: number, { stream, wire, reading }: StreamMapping): void {
  sim.world.calls.token[askShards(sim, node, stream, wire)] = reading
}

/** The time for the next read, or listing, has come. */
export function readDue(
  sim: Simulation,
  node: number,
  type: number,
  reading: number,
  shard: number,
): void {
  const mapping = mappingRead(sim, node, reading)
  if (!mapping) return
  const reader = mapping.shards.find((each) => each.shard === shard)
  if (type === EVENT.list) list(sim, node, mapping)
  else if (reader?.ended) endIfDone(sim, node, mapping, reader)
  else if (reader) read(sim, node, mapping, reader)
}

function later(
  sim: Simulation,
  node: number,
  type: number,
  { reading }: StreamMapping,
  shard: number,
): void {
  sim.at(sim.nowUs + EVERY_US, node, type, reading, shard)
}

/** A call along the mapping's wire was answered. */
export function streamAnswered(sim: Simulation, node: number, call: number): void {
  const mapping = mappingRead(sim, node, sim.world.calls.token[call])
  if (!mapping) return
  if (sim.operationOf(call).name === 'ListShards') answeredList(sim, node, mapping, call)
  else answeredRead(sim, node, mapping, call)
}

/** Begins with every shard whose turn it is. */
function answeredList(sim: Simulation, node: number, mapping: StreamMapping, call: number): void {
  const told = answerTo(sim, call)?.output as ShardListing | undefined
  if (!told) {
    later(sim, node, EVENT.list, mapping, 0)
    return
  }
  const { settings, shards: readers } = mapping
  const fromLatest = !mapping.begun && settings.fromLatest
  mapping.begun = true
  for (const { shard, isClosed } of shardsToRead(told, readers, fromLatest)) {
    const isPast = fromLatest && isClosed
    const reader: ShardReader = {
      shard,
      startsAt: startOf(settings, fromLatest),
      cursor: null,
      ended: isPast,
      finished: isPast,
      rests: false,
      lanes: createLanes(settings.parallel),
      createdUs: 0,
    }
    readers.push(reader)
    if (!isPast) takeIterator(sim, node, mapping, shard, reader.startsAt, settings.fromUs)
  }
}

/** ShardIteratorType of a shard's first iterator: a time holds for shards that come later, too. */
function startOf({ fromUs }: StreamSettings, fromLatest: boolean): number {
  if (fromUs >= 0) return ITERATOR.atTimestamp
  return fromLatest ? ITERATOR.latest : ITERATOR.trimHorizon
}

function takeIterator(
  sim: Simulation,
  node: number,
  { stream, wire, reading }: StreamMapping,
  shard: number,
  type: number,
  at = 0,
): void {
  sim.world.calls.token[askIterator(sim, node, stream, wire, shard, type, at)] = reading
}

/** Reads on, unless a batch for every lane waits already. */
function read(sim: Simulation, node: number, mapping: StreamMapping, reader: ShardReader): void {
  const { stream, wire, reading, settings } = mapping
  const { shard, startsAt, cursor, lanes } = reader
  if (!settings.enabled) {
    reader.rests = true
    return
  }
  if (!cursor) {
    takeIterator(sim, node, mapping, shard, startsAt, settings.fromUs)
    return
  }
  const waiting = lanes.reduce((sum, { pending }) => sum + pending.length, 0)
  if (waiting >= settings.batchSize * lanes.length) {
    later(sim, node, EVENT.read, mapping, shard)
    return
  }
  sim.world.calls.token[askRecords(sim, node, stream, wire, cursor)] = reading
}

function answeredRead(sim: Simulation, node: number, mapping: StreamMapping, call: number): void {
  const { calls, nodes } = sim.world
  const shard = calls.arg[call] % SHARDS
  const reader = mapping.shards.find((each) => each.shard === shard)
  if (!reader) return
  const batch = answeredBatch(sim, call)
  if (!batch) {
    if (sim.errorOf(call)?.code === 'ExpiredIteratorException' && reader.cursor) {
      const { position } = reader.cursor
      takeIterator(sim, node, mapping, shard, ITERATOR.atSequenceNumber, position)
    } else if (nodes[mapping.stream].alive) {
      count(sim, node, 'readThrottled')
      later(sim, node, EVENT.read, mapping, shard)
    }
    return
  }
  const isFirst = reader.cursor === null
  reader.cursor = cursorAfter(sim, batch)
  reader.ended = reader.cursor === null
  reader.createdUs = batch.shardCreatedUs
  take(sim, node, mapping, reader, itemsIn(batch, batch.first))
  if (reader.ended) endIfDone(sim, node, mapping, reader)
  else if (isFirst) read(sim, node, mapping, reader)
  else later(sim, node, EVENT.read, mapping, shard)
}

/** Deals records out to the lanes: those of one partition key always to the same. */
function take(
  sim: Simulation,
  node: number,
  mapping: StreamMapping,
  reader: ShardReader,
  items: readonly Item[],
): void {
  count(sim, node, 'received', items.length)
  // A new factor counts from the moment when nothing of the shard is under way.
  if (reader.lanes.length !== mapping.settings.parallel && isIdle(reader)) {
    reader.lanes = createLanes(mapping.settings.parallel)
  }
  const { lanes } = reader
  for (const item of items) {
    const lane = lanes[lanes.length === 1 ? 0 : md5Words(keyOf(sim, item))[3] % lanes.length]
    if (lane.pending.length === 0) lane.openedUs = sim.nowUs
    lane.pending.push(item)
  }
  for (let place = 0; place < lanes.length; place++) goOn(sim, node, mapping, reader, place)
}

const keyOf = (sim: Simulation, { literal, recipe, ordinal }: Item): string =>
  (literal ? literal.partitionKey : partitionKeyOf(sim, recipe, ordinal)) ?? ''

/** When nothing of a closed shard is left, its children have their turn; else it is looked at again. */
function endIfDone(
  sim: Simulation,
  node: number,
  mapping: StreamMapping,
  reader: ShardReader,
): void {
  if (!isIdle(reader)) {
    later(sim, node, EVENT.read, mapping, reader.shard)
    return
  }
  reader.finished = true
  list(sim, node, mapping)
}
