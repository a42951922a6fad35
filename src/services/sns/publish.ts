/** Publish at the topic: taken in, matched with every subscription, copied, sent out (FACTS 3.2, 4). */
import { isoTime } from '../../base/calendar.ts'
import { CODE, ITEMS_PER_CALL, type ApiError } from '../../engine/calls.ts'
import { copyMessage, newLiteralMessage, type Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { epochMs } from '../aws.ts'
import { recall, remember } from '../deduplication.ts'
import { kept, type Archive, type Replay } from './archive.ts'
import { COUNTER, NEWS, filterCounter, gateToken } from './books.ts'
import { deliver, giveUp, stopAtGate } from './deliver.ts'
import type { Notification } from './envelope.ts'
import { RESULT } from './errors.ts'
import { matches, type Matchable } from './filter/match.ts'
import { sequenceText, topicArn } from './names.ts'
import { deduplicationIdOf, renderFor, sizeOf } from './render.ts'
import { noteAttempt, openDelivery } from './statusLog.ts'
import { takes } from './throughput.ts'
import { topicOf, type Offered, type Subscription, type Topic } from './topic.ts'

/** One message, or several of a batch, each of which stands or falls alone. */
export function publish(sim: Simulation, node: number, call: number, inBatch: boolean): void {
  const { calls } = sim.world
  const topic = topicOf(sim, node)
  const first = call * ITEMS_PER_CALL
  const taken: number[] = []
  const known: number[] = []
  for (let place = first; place < first + calls.count[call]; place++) {
    const slot = calls.slots[place]
    if (slot < 0) continue
    const code = refusalOf(sim, node, topic, slot)
    if (code !== CODE.ok && !inBatch) {
      sim.answer(call, code)
      return
    }
    calls.codes[place] = code
    if (code !== CODE.ok) continue
    if (isKnown(sim, node, topic, place)) known.push(slot)
    else taken.push(accept(sim, node, slot))
  }
  sim.answer(call, CODE.ok)
  for (const slot of taken) {
    if (topic.archive) archive(sim, topic.archive, slot)
    fanOut(sim, node, topic, slot)
  }
  for (const slot of [...taken, ...known]) sim.release(slot)
}

const isFifo = (sim: Simulation, node: number): boolean =>
  sim.world.nodes[node].config.FifoTopic === true

function refusalOf(sim: Simulation, node: number, topic: Topic, slot: number): number {
  const { messages, nodes, nowUs } = sim.world
  const { config, counters } = nodes[node]
  const bytes = messages.sizeBytes[slot]
  if (bytes > Number(config.MaximumMessageSize)) return RESULT.tooLong
  if (!isFifo(sim, node)) return CODE.ok
  const content = sim.contentOf(slot)
  if (content.groupId === undefined) return RESULT.noGroup
  if (deduplicationIdOf(content, config) === undefined) return RESULT.noDeduplication
  const hasTopicScope = config.FifoThroughputScope === 'Topic'
  if (takes(topic.throughput, nowUs, content.groupId, bytes, hasTopicScope)) return CODE.ok
  counters[COUNTER.throttled]++
  sim.mark(node, 'throttled')
  return RESULT.throttled
}

/** FIFO: whether a message of that id was taken lately; the call is told of which (FACTS 4.5). */
function isKnown(sim: Simulation, node: number, topic: Topic, place: number): boolean {
  if (!isFifo(sim, node)) return false
  const { calls, messages, nodes, nowUs } = sim.world
  const slot = calls.slots[place]
  const content = sim.contentOf(slot)
  const { config, counters } = nodes[node]
  const id = deduplicationIdOf(content, config)!
  const key = config.FifoThroughputScope === 'MessageGroup' ? `${content.groupId} ${id}` : id
  const original = recall(topic.memory, key, nowUs)
  if (original) {
    calls.receipts[place] = original.serial
    messages.sequence[slot] = original.sequence
    counters[COUNTER.deduplicated]++
    sim.news(node, NEWS.deduplicated, slot)
    sim.mark(node, 'filtered', messages.serial[slot])
    return true
  }
  messages.sequence[slot] = ++topic.sequence
  remember(topic.memory, key, messages.serial[slot], topic.sequence, nowUs)
  return false
}

function accept(sim: Simulation, node: number, slot: number): number {
  const { messages, nodes, nowUs } = sim.world
  const { counters } = nodes[node]
  counters[COUNTER.published]++
  counters[COUNTER.publishedBytes] += messages.sizeBytes[slot]
  messages.sentUs[slot] = nowUs
  return slot
}

function archive(sim: Simulation, { messages: archived }: Archive, slot: number): void {
  const { messages } = sim.world
  archived.push({
    atUs: sim.nowUs,
    serial: messages.serial[slot],
    sequence: messages.sequence[slot],
    hue: messages.hue[slot],
    content: sim.contentOf(slot),
  })
}

/** Delivers what the archive holds of a time to one subscription, as far as its filter policy lets it pass. */
export function replay(
  sim: Simulation,
  node: number,
  place: number,
  { fromMs, toMs }: Replay,
): void {
  const topic = topicOf(sim, node)
  if (!topic.archive) return
  const { messages } = sim.world
  for (const { atUs, serial, sequence, hue, content } of kept(topic.archive, sim.nowUs)) {
    if (epochMs(atUs) < fromMs || epochMs(atUs) > toMs) continue
    const slot = newLiteralMessage(messages, content, sizeOf(content), hue)
    const original = { ...notificationOf(sim, node, slot, content), replayed: true }
    const about = {
      ...original,
      messageId: sim.messageId(serial),
      timestamp: isoTime(epochMs(atUs)),
      sequence: sequenceText(sequence),
    }
    const offered = { message: serial, atUs: sim.nowUs, content }
    offer(sim, node, topic, place, slot, offered, { content }, () => about)
    sim.release(slot)
  }
}

/** A copy for every subscription whose filter policy the message passes. */
function fanOut(sim: Simulation, node: number, topic: Topic, slot: number): void {
  const content = sim.contentOf(slot)
  const offered: Offered = { message: sim.world.messages.serial[slot], atUs: sim.nowUs, content }
  const message: Matchable = { content }
  let made: Notification | undefined
  const about = () => (made ??= notificationOf(sim, node, slot, content))
  for (let place = 0; place < topic.subscriptions.length; place++) {
    const subscription = topic.subscriptions[place]
    if (!subscription || subscription.token !== '' || subscription.isPaused) continue
    offer(sim, node, topic, place, slot, offered, message, about)
  }
}

/** A copy for one subscription, if its filter policy lets the message pass. */
function offer(
  sim: Simulation,
  node: number,
  topic: Topic,
  place: number,
  slot: number,
  offered: Offered,
  message: Matchable,
  about: () => Notification,
): void {
  const { messages, nodes } = sim.world
  const { counters } = nodes[node]
  const subscription = topic.subscriptions[place]!
  const verdict = matches(subscription.policy, message)
  subscription.last = offered
  subscription.lastPassed = verdict.passes
  if (!verdict.passes) {
    counters[COUNTER.filteredOut]++
    counters[filterCounter(verdict.why)]++
    subscription.filtered++
    stopAtGate(sim, subscription.wire, slot)
    sim.news(node, NEWS.filtered, slot, 0, gateToken(place))
    return
  }
  const copy = copyMessage(messages, slot)
  const rendered = renderFor(sim, node, subscription, message.content, about())
  if (rendered) {
    messages.literals[copy] = rendered.content
    messages.recipe[copy] = 0
    messages.sizeBytes[copy] = rendered.bytes
  }
  counters[COUNTER.copied]++
  counters[COUNTER.copiedBytes] += messages.sizeBytes[copy]
  openDelivery(sim, topic, subscription.protocol, copy, message.content.body)
  if (tooManyAttributes(subscription, rendered?.content ?? message.content)) {
    // More than a queue takes: a client-side error, so nobody tries again (FACTS 3.2).
    noteAttempt(sim, topic, copy)
    giveUp(sim, node, topic, subscription, copy, TOO_MANY_ATTRIBUTES)
  } else {
    deliver(sim, node, topic, place, copy, 0)
  }
}

const MOST_RAW_ATTRIBUTES = 10
/** SendMessage's refusal, which the status log tells. */
const TOO_MANY_ATTRIBUTES: ApiError = {
  code: 'InvalidParameterValue',
  status: 400,
  message: 'Number of message attributes [more than 10] exceeds the allowed maximum [10].',
}

const tooManyAttributes = ({ protocol }: Subscription, { attributes }: Content): boolean =>
  protocol === 'sqs' && Object.keys(attributes).length > MOST_RAW_ATTRIBUTES

function notificationOf(
  sim: Simulation,
  node: number,
  slot: number,
  { subject, attributes }: Content,
): Notification {
  const { messages, nodes } = sim.world
  const { name, config } = nodes[node]
  return {
    messageId: sim.messageId(messages.serial[slot]),
    topicArn: topicArn(name),
    timestamp: isoTime(epochMs(sim.nowUs)),
    signatureVersion: String(config.SignatureVersion),
    attributes,
    ...(subject !== undefined && { subject }),
    ...(config.FifoTopic === true && { sequence: sequenceText(messages.sequence[slot]) }),
  }
}
