/**
 * How a reader goes through a stream: it lists the shards, takes an iterator or a subscription for each,
 * reads, and goes on with the children when all their parents are read to the end, so that the order of
 * each key is kept. A rewind begins a new reading; answers to the calls of an old one are not heeded.
 */
import { fromMs } from '../../base/units.ts'
import { answerTo, ask } from '../../engine/asks.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { countBefore, deaggregated, placeIn } from '../aggregation.ts'
import { arn, epochMs } from '../aws.ts'
import { addRecent } from '../recent.ts'
import {
  ITERATOR,
  SHARDS,
  answeredBatch,
  askIterator,
  askRecords,
  cursorAfter,
} from '../records.ts'
import { askShards, shardsToRead, type ShardListing } from '../shards.ts'
import { COUNTER, stateOf, type ShardReader, type Source, type State } from './state.ts'

/** `a` is the reading, `b` the source's place times SHARDS plus the shard. */
const EVENT = { read: 0, describe: 1 } as const
/** After a refusal, and between two looks at a consumer that is being registered. */
const PATIENCE_US = fromMs(1000)
const TOKENS = 6

/** The wires as they are now; what stays wired goes on where it was. */
export function connect(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  const reading = nodes[node].in.filter((wire) => wires[wire].role === 'read')
  const same =
    reading.length === state.sources.length &&
    reading.every((wire, n) => state.sources[n].wire === wire)
  if (same) return
  state.sources = reading.map((wire) => ({
    wire,
    stream: wires[wire].from,
    consumerArn: '',
    begun: false,
    shards: [],
    seen: {},
  }))
  beginReading(sim, node)
}

/** All shards anew, from where the settings or a replay say. */
export function beginReading(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  state.reading++
  for (const source of state.sources) {
    source.begun = false
    source.shards = []
    if (isPushed(sim, node) && source.consumerArn === '') register(sim, node, source)
    else list(sim, node, source)
  }
}

const isPushed = (sim: Simulation, node: number): boolean =>
  sim.world.nodes[node].config.readMode === 'fanOut'

/** A call in AWS's JSON; its token says of which reading it is. */
function send(
  sim: Simulation,
  node: number,
  { stream, wire }: Source,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): void {
  const call = ask(sim, node, stream, operation, input, wire)
  sim.world.calls.token[call] = stateOf(sim, node).reading
}

function list(sim: Simulation, node: number, { stream, wire }: Source): void {
  sim.world.calls.token[askShards(sim, node, stream, wire)] = stateOf(sim, node).reading
}

const register = (sim: Simulation, node: number, source: Source): void =>
  send(sim, node, source, 'RegisterStreamConsumer', {
    StreamARN: arn('kinesis', `stream/${sim.world.nodes[source.stream].name}`),
    ConsumerName: sim.world.nodes[node].name,
  })

/** The time for the next read has come. */
export function due(sim: Simulation, node: number, type: number, reading: number, b: number): void {
  const state = stateOf(sim, node)
  const source = state.sources[Math.floor(b / SHARDS)]
  if (reading !== state.reading || !source) return
  if (type === EVENT.describe) {
    if (source.consumerArn === '') register(sim, node, source)
    else send(sim, node, source, 'DescribeStreamConsumer', { ConsumerARN: source.consumerArn })
    return
  }
  const reader = source.shards.find(({ shard }) => shard === b % SHARDS)
  if (reader) read(sim, node, source, reader)
}

function later(
  sim: Simulation,
  node: number,
  type: number,
  source: Source,
  shard: number,
  waitUs: number,
): void {
  const state = stateOf(sim, node)
  const place = state.sources.indexOf(source) * SHARDS + shard
  sim.at(sim.nowUs + waitUs, node, type, state.reading, place)
}

