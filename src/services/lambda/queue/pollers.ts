/**
 * An event source mapping of a queue: pollers receive by long polls, gather a batch, have the function
 * invoked with it, and delete what it has processed. What is not deleted comes back by the queue's own
 * rules (FACTS 7).
 */
import { US_PER_S, type SimUs } from '../../../base/units.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { EVENT, NEWS, count } from '../books.ts'
import { execute } from '../execution.ts'
import { itemsOf } from '../items.ts'
import { REPORTS, stateOf, type Owner, type Result } from '../state.ts'
import { active, considerScaling, mayGo, mostOf } from './scaling.ts'
import { PHASE, isTurn, pollerIn, tokenOf, type Poller, type QueueMapping } from './state.ts'

const LONG_POLL_US = 20 * US_PER_S
/** FACTS 7: a batch closes at 6 MB. */
export const MOST_BYTES = 6_291_556
/** After a receive that was refused, or came back empty at once. */
const PAUSE_US = US_PER_S

export const mappingOf = (sim: Simulation, node: number, wire: number): QueueMapping | undefined =>
  stateOf(sim, node).queues.find((mapping) => mapping.wire === wire)

/** Asks for messages, or for more of them while the batching window is open. */
export function poll(sim: Simulation, node: number, mapping: QueueMapping, place: number): void {
  const poller = mapping.pollers[place]
  const { settings, queue, wire } = mapping
  const { calls } = sim.world
  poller.phase = PHASE.polling
  const call = sim.call(node, queue, mapping.receive, wire)
  calls.token[call] = tokenOf(place, poller.turn)
  calls.arg[call] =
    poller.items.length === 0 ? LONG_POLL_US : wholeSeconds(windowLeftUs(sim, mapping, poller))
  calls.arg2[call] = -1
  calls.arg3[call] = Math.min(ITEMS_PER_CALL, settings.batchSize - poller.items.length)
  sim.send(call)
}

const wholeSeconds = (us: SimUs): SimUs =>
  Math.min(LONG_POLL_US, Math.floor(us / US_PER_S) * US_PER_S)

const windowLeftUs = (sim: Simulation, { settings }: QueueMapping, { openedUs }: Poller): SimUs =>
  openedUs + settings.windowUs - sim.nowUs

/** The answer to a ReceiveMessage. */
export function received(sim: Simulation, node: number, mapping: QueueMapping, call: number): void {
  const { calls } = sim.world
  const place = pollerIn(calls.token[call])
  const poller = mapping.pollers[place]
  const items = itemsOf(sim, call)
  if (items.length > 0) count(sim, node, 'received', items.length)
  else count(sim, node, 'emptyReceives')
  if (!isTurn(calls.token[call], poller)) {
    // The mapping is no more: its messages come back.
    count(sim, node, 'returned', items.length)
    return
  }
  if (poller.items.length === 0) poller.openedUs = sim.nowUs
  poller.items.push(...items)
  if (poller.items.length === 0) {
    foundNothing(sim, node, mapping, place, call)
    return
  }
  if (isFull(mapping, poller) || windowLeftUs(sim, mapping, poller) < US_PER_S) {
    invoke(sim, node, mapping, place)
    considerScaling(sim, node, mapping)
  } else {
    poll(sim, node, mapping, place)
  }
}

const isFull = ({ settings }: QueueMapping, { items }: Poller): boolean =>
  items.length >= settings.batchSize ||
  items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) >= MOST_BYTES

function foundNothing(
  sim: Simulation,
  node: number,
  mapping: QueueMapping,
  place: number,
  call: number,
): void {
  const { calls } = sim.world
  const poller = mapping.pollers[place]
  poller.turn++
  if (mayGo(mapping)) {
    poller.phase = PHASE.retired
  } else if (calls.code[call] === CODE.ok && calls.sentUs[call] < sim.nowUs) {
    poll(sim, node, mapping, place)
  } else {
    poller.phase = PHASE.paused
    later(sim, node, mapping, place, PAUSE_US)
  }
}

function later(
  sim: Simulation,
  node: number,
  mapping: QueueMapping,
  place: number,
  waitUs: SimUs,
): void {
  const token = tokenOf(place, mapping.pollers[place].turn)
  sim.at(sim.nowUs + waitUs, node, EVENT.poller, mapping.wire, token)
}

