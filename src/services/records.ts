/**
 * How parts read a stream of records: GetShardIterator and GetRecords with numbers instead of texts.
 * An iterator is a position in a shard and the time by which it must be used (FACTS 6.3); what comes
 * back is a batch (`engine/batch.ts`). Everything else about streams is asked in AWS's own JSON
 * (`engine/asks.ts`).
 */
import { US_PER_MINUTE, type SimUs } from '../base/units.ts'
import type { RecordBatch } from '../engine/batch.ts'
import type { CallTable } from '../engine/calls.ts'
import type { Simulation } from '../engine/simulation.ts'

/** ShardIteratorType. */
export const ITERATOR = {
  trimHorizon: 0,
  latest: 1,
  atSequenceNumber: 2,
  afterSequenceNumber: 3,
  atTimestamp: 4,
} as const

/** How long an iterator is good for. */
export const ITERATOR_LIFE_US = 5 * US_PER_MINUTE

/** A shard iterator. */
export interface Cursor {
  /** The shard's number. */
  readonly shard: number
  readonly position: number
  readonly expiresUs: SimUs
}

/** `arg` of GetShardIterator = shard + SHARDS * type. */
export const SHARDS = 0x1000000
/** `arg3` of an answered GetRecords = limit + LIMITS * count; more than the largest Limit. */
export const LIMITS = 0x4000

/**
 * Asks for an iterator; the answer is a batch without records, whose `cursorAfter` it is.
 * @param at a position for AT_ and AFTER_SEQUENCE_NUMBER, a time in microseconds for AT_TIMESTAMP
 */
export function askIterator(
  sim: Simulation,
  from: number,
  to: number,
  wire: number,
  shard: number,
  type: number,
  at = 0,
): number {
  const { calls } = sim.world
  const call = sim.call(from, to, sim.operationIndex(to, 'GetShardIterator'), wire)
  calls.arg[call] = shard + SHARDS * type
  calls.arg2[call] = at
  sim.send(call)
  return call
}

/** Asks for records from a cursor on. The answer is a batch and a new cursor. */
export function askRecords(
  sim: Simulation,
  from: number,
  to: number,
  wire: number,
  cursor: Cursor,
  limit = 10_000,
): number {
  const call = sim.call(from, to, sim.operationIndex(to, 'GetRecords'), wire)
  writeAsk(sim.world.calls, call, cursor, limit)
  sim.send(call)
  return call
}

/** GetRecords: `arg` = shard, `arg2` = position, `arg3` = limit (and, answered, LIMITS * count). */
export function writeAsk(calls: CallTable, call: number, cursor: Cursor, limit: number): void {
  calls.arg[call] = cursor.shard
  calls.arg2[call] = cursor.position
  calls.arg3[call] = limit
  calls.dueUs[call] = cursor.expiresUs
}

export const readAsk = (calls: CallTable, call: number): { shard: number; limit: number } => ({
  shard: calls.arg[call],
  limit: calls.arg3[call] % LIMITS,
})

/** What an answered call brought; undefined when it was refused. */
export const answeredBatch = (sim: Simulation, call: number): RecordBatch | undefined =>
  sim.world.calls.batches.get(call)

/** Where to go on after a batch that has just come; null at the end of a closed shard. */
export const cursorAfter = (sim: Simulation, { shard, next }: RecordBatch): Cursor | null =>
  next < 0 ? null : { shard, position: next, expiresUs: sim.nowUs + ITERATOR_LIFE_US }
