/**
 * How a service reads an MSK topic by itself, as Firehose and Flink do: every partition, without the members
 * of a consumer group (FACTS 8, 9, 12). An SQL application read what a delivery stream took in (FACTS 9) in
 * the same way, as of one partition.
 */
import { fromMs, fromSeconds, type SimUs } from '../base/units.ts'
import type { RecordBatch } from '../engine/batch.ts'
import { CODE } from '../engine/calls.ts'
import type { Simulation } from '../engine/simulation.ts'
import { answeredBatch } from './records.ts'
import type { StreamSource } from './streamSource.ts'

/** fetch.max.wait.ms, and the pause after a refusal. */
const WAIT_US = fromMs(500)
/** Between two reads of a delivery stream; AWS does not say. */
const DELIVERY_WAIT_US = fromSeconds(1)
/** partition.discovery.interval.ms of Flink's Kafka source: added partitions are found so late. */
const DISCOVERY_US = fromSeconds(300)
const RECORDS_A_FETCH = 500
/** Beyond every offset: the topic answers with its end. */
const LATEST = 0xffffffff

export interface TopicSource {
  /** What is asked for records, and how long later when there were none. */
  readonly operation: 'Fetch' | 'GetRecords'
  readonly waitUs: SimUs
  readonly wire: number
  readonly topic: number
  /** Tells its calls and events from those of other sources. */
  readonly reading: number
  readonly from: StreamSource['from']
  readonly partitions: PartitionReader[]
}

interface PartitionReader {
  /** Where the next fetch begins. */
  offset: number
  behindUs: SimUs
  /** Every record that arrived before this time was read; -1 before the first. */
  throughUs: SimUs
}

/** What the part that reads is told. */
export interface TopicUse {
  /** Types of its events for the next fetch (`a` is the source's reading, `b` the partition) and discovery. */
  readonly event: { readonly fetch: number; readonly metadata: number }
  take(sim: Simulation, node: number, batch: RecordBatch): void
  /** A fetch was refused. */
  throttled(sim: Simulation, node: number): void
}

export function openTopic(
  sim: Simulation,
  node: number,
  use: TopicUse,
  wire: number,
  reading: number,
  from: StreamSource['from'],
): TopicSource {
  const source = sourceAt(sim, wire, reading, from, 'Fetch', WAIT_US)
  discover(sim, node, use, source)
  return source
}

/** Of a delivery stream. */
export function openDelivery(
  sim: Simulation,
  node: number,
  wire: number,
  reading: number,
  from: StreamSource['from'],
): TopicSource {
  const source = sourceAt(sim, wire, reading, from, 'GetRecords', DELIVERY_WAIT_US)
  learn(sim, node, source, 1)
  return source
}

const sourceAt = (
  sim: Simulation,
  wire: number,
  reading: number,
  from: StreamSource['from'],
  operation: TopicSource['operation'],
  waitUs: SimUs,
): TopicSource => {
  const topic = sim.world.wires[wire].from
  return { operation, waitUs, wire, topic, reading, from, partitions: [] }
}

/** As `throughUs` of a stream. */
export const topicThroughUs = ({ partitions }: TopicSource): SimUs =>
  partitions.length === 0 ? -1 : Math.min(...partitions.map(({ throughUs }) => throughUs))

function discover(
  sim: Simulation,
  node: number,
  { event }: TopicUse,
  { topic, wire, reading }: TopicSource,
): void {
  const call = sim.call(node, topic, sim.operationIndex(topic, 'Metadata'), wire)
  sim.world.calls.token[call] = reading
  sim.send(call)
  sim.at(sim.nowUs + DISCOVERY_US, node, event.metadata, reading)
}

function poll(sim: Simulation, node: number, source: TopicSource, partition: number): void {
  const { calls } = sim.world
  const { operation, topic, wire, reading, partitions } = source
  const call = sim.call(node, topic, sim.operationIndex(topic, operation), wire)
  calls.arg[call] = partition
  calls.arg2[call] = partitions[partition].offset
  calls.arg3[call] = RECORDS_A_FETCH
  calls.token[call] = reading
  sim.send(call)
}

export function topicDue(
  sim: Simulation,
  node: number,
  use: TopicUse,
  source: TopicSource,
  type: number,
  partition: number,
): void {
  if (type === use.event.metadata) discover(sim, node, use, source)
  else if (type === use.event.fetch) poll(sim, node, source, partition)
}

/** A call of the source came back. */
export function topicAnswered(
  sim: Simulation,
  node: number,
  use: TopicUse,
  source: TopicSource,
  call: number,
): void {
  const { calls } = sim.world
  if (sim.operationOf(call).name === 'Metadata') {
    if (calls.code[call] === CODE.ok) learn(sim, node, source, calls.arg[call])
    return
  }
  const partition = calls.arg[call]
  const reader = source.partitions[partition]
  const batch = answeredBatch(sim, call)
  if (batch) {
    reader.offset = batch.next
    reader.behindUs = batch.behindUs
    if (batch.behindUs === 0) reader.throughUs = Math.max(reader.throughUs, calls.sentUs[call])
    else if (batch.count > 0) reader.throughUs = batch.arrivedUs[batch.count - 1]
    use.take(sim, node, batch)
  } else {
    use.throttled(sim, node)
  }
  if (batch && batch.count > 0) poll(sim, node, source, partition)
  else if (sim.world.nodes[source.topic].alive) {
    sim.at(sim.nowUs + source.waitUs, node, use.event.fetch, source.reading, partition)
  }
}

/** How many partitions the topic has. Those that are added later are read from their beginning. */
function learn(sim: Simulation, node: number, source: TopicSource, total: number): void {
  const { partitions, from } = source
  const offset = from === 'LATEST' && partitions.length === 0 ? LATEST : 0
  const known = partitions.length
  const throughUs = topicThroughUs(source)
  while (partitions.length < total) partitions.push({ offset, behindUs: 0, throughUs })
  for (let partition = known; partition < total; partition++) poll(sim, node, source, partition)
}
