/**
 * SendMessage and SendMessageBatch. Items are message slots; `arg` is DelaySeconds in microseconds,
 * or -1 for the queue's own. After code ok (for the call and the item) the queue owns the slot, else
 * the caller still has it.
 */
import { md5Hex } from '../../../base/hash.ts'
import { fromSeconds } from '../../../base/units.ts'
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
  utf8,
} from '../attributes.ts'
import {
  INVALID_CONTENTS,
  Refusal,
  batchError,
  invalidParameter,
  invalidValue,
  reading,
} from '../errors.ts'
import { queueUrl } from '../names.ts'
import { queueOf } from '../queue.ts'
import { batchLimit, messageLimit, send } from '../send.ts'
import { addEntries, batchOutput, entryId } from './batch.ts'
import { batchEntries, requiredText, wholeNumber, type Input } from './input.ts'

const US_PER_SECOND = 1_000_000

export const sendMessage: Operation = {
  name: 'SendMessage',
  carries: 'request',
  run: (sim, node, call) => send(sim, node, call, false),
  parse: (sim, node, call, input) =>
    reading(() => addMessage(sim, call, readMessage(input, messageLimit(sim, queueOf(sim, node))))),
  request: (sim, node, call) => ({
    QueueUrl: queueUrl(sim.world.nodes[node].name),
    ...requestEntry(call, call.items[0]),
  }),
  response: (sim, _node, call) => sent(sim, call.items[0]),
  gist: (_sim, call) => ({
    input: shortened(call.items[0]?.content.body ?? ''),
    output: call.items[0] ? `m-${call.items[0].message}` : '',
  }),
}

export const sendMessageBatch: Operation = {
  name: 'SendMessageBatch',
  carries: 'request',
  run: (sim, node, call) => send(sim, node, call, true),
  parse: (sim, node, call, input) =>
    reading(() => {
      const entries = batchEntries(input, 'Send')
      checkBatchSize(sim, entries)
      const limit = messageLimit(sim, queueOf(sim, node))
      addEntries(sim, call, entries, (entry) => addMessage(sim, call, readMessage(entry, limit)))
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
    input: `${call.items.length} messages`,
    output: call.items.map((item) => `m-${item.message}`).join(', '),
  }),
}

interface NewMessage {
  content: Content
  sizeBytes: number
  /** -1 = the queue's. */
  delayUs: number
}

/** @throws Refusal */
function readMessage(input: Input, limit: number): NewMessage {
  const body = requiredText(input, 'MessageBody')
  if (!hasValidCharacters(body)) throw new Refusal(INVALID_CONTENTS)
  const attributes = readAttributes(input.MessageAttributes)
  const systemAttributes = readSystemAttributes(input.MessageSystemAttributes)
  const sizeBytes = utf8(body).length + sizeOfAttributes(attributes)
  if (sizeBytes > limit) {
    throw new Refusal(
      invalidParameter(
        `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
      ),
    )
  }
  const delayS = wholeNumber(input, 'DelaySeconds', 0, 900, 'DelaySeconds must be >= 0 and <= 900.')
  if (input.MessageDeduplicationId !== undefined) {
    const reason = 'The request includes a parameter that is not valid for this queue type.'
    throw new Refusal(invalidValue('MessageDeduplicationId', input.MessageDeduplicationId, reason))
  }
  const groupId = readGroupId(input.MessageGroupId)
  return {
    content: Object.freeze({
      body,
      attributes,
      ...(systemAttributes && { systemAttributes }),
      ...(groupId !== undefined && { groupId }),
    }),
    sizeBytes,
    delayUs: delayS === undefined ? -1 : fromSeconds(delayS),
  }
}

const GROUP_ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/

/** Allowed on standard queues since July 2025 (FACTS 1.3). */
function readGroupId(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && GROUP_ID.test(value)) return value
  throw new Refusal(
    invalidValue(
      'MessageGroupId',
      value,
      'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    ),
  )
}

/** Bodies and attributes of all entries, as far as they can be read; checked before any entry alone. */
function checkBatchSize(sim: Simulation, entries: readonly Input[]): void {
  const limit = batchLimit(sim)
  let bytes = 0
  for (const entry of entries) {
    if (typeof entry.MessageBody === 'string') bytes += utf8(entry.MessageBody).length
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
  // Colours of messages from outside follow from their order; others follow from their key.
  const hue = (messages.nextSerial * 7919) & 0xffff
  const slot = newLiteralMessage(messages, message.content, message.sizeBytes, hue)
  const item = addItem(calls, call, slot, 0)
  calls.itemArgs[call * ITEMS_PER_CALL + item] = message.delayUs
  calls.arg[call] = -1
}

function sent(sim: Simulation, item: ItemView): Record<string, unknown> {
  const ofAttributes = md5OfAttributes(item.content.attributes)
  const ofSystemAttributes = md5OfAttributes(item.content.systemAttributes)
  return {
    MessageId: sim.messageId(item.message),
    MD5OfMessageBody: md5Hex(item.content.body),
    ...(ofAttributes && { MD5OfMessageAttributes: ofAttributes }),
    ...(ofSystemAttributes && { MD5OfMessageSystemAttributes: ofSystemAttributes }),
  }
}

function requestEntry(call: CallView, item: ItemView): Record<string, unknown> {
  const { body, attributes } = item.content
  return {
    MessageBody: body,
    ...(call.arg >= 0 && { DelaySeconds: call.arg / US_PER_SECOND }),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
