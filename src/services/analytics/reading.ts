/** What it reads: streams, topics and delivery streams that are wired to it, and how far it has got in all of them. */
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
import {
  openDelivery,
  openTopic,
  topicAnswered,
  topicDue,
  topicThroughUs,
  type TopicUse,
} from '../topicSource.ts'
import { takeInto } from './query.ts'
import { rowOf, valuesIn } from './rows.ts'
import { EVENT, RECENT, count, stateOf, type State } from './state.ts'
import { heldIn } from './windows.ts'

/** Records that wait in open windows; more are dropped. */
export const MAX_ROWS = 10_000

const USE: StreamUse & TopicUse = {
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
    else if (role === 'fetch') topics.push(openTopic(sim, node, USE, wire, reading, settings.from))
    else if (role === 'readIngested') {
      topics.push(openDelivery(sim, node, wire, reading, settings.from))
    }
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
  if (topic) topicDue(sim, node, USE, topic, type, part)
}

/** A call that reads came back; false when it is another's. */
export function answeredReading(sim: Simulation, node: number, call: number): boolean {
  const { calls } = sim.world
  const { streams, topics } = stateOf(sim, node)
  const reading = calls.token[call]
  const stream = streams.find((each) => each.reading === reading && each.wire === calls.wire[call])
  if (stream) sourceAnswered(sim, node, USE, stream, call)
  const topic = topics.find((each) => each.reading === reading && each.wire === calls.wire[call])
  if (topic) topicAnswered(sim, node, USE, topic, call)
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
    takeRecord(sim, node, state, batch, n)
  }
  if (batch.count > taken) count(sim, node, 'dropped', batch.count - taken)
  count(sim, node, 'numRecordsIn', batch.count)
  addRecent(state.recent, sim.nowUs, RECENT.in, batch.count)
  moveOn(sim, node, state)
}

/** What is no JSON object, or holds no event time, goes to the error stream at AWS. */
function takeRecord(
  sim: Simulation,
  node: number,
  state: State,
  batch: RecordBatch,
  n: number,
): void {
  const { fields, settings, readUs, ahead } = state
  const { body, partitionKey } = wordsIn(sim, batch, n)
  const values = valuesIn(body, fields)
  if (!values) {
    count(sim, node, 'notJson')
    return
  }
  const row = rowOf(settings, fields, {
    // What comes late counts as just arrived.
    arrivedUs: Math.max(batch.arrivedUs[n], readUs),
    message: batch.serials[n],
    hue: batch.hues[n],
    partitionKey: partitionKey ?? partitionKeyIn(sim, batch, n),
    values: Object.freeze(values),
  })
  if (row) ahead.push(row)
  else count(sim, node, 'notTimed')
}

const partitionKeyIn = (sim: Simulation, { recipes, ordinals }: RecordBatch, n: number): string =>
  (recipes[n] === 0 ? undefined : partitionKeyOf(sim, recipes[n], ordinals[n])) ?? ''

/** What arrived before the time that every source was read up to is complete. */
function moveOn(sim: Simulation, node: number, state: State): void {
  const { streams, topics } = state
  const readUs = Math.min(...streams.map(throughUs), ...topics.map(topicThroughUs))
  if (readUs <= state.readUs) return
  state.readUs = readUs
  const complete = state.ahead.filter(({ arrivedUs }) => arrivedUs < readUs)
  state.ahead = state.ahead.filter(({ arrivedUs }) => arrivedUs >= readUs)
  complete.sort((a, b) => a.arrivedUs - b.arrivedUs || a.message - b.message)
  takeInto(sim, node, complete)
}
