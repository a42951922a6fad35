/** Publish and PublishBatch in AWS's JSON (FACTS 3.2). */
import { counted } from '../../../base/format.ts'
import type { AccountOperation, CallView, ItemView, Operation } from '../../../engine/behaviour.ts'
import { CODE, addItem } from '../../../engine/calls.ts'
import { newLiteralMessage, type Content, type MessageAttribute } from '../../../engine/messages.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { batchError, missing, parameterValueInvalid, refused } from '../errors.ts'
import { reading } from '../../refusal.ts'
import { isFifoName, sequenceText, topicArn } from '../names.ts'
import { publish as publishAll } from '../publish.ts'
import { platformOf, sizeOf } from '../render.ts'
import { deviceAt } from './devices.ts'
import { account, textOf, type Input } from './input.ts'
import { publishDirectly } from './platform.ts'
import { TRACE } from './headers.ts'

export const publish: Operation = {
  name: 'Publish',
  carries: 'request',
  run: (sim, node, call) => publishAll(sim, node, call, false),
  parse: (sim, node, call, input) => reading(() => addMessage(sim, node, call, input)),
  request: (sim, node, call) => ({
    TopicArn: topicArn(sim.world.nodes[node].name),
    ...requestEntry(call.items[0]),
  }),
  response: (sim, node, call) => published(sim, node, call.items[0]),
  gist: (_sim, call) => ({
    input: shortened(call.items[0]?.content.body ?? ''),
    output: call.items[0] ? `m-${call.items[0].message}` : '',
  }),
}

export const publishBatch: Operation = {
  name: 'PublishBatch',
  carries: 'request',
  run: (sim, node, call) => publishAll(sim, node, call, true),
  parse: (sim, node, call, input) => reading(() => addEntries(sim, node, call, input)),
  request: (sim, node, call) => ({
    TopicArn: topicArn(sim.world.nodes[node].name),
    PublishBatchRequestEntries: call.items.map((item, index) => ({
      Id: entryId(call, index),
      ...requestEntry(item),
    })),
  }),
  response(sim, node, call) {
    const Successful: unknown[] = []
    const Failed: unknown[] = []
    call.items.forEach((item, index) => {
      const Id = entryId(call, index)
      if (item.code === CODE.ok) Successful.push({ Id, ...published(sim, node, item) })
      else Failed.push({ Id, ...failure(sim, node, call, item, index) })
    })
    return { Successful, Failed }
  },
  gist: (_sim, call) => ({
    input: counted(call.items.length, 'message'),
    output: call.items.map(({ message }) => `m-${message}`).join(', '),
  }),
}

/** To a phone or an app that is not drawn, without a topic. */
export const publishDirect: AccountOperation = {
  ...account('Publish', (sim, input) => {
    checkDirect(input)
    return { MessageId: publishDirectly(sim, input) }
  }),
  takes: (sim, input) => isDirect(input) && deviceAt(sim, input) < 0,
}

/** Whether it goes to a phone or an app. */
export const isDirect = ({ TopicArn, TargetArn, PhoneNumber }: Input): boolean =>
  TopicArn === undefined &&
  (PhoneNumber !== undefined || String(TargetArn ?? '').includes(':endpoint/'))

/** @throws Refusal */
export const checkDirect = (input: Input): unknown =>
  readMessage(input, {
    isFifo: false,
    limit: 262_144,
    platform: platformOf(textOf(input, 'TargetArn')),
  })

function addMessage(sim: Simulation, node: number, call: number, input: Input): void {
  add(sim, call, readFor(sim, node, input, ''))
}

interface Read {
  readonly content: Content
  readonly sizeBytes: number
}

