/** What it reads: streams and topics that are wired to it, and how far it has got in all of them. */
import { fromSeconds, type SimUs } from '../../base/units.ts'
import { partitionKeyOf, wordsIn, type RecordBatch } from '../../engine/batch.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { deaggregated } from '../aggregation.ts'
import { addRecent } from '../recent.ts'
import {
  openSource,
  sourceAnswered,
  sourceDue,
  throughUs,
  type StreamUse,
} from '../streamSource.ts'
import { closeWindows } from './query.ts'
import { keyOf, valuesIn, type Row } from './rows.ts'
import { EVENT, RECENT, count, stateOf, type State } from './state.ts'
import { openTopic, topicAnswered, topicDue, topicThroughUs } from './topicSource.ts'
import { heldIn } from './windows.ts'

/** Records that wait in open windows; more are dropped. */
export const MAX_ROWS = 10_000

const USE: StreamUse = {
  event: EVENT,
  everyUs: fromSeconds(1),
  take,
  throttled: (sim, node) => count(sim, node, 'throttled'),
}

/** The wires as they are now; sources that stay go on where they were. */
export function connect(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  const { streams, topics, settings } = state
  const arriving = nodes[node].in
  const isWired = ({ wire }: { readonly wire: number }): boolean => arriving.includes(wire)
  keep(streams, isWired)
  keep(topics, isWired)
  const known = [...streams, ...topics].map(({ wire }) => wire)
  for (const wire of arriving.filter((each) => !known.includes(each))) {
    const { role } = wires[wire]
    const reading = ++state.readings
    if (role === 'read') streams.push(openSource(sim, node, wire, reading, settings.from))
    else if (role === 'fetch') topics.push(openTopic(sim, node, wire, reading, settings.from))
  }
}

function keep<T>(list: T[], isKept: (one: T) => boolean): void {
  list.splice(0, list.length, ...list.filter(isKept))
}

export function readDue(
  sim: Simulation,
  node: number,
  type: number,
  reading: number,
  part: number,
): void {
  const { streams, topics } = stateOf(sim, node)
  const stream = streams.find((each) => each.reading === reading)
  if (stream) sourceDue(sim, node, USE, stream, type, part)
  const topic = topics.find((each) => each.reading === reading)
  if (topic) topicDue(sim, node, topic, type, part)
}

/** A call that reads came back; false when it is another's. */
export function answeredReading(sim: Simulation, node: number, call: number): boolean {
  const { calls } = sim.world
  const { streams, topics } = stateOf(sim, node)
  const reading = calls.token[call]
  const stream = streams.find((each) => each.reading === reading && each.wire === calls.wire[call])
  if (stream) sourceAnswered(sim, node, USE, stream, call)
  const topic = topics.find((each) => each.reading === reading && each.wire === calls.wire[call])
  if (topic) topicAnswered(sim, node, topic, call, (batch) => take(sim, node, batch))
  return stream !== undefined || topic !== undefined
}

/** How far the furthest behind is. */
export const behindUs = ({ streams, topics }: State): SimUs =>
  Math.max(
    0,
    ...streams.flatMap(({ shards }) => shards.map((each) => (each.finished ? 0 : each.behindUs))),
    ...topics.flatMap(({ partitions }) => partitions.map((each) => each.behindUs)),
  )

/** Records (user records, where the KPL aggregated) become rows; then every window closes whose time has come. */
function take(sim: Simulation, node: number, read: RecordBatch): void {
  const batch = deaggregated(read)
  const state = stateOf(sim, node)
  const room = MAX_ROWS - heldIn(state.windows) - state.ahead.length
  const taken = Math.min(batch.count, Math.max(0, room))
  for (let n = 0; n < taken; n++) {
    const row = rowOf(sim, state, batch, n)
    if (row) state.ahead.push(row)
    else count(sim, node, 'notJson')
  }
  if (batch.count > taken) count(sim, node, 'dropped', batch.count - taken)
  count(sim, node, 'numRecordsIn', batch.count)
  addRecent(state.recent, sim.nowUs, RECENT.in, batch.count)
  moveOn(sim, node, state)
}

/** Null when the record is no JSON object; AWS writes it to the error stream. */
function rowOf(
  sim: Simulation,
  { fields, settings, watermarkUs }: State,
  batch: RecordBatch,
  n: number,
): Row | null {
  const { body, partitionKey } = wordsIn(sim, batch, n)
  const values = valuesIn(body, fields)
  if (!values) return null
  const key = partitionKey ?? partitionKeyIn(sim, batch, n)
  return Object.freeze({
    // What comes late is in the windows that are still open.
    atUs: Math.max(batch.arrivedUs[n], watermarkUs),
    message: batch.serials[n],
    hue: batch.hues[n],
    partitionKey: key,
    key: keyOf(settings.partitionBy, key, fields, values),
    values: Object.freeze(values),
  })
}

const partitionKeyIn = (sim: Simulation, { recipes, ordinals }: RecordBatch, n: number): string =>
  (recipes[n] === 0 ? undefined : partitionKeyOf(sim, recipes[n], ordinals[n])) ?? ''

/** What arrived before the watermark is complete. */
function moveOn(sim: Simulation, node: number, state: State): void {
  const { streams, topics } = state
  const readUs = Math.min(...streams.map(throughUs), ...topics.map(topicThroughUs))
  if (readUs <= state.watermarkUs) return
  state.watermarkUs = readUs
  const ripe = state.ahead.filter(({ atUs }) => atUs < readUs)
  state.ahead = state.ahead.filter(({ atUs }) => atUs >= readUs)
  ripe.sort((a, b) => a.atUs - b.atUs || a.message - b.message)
  closeWindows(sim, node, ripe)
}