/** A poller's wait is over. */
export function pollerDue(sim: Simulation, node: number, wire: number, token: number): void {
  const mapping = mappingOf(sim, node, wire)
  const place = pollerIn(token)
  const poller = mapping?.pollers[place]
  if (!mapping || !poller || !isTurn(token, poller)) return
  if (poller.phase === PHASE.throttled) invoke(sim, node, mapping, place)
  else if (poller.phase === PHASE.paused) poll(sim, node, mapping, place)
}

/** Has the function work on the batch; throttled, it is tried again until the messages are back. */
function invoke(sim: Simulation, node: number, mapping: QueueMapping, place: number): void {
  const poller = mapping.pollers[place]
  const owner: Owner = { type: 'queue', wire: mapping.wire, poller: place }
  poller.turn++
  const refusal = execute(sim, node, owner, poller.items, reportsOf(mapping))
  if (refusal === 0) {
    poller.phase = PHASE.running
    poller.throttles = 0
    return
  }
  poller.phase = PHASE.throttled
  mapping.hasFailed = true
  const waitUs = US_PER_S * (1 << Math.min(poller.throttles++, 5))
  if (sim.nowUs + waitUs < poller.openedUs + mapping.visibilityUs) {
    later(sim, node, mapping, place, waitUs)
    return
  }
  returnToQueue(sim, node, poller.items.length)
  next(sim, node, mapping, place)
}

const reportsOf = ({ settings, isFifo }: QueueMapping): number => {
  if (!settings.reports) return REPORTS.none
  return isFifo ? REPORTS.inOrder : REPORTS.each
}

/** Messages that are not deleted: the queue shows them again when their visibility timeout ends. */
function returnToQueue(sim: Simulation, node: number, messages: number): void {
  if (messages === 0) return
  count(sim, node, 'returned', messages)
  sim.news(node, NEWS.returned, -1)
}

/** The function has returned. */
export function batchFinished(
  sim: Simulation,
  node: number,
  owner: Extract<Owner, { type: 'queue' }>,
  { isOk, failed }: Result,
): void {
  const mapping = mappingOf(sim, node, owner.wire)
  const poller = mapping?.pollers[owner.poller]
  // The mapping was removed meanwhile, and has counted what it held.
  if (!mapping || poller?.phase !== PHASE.running) return
  if (!isOk) {
    mapping.hasFailed = true
    returnToQueue(sim, node, poller.items.length)
    next(sim, node, mapping, owner.poller)
    return
  }
  const first = failed.length > 0 && mapping.isFifo ? failed[0] : Infinity
  const left = new Set(failed)
  const done = poller.items.filter((_, n) => n < first && !left.has(n))
  count(sim, node, 'processed', done.length)
  returnToQueue(sim, node, poller.items.length - done.length)
  poller.items = []
  poller.phase = PHASE.deleting
  poller.deletes = 0
  for (let n = 0; n < done.length; n += ITEMS_PER_CALL) {
    const call = sim.call(node, mapping.queue, mapping.removeBatch, mapping.wire)
    for (const { slot, receipt, serial } of done.slice(n, n + ITEMS_PER_CALL)) {
      addItem(sim.world.calls, call, slot, receipt, serial)
    }
    sim.world.calls.token[call] = tokenOf(owner.poller, poller.turn)
    poller.deletes++
    sim.send(call)
  }
  if (poller.deletes === 0) next(sim, node, mapping, owner.poller)
}

/** A DeleteMessageBatch was answered; whether it was in time is the queue's news. */
export function deleted(sim: Simulation, node: number, mapping: QueueMapping, call: number): void {
  const token = sim.world.calls.token[call]
  const place = pollerIn(token)
  const poller = mapping.pollers[place]
  if (isTurn(token, poller) && --poller.deletes === 0) next(sim, node, mapping, place)
}

/** The batch is done with. */
function next(sim: Simulation, node: number, mapping: QueueMapping, place: number): void {
  const poller = mapping.pollers[place]
  poller.items = []
  poller.throttles = 0
  poller.turn++
  const isTooMany = active(mapping) > mostOf(mapping)
  if (isTooMany || (mapping.hasFailed && mayGo(mapping))) poller.phase = PHASE.retired
  else poll(sim, node, mapping, place)
}