export function answered(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  const state = stateOf(sim, node)
  const source = state.sources.find(({ wire }) => wire === calls.wire[call])
  const operation = sim.operationOf(call).name
  if (!source || calls.token[call] !== state.reading) return
  if (operation === 'GetShardIterator' || operation === 'GetRecords') {
    answeredRead(sim, node, state, source, call)
  } else if (operation === 'SubscribeToShard') {
    answeredPush(sim, node, state, source, call)
  } else {
    answeredAsk(sim, node, source, operation, call)
  }
}

interface Told extends ShardListing {
  readonly Consumer?: { readonly ConsumerARN: string }
  readonly ConsumerDescription?: { readonly ConsumerStatus: string }
}

function answeredAsk(
  sim: Simulation,
  node: number,
  source: Source,
  operation: string,
  call: number,
): void {
  const ticket = answerTo(sim, call)
  if (!ticket?.output) {
    // The stream may be on its way in or out; ask again.
    if (sim.world.nodes[source.stream].alive) {
      later(sim, node, EVENT.describe, source, 0, PATIENCE_US)
    }
    return
  }
  const told = ticket.output as Told
  if (operation === 'ListShards') {
    startShards(sim, node, source, told)
  } else if (told.Consumer) {
    source.consumerArn = told.Consumer.ConsumerARN
    later(sim, node, EVENT.describe, source, 0, PATIENCE_US)
  } else if (told.ConsumerDescription?.ConsumerStatus === 'ACTIVE') {
    list(sim, node, source)
  } else {
    later(sim, node, EVENT.describe, source, 0, PATIENCE_US)
  }
}

/** Starts every shard whose turn it is. */
function startShards(sim: Simulation, node: number, source: Source, listing: ShardListing): void {
  const state = stateOf(sim, node)
  const fromLatest =
    !source.begun &&
    !state.rewound &&
    state.fromUs < 0 &&
    sim.world.nodes[node].config.start === 'LATEST'
  source.begun = true
  for (const { shard, isClosed } of shardsToRead(listing, source.shards, fromLatest)) {
    const reader = { shard, cursor: null, finished: fromLatest && isClosed, behindUs: 0 }
    source.shards.push(reader)
    if (!reader.finished) start(sim, node, source, reader, fromLatest)
  }
}

function start(
  sim: Simulation,
  node: number,
  source: Source,
  { shard }: ShardReader,
  fromLatest: boolean,
): void {
  const { fromUs } = stateOf(sim, node)
  const type = fromLatest ? 'LATEST' : fromUs >= 0 ? 'AT_TIMESTAMP' : 'TRIM_HORIZON'
  if (isPushed(sim, node)) {
    send(sim, node, source, 'SubscribeToShard', {
      ConsumerARN: source.consumerArn,
      ShardId: `shardId-${String(shard).padStart(12, '0')}`,
      StartingPosition: {
        Type: type,
        ...(type === 'AT_TIMESTAMP' && { Timestamp: epochMs(fromUs) / 1000 }),
      },
    })
    return
  }
  const kind = { LATEST: ITERATOR.latest, AT_TIMESTAMP: ITERATOR.atTimestamp }
  takeIterator(sim, node, source, shard, kind[type as 'LATEST'] ?? ITERATOR.trimHorizon, fromUs)
}

function takeIterator(
  sim: Simulation,
  node: number,
  { stream, wire }: Source,
  shard: number,
  type: number,
  at: number,
): void {
  const call = askIterator(sim, node, stream, wire, shard, type, at)
  sim.world.calls.token[call] = stateOf(sim, node).reading
}

function read(sim: Simulation, node: number, source: Source, { cursor }: ShardReader): void {
  if (!cursor) return
  const { config } = sim.world.nodes[node]
  const call = askRecords(sim, node, source.stream, source.wire, cursor, Number(config.Limit))
  sim.world.calls.token[call] = stateOf(sim, node).reading
}

