/** The work on records: so many in one go, sent on where there is an output, counted. */
import { NEWS } from './because.ts'
import { US_PER_S, fromMs } from '../../base/units.ts'
import { wordsIn } from '../../engine/batch.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import { newLiteralMessage, newMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { countBefore, placeIn, subSequenceOf } from '../aggregation.ts'
import { addRecent } from '../recent.ts'
import { EVENT, count, stateOf, tokenOf } from './state.ts'
import type { Held, Output, Worker } from './state.ts'

const recordUs = (sim: Simulation, node: number): number =>
  fromMs(Number(sim.world.nodes[node].config.recordMs))

/** Works on the next records: as many as are done in one go, or the end of the shard. */
export function work(sim: Simulation, node: number, held: Held): void {
  const [batch] = held.batches
  const each = recordUs(sim, node)
  held.chunk = Math.max(1, Math.min(batch.count - held.at, mostInOneGo(sim, node, held)))
  held.chunkUs = sim.nowUs
  const isEnd = batch.count === held.at
  sim.at(sim.nowUs + (isEnd ? 0 : held.chunk * each), node, EVENT.done, held.term)
}

/** Up to the next checkpoint, to what an output takes in one call, and to what is done in a second. */
function mostInOneGo(sim: Simulation, node: number, held: Held): number {
  const { outputs } = stateOf(sim, node)
  const checkpoint = Number(sim.world.nodes[node].config.checkpointRecords)
  const each = recordUs(sim, node)
  return Math.min(
    checkpoint > 0 ? checkpoint - held.sinceCheckpoint : Infinity,
    outputs.length > 0 ? ITEMS_PER_CALL : Infinity,
    each > 0 ? Math.ceil(US_PER_S / each) : Infinity,
  )
}

/** SendMessageBatch: a message with the same words for each record. */
export function send(
  sim: Simulation,
  node: number,
  worker: Worker,
  held: Held,
  { wire, to }: Output,
): void {
  const { calls, messages } = sim.world
  const [batch] = held.batches
  const call = sim.call(node, to, sim.operationIndex(to, 'SendMessageBatch'), wire)
  for (let n = held.at; n < held.at + held.chunk; n++) {
    const literal = batch.literals.get(n)
    const [size, hue] = [batch.sizesBytes[n], batch.hues[n]]
    const slot = literal
      ? newLiteralMessage(messages, wordsIn(sim, batch, n), size, hue)
      : newMessage(messages, batch.recipes[n], batch.ordinals[n], size, hue)
    messages.origin[slot] = batch.serials[n]
    messages.beganUs[slot] = batch.arrivedUs[n]
    addItem(calls, call, slot, 0)
  }
  calls.arg[call] = -1
  calls.token[call] = tokenOf(worker, held.term)
  sim.send(call)
}

/** What an output refused is the application's again: it is lost, and counted. */
export function countSent(sim: Simulation, node: number, call: number): void {
  const { calls, messages } = sim.world
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + calls.count[call]; place++) {
    const isTaken = calls.code[call] === CODE.ok && calls.codes[place] === CODE.ok
    count(sim, node, isTaken ? 'sentOn' : 'sendsRefused')
    if (isTaken) continue
    sim.mark(node, 'lost', messages.serial[calls.slots[place]])
    sim.release(calls.slots[place])
  }
}

/** So many more of the batch are done, also those that another has done before. */
export function countProcessed(sim: Simulation, node: number, held: Held, amount: number): void {
  if (amount === 0) return
  const state = stateOf(sim, node)
  const [batch] = held.batches
  const place = placeIn(batch, held.at)
  const seen = state.seen[held.shard] ?? place
  const again = countBefore(batch, held.at, held.at + amount, seen)
  count(sim, node, 'processed', amount)
  count(sim, node, 'missed', Math.max(0, Math.ceil(place - seen)))
  if (again > 0) {
    count(sim, node, 'again', again)
    sim.news(node, NEWS.again, -1)
    sim.mark(node, 'duplicate', batch.serials[held.at], again)
  }
  state.seen[held.shard] = Math.max(seen, placeIn(batch, held.at + amount))
  addRecent(state.recent, sim.nowUs, 0, amount)
  held.at += amount
  held.sinceCheckpoint += amount
  const last = held.at - 1
  held.processed = {
    shardCreatedUs: batch.shardCreatedUs,
    position: Math.floor(placeIn(batch, last)),
    arrivedUs: batch.arrivedUs[last],
    sub: subSequenceOf(batch, last),
  }
}

/** The worker dies at this moment: what it had done of the records in work is done. */
export function stopWork(sim: Simulation, node: number, held: Held): void {
  const each = recordUs(sim, node)
  const [batch] = held.batches
  if (held.chunk === 0 || each === 0 || held.sending > 0) return
  if (stateOf(sim, node).outputs.length > 0 || batch.count === held.at) return
  const done = Math.floor((sim.nowUs - held.chunkUs) / each)
  countProcessed(sim, node, held, Math.min(held.chunk, done))
}
