/**
 * Batches of a stream: one at a time for each lane of a shard, in order. One that fails is tried again
 * before anything behind it, split if so set, and given up when its tries or its time are over (FACTS 7).
 */
import { fromMs, type SimUs } from '../../../base/units.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { EVENT, NEWS, count } from '../books.ts'
import { batchFailed, notify } from '../destination.ts'
import { execute } from '../execution.ts'
import { REPORTS, stateOf, type Item, type Owner, type Result } from '../state.ts'
import { heldIn, type Batch, type Lane, type ShardReader, type StreamMapping } from './state.ts'

/** FACTS 7: a batch closes at 6 MB. */
const MOST_BYTES = 6_291_556
/** Lanes a shard can have, and one more: `b` of their events is shard * LANES + lane. */
const LANES = 16

export const mappingRead = (
  sim: Simulation,
  node: number,
  reading: number,
): StreamMapping | undefined =>
  stateOf(sim, node).streams.find((mapping) => mapping.reading === reading)

/** Goes on with a lane: the next batch, as soon as there is one. */
export function goOn(
  sim: Simulation,
  node: number,
  mapping: StreamMapping,
  reader: ShardReader,
  place: number,
): void {
  const lane = reader.lanes[place]
  if (lane.isRunning || !mapping.settings.enabled || waits(lane, sim.nowUs)) return
  if (lane.batches.length === 0 && !closeBatch(sim, node, mapping, reader, place)) return
  discardOld(sim, node, mapping, reader, lane)
  const [batch] = lane.batches
  if (!batch) {
    goOn(sim, node, mapping, reader, place)
    return
  }
  const { reading, settings } = mapping
  const owner: Owner = { type: 'stream', reading, shard: reader.shard, lane: place }
  const reports = settings.reports ? REPORTS.inOrder : REPORTS.none
  if (execute(sim, node, owner, batch.items, reports) === 0) lane.isRunning = true
  else wait(sim, node, mapping, reader, place, backoffUs(++batch.throttles))
}

/** Its batch is to be tried again, later. */
const waits = ({ batches, dueUs }: Lane, nowUs: SimUs): boolean =>
  batches.length > 0 && dueUs > nowUs

/** Makes a batch of what waits, if it is enough or has waited long enough. */
function closeBatch(
  sim: Simulation,
  node: number,
  { reading, settings }: StreamMapping,
  reader: ShardReader,
  place: number,
): boolean {
  const lane = reader.lanes[place]
  if (lane.pending.length === 0) return false
  const untilUs = lane.openedUs + settings.windowUs
  if (lane.pending.length < settings.batchSize && sim.nowUs < untilUs && !reader.ended) {
    if (lane.dueUs !== untilUs) arm(sim, node, reading, reader, place, untilUs)
    return false
  }
  let size = 0
  let bytes = 0
  while (size < Math.min(settings.batchSize, lane.pending.length)) {
    bytes += lane.pending[size].sizeBytes
    if (size > 0 && bytes > MOST_BYTES) break
    size++
  }
  lane.batches = [{ items: lane.pending.slice(0, size), tries: 0, reported: false, throttles: 0 }]
  lane.pending = lane.pending.slice(size)
  lane.openedUs = sim.nowUs
  return true
}

/** MaximumRecordAgeInSeconds: what is older does not go to the function. */
function discardOld(
  sim: Simulation,
  node: number,
  mapping: StreamMapping,
  reader: ShardReader,
  lane: Lane,
): void {
  const { maxAgeUs } = mapping.settings
  if (maxAgeUs < 0) return
  const isOld = ({ atUs }: Item): boolean => sim.nowUs - atUs > maxAgeUs
  const [batch, ...others] = lane.batches
  const old = batch.items.filter(isOld)
  if (old.length === 0) return
  discard(sim, node, mapping, reader, { ...batch, items: old }, 'RecordAgeExceeded')
  const items = batch.items.filter((item) => !isOld(item))
  lane.batches = items.length > 0 ? [{ ...batch, items }, ...others] : others
}