/** @param member what AWS calls the place of the message in its request @throws Refusal */
function readFor(sim: Simulation, node: number, input: Input, member: string): Read {
  const { name, config } = sim.world.nodes[node]
  const isFifo = isFifoName(name)
  const read = readMessage(input, { isFifo, limit: Number(config.MaximumMessageSize), member })
  if (isFifo && read.content.deduplicationId === undefined) {
    if (config.ContentBasedDeduplication !== true) {
      throw refused(
        'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      )
    }
  }
  return read
}

function add(sim: Simulation, call: number, { content, sizeBytes }: Read): void {
  const { calls, messages } = sim.world
  const hue = (messages.nextSerial * 7919) & 0xffff
  addItem(calls, call, newLiteralMessage(messages, content, sizeBytes, hue), 0)
}

const MOST_ENTRIES = 10

function addEntries(sim: Simulation, node: number, call: number, input: Input): void {
  const entries = Array.isArray(input.PublishBatchRequestEntries)
    ? (input.PublishBatchRequestEntries as Input[])
    : []
  if (entries.length === 0) {
    throw batchError('EmptyBatchRequest', "The batch request doesn't contain any entries.")
  }
  if (entries.length > MOST_ENTRIES) {
    throw batchError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    )
  }
  for (const { Id } of entries) checkId(String(Id ?? ''))
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw batchError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    )
  }
  const { name, config } = sim.world.nodes[node]
  let bytes = 0
  for (const entry of entries) {
    bytes += sizeOf({
      body: String(entry.Message ?? ''),
      attributes: (entry.MessageAttributes ?? {}) as Content['attributes'],
    })
    checkStructure(entry)
  }
  if (isFifoName(name) && entries.some(({ MessageGroupId }) => !MessageGroupId)) {
    throw refused(NO_GROUP)
  }
  if (bytes > Number(config.MaximumMessageSize)) {
    throw batchError(
      'BatchRequestTooLong',
      'The length of all the messages put together is more than the limit.',
    )
  }
  // One that is malformed refuses the whole batch.
  const read = entries.map((entry, place) =>
    readFor(sim, node, entry, `publishBatchRequestEntries.${place + 1}.member.`),
  )
  for (const one of read) add(sim, call, one)
}

function checkId(id: string): void {
  if (id.length > 80) {
    throw batchError(
      'InvalidBatchEntryId',
      `The Id of a batch entry in the batch request is too long: ${id}`,
    )
  }
  if (!/^[A-Za-z0-9_-]+$/.test(id)) {
    throw batchError(
      'InvalidBatchEntryId',
      `The Id of a batch entry in the batch request contains an impermissible character: ${id}`,
    )
  }
}

const NO_GROUP = 'The MessageGroupId parameter is required for FIFO topics'
const MOST_SUBJECT = 100

interface Reading {
  readonly isFifo: boolean
  /** Bytes. */
  readonly limit: number
  /** What AWS calls the place of the message in its request. */
  readonly member?: string
  /** Of the one device that it is for, which needs no words for others. */
  readonly platform?: string
}

/** @throws Refusal */
function readMessage(input: Input, { isFifo, limit, member = '', platform }: Reading): Read {
  const { Subject, Message, MessageStructure, MessageGroupId, MessageDeduplicationId } = input
  if (Subject !== undefined && !isSubject(Subject)) throw refused('Subject')
  if (typeof Message !== 'string' || Message === '') throw refused('Empty message')
  const attributes = readAttributes(input.MessageAttributes, `${member}messageAttributes`)
  const sizeBytes = sizeOf({ body: Message, attributes })
  if (sizeBytes > limit) throw refused('Message too long')
  if (isFifo && !MessageGroupId) throw refused(NO_GROUP)
  if (!isFifo && MessageDeduplicationId !== undefined) {
    throw refused(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    )
  }
  for (const [name, value] of Object.entries({ MessageGroupId, MessageDeduplicationId })) {
    if (value !== undefined && !/^[\x21-\x7E]{1,128}$/.test(String(value))) {
      throw refused(
        `${name} Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length`,
      )
    }
  }
  checkStructure(input, platform)
  const trace = textOf(input, TRACE)
  const content: Content = Object.freeze({
    body: Message,
    attributes,
    ...(trace !== '' && {
      systemAttributes: { [TRACE]: { DataType: 'String', StringValue: trace } },
    }),
    ...(typeof Subject === 'string' && { subject: Subject }),
    ...(MessageStructure === 'json' && { perProtocol: true }),
    ...(MessageGroupId !== undefined && { groupId: String(MessageGroupId) }),
    ...(MessageDeduplicationId !== undefined && {
      deduplicationId: String(MessageDeduplicationId),
    }),
  })
  return { content, sizeBytes }
}

const isSubject = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= MOST_SUBJECT &&
  /^\P{Cc}+$/u.test(value) &&
  !value.startsWith(' ')

