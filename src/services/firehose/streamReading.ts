/** Firehose reads a Kinesis data stream by itself (FACTS 8): from LATEST on, once a second for each shard. */
import { fromSeconds } from '../../base/units.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import { newLiteralMessage, newMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { deaggregated } from '../aggregation.ts'
import { openSource, sourceAnswered, sourceDue, type StreamUse } from '../streamSource.ts'
import { count } from './books.ts'
import { EVENT } from './events.ts'
import { streamWire } from './sources.ts'
import { stateOf } from './state.ts'
import { accept } from './take.ts'

const USE: StreamUse = {
  event: EVENT,
  everyUs: fromSeconds(1),
  take,
  throttled: (sim, node) => count(sim, node, 'readThrottled'),
}

/** Reads the stream that is wired to it now, if one is. */
export function connectStream(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const wire = streamWire(sim, node)
  if ((state.source?.wire ?? -1) === wire) return
  state.source = wire < 0 ? null : openSource(sim, node, wire, ++state.readings, 'LATEST')
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
  if (source?.reading === reading) sourceDue(sim, node, USE, source, type, shard)
}

export function answeredStream(sim: Simulation, node: number, call: number): void {
  const { source } = stateOf(sim, node)
  if (source && sim.world.calls.token[call] === source.reading) {
    sourceAnswered(sim, node, USE, source, call)
  }
}

/** The stream keeps its records; what Firehose has are copies, of user records where the KPL aggregated. */
function take(sim: Simulation, node: number, read: RecordBatch): void {
  const { messages } = sim.world
  const batch = deaggregated(read)
  for (let n = 0; n < batch.count; n++) {
    const literal = batch.literals.get(n)
    const size = batch.sizesBytes[n]
    const hue = batch.hues[n]
    const slot = literal
      ? newLiteralMessage(messages, literal, size, hue)
      : newMessage(messages, batch.recipes[n], batch.ordinals[n], size, hue)
    messages.origin[slot] = batch.serials[n]
    count(sim, node, 'DataReadFromKinesisStream.Records')
    count(sim, node, 'DataReadFromKinesisStream.Bytes', size)
    messages.beganUs[slot] = batch.arrivedUs[n]
    accept(sim, node, slot)
  }
}
