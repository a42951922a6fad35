/**
 * Records that ride on an answer as copies in columns, so that ten thousand of them cost little. They
 * stay the service's; a reader may keep the batch as long as it likes. Plain data, never changed.
 */
import type { SimUs } from '../base/units.ts'
import { scheduleInLane } from './agenda.ts'
import { HOP_LOOK } from './frame.ts'
import { recordHop } from './hops.ts'
import type { Content } from './messages.ts'
import type { Simulation } from './simulation.ts'
import { CALL_EVENT, LANE } from './world.ts'

/** What records say, wherever they come from. */
export interface RecordColumns {
  readonly count: number
  /** The name people see: m-1042. A record keeps it for every reader. */
  readonly serials: Uint32Array
  /** Where its words come from, as in the message table; recipe 0 = `literals`, by n. */
  readonly recipes: Uint16Array
  readonly ordinals: Uint32Array
  readonly literals: ReadonlyMap<number, Content>
  /** Data and partition key, bytes. */
  readonly sizesBytes: Uint32Array
  readonly hues: Uint16Array
  readonly arrivedUs: Float64Array
}

/** Records of one shard, as a read brings them. */
export interface RecordBatch extends RecordColumns {
  /** Which shard (its number) and where in it: record n stands at `first` + n. */
  readonly shard: number
  /** When the shard was made: its records' sequence numbers tell it. */
  readonly shardCreatedUs: SimUs
  readonly first: number
  /** Where the next read goes on; -1 at the end of a closed shard. */
  readonly next: number
  /** How far the last of them is from the tip (MillisBehindLatest). */
  readonly behindUs: SimUs
  /** Numbers of the shards to go on with, at the end of a closed one. */
  readonly childShards: readonly number[]
  /**
   * Of a batch whose aggregated records were taken apart: where each user record stands, the position of
   * its record plus a fraction; absent where record n stands at `first` + n.
   */
  readonly places?: Float64Array
  /** And which user record of its record it is: its sub-sequence number. */
  readonly subs?: Uint32Array
  /** ContinuationSequenceNumber, of a push. */
  readonly continuation?: string
}

/** Records that ride on a request: the event that a function is invoked with. Frozen. */
export interface RecordEvent {
  readonly records: RecordColumns
  readonly returned: ReturnedRecords | null
}

/** What became of each, once it is answered: a result of the operation's own, and its size now. */
export interface ReturnedRecords {
  readonly results: Uint8Array
  readonly sizesBytes: Uint32Array
  /** Where their words come from now; null when they are as they were. */
  readonly words: Pick<RecordColumns, 'recipes' | 'literals'> | null
}

/** A batch of one: what is no record of a stream and rides back all the same, such as an object. */
export const batchOfOne = (
  content: Content,
  sizeBytes: number,
  serial: number,
  hue: number,
  arrivedUs: SimUs,
): RecordBatch => ({
  count: 1,
  shard: 0,
  shardCreatedUs: 0,
  first: 0,
  next: -1,
  behindUs: 0,
  childShards: [],
  serials: Uint32Array.of(serial),
  recipes: Uint16Array.of(0),
  ordinals: Uint32Array.of(0),
  literals: new Map([[0, content]]),
  sizesBytes: Uint32Array.of(sizeBytes),
  hues: Uint16Array.of(hue),
  arrivedUs: Float64Array.of(arrivedUs),
})

/** Of a larger answer the wire shows the first ones. */
const HOPS_PER_BATCH = 500

/** Sends an answer back that brings a batch, or none. */
export function answerRecords(sim: Simulation, call: number): void {
  const { agenda, calls, network, nowUs } = sim.world
  const batch = calls.batches.get(call)
  const loaded = batch !== undefined && batch.count > 0
  const isSlow = loaded || sim.operationOf(call).keepsOrder === true
  const delayUs = isSlow ? network.carryUs : network.controlUs
  if (loaded) drawBatch(sim, batch, calls.wire[call], delayUs)
  const lane = isSlow ? LANE.carry : LANE.control
  scheduleInLane(agenda, lane, nowUs + delayUs, CALL_EVENT.answer, call)
}

/** Draws a batch coming back along the wire. */
function drawBatch(
  sim: Simulation,
  { count, serials, hues }: RecordBatch,
  wire: number,
  delayUs: SimUs,
): void {
  const { hops } = sim.records
  const { nowUs } = sim
  for (let n = 0; n < Math.min(count, HOPS_PER_BATCH); n++) {
    recordHop(hops, wire, nowUs, nowUs + delayUs, serials[n], hues[n], HOP_LOOK.message, 0)
  }
}

/** The partition key of a generated record, where it has one. */
export function partitionKeyOf(
  sim: Simulation,
  recipe: number,
  ordinal: number,
): string | undefined {
  const { node, data } = sim.world.recipes[recipe]!
  const behaviour = sim.behaviours[node]!
  return behaviour.partitionKey
    ? behaviour.partitionKey(data, ordinal)
    : sim.render(recipe, ordinal).partitionKey
}

/** What record n of a batch says. */
export const wordsIn = (sim: Simulation, batch: RecordColumns, n: number): Content =>
  batch.literals.get(n) ?? sim.render(batch.recipes[n], batch.ordinals[n])
