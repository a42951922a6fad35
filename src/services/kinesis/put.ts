/**
 * Records come in (FACTS 6.1, 6.2, 6.5): each finds its shard by its key, is refused where that shard
 * has had its share of the second, and is kept. A record leaves the message table when it is stored.
 */
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { partitionKeyOf } from '../../engine/batch.ts'
import { HOP_LOOK } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { RESULT } from './errors.ts'
import { COUNTER } from './events.ts'
import { hashOfKey, parseHashKey } from './hashKeys.ts'
import { mayWrite } from './limits.ts'
import { wakeSubscribers } from './push.ts'
import { appendRecord } from '../recordLog.ts'
import { BYTES_PER_KB, unitsOf } from '../prices.ts'
import { placeOf } from '../shards.ts'
import { armRetention } from './retention.ts'
import { armScaling } from './scaling.ts'
import { countPut, countRefusedPut } from './shardSums.ts'
import { isUsable, shardFor, streamOf, type Shard, type StreamState } from './stream.ts'

/** As which units records of a provisioned stream are billed (FACTS 16). */
const BYTES_A_PUT_UNIT = 25 * BYTES_PER_KB

/** PutRecord (one item) and PutRecords (up to 500). */
export function put(sim: Simulation, node: number, call: number, isBatch: boolean): void {
  const { calls, nodes } = sim.world
  const state = streamOf(sim, node)
  if (!isUsable(state)) {
    sim.answer(call, RESULT.notFound)
    return
  }
  const first = call * ITEMS_PER_CALL
  const count = calls.count[call]
  const { onDemand } = state.settings
  const unitBytes = onDemand ? BYTES_PER_KB : BYTES_A_PUT_UNIT
  let bytes = 0
  let units = 0
  let refused = 0
  for (let place = first; place < first + count; place++) {
    if (isTooLarge(sim, state, calls.slots[place])) {
      sim.answer(call, RESULT.tooLarge)
      return
    }
  }
  for (let place = first; place < first + count; place++) {
    const taken = putOne(sim, node, state, place)
    if (taken >= 0) {
      bytes += taken
      units += unitsOf(taken, unitBytes)
    } else {
      refused++
    }
  }
  const { counters } = nodes[node]
  const stored = count - refused
  counters[COUNTER.IncomingRecords] += stored
  counters[COUNTER.IncomingBytes] += bytes
  counters[onDemand ? COUNTER.billedOnDemandKilobytes : COUNTER.billedPutUnits] += units
  if (isBatch) {
    counters[COUNTER.PutRecordsSuccess]++
    counters[COUNTER.PutRecordsBytes] += bytes
    counters[COUNTER.PutRecordsTotalRecords] += count
    counters[COUNTER.PutRecordsSuccessfulRecords] += stored
    counters[COUNTER.PutRecordsFailedRecords] += refused
    counters[COUNTER.PutRecordsThrottledRecords] += refused
  } else if (stored > 0) {
    counters[COUNTER.PutRecordSuccess]++
    counters[COUNTER.PutRecordBytes] += bytes
  }
  counters[COUNTER.WriteProvisionedThroughputExceeded] += refused
  // Answered while the slots still hold the messages, so that the log can read them.
  const slots = calls.slots.slice(first, first + count)
  const codes = calls.codes.slice(first, first + count)
  if (refused > 0) sim.mark(node, 'throttled', 0, refused)
  if (refused > 0 && isBatch) bounce(sim, call)
  if (isBatch) sim.answer(call, CODE.ok, refused)
  else sim.answer(call, codes[0])
  for (let n = 0; n < count; n++) if (codes[n] === CODE.ok) sim.release(slots[n])
  armRetention(sim, node, state)
  armScaling(sim, node, state)
}

/** Stores the record of an item; returns its bytes, or -1 when it was refused. */
function putOne(sim: Simulation, node: number, state: StreamState, place: number): number {
  const { calls, messages, nowUs } = sim.world
  const slot = calls.slots[place]
  const recipe = messages.recipe[slot]
  const literal = recipe === 0 ? messages.literals[slot] : undefined
  const key = keyOf(sim, slot)
  const shard = state.settings.auto
    ? nextInTurn(state)
    : shardOfKey(state, key ?? '', literal?.explicitHashKey)
  const bytes = messages.sizeBytes[slot] + keyBytes(key)
  if (!mayWrite(shard.meter, nowUs, bytes)) {
    calls.codes[place] = RESULT.throttled
    calls.receipts[place] = placeOf(shard.index, 0)
    countRefusedPut(shard.sums)
    return -1
  }
  countPut(shard.sums, bytes)
  messages.sentUs[slot] = nowUs
  const position = appendRecord(
    shard.log,
    nowUs,
    messages.serial[slot],
    recipe,
    messages.ordinal[slot],
    bytes,
    messages.hue[slot],
    literal,
  )
  calls.receipts[place] = placeOf(shard.index, position)
  if (state.subscriptions.length > 0) wakeSubscribers(sim, node, state, shard)
  return bytes
}

function keyOf(sim: Simulation, slot: number): string | undefined {
  const { messages } = sim.world
  const recipe = messages.recipe[slot]
  return recipe === 0
    ? messages.literals[slot]?.partitionKey
    : partitionKeyOf(sim, recipe, messages.ordinal[slot])
}

/** The longest partition key, in bytes of UTF-8. */
const LONGEST_KEY_BYTES = 1024

function isTooLarge(sim: Simulation, { settings }: StreamState, slot: number): boolean {
  const bytes = sim.world.messages.sizeBytes[slot]
  if (bytes <= settings.maxRecordBytes - LONGEST_KEY_BYTES) return false
  return bytes + keyBytes(keyOf(sim, slot)) > settings.maxRecordBytes
}

/** ExplicitHashKey replaces the hash of the partition key. */
export function shardOfKey(state: StreamState, key: string, explicit?: string): Shard {
  const chosen = explicit === undefined ? null : parseHashKey(explicit)
  return shardFor(state, chosen ?? hashOfKey(key))
}

function nextInTurn(state: StreamState): Shard {
  state.nextShard = (state.nextShard + 1) % state.open.length
  return state.shards[state.open[state.nextShard]]
}

const NOT_ASCII = /[\u0080-\uffff]/
const encoder = new TextEncoder()

export const keyBytes = (key: string | undefined): number =>
  key === undefined ? 0 : NOT_ASCII.test(key) ? encoder.encode(key).length : key.length

/** Draws the refused ones of a batch going back. */
function bounce(sim: Simulation, call: number): void {
  const { calls, network } = sim.world
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + calls.count[call]; place++) {
    if (calls.codes[place] === CODE.ok) continue
    sim.hop(calls.wire[call], network.carryUs, calls.slots[place], HOP_LOOK.refused)
  }
}