/** The function has returned from a batch. */
export function laneFinished(
  sim: Simulation,
  node: number,
  owner: Extract<Owner, { type: 'stream' }>,
  { isOk, failed }: Result,
): void {
  const mapping = mappingRead(sim, node, owner.reading)
  const reader = mapping?.shards.find(({ shard }) => shard === owner.shard)
  // The mapping was removed meanwhile, and has counted what it held.
  if (!mapping || !reader) return
  const lane = reader.lanes[owner.lane]
  lane.isRunning = false
  mapping.lastIsOk = isOk && failed.length === 0
  const [batch, ...others] = lane.batches
  const done = isOk ? (failed[0] ?? batch.items.length) : 0
  count(sim, node, 'processed', done)
  if (done === batch.items.length) {
    lane.batches = others
    goOn(sim, node, mapping, reader, owner.lane)
    return
  }
  // The lowest sequence number that was returned is where it goes on (FACTS 7).
  const rest: Batch = {
    items: batch.items.slice(done),
    tries: done > 0 ? 0 : batch.tries + 1,
    reported: isOk,
    throttles: 0,
  }
  const again = mapping.settings.bisects && done === 0 ? halvesOf(rest, batch.tries) : [rest]
  if (again.length > 1) sim.news(node, NEWS.split, -1)
  if (again.length === 1 && isGivenUp(mapping, rest)) {
    discard(sim, node, mapping, reader, rest, 'RetryAttemptsExhausted')
    lane.batches = others
    goOn(sim, node, mapping, reader, owner.lane)
    return
  }
  count(sim, node, 'retried')
  lane.batches = [...again, ...others]
  wait(sim, node, mapping, reader, owner.lane, backoffUs(again.length > 1 ? 1 : rest.tries))
}

const isGivenUp = ({ settings }: StreamMapping, { tries }: Batch): boolean =>
  settings.maxRetries >= 0 && tries > settings.maxRetries

/** Splitting does not use up a try (FACTS 7). */
function halvesOf(batch: Batch, tries: number): Batch[] {
  const { items } = batch
  if (items.length < 2) return [batch]
  const middle = Math.ceil(items.length / 2)
  const half = { tries, reported: batch.reported, throttles: 0 }
  return [
    { ...half, items: items.slice(0, middle) },
    { ...half, items: items.slice(middle) },
  ]
}

/** 0.5 s, then twice as long each time, at most a minute; AWS does not say. */
const backoffUs = (tries: number): SimUs =>
  fromMs(Math.min(60_000, 500 * (1 << Math.min(Math.max(tries - 1, 0), 10))))

function wait(
  sim: Simulation,
  node: number,
  { reading }: StreamMapping,
  reader: ShardReader,
  place: number,
  waitUs: SimUs,
): void {
  arm(sim, node, reading, reader, place, sim.nowUs + waitUs)
}

function arm(
  sim: Simulation,
  node: number,
  reading: number,
  { shard, lanes }: ShardReader,
  place: number,
  atUs: SimUs,
): void {
  lanes[place].dueUs = atUs
  sim.at(atUs, node, EVENT.lane, reading, shard * LANES + place)
}

/** The end of a window or of a wait. */
export function laneDue(sim: Simulation, node: number, reading: number, b: number): void {
  const mapping = mappingRead(sim, node, reading)
  const reader = mapping?.shards.find(({ shard }) => shard === Math.floor(b / LANES))
  const lane = reader?.lanes[b % LANES]
  // Of an earlier wait.
  if (!mapping || !reader || lane?.dueUs !== sim.nowUs) return
  lane.dueUs = -1
  goOn(sim, node, mapping, reader, b % LANES)
}

function discard(
  sim: Simulation,
  node: number,
  mapping: StreamMapping,
  reader: ShardReader,
  batch: Batch,
  condition: string,
): void {
  count(sim, node, 'discarded', batch.items.length)
  sim.news(node, NEWS.discarded, -1)
  const about = batchFailed(sim, node, mapping.stream, reader, batch, condition)
  notify(sim, node, batch.items[0].serial, batch.items.length, about)
}

/** Nothing of the shard waits or is worked on. */
export const isIdle = ({ lanes }: ShardReader): boolean => lanes.every((lane) => heldIn(lane) === 0)
