/**
 * Flink reads an MSK topic: every partition by itself, without the members of a consumer group (FACTS 9, 12).
 * An SQL application read what a delivery stream took in (FACTS 9) in the same way, as of one partition.
 */
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import { CODE } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { answeredBatch } from '../records.ts'
import { EVENT, count, type Settings } from './state.ts'

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
  readonly from: Settings['from']
  readonly partitions: PartitionReader[]
}

interface PartitionReader {
  /** Where the next fetch begins. */
  offset: number
  behindUs: SimUs
  /** Every record that arrived before this time was read; -1 before the first. */
  throughUs: SimUs
}

export function openTopic(
  sim: Simulation,
  node: number,
  wire: number,
  reading: number,
  from: Settings['from'],
): TopicSource {
  const topic = sim.world.wires[wire].from
  const how = { operation: 'Fetch', waitUs: WAIT_US } as const
  const source = { ...how, wire, topic, reading, from, partitions: [] }
  discover(sim, node, source)
  return source
}

/** A delivery stream. */
export function openDelivery(
  sim: Simulation,
  node: number,
  wire: number,
  reading: number,
  from: Settings['from'],
): TopicSource {
  const topic = sim.world.wires[wire].from
  const how = { operation: 'GetRecords', waitUs: DELIVERY_WAIT_US } as const
  const source = { ...how, wire, topic, reading, from, partitions: [] }
  learn(sim, node, source, 1)
  return source
}

/** As `throughUs` of a stream. */
export const topicThroughUs = ({ partitions }: TopicSource): SimUs =>
  partitions.length === 0 ? -1 : Math.min(...partitions.map(({ throughUs }) => throughUs))

function discover(sim: Simulation, node: number, { topic, wire, reading }: TopicSource): void {
  const call = sim.call(node, topic, sim.operationIndex(topic, 'Metadata'), wire)
  sim.world.calls.token[call] = reading
  sim.send(call)
  sim.at(sim.nowUs + DISCOVERY_US, node, EVENT.metadata, reading)
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
  source: TopicSource,
  type: number,
  partition: number,
): void {
  if (type === EVENT.metadata) discover(sim, node, source)
  else if (type === EVENT.fetch) poll(sim, node, source, partition)
}

/** @param take is given what a fetch brought, after the source knows how far it is */
export function topicAnswered(
  sim: Simulation,
  node: number,
  source: TopicSource,
  call: number,
  take: (batch: RecordBatch) => void,
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
    take(batch)
  } else {
    count(sim, node, 'throttled')
  }
  if (batch && batch.count > 0) poll(sim, node, source, partition)
  else if (sim.world.nodes[source.topic].alive) {
    sim.at(sim.nowUs + source.waitUs, node, EVENT.fetch, source.reading, partition)
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
