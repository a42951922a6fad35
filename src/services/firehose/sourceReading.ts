/** Firehose reads a Kinesis data stream (once a second for each shard) or an MSK topic by itself, from LATEST on (FACTS 8). */
import { fromSeconds } from '../../base/units.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import { newLiteralMessage, newMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { deaggregated } from '../aggregation.ts'
import { openSource, sourceAnswered, sourceDue, type StreamUse } from '../streamSource.ts'
import { openTopic, topicAnswered, topicDue, type TopicUse } from '../topicSource.ts'
import { count } from './books.ts'
import { EVENT } from './events.ts'
import { sourceType, sourceWire } from './sources.ts'
import { stateOf } from './state.ts'
import { accept } from './take.ts'

const throttled = (sim: Simulation, node: number): void => count(sim, node, 'readThrottled')

const USE: StreamUse = { event: EVENT, everyUs: fromSeconds(1), take: takeOfStream, throttled }
const USE_OF_TOPIC: TopicUse = { event: EVENT, take: takeOfTopic, throttled }

/** Reads the stream or topic that is wired to it now, if one is. */
export function connectSource(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const wire = sourceWire(sim, node)
  if (((state.source ?? state.topic)?.wire ?? -1) === wire) return
  const type = sourceType(sim, node)
  const reading = type === 'DirectPut' ? state.readings : ++state.readings
  state.source =
    type === 'KinesisStreamAsSource' ? openSource(sim, node, wire, reading, 'LATEST') : null
  state.topic =
    type === 'MSKAsSource' ? openTopic(sim, node, USE_OF_TOPIC, wire, reading, 'LATEST') : null
}

/** The time for the next read, or listing, has come. */
export function readDue(
  sim: Simulation,
  node: number,
  type: number,
  reading: number,
  part: number,
): void {
  const { source, topic } = stateOf(sim, node)
  if (source?.reading === reading) sourceDue(sim, node, USE, source, type, part)
  if (topic?.reading === reading) topicDue(sim, node, USE_OF_TOPIC, topic, type, part)
}

export function answeredSource(sim: Simulation, node: number, call: number): void {
  const { source, topic } = stateOf(sim, node)
  const reading = sim.world.calls.token[call]
  if (source?.reading === reading) sourceAnswered(sim, node, USE, source, call)
  if (topic?.reading === reading) topicAnswered(sim, node, USE_OF_TOPIC, topic, call)
}

function takeOfStream(sim: Simulation, node: number, read: RecordBatch): void {
  const { count: records, bytes } = take(sim, node, read)
  count(sim, node, 'DataReadFromKinesisStream.Records', records)
  count(sim, node, 'DataReadFromKinesisStream.Bytes', bytes)
}

function takeOfTopic(sim: Simulation, node: number, read: RecordBatch): void {
  const { count: records, bytes } = take(sim, node, read)
  count(sim, node, 'DataReadFromSource.Records', records)
  count(sim, node, 'DataReadFromSource.Bytes', bytes)
}

/** The source keeps its records; what Firehose has are copies, of user records where the KPL aggregated. */
function take(
  sim: Simulation,
  node: number,
  read: RecordBatch,
): { readonly count: number; readonly bytes: number } {
  const { messages } = sim.world
  const batch = deaggregated(read)
  let bytes = 0
  for (let n = 0; n < batch.count; n++) {
    const literal = batch.literals.get(n)
    const size = batch.sizesBytes[n]
    const hue = batch.hues[n]
    const slot = literal
      ? newLiteralMessage(messages, literal, size, hue)
      : newMessage(messages, batch.recipes[n], batch.ordinals[n], size, hue)
    messages.origin[slot] = batch.serials[n]
    messages.beganUs[slot] = batch.arrivedUs[n]
    bytes += size
    accept(sim, node, slot)
  }
  return { count: batch.count, bytes }
}