function answeredRead(
  sim: Simulation,
  node: number,
  state: State,
  source: Source,
  call: number,
): void {
  const { calls, nodes } = sim.world
  const reader = source.shards.find(({ shard }) => shard === calls.arg[call] % SHARDS)
  const batch = answeredBatch(sim, call)
  if (!reader) return
  if (!batch) {
    const code = sim.errorOf(call)?.code
    if (code === 'ExpiredIteratorException' && reader.cursor) {
      nodes[node].counters[COUNTER.expired]++
      const { position, shard } = reader.cursor
      takeIterator(sim, node, source, shard, ITERATOR.atSequenceNumber, position)
    } else if (nodes[source.stream].alive) {
      nodes[node].counters[COUNTER.throttled]++
      later(sim, node, EVENT.read, source, reader.shard, PATIENCE_US)
    }
    return
  }
  const first = reader.cursor === null
  const records = unpacked(sim, node, batch)
  take(sim, node, state, source, reader, records)
  const { everyMs, recordMs } = nodes[node].config
  const workUs = fromMs(Number(recordMs) * records.count)
  reader.cursor = cursorAfter(sim, batch)
  if (!reader.cursor) finish(sim, node, source, reader)
  // The first read follows its iterator at once; later ones wait, and for the work to be done.
  else if (first) read(sim, node, source, reader)
  else later(sim, node, EVENT.read, source, reader.shard, Math.max(fromMs(Number(everyMs)), workUs))
}

/** A push, or the end of a subscription. */
function answeredPush(
  sim: Simulation,
  node: number,
  state: State,
  source: Source,
  call: number,
): void {
  const { calls } = sim.world
  const reader = source.shards.find(({ shard }) => shard === calls.arg[call])
  const batch = answeredBatch(sim, call)
  if (!reader) return
  if (batch) {
    take(sim, node, state, source, reader, unpacked(sim, node, batch))
    reader.cursor = cursorAfter(sim, batch)
    if (!reader.cursor) finish(sim, node, source, reader)
    reader.continuation = batch.continuation ?? ''
  } else if (!reader.finished && sim.world.nodes[source.stream].alive) {
    // Five minutes are over: subscribe again from where the last push ended.
    send(sim, node, source, 'SubscribeToShard', {
      ConsumerARN: source.consumerArn,
      ShardId: `shardId-${String(reader.shard).padStart(12, '0')}`,
      StartingPosition: reader.continuation
        ? { Type: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: reader.continuation }
        : { Type: 'TRIM_HORIZON' },
    })
  }
}

/** User records, where it takes those of the KPL apart. */
const unpacked = (sim: Simulation, node: number, batch: RecordBatch): RecordBatch =>
  sim.world.nodes[node].config.deaggregates === false ? batch : deaggregated(batch)

/** Counts what came, and keeps the last of it for the card. */
function take(
  sim: Simulation,
  node: number,
  state: State,
  source: Source,
  reader: ShardReader,
  batch: RecordBatch,
): void {
  const { count, arrivedUs, serials, hues, behindUs } = batch
  const { counters } = sim.world.nodes[node]
  const seen = source.seen[reader.shard] ?? 0
  counters[COUNTER.records] += count
  counters[COUNTER.again] += countBefore(batch, 0, count, seen)
  source.seen[reader.shard] = Math.max(seen, placeIn(batch, count))
  reader.behindUs = behindUs
  addRecent(state.recent, sim.nowUs, 0, count)
  let agesUs = 0
  for (let n = 0; n < count; n++) agesUs += sim.nowUs - arrivedUs[n]
  addRecent(state.recent, sim.nowUs, 1, agesUs)
  for (let n = Math.max(0, count - TOKENS); n < count; n++) {
    state.last.unshift({ message: serials[n], hue: hues[n] })
  }
  state.last.length = Math.min(state.last.length, TOKENS)
}

/** A closed shard was read to its end: its children may have their turn. */
function finish(sim: Simulation, node: number, source: Source, reader: ShardReader): void {
  reader.finished = true
  reader.behindUs = 0
  list(sim, node, source)
}