/** Its protocols and platforms must be worded, or all of them by default. */
function checkStructure({ Message, MessageStructure = '' }: Input, platform = 'default'): void {
  if (MessageStructure === '') return
  if (MessageStructure !== 'json') throw refused('MessageStructure')
  let json: unknown
  try {
    json = JSON.parse(String(Message))
  } catch {
    throw refused('Message Structure - JSON message body failed to parse')
  }
  const texts = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>
  if (typeof texts.default !== 'string' && typeof texts[platform] !== 'string') {
    throw refused('Message Structure - No default entry in JSON message body')
  }
}

function readAttributes(input: unknown, member: string): Record<string, MessageAttribute> {
  return Object.fromEntries(
    Object.entries((input ?? {}) as Record<string, Input>).map(([name, value]) => [
      name,
      readAttribute(name, value, `${member}.${name}.member`),
    ]),
  )
}

/** One of the three, and perhaps a label of one's own. */
const DATA_TYPE = /^(String|Number|Binary)(\..+)?$/

function readAttribute(name: string, input: Input, member: string): MessageAttribute {
  checkAttributeName(name)
  const { DataType, StringValue, BinaryValue } = input ?? {}
  if (DataType === undefined) throw missing(`${member}.dataType`)
  if (typeof DataType !== 'string' || DataType === '') {
    throw parameterValueInvalid(
      `The message attribute '${name}' must contain non-empty message attribute type.`,
    )
  }
  const type = DATA_TYPE.exec(DataType)?.[1]
  if (type === undefined) {
    throw parameterValueInvalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    )
  }
  const field = type === 'Binary' ? 'Binary' : 'String'
  const value = type === 'Binary' ? BinaryValue : StringValue
  const other = type === 'Binary' ? StringValue : BinaryValue
  if (value === undefined && other !== undefined) {
    throw parameterValueInvalid(
      `The message attribute '${name}' with type '${DataType}' must use field '${field}'.`,
    )
  }
  if (typeof value !== 'string' || value === '') {
    throw parameterValueInvalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    )
  }
  if (type === 'Number' && (value.trim() === '' || Number.isNaN(Number(value)))) {
    throw parameterValueInvalid(`Could not cast message attribute '${name}' value to number.`)
  }
  return type === 'Binary' ? { DataType, BinaryValue: value } : { DataType, StringValue: value }
}

function checkAttributeName(name: string): void {
  if (name.length > 256) {
    throw parameterValueInvalid('Length of message attribute name must be less than 256 bytes.')
  }
  if (name.startsWith('.')) {
    throw parameterValueInvalid(
      "Invalid message attribute name starting with character '.' was found.",
    )
  }
  if (name.endsWith('.')) {
    throw parameterValueInvalid(
      "Invalid message attribute name ending with character '.' was found.",
    )
  }
  const odd = /[^A-Za-z0-9_.-]/.exec(name)
  if (odd) {
    const code = odd[0].charCodeAt(0).toString(16).toUpperCase()
    throw parameterValueInvalid(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    )
  }
  if (name.includes('..')) {
    throw parameterValueInvalid("Message attribute name can not have successive '.' character.")
  }
}

const entryId = (call: CallView, index: number): string => {
  const entries = call.outside?.input.PublishBatchRequestEntries
  return Array.isArray(entries) ? String((entries[index] as Input).Id) : String(index + 1)
}

/** Of a duplicate the topic tells the message that it took before, by its receipt. */
function published(sim: Simulation, node: number, item: ItemView): Record<string, unknown> {
  const { messages } = sim.world
  const sequence = messages.serial[item.slot] === item.message ? messages.sequence[item.slot] : 0
  const isFifo = isFifoName(sim.world.nodes[node].name)
  return {
    MessageId: sim.messageId(item.receipt > 0 ? item.receipt : item.message),
    ...(isFifo && sequence > 0 && { SequenceNumber: sequenceText(sequence) }),
  }
}

function failure(sim: Simulation, node: number, call: CallView, item: ItemView, index: number) {
  const error = call.outside?.failures?.[index] ?? sim.errorFor(node, item.code, call, item)!
  return { Code: error.code, Message: error.message, SenderFault: true }
}

function requestEntry(item: ItemView | undefined): Record<string, unknown> {
  if (!item) return {}
  const { body, attributes, subject, perProtocol, groupId, deduplicationId } = item.content
  return {
    Message: body,
    ...(subject !== undefined && { Subject: subject }),
    ...(perProtocol && { MessageStructure: 'json' }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
