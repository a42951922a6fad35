/**
 * SendMessage and SendMessageBatch. Items are message slots; `arg` is DelaySeconds in microseconds,
 * or -1 for the queue's own. After code ok (for the call and the item) the queue owns the slot, else
 * the caller still has it.
 */
import { counted } from '../../../base/format.ts'
import { md5Hex } from '../../../base/hash.ts'
import { fromSeconds } from '../../../base/units.ts'
import { utf8Length } from '../../../base/utf8.ts'
import type { CallView, ItemView, Operation } from '../../../engine/behaviour.ts'
import { ITEMS_PER_CALL, addItem } from '../../../engine/calls.ts'
import { newLiteralMessage, type Content } from '../../../engine/messages.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import {
  hasValidCharacters,
  md5OfAttributes,
  readAttributes,
  readSystemAttributes,
  sizeOfAttributes,
} from '../attributes.ts'
import {
  INVALID_CONTENTS,
  NOT_FOR_FIFO,
  batchError,
  invalidParameter,
  invalidValue,
} from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { sequenceText } from '../fifo/groups.ts'
import { hashOf, readId } from '../fifo/ids.ts'
import type { SimUs } from '../../../base/units.ts'
import { queueUrl } from '../names.ts'
import { queueOf } from '../queue.ts'
import { batchLimit, messageLimit, send } from '../send.ts'
import { addEntries, batchOutput, entryId } from './batch.ts'
import { batchEntries, requiredText, wholeNumber, type Input } from './input.ts'

const US_PER_SECOND = 1_000_000

/** A FIFO queue knows no delay of a single message (FACTS 2.8). */
function delayUs(sim: Simulation, node: number, arg: number): SimUs {
  const { settings, fifo } = queueOf(sim, node)
  return fifo || arg < 0 ? settings.delayUs : arg
}

export const sendMessage: Operation = {
  name: 'SendMessage',
  carries: 'request',
  delayUs,
  run: (sim, node, call) => send(sim, node, call, false),
  parse: (sim, node, call, input) =>
    reading(() => {
      const queue = queueOf(sim, node)
      const limit = messageLimit(sim, queue)
      addMessage(sim, call, readMessage(input, limit, queue.fifo !== null, false))
    }),
  request: (sim, node, call) => ({
    QueueUrl: queueUrl(sim.world.nodes[node].name),
    ...requestEntry(call, call.items[0]),
  }),
  response: (sim, _node, call) => sent(sim, call.items[0]),
  gist: (_sim, call) => ({
    input: shortened(call.items[0]?.content.body ?? ''),
    output: call.items[0] ? outcome(call.items[0]) : '',
  }),
}

const outcome = ({ message, receipt }: ItemView): string =>
  receipt > 0 ? `m-${message}: duplicate of m-${receipt}` : `m-${message}`

export const sendMessageBatch: Operation = {
  name: 'SendMessageBatch',
  carries: 'request',
  delayUs,
  run: (sim, node, call) => send(sim, node, call, true),
  parse: (sim, node, call, input) =>
    reading(() => {
      const entries = batchEntries(input, 'SendMessageBatch')
      checkBatchSize(sim, entries)
      const queue = queueOf(sim, node)
      const limit = messageLimit(sim, queue)
      const isFifo = queue.fifo !== null
      addEntries(sim, call, entries, (entry) =>
        addMessage(sim, call, readMessage(entry, limit, isFifo, true)),
      )
    }),
  request: (sim, node, call) => ({
    QueueUrl: queueUrl(sim.world.nodes[node].name),
    Entries: call.items.map((item, index) => ({
      Id: entryId(call, index),
      ...requestEntry(call, item),
    })),
  }),
  response: (sim, node, call) => batchOutput(sim, node, call, (item) => sent(sim, item)),
  gist: (_sim, call) => ({
    input: counted(call.items.length, 'message'),
    output: call.items.map(outcome).join(', '),
  }),
}

interface NewMessage {
  content: Content
  sizeBytes: number
  /** -1 = the queue's. */
  delayUs: number
}

