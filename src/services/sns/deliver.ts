/** Delivery of copies: by a call to the subscriber, again by the phases of FACTS 4.2, then given up. */
import { US_PER_S } from '../../base/units.ts'
import { nextUnit } from '../../base/random.ts'
import { CODE, ITEMS_PER_CALL, addItem, type ApiError } from '../../engine/calls.ts'
import { append, unlink } from '../../engine/lists.ts'
import { HOP_LOOK } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { viewCall } from '../../engine/views.ts'
import { addRecent } from '../recent.ts'
import { COUNTER, EVENT, NEWS } from './books.ts'
import { countPriced } from './charges.ts'
import { waitsForTurn } from './pace.ts'
import { isWeb, phaseOf, retryDelayUs } from './retry.ts'
import { closeDelivery, noteAttempt } from './statusLog.ts'
import { partAt, topicOf, type Subscription, type Topic } from './topic.ts'

/** Protocols whose endpoints are outside every design: SNS hands over, and hears no more. */
const OUTSIDE_PROTOCOLS = new Set(['http', 'https', 'email', 'email-json', 'sms', 'application'])

/** SNS waits so long for a web server's answer. */
export const HTTP_PATIENCE_US = 15 * US_PER_S

/** Sends a copy to its subscriber when it is its turn. `place` is the subscription's among the topic's. */
export function deliver(
  sim: Simulation,
  node: number,
  topic: Topic,
  place: number,
  slot: number,
  attempt: number,
): void {
  if (waitsForTurn(sim, node, topic, place, slot, attempt)) return
  deliverNow(sim, node, topic, place, slot, attempt)
}

function deliverNow(
  sim: Simulation,
  node: number,
  topic: Topic,
  place: number,
  slot: number,
  attempt: number,
): void {
  const subscription = topic.subscriptions[place]
  const { nodes, messages, calls } = sim.world
  if (!subscription) {
    lose(sim, node, slot)
    return
  }
  const { wire, protocol, endpoint } = subscription
  noteAttempt(sim, topic, slot)
  const { to, operation } = wire < 0 ? unwired(sim, node, subscription) : subscription
  if (to < 0 && OUTSIDE_PROTOCOLS.has(protocol)) {
    if (isWeb(protocol)) sim.sendOut?.(endpoint, sim.contentOf(slot))
    delivered(sim, node, topic, subscription, messages.serial[slot])
    sim.release(slot)
    return
  }
  if (to < 0 || operation < 0 || !nodes[to].alive) {
    giveUp(sim, node, topic, subscription, slot, NOBODY)
    return
  }
  messages.node[slot] = -1
  const call = sim.call(node, to, operation, wire)
  addItem(calls, call, slot, 0, messages.serial[slot])
  calls.arg[call] = -1
  if (isWeb(protocol)) calls.arg2[call] = HTTP_PATIENCE_US
  calls.arg3[call] = attempt
  calls.token[call] = place
  topic.calling++
  sim.send(call)
}

/** What the status log says of an endpoint that is not there. */
const NOBODY: ApiError = {
  code: 'EndpointNotFound',
  status: 404,
  message: 'The endpoint does not exist.',
}

/** Who is at the endpoint of a subscription that is not drawn: a part that came later, or nobody. */
const unwired = (sim: Simulation, node: number, { protocol, endpoint }: Subscription) =>
  partAt(sim, node, protocol, endpoint) ?? { to: -1, operation: -1 }

/** A subscriber, or a dead-letter queue, has answered. */
export function answered(sim: Simulation, node: number, call: number): void {
  const { calls, messages } = sim.world
  const topic = topicOf(sim, node)
  const slot = calls.slots[call * ITEMS_PER_CALL]
  const isOk = calls.code[call] === CODE.ok
  topic.calling--
  const token = calls.token[call]
  if (token < 0) {
    if (isOk) redriven(sim, node, messages.serial[slot])
    else lose(sim, node, slot, true)
    return
  }
  const subscription = topic.subscriptions[token]
  if (isOk) {
    delivered(sim, node, topic, subscription, calls.serials[call * ITEMS_PER_CALL])
    return
  }
  const error = sim.errorFor(calls.to[call], calls.code[call], viewCall(sim, call))!
  if (subscription && isWeb(subscription.protocol)) countFailed(sim, node)
  if (!subscription) lose(sim, node, slot)
  else if (isPassing(error)) tryLater(sim, node, topic, token, slot, calls.arg3[call] + 1, error)
  else giveUp(sim, node, topic, subscription, slot, error)
}

/** Of web servers every failed attempt counts, of others what is given up (FACTS 4.6). */
const countFailed = (sim: Simulation, node: number): void => {
  sim.world.nodes[node].counters[COUNTER.notificationsFailed]++
}

