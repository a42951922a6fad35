/**
 * Records are read (FACTS 6.3, 6.5). An iterator is a position in a shard with a time by which it must
 * be used; a read brings copies from there on and the position to go on from. Nothing is consumed.
 */
import type { SimUs } from '../../base/units.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import { CODE, OUTSIDE, addItem } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ITERATOR, LIMITS, SHARDS, readAsk } from '../records.ts'
import { RESULT } from './errors.ts'
import { COUNTER } from './events.ts'
import { MOST_BYTES_PER_READ, mayRead } from './limits.ts'
import { arrivalAt, copyRecords, positionAt } from '../recordLog.ts'
import { trimShard } from './retention.ts'
import { countRead, countRefusedRead } from './shardSums.ts'
import { isUsable, streamOf, type Shard, type StreamState } from './stream.ts'

/** GetShardIterator: `arg` = shard + SHARDS * type, `arg2` = what the type goes by; then `arg3` = position. */
export function getShardIterator(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  const state = streamOf(sim, node)
  const shard = state.shards[calls.arg[call] % SHARDS]
  if (!isUsable(state) || !shard || shard.expired) {
    sim.answer(call, RESULT.notFound)
    return
  }
  trimShard(sim, node, state, shard)
  const type = Math.floor(calls.arg[call] / SHARDS)
  const position = startOf(shard, type, calls.arg2[call])
  calls.arg3[call] = position
  calls.batches.set(call, batchOf(sim, shard, position, 0, 0))
  sim.answer(call, CODE.ok)
}

/** Where an iterator of a type begins; `at` is a position or, AT_TIMESTAMP, a time. */
export function startOf(shard: Shard, type: number, at: number): number {
  const { log } = shard
  switch (type) {
    case ITERATOR.trimHorizon:
      return log.trimmed
    case ITERATOR.latest:
      return log.end
    case ITERATOR.atSequenceNumber:
      return Math.min(log.end, Math.max(log.trimmed, at))
    case ITERATOR.afterSequenceNumber:
      return Math.min(log.end, Math.max(log.trimmed, at + 1))
    default:
      return positionAt(log, at)
  }
}

/** GetRecords: see `services/records.ts` for its numbers. */
export function getRecords(sim: Simulation, node: number, call: number): void {
  const { calls, nodes, nowUs } = sim.world
  const state = streamOf(sim, node)
  const { shard: index, limit } = readAsk(calls, call)
  const shard = state.shards[index]
  if (!isUsable(state) || !shard) {
    sim.answer(call, RESULT.notFound)
    return
  }
  if (nowUs > calls.dueUs[call]) {
    sim.answer(call, RESULT.expiredIterator)
    return
  }
  const { counters } = nodes[node]
  if (!mayRead(shard.meter, nowUs)) {
    counters[COUNTER.ReadProvisionedThroughputExceeded]++
    countRefusedRead(shard.sums)
    if (calls.from[call] !== OUTSIDE) sim.mark(node, 'throttled')
    sim.answer(call, RESULT.readThrottled)
    return
  }
  trimShard(sim, node, state, shard)
  const from = Math.max(calls.arg2[call], shard.log.trimmed)
  const batch = batchOf(sim, shard, from, limit, MOST_BYTES_PER_READ)
  const bytes = bytesOf(batch)
  shard.meter.readBytes += bytes
  counters[COUNTER.GetRecordsSuccess]++
  counters[COUNTER.GetRecordsRecords] += batch.count
  counters[COUNTER.GetRecordsBytes] += bytes
  if (state.settings.onDemand) counters[COUNTER.billedOnDemandReadBytes] += bytes
  noteReader(state, shard, calls.from[call], batch, nowUs)
  countRead(shard.sums, batch.count, bytes, ageOf(batch, nowUs))
  calls.arg2[call] = from
  calls.arg3[call] = limit + batch.count * LIMITS
  calls.batches.set(call, batch)
  // The log's columns have no place of their own for how far behind the reader is.
  if (batch.count > 0) addItem(calls, call, -1, batch.behindUs)
  sim.answer(call, CODE.ok)
}

/** Where a reader of the picture stands now, for its pin on the card. */
export function noteReader(
  state: StreamState,
  shard: Shard,
  reader: number,
  batch: RecordBatch,
  nowUs: SimUs,
): void {
  state.iteratorAgeUs = ageOf(batch, nowUs) ?? state.iteratorAgeUs
  if (reader >= 0) shard.pins[reader] = batch.first + batch.count
}

/** Of the last record read; 0 at the tip, and undefined where a read short of it brought nothing. */
function ageOf({ count, arrivedUs, behindUs }: RecordBatch, nowUs: SimUs): SimUs | undefined {
  if (count > 0) return nowUs - arrivedUs[count - 1]
  return behindUs === 0 ? 0 : undefined
}

export function bytesOf({ sizesBytes }: RecordBatch): number {
  let bytes = 0
  for (const size of sizesBytes) bytes += size
  return bytes
}

/** What a read from a position brings. */
export function batchOf(
  sim: Simulation,
  shard: Shard,
  from: number,
  maxCount: number,
  maxBytes: number,
): RecordBatch {
  const { log, closedUs, children } = shard
  const records = copyRecords(log, from, maxCount, maxBytes)
  const next = from + records.count
  const isOver = closedUs >= 0 && next >= log.end && maxCount > 0
  return Object.freeze({
    ...records,
    shard: shard.index,
    shardCreatedUs: shard.createdUs,
    first: from,
    next: isOver ? -1 : next,
    behindUs: behindUs(sim, shard, from, next),
    childShards: isOver ? children : [],
  })
}

/** MillisBehindLatest: the age of the last record told, while more wait behind it. */
function behindUs(sim: Simulation, { log }: Shard, from: number, next: number): SimUs {
  if (next >= log.end) return 0
  return sim.nowUs - arrivalAt(log, next > from ? next - 1 : next)
}