/** @throws Refusal */
function readMessage(input: Input, limit: number, isFifo: boolean, inBatch: boolean): NewMessage {
  const body = requiredText(input, 'MessageBody')
  if (!hasValidCharacters(body)) throw new Refusal(INVALID_CONTENTS)
  const attributes = readAttributes(input.MessageAttributes)
  const systemAttributes = readSystemAttributes(input.MessageSystemAttributes)
  const sizeBytes = utf8Length(body) + sizeOfAttributes(attributes)
  if (sizeBytes > limit) {
    const what = inBatch ? 'cannot be validated' : 'are invalid'
    throw new Refusal(
      invalidParameter(
        `One or more parameters ${what}. Reason: Message must be shorter than ${limit} bytes.`,
      ),
    )
  }
  const delayS = wholeNumber(input, 'DelaySeconds', 0, 900, 'DelaySeconds must be >= 0 and <= 900.')
  if (isFifo && delayS) throw new Refusal(invalidValue('DelaySeconds', delayS, NOT_FOR_FIFO))
  if (!isFifo && input.MessageDeduplicationId !== undefined) {
    const reason = 'The request includes a parameter that is not valid for this queue type.'
    throw new Refusal(invalidValue('MessageDeduplicationId', input.MessageDeduplicationId, reason))
  }
  // On standard queues a group is a tenant, since July 2025 (FACTS 1.3).
  const groupId = readId(input, 'MessageGroupId')
  const deduplicationId = readId(input, 'MessageDeduplicationId')
  return {
    content: Object.freeze({
      body,
      attributes,
      ...(systemAttributes && { systemAttributes }),
      ...(groupId !== undefined && { groupId }),
      ...(deduplicationId !== undefined && { deduplicationId }),
    }),
    sizeBytes,
    delayUs: delayS === undefined ? -1 : fromSeconds(delayS),
  }
}

/** Bodies and attributes of all entries, as far as they can be read; checked before any entry alone. */
function checkBatchSize(sim: Simulation, entries: readonly Input[]): void {
  const limit = batchLimit(sim)
  let bytes = 0
  for (const entry of entries) {
    if (typeof entry.MessageBody === 'string') bytes += utf8Length(entry.MessageBody)
    reading(() => (bytes += sizeOfAttributes(readAttributes(entry.MessageAttributes))))
  }
  if (bytes <= limit) return
  throw new Refusal(
    batchError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${limit} bytes. You have sent ${bytes} bytes.`,
    ),
  )
}

function addMessage(sim: Simulation, call: number, message: NewMessage): void {
  const { calls, messages } = sim.world
  // Colours of messages from outside follow from their group or order; others follow from their key.
  const { groupId } = message.content
  const hue = (groupId === undefined ? messages.nextSerial * 7919 : hashOf(groupId)) & 0xffff
  const slot = newLiteralMessage(messages, message.content, message.sizeBytes, hue)
  const item = addItem(calls, call, slot, 0)
  calls.itemArgs[call * ITEMS_PER_CALL + item] = message.delayUs
  calls.arg[call] = -1
}

function sent(sim: Simulation, item: ItemView): Record<string, unknown> {
  const ofAttributes = md5OfAttributes(item.content.attributes)
  const ofSystemAttributes = md5OfAttributes(item.content.systemAttributes)
  return {
    // Of a duplicate the queue tells the message that it took before, by its receipt.
    MessageId: sim.messageId(item.receipt > 0 ? item.receipt : item.message),
    MD5OfMessageBody: md5Hex(item.content.body),
    ...(ofAttributes && { MD5OfMessageAttributes: ofAttributes }),
    ...(ofSystemAttributes && { MD5OfMessageSystemAttributes: ofSystemAttributes }),
    ...sequenceNumber(sim, item),
  }
}

/** Of messages of FIFO queues, as long as they are there. */
export function sequenceNumber(
  sim: Simulation,
  { slot, message }: ItemView,
): Readonly<Record<string, string>> {
  const { messages } = sim.world
  const sequence = messages.serial[slot] === message ? messages.sequence[slot] : 0
  return sequence > 0 ? { SequenceNumber: sequenceText(sequence) } : {}
}

function requestEntry(call: CallView, item: ItemView): Record<string, unknown> {
  const { body, attributes, groupId, deduplicationId } = item.content
  return {
    MessageBody: body,
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    ...(call.arg >= 0 && { DelaySeconds: call.arg / US_PER_SECOND }),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
