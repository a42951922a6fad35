/**
 * The function transforms the records of a delivery stream, or is delivered the results of an SQL
 * application: one execution for a batch, which says what became of each record (FACTS 8, 9).
 */
import { hash32, unitFrom } from '../../base/random.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { HOP_LOOK } from '../../engine/frame.ts'
import type { RecordColumns, RecordEvent } from '../../engine/batch.ts'
import type { Simulation } from '../../engine/simulation.ts'
import {
  PAYLOAD_BYTES,
  TRANSFORM,
  TRANSFORMED,
  base64Bytes,
  returnTransformed,
} from '../transform.ts'
import { NEWS, count } from './books.ts'
import { RESULT } from './errors.ts'
import { execute } from './execution.ts'
import { itemsIn } from './items.ts'
import { REPORTS, stateOf, type Item, type Result } from './state.ts'

/** The stream waits for the answer. */
export function beginTransform(
  sim: Simulation,
  node: number,
  call: number,
  records: RecordColumns,
): void {
  const refusal = isTooLarge(records.sizesBytes)
    ? RESULT.requestTooLarge
    : execute(sim, node, { type: 'transform', call }, itemsIn(records), REPORTS.each)
  if (refusal === 0) count(sim, node, 'received', records.count)
  else sim.answer(call, refusal)
}

/** Tells what became of each record; or, after a timeout, nothing: then all of them have failed. */
export function transformFinished(
  sim: Simulation,
  node: number,
  call: number,
  items: readonly Item[],
  { isOk, failed }: Result,
): void {
  const isTransform = sim.world.calls.arg2[call] === TRANSFORM
  const returned = isTransform
    ? resultsOf(sim, node, items, failed)
    : acknowledged(items.length, failed)
  const fits = !isTooLarge(returned.sizesBytes)
  if (isOk && fits) {
    count(sim, node, 'processed', items.length - failed.length)
    count(sim, node, 'failed', failed.length)
    returnTransformed(sim, call, returned)
  } else {
    count(sim, node, 'failed', items.length)
    sim.world.calls.arg3[call] = 1
    if (isOk) {
      count(sim, node, 'Errors')
      sim.news(node, NEWS.tooLarge, -1)
    }
  }
  sim.answer(call, CODE.ok, drawBack(sim, call))
}

type Returned = NonNullable<RecordEvent['returned']>

/** Of results that an application delivers: what the handler fails at is tried again. */
function acknowledged(count: number, failed: readonly number[]): Returned {
  const results = new Uint8Array(count)
  for (const n of failed) results[n] = TRANSFORMED.failed
  return { results, sizesBytes: new Uint32Array(count) }
}

function resultsOf(
  sim: Simulation,
  node: number,
  items: readonly Item[],
  failed: readonly number[],
): Returned {
  const { outputShare } = stateOf(sim, node).settings
  const results = new Uint8Array(items.length)
  const sizesBytes = new Uint32Array(items.length)
  items.forEach((item, n) => {
    if (isDropped(sim, node, item)) results[n] = TRANSFORMED.dropped
    else sizesBytes[n] = Math.max(1, Math.ceil(item.sizeBytes * outputShare))
  })
  for (const n of failed) {
    results[n] = TRANSFORMED.failed
    sizesBytes[n] = 0
  }
  return { results, sizesBytes }
}

const isTooLarge = (sizesBytes: Uint32Array): boolean => {
  let bytes = 0
  for (const size of sizesBytes) bytes += base64Bytes(size)
  return bytes > PAYLOAD_BYTES
}

const DROP = 0x64726f70

/** What a record says decides it: tried again, it is dropped again. */
const isDropped = (sim: Simulation, node: number, { origin }: Item): boolean => {
  const { dropShare } = stateOf(sim, node).settings
  return dropShare > 0 && unitFrom(hash32(sim.world.scenario.seed ^ DROP, origin)) < dropShare
}

/** The records on their way back, as far as the call names them; returns how many are drawn. */
function drawBack(sim: Simulation, call: number): number {
  const { calls, messages, network } = sim.world
  const hasFailed = calls.arg3[call] === 1
  let drawn = 0
  for (let n = 0; n < calls.count[call]; n++) {
    const place = call * ITEMS_PER_CALL + n
    const slot = calls.slots[place]
    const result = calls.receipts[place]
    if (messages.serial[slot] !== calls.serials[place] || result === TRANSFORMED.dropped) continue
    const look = hasFailed || result === TRANSFORMED.failed ? HOP_LOOK.refused : HOP_LOOK.message
    sim.hop(calls.wire[call], network.carryUs, slot, look)
    drawn++
  }
  return drawn
}