/** Only 5XX and 429 may pass by themselves; every other refusal is final (FACTS 4.2). */
const isPassing = ({ status, code }: ApiError): boolean =>
  status >= 500 || status === 429 || code === 'RequestThrottled'

function delivered(
  sim: Simulation,
  node: number,
  topic: Topic,
  subscription: Subscription | null,
  serial: number,
): void {
  sim.world.nodes[node].counters[COUNTER.delivered]++
  addRecent(topic.recent, sim.nowUs, 0, 1)
  if (!subscription) return
  subscription.delivered++
  countPriced(sim, node, subscription.protocol)
  closeDelivery(sim, node, topic, subscription, serial, null)
}

function tryLater(
  sim: Simulation,
  node: number,
  topic: Topic,
  place: number,
  slot: number,
  retry: number,
  error: ApiError,
): void {
  const { messages, nodes } = sim.world
  const subscription = topic.subscriptions[place]!
  const delayUs = retryDelayUs(subscription.retry, retry)
  if (delayUs === null) {
    giveUp(sim, node, topic, subscription, slot, error)
    return
  }
  messages.node[slot] = node
  messages.group[slot] = place
  messages.sequence[slot] = retry
  append(messages, topic.backing, slot)
  nodes[node].counters[COUNTER.retried]++
  sim.news(node, NEWS[phaseOf(subscription.retry, retry)], slot)
  sim.at(sim.nowUs + jittered(sim, topic, delayUs), node, EVENT.retry, slot, messages.serial[slot])
}

/** Up to a tenth more (FACTS 4.2: jitter is applied; how much is ours). */
const jittered = (sim: Simulation, topic: Topic, delayUs: number): number =>
  delayUs === 0 ? 0 : Math.round(delayUs * (1 + 0.1 * nextUnit(sim.world.random, topic.jitter)))

/** A copy's wait is over: for its next try, or for its turn. */
export function waitIsOver(
  sim: Simulation,
  node: number,
  type: number,
  slot: number,
  serial: number,
): void {
  const { messages } = sim.world
  const topic = topicOf(sim, node)
  if (messages.serial[slot] !== serial || messages.node[slot] !== node) return
  const isTurn = type === EVENT.turn
  unlink(messages, isTurn ? topic.pacing : topic.backing, slot)
  const place = messages.group[slot]
  const attempt = messages.sequence[slot]
  // The queue that takes it has groups and sequences of its own.
  messages.group[slot] = -1
  messages.sequence[slot] = 0
  const send = isTurn ? deliverNow : deliver
  send(sim, node, topic, place, slot, attempt)
}

/** No more tries: to the subscription's dead-letter queue, or lost (FACTS 4.3). */
export function giveUp(
  sim: Simulation,
  node: number,
  topic: Topic,
  subscription: Subscription,
  slot: number,
  error: ApiError,
): void {
  const serial = sim.world.messages.serial[slot]
  closeDelivery(sim, node, topic, subscription, serial, error)
  subscription.failed++
  if (!isWeb(subscription.protocol)) countFailed(sim, node)
  const { deadLetterQueue } = subscription.settings
  const to = deadLetterQueue === '' ? -1 : queueNamed(sim, deadLetterQueue)
  const { calls } = sim.world
  if (to < 0) {
    lose(sim, node, slot, deadLetterQueue !== '')
    return
  }
  sim.news(node, NEWS.redriven, slot)
  sim.world.messages.node[slot] = -1
  const call = sim.call(node, to, sim.operationIndex(to, 'SendMessage'), -1)
  addItem(calls, call, slot, 0)
  calls.arg[call] = -1
  calls.token[call] = TO_DEAD_LETTER_QUEUE
  topic.calling++
  sim.send(call)
}

/** Tokens of calls that deliver no copy. */
const TO_DEAD_LETTER_QUEUE = -1
export const CONFIRMATION = -2

/** Whatever takes messages and has this name: only queues do by this operation. */
const queueNamed = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex(
    (node) =>
      node.alive && node.name === name && sim.operationIndex(node.index, 'SendMessage') >= 0,
  )

function redriven(sim: Simulation, node: number, message: number): void {
  sim.world.nodes[node].counters[COUNTER.redriven]++
  sim.mark(node, 'deadLettered', message)
}

function lose(sim: Simulation, node: number, slot: number, fromRedrive = false): void {
  const { counters } = sim.world.nodes[node]
  counters[COUNTER.failed]++
  if (fromRedrive) counters[COUNTER.redriveFailed]++
  sim.news(node, NEWS.failed, slot)
  sim.mark(node, 'lost', sim.world.messages.serial[slot])
  sim.release(slot)
}

/** A copy that its filter stops, drawn as far as its gate. */
export function stopAtGate(sim: Simulation, wire: number, slot: number): void {
  if (wire >= 0) sim.hop(wire, sim.world.network.carryUs, slot, HOP_LOOK.filtered)
}
