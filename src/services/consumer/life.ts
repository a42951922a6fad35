/**
 * The life of a worker: ask for messages, work on one after the other, pass the result on, delete,
 * ask again. One event while it works, none while it waits for an answer.
 *
 * With several queues a worker asks the one of highest priority by a short poll, and only when that
 * brings nothing the next; on the last it waits as long as set (queues of equal priority take turns
 * in being asked first). So a low-priority message is never taken while a better one is seen waiting.
 */
import { nextUnit } from '../../base/random.ts'
import { CODE, FIRST_ERROR, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import { newLiteralMessage, newMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addLatency } from '../latency.ts'
import { placeNow } from '../recent.ts'
import { COUNTER, ERROR, EVENT, NEWS, PURPOSE, tokenOf } from './books.ts'
import { drawServiceUs, happens, isPoisonByField, isPoisonByShare } from '../work.ts'
import { BODY, bodyArrived, discard, fetchBody, notePayload } from './payloads.ts'
import { outputTo, replyTo } from './replies.ts'
import { takeWaiting } from './requests.ts'
import { OUTCOME, PHASE, RECENT, stateOf, type Output, type State } from './state.ts'

/** An empty receive that took no time is not repeated in the same instant. */
const LEAST_PAUSE_US = 1_000
const PAUSE_AFTER_ERROR_US = 1_000_000

/** What a worker with empty hands does: goes, answers a call that waits, or asks for messages. */
export function next(sim: Simulation, node: number, w: number): void {
  const state = stateOf(sim, node)
  const { workers } = state
  if (workers.leaving[w]) {
    workers.phase[w] = PHASE.retired
    return
  }
  const call = takeWaiting(state)
  if (call >= 0) takeRequest(sim, node, w, call)
  else poll(sim, node, w, 0)
}

/** Asks the source at a position of the order. */
export function poll(sim: Simulation, node: number, w: number, position: number): void {
  const state = stateOf(sim, node)
  const { workers, settings, order } = state
  if (position >= order.length) {
    workers.phase[w] = PHASE.idle
    return
  }
  const start = state.equalsStart[position]
  const turned = start + ((position - start + workers.turn[w]) % state.equalsCount[position])
  const source = state.sources[order[turned]]
  const { calls } = sim.world
  const call = sim.call(node, source.to, source.receive, source.wire)
  calls.token[call] = tokenOf(w, PURPOSE.receive, workers.turn[w])
  calls.arg[call] = position === order.length - 1 ? settings.waitUs : 0
  calls.arg2[call] = settings.visibilityUs
  calls.arg3[call] = settings.maxMessages
  workers.source[w] = order[turned]
  workers.position[w] = position
  workers.phase[w] = PHASE.polling
  sim.send(call)
}

/** The answer to a ReceiveMessage. */
export function received(sim: Simulation, node: number, w: number, call: number): void {
  const { calls, nodes } = sim.world
  const { workers } = stateOf(sim, node)
  const count = calls.count[call]
  if (count === 0) {
    nodes[node].counters[COUNTER.emptyReceives]++
    foundNothing(sim, node, w, call)
    return
  }
  nodes[node].counters[COUNTER.received] += count
  workers.turn[w]++
  takeInHand(sim, node, w, call)
  const { heartbeatUs } = stateOf(sim, node).settings
  if (heartbeatUs > 0) sim.at(sim.nowUs + heartbeatUs, node, EVENT.beat, w, workers.turn[w])
  work(sim, node, w)
}

function foundNothing(sim: Simulation, node: number, w: number, call: number): void {
  const { calls, nowUs } = sim.world
  const state = stateOf(sim, node)
  const { workers, settings, order } = state
  if (workers.leaving[w] || state.waitingCount > 0) {
    next(sim, node, w)
    return
  }
  const failed = calls.code[call] !== CODE.ok
  if (!failed && workers.position[w] + 1 < order.length) {
    poll(sim, node, w, workers.position[w] + 1)
    return
  }
  const least = nowUs === calls.sentUs[call] ? LEAST_PAUSE_US : 0
  const pauseUs = Math.max(settings.pauseUs, failed ? PAUSE_AFTER_ERROR_US : least)
  workers.turn[w]++
  if (pauseUs === 0) {
    poll(sim, node, w, 0)
    return
  }
  workers.phase[w] = PHASE.paused
  sim.at(nowUs + pauseUs, node, EVENT.poll, w, workers.turn[w])
}

/** Begins to answer a synchronous call. */
export function takeRequest(sim: Simulation, node: number, w: number, call: number): void {
  const { workers } = stateOf(sim, node)
  workers.turn[w]++
  workers.source[w] = -1
  workers.request[w] = call
  sim.world.nodes[node].counters[COUNTER.received]++
  takeInHand(sim, node, w, call)
  work(sim, node, w)
}

/** Copies what a call brought: later its messages may be gone, and their slots hold others. */
function takeInHand(sim: Simulation, node: number, w: number, call: number): void {
  const { calls, messages } = sim.world
  const state = stateOf(sim, node)
  const { hands, workers, settings } = state
  const first = call * ITEMS_PER_CALL
  const count = calls.count[call]
  const isRequest = workers.request[w] >= 0
  for (let n = 0; n < count; n++) {
    const slot = calls.slots[first + n]
    const hand = w * ITEMS_PER_CALL + n
    hands.slot[hand] = slot
    hands.receipt[hand] = calls.receipts[first + n]
    hands.serial[hand] = isRequest ? messages.serial[slot] : calls.serials[first + n]
    hands.origin[hand] = messages.origin[slot]
    hands.recipe[hand] = messages.recipe[slot]
    hands.ordinal[hand] = messages.ordinal[slot]
    hands.sizeBytes[hand] = messages.sizeBytes[slot]
    hands.hue[hand] = messages.hue[slot]
    hands.receives[hand] = messages.receives[slot]
    hands.beganUs[hand] = messages.beganUs[slot]
    hands.remove[hand] = 0
    hands.poison[hand] = 0
    if (settings.poison !== 'none') hands.poison[hand] = isPoison(sim, state, slot) ? 1 : 0
    if (messages.recipe[slot] === 0) {
      const content = sim.contentOf(slot)
      state.literals.set(hand, content)
      if (settings.extendedClient && !isRequest) notePayload(state, hand, content)
    }
  }
  workers.handAt[w] = 0
  workers.handCount[w] = count
}

function isPoison(sim: Simulation, { settings }: State, slot: number): boolean {
  if (settings.poison === 'field') return isPoisonByField(sim.contentOf(slot).body, settings)
  const { scenario, messages } = sim.world
  return isPoisonByShare(scenario.seed, messages.origin[slot], settings.poisonShare)
}

/** Begins to work on the next message in hand, as soon as its body is here. */
function work(sim: Simulation, node: number, w: number): void {
  const state = stateOf(sim, node)
  const { payloads } = state
  if (payloads.size > 0) {
    const body = fetchBody(sim, node, state, w)
    if (body === BODY.underway) return
    if (body === BODY.outOfReach) {
      fail(sim, node, w, NEWS.noBucket)
      return
    }
  }
  begin(sim, node, w)
}

/** The bucket has answered. */
export function fetched(sim: Simulation, node: number, w: number, call: number): void {
  if (bodyArrived(sim, stateOf(sim, node), w, call)) begin(sim, node, w)
  else fail(sim, node, w, NEWS.noPayload)
}

/** How the work will end is decided now. */
function begin(sim: Simulation, node: number, w: number): void {
  const { random, nowUs } = sim.world
  const { settings, streams, workers, hands } = stateOf(sim, node)
  let serviceUs = drawServiceUs(settings, random, streams.service)
  let outcome: number = OUTCOME.done
  if (happens(random, streams.failure, settings.failureChance)) outcome = OUTCOME.failure
  if (hands.poison[w * ITEMS_PER_CALL + workers.handAt[w]]) outcome = OUTCOME.failure
  if (happens(random, streams.crash, settings.crashChance)) {
    outcome = OUTCOME.crash
    serviceUs = Math.max(1, Math.round(serviceUs * nextUnit(random, streams.crash)))
  }
  workers.outcome[w] = outcome
  workers.startedUs[w] = nowUs
  workers.doneUs[w] = nowUs + serviceUs
  workers.phase[w] = PHASE.working
  sim.at(nowUs + serviceUs, node, EVENT.done, w, workers.turn[w])
}

/** The working time of a message has passed. A crash is the caller's business. */
export function done(sim: Simulation, node: number, w: number): void {
  const state = stateOf(sim, node)
  if (state.workers.outcome[w] === OUTCOME.failure) fail(sim, node, w)
  else if (state.settings.reply) answerRequester(sim, node, w)
  else if (state.outputs.length > 0) sendOn(sim, node, w)
  else succeed(sim, node, w)
}

/** The message is not deleted: its queue will hand it out again. A caller is told. */
function fail(sim: Simulation, node: number, w: number, news = newsOfFailure(sim, node, w)): void {
  const { workers } = stateOf(sim, node)
  sim.world.nodes[node].counters[COUNTER.failed]++
  workers.failedUs[w] = sim.nowUs
  if (workers.request[w] >= 0) answerRequest(sim, node, w, FIRST_ERROR + ERROR.internal)
  else tellFate(sim, node, w, workers.handAt[w], news)
  workers.handAt[w]++
  goOn(sim, node, w)
}

function newsOfFailure(sim: Simulation, node: number, w: number): number {
  const { workers, hands } = stateOf(sim, node)
  const isPoison = hands.poison[w * ITEMS_PER_CALL + workers.handAt[w]] === 1
  return isPoison ? NEWS.poison : NEWS.failed
}

/** Why a message in hand will not be deleted, for the log. @param place which of those in hand */
export function tellFate(
  sim: Simulation,
  node: number,
  w: number,
  place: number,
  news: number,
): void {
  const { hands, workers } = stateOf(sim, node)
  const hand = w * ITEMS_PER_CALL + place
  sim.news(
    node,
    news,
    hands.slot[hand],
    hands.serial[hand],
    tokenOf(w, PURPOSE.remove, workers.turn[w]),
  )
}

export function answerRequest(sim: Simulation, node: number, w: number, code: number): void {
  const { workers } = stateOf(sim, node)
  const { calls, messages } = sim.world
  const call = workers.request[w]
  const slot = calls.slots[call * ITEMS_PER_CALL]
  workers.request[w] = -1
  messages.node[slot] = -1
  sim.answer(call, code)
  if (code === CODE.ok) sim.release(slot)
}

/** Sends the reply to the queue that the message names; one that names none wants no reply. */
function answerRequester(sim: Simulation, node: number, w: number): void {
  const state = stateOf(sim, node)
  const { hands, workers } = state
  const hand = w * ITEMS_PER_CALL + workers.handAt[w]
  const reply = replyTo(sim, state, hand)
  if (!reply) {
    succeed(sim, node, w)
    return
  }
  const output = outputTo(sim, state, reply.queueUrl)
  if (!output) {
    fail(sim, node, w, NEWS.noReplyQueue)
    return
  }
  const { content, sizeBytes } = reply
  const slot = newLiteralMessage(sim.world.messages, content, sizeBytes, hands.hue[hand])
  workers.phase[w] = PHASE.sending
  workers.pending[w] = 1
  sendResult(sim, node, w, output, slot)
}

/** Sends the result, a new message with the same words, along every output. */
function sendOn(sim: Simulation, node: number, w: number): void {
  const { messages } = sim.world
  const state = stateOf(sim, node)
  const { hands, workers, outputs } = state
  const hand = w * ITEMS_PER_CALL + workers.handAt[w]
  workers.phase[w] = PHASE.sending
  workers.pending[w] = outputs.length
  for (const output of outputs) {
    const words = hands.recipe[hand] === 0 ? state.literals.get(hand) : undefined
    const size = hands.sizeBytes[hand]
    const hue = hands.hue[hand]
    const slot = words
      ? newLiteralMessage(messages, words, size, hue)
      : newMessage(messages, hands.recipe[hand], hands.ordinal[hand], size, hue)
    sendResult(sim, node, w, output, slot)
  }
}

function sendResult(
  sim: Simulation,
  node: number,
  w: number,
  { to, send, wire }: Output,
  slot: number,
): void {
  const { calls, messages } = sim.world
  const { hands, workers } = stateOf(sim, node)
  const hand = w * ITEMS_PER_CALL + workers.handAt[w]
  messages.origin[slot] = hands.origin[hand]
  messages.beganUs[slot] = hands.beganUs[hand]
  const call = sim.call(node, to, send, wire)
  addItem(calls, call, slot, 0)
  calls.arg[call] = -1
  calls.token[call] = tokenOf(w, PURPOSE.send, workers.turn[w])
  sim.send(call)
}

/** An output was answered. One refusal fails the message: it comes back and is tried again. */
export function sentOn(sim: Simulation, node: number, w: number, accepted: boolean): void {
  const { workers } = stateOf(sim, node)
  if (!accepted) workers.outcome[w] = OUTCOME.failure
  if (--workers.pending[w] > 0) return
  if (workers.outcome[w] === OUTCOME.failure) fail(sim, node, w)
  else succeed(sim, node, w)
}

/** Counts the message, and deletes it or marks it for the batch. */
function succeed(sim: Simulation, node: number, w: number): void {
  const state = stateOf(sim, node)
  const { workers, hands, settings } = state
  const { nowUs, nodes, random } = sim.world
  const { counters } = nodes[node]
  const hand = w * ITEMS_PER_CALL + workers.handAt[w]++
  const serviceUs = workers.doneUs[w] - workers.startedUs[w]
  const latencyUs = nowUs - hands.beganUs[hand]
  counters[COUNTER.processed]++
  counters[COUNTER.serviceUs] += serviceUs
  counters[COUNTER.latencyUs] += latencyUs
  addLatency(state.latencies, nowUs, latencyUs)
  const { sums } = state.recent
  const recently = placeNow(state.recent, nowUs)
  sums[recently + RECENT.processed]++
  sums[recently + RECENT.serviceUs] += serviceUs
  sums[recently + RECENT.latencyUs] += latencyUs
  if (workers.request[w] >= 0) {
    answerRequest(sim, node, w, CODE.ok)
    goOn(sim, node, w)
  } else if (happens(random, state.streams.forget, settings.forgetChance)) {
    counters[COUNTER.forgotten]++
    tellFate(sim, node, w, workers.handAt[w] - 1, NEWS.forgot)
    goOn(sim, node, w)
  } else if (state.payloads.size === 0 || !discard(sim, node, state, w, hand)) {
    removeFromQueue(sim, node, w)
  }
}

/** Deletes the message worked on last, or marks it for the batch. */
export function removeFromQueue(sim: Simulation, node: number, w: number): void {
  const state = stateOf(sim, node)
  const { workers, hands, settings } = state
  const hand = w * ITEMS_PER_CALL + workers.handAt[w] - 1
  if (settings.batchDelete) {
    hands.remove[hand] = 1
    goOn(sim, node, w)
  } else {
    const source = state.sources[workers.source[w]]
    const call = sim.call(node, source.to, source.remove, source.wire)
    addItem(sim.world.calls, call, hands.slot[hand], hands.receipt[hand], hands.serial[hand])
    sim.world.calls.token[call] = tokenOf(w, PURPOSE.remove, workers.turn[w])
    workers.phase[w] = PHASE.deleting
    sim.send(call)
  }
}

/** A delete was answered. Whether it was in time is the queue's news. */
export function removed(sim: Simulation, node: number, w: number): void {
  if (stateOf(sim, node).workers.phase[w] === PHASE.deleting) goOn(sim, node, w)
  else putDown(sim, node, w)
}

/** The next message in hand, or the end of this turn. */
function goOn(sim: Simulation, node: number, w: number): void {
  const state = stateOf(sim, node)
  const { workers } = state
  if (workers.handAt[w] < workers.handCount[w]) work(sim, node, w)
  else if (!removeBatch(sim, node, state, w)) putDown(sim, node, w)
}

/** Deletes what is marked; false when nothing is. */
function removeBatch(sim: Simulation, node: number, state: State, w: number): boolean {
  const { workers, hands } = state
  const { calls } = sim.world
  let call = -1
  for (let n = 0; n < workers.handCount[w]; n++) {
    const hand = w * ITEMS_PER_CALL + n
    if (!hands.remove[hand]) continue
    if (call < 0) {
      const source = state.sources[workers.source[w]]
      call = sim.call(node, source.to, source.removeBatch, source.wire)
      calls.token[call] = tokenOf(w, PURPOSE.remove, workers.turn[w])
    }
    addItem(calls, call, hands.slot[hand], hands.receipt[hand], hands.serial[hand])
  }
  if (call < 0) return false
  workers.phase[w] = PHASE.clearing
  sim.send(call)
  return true
}

function putDown(sim: Simulation, node: number, w: number): void {
  emptyHands(stateOf(sim, node), w)
  next(sim, node, w)
}

/** Forgets what is in hand. */
export function emptyHands({ workers, literals, payloads }: State, w: number): void {
  if (literals.size > 0) {
    for (let n = 0; n < workers.handCount[w]; n++) {
      literals.delete(w * ITEMS_PER_CALL + n)
      payloads.delete(w * ITEMS_PER_CALL + n)
    }
  }
  workers.handAt[w] = 0
  workers.handCount[w] = 0
}

/** Extends the visibility timeout of what is in hand and not done. */
export function beat(sim: Simulation, node: number, w: number): void {
  const { workers, hands, settings, sources } = stateOf(sim, node)
  const left = workers.handCount[w] - workers.handAt[w]
  if (left === 0 || settings.heartbeatUs === 0) return
  const { calls } = sim.world
  const source = sources[workers.source[w]]
  const operation = left === 1 ? source.extend : source.extendBatch
  const call = sim.call(node, source.to, operation, source.wire)
  for (let n = workers.handAt[w]; n < workers.handCount[w]; n++) {
    const hand = w * ITEMS_PER_CALL + n
    addItem(calls, call, hands.slot[hand], hands.receipt[hand], hands.serial[hand])
  }
  calls.arg[call] = settings.heartbeatToUs
  calls.token[call] = tokenOf(w, PURPOSE.extend, workers.turn[w])
  sim.send(call)
  sim.at(sim.nowUs + settings.heartbeatUs, node, EVENT.beat, w, workers.turn[w])
}
