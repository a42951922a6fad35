/**
 * The function transforms the records of a delivery stream, or is delivered the results of an SQL
 * application: one execution for a batch, which says what became of each record (FACTS 8, 9).
 */
import { hash32, unitFrom } from '../../base/random.ts'
import { utf8Length } from '../../base/utf8.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { HOP_LOOK } from '../../engine/frame.ts'
import type { RecordColumns, ReturnedRecords } from '../../engine/batch.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import {
  PAYLOAD_BYTES,
  TRANSFORM,
  TRANSFORMED,
  base64Bytes,
  returnTransformed,
} from '../transform.ts'
import { holds } from '../work.ts'
import { NEWS, count } from './books.ts'
import { RESULT } from './errors.ts'
import { changed, type ChangedRecipe } from './change.ts'
import { contentOf, execute } from './execution.ts'
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
  const { calls } = sim.world
  const isTransform = calls.arg2[call] === TRANSFORM
  const returned = isTransform
    ? resultsOf(sim, node, items, failed)
    : acknowledged(items.length, failed)
  const fits = !isTooLarge(returned.sizesBytes)
  if (isOk && fits) {
    const failures = returned.results.filter((result) => result === TRANSFORMED.failed).length
    count(sim, node, 'processed', items.length - failures)
    count(sim, node, 'failed', failures)
    calls.arg3[call] = returned.words ? CHANGED_BY + changedRecipe(sim, node, 0) : 0
    returnTransformed(sim, call, returned)
  } else {
    count(sim, node, 'failed', items.length)
    calls.arg3[call] = 1
    if (isOk) {
      count(sim, node, 'Errors')
      sim.news(node, NEWS.tooLarge, -1)
    }
  }
  sim.answer(call, CODE.ok, drawBack(sim, call))
}

/** `arg3` of an answered call about records whose words were changed: so much, and the recipe that tells how. */
const CHANGED_BY = 2

/** What the function made of a record's words, for the log. */
export function changedWords(sim: Simulation, arg3: number, content: Content): Content {
  if (arg3 < CHANGED_BY) return content
  const { change } = sim.world.recipes[arg3 - CHANGED_BY]!.data as ChangedRecipe
  return changed(content, change) ?? content
}

/** Index of the recipe for words made of those of another. */
function changedRecipe(sim: Simulation, node: number, of: number): number {
  const { changedRecipes, settings } = stateOf(sim, node)
  return (changedRecipes[of] ??= sim.addRecipe(node, { of, change: settings.change }))
}

/** Of results that an application delivers: what the handler fails at is tried again. */
function acknowledged(count: number, failed: readonly number[]): ReturnedRecords {
  const results = new Uint8Array(count)
  for (const n of failed) results[n] = TRANSFORMED.failed
  return { results, sizesBytes: new Uint32Array(count), words: null }
}

function resultsOf(
  sim: Simulation,
  node: number,
  items: readonly Item[],
  failed: readonly number[],
): ReturnedRecords {
  const { outputShare, change } = stateOf(sim, node).settings
  const results = new Uint8Array(items.length)
  const sizesBytes = new Uint32Array(items.length)
  const words = change
    ? { recipes: new Uint16Array(items.length), literals: new Map<number, Content>() }
    : null
  for (const n of failed) results[n] = TRANSFORMED.failed
  items.forEach((item, n) => {
    if (results[n] === TRANSFORMED.failed) return
    if (isDropped(sim, node, item)) {
      results[n] = TRANSFORMED.dropped
      return
    }
    let { sizeBytes } = item
    if (change && words) {
      const before = contentOf(sim, item)
      const after = changed(before, change)
      if (!after) {
        results[n] = TRANSFORMED.failed
        return
      }
      sizeBytes += utf8Length(after.body) - utf8Length(before.body)
      if (item.literal) words.literals.set(n, after)
      else words.recipes[n] = changedRecipe(sim, node, item.recipe)
    }
    sizesBytes[n] = Math.max(1, Math.ceil(sizeBytes * outputShare))
  })
  return { results, sizesBytes, words }
}

const isTooLarge = (sizesBytes: Uint32Array): boolean => {
  let bytes = 0
  for (const size of sizesBytes) bytes += base64Bytes(size)
  return bytes > PAYLOAD_BYTES
}

const DROP = 0x64726f70

/** What a record says decides it: tried again, it is dropped again. */
function isDropped(sim: Simulation, node: number, item: Item): boolean {
  const { dropShare, dropIf } = stateOf(sim, node).settings
  if (dropIf) return holds(contentOf(sim, item).body, dropIf)
  const draw = hash32(sim.world.scenario.seed ^ DROP, item.origin)
  return dropShare > 0 && unitFrom(draw) < dropShare
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
