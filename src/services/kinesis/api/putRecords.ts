/** PutRecord and PutRecords (FACTS 5). Items are message slots; an answered item's receipt is its place. */
import { counted } from '../../../base/format.ts'
import { fromBase64 } from '../../../base/base64.ts'
import { hash32 } from '../../../base/random.ts'
import type { CallView, ItemView } from '../../../engine/behaviour.ts'
import { CODE, addItem } from '../../../engine/calls.ts'
import { newLiteralMessage, type Content } from '../../../engine/messages.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT, epochMs } from '../../aws.ts'
import { invalidArgument, streamNotFound, validation } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { hashOfKey, parseHashKey } from '../hashKeys.ts'
import { namedStream } from '../names.ts'
import { positionIn, shardIn } from '../../shards.ts'
import { keyBytes, put } from '../put.ts'
import { dataOf, encryption } from '../recordJson.ts'
import { parseSequence, sequenceAsRead, sequenceOf } from '../../sequence.ts'
import { isUsable, shardId, streamOf, type StreamState } from '../stream.ts'
import type { CheckedOperation } from './plain.ts'
import { HASH_KEY, SEQUENCE_NUMBER, STREAM, type Input, type Rules } from './validate.ts'

export const MOST_RECORDS = 500
/** Of a whole PutRecords, keys included. */
const MOST_BYTES = 10_485_760

/** A stream that spreads its records itself needs no keys. */
function recordRules(sim: Simulation, input: Input): Rules {
  const node = namedStream(sim, input)
  const isAuto = node >= 0 && streamOf(sim, node).settings.auto
  return {
    PartitionKey: { minLength: 1, maxLength: 256, required: !isAuto },
    ExplicitHashKey: HASH_KEY,
    Data: { required: true },
  }
}

export const putRecord: CheckedOperation = {
  name: 'PutRecord',
  rules: (sim, input) => ({
    SequenceNumberForOrdering: SEQUENCE_NUMBER,
    ...recordRules(sim, input),
    ...STREAM,
  }),
  carries: 'request',
  run: (sim, node, call) => put(sim, node, call, false),
  parse: (sim, node, call, input) =>
    reading(() => {
      const state = usableStream(sim, node)
      const record = readRecord(input, state, 'data')
      checkOrdering(sim, node, input)
      addRecord(sim, call, record)
    }),
  request: (sim, node, call) => ({
    StreamName: sim.world.nodes[node].name,
    ...recordJson(sim, call.items[0]),
  }),
  response: (sim, node, call) => ({
    ...stored(streamOf(sim, node), call.items[0]),
    ...encryption(streamOf(sim, node)),
  }),
  gist: (_sim, call) => ({
    input: `key ${call.items[0]?.content.partitionKey ?? ''}`,
    output: call.items[0] ? `m-${call.items[0].message}: ${shardName(call.items[0])}` : '',
  }),
}

export const putRecords: CheckedOperation = {
  name: 'PutRecords',
  rules: (sim, input) => ({
    Records: {
      required: true,
      minLength: 1,
      maxLength: MOST_RECORDS,
      each: { members: recordRules(sim, input) },
    },
    ...STREAM,
  }),
  carries: 'request',
  isLarge: true,
  run: (sim, node, call) => put(sim, node, call, true),
  parse: (sim, node, call, input) =>
    reading(() => {
      const state = usableStream(sim, node)
      const entries = input.Records as readonly Input[]
      const records = entries.map((entry, n) =>
        readRecord(entry, state, `records.${n + 1}.member.data`),
      )
      const bytes = records.reduce((sum, record) => sum + sizeOf(record), 0)
      if (bytes > MOST_BYTES) {
        throw new Refusal(
          invalidArgument(`Records size exceeds ${MOST_BYTES / 1_048_576} MB limit`),
        )
      }
      for (const record of records) addRecord(sim, call, record)
    }),
  request: (sim, node, call) => ({
    StreamName: sim.world.nodes[node].name,
    Records: call.items.map((item) => recordJson(sim, item)),
  }),
  response(sim, node, call) {
    const state = streamOf(sim, node)
    return {
      FailedRecordCount: failed(call),
      Records: call.items.map((item) => resultOf(sim, node, state, call, item)),
      ...encryption(state),
    }
  },
  gist: (_sim, call) => ({
    input: counted(call.items.length, 'record'),
    output: failed(call) > 0 ? `${failed(call)} failed` : `${call.items.length} stored`,
  }),
}

const failed = (call: CallView): number => call.items.filter(({ code }) => code !== CODE.ok).length

function resultOf(
  sim: Simulation,
  node: number,
  state: StreamState,
  call: CallView,
  item: ItemView,
): Record<string, unknown> {
  const error = sim.errorFor(node, item.code, call, item)
  return error ? { ErrorCode: error.code, ErrorMessage: error.message } : stored(state, item)
}

const shardName = ({ receipt }: ItemView): string => `shard-${shardIn(receipt)}`

function stored(state: StreamState, { receipt, sentUs }: ItemView): Record<string, unknown> {
  const shard = state.shards[shardIn(receipt)]
  return {
    ShardId: shardId(shard.index),
    SequenceNumber: sequenceOf(shard.createdUs, shard.index, positionIn(receipt), sentUs),
  }
}

const recordJson = (sim: Simulation, { content }: ItemView): Record<string, unknown> => ({
  Data: dataOf(sim, content),
  PartitionKey: content.partitionKey ?? '',
  ...(content.explicitHashKey !== undefined && { ExplicitHashKey: content.explicitHashKey }),
})

/** Records can be put as long as it is not being created or deleted. @throws Refusal */
function usableStream(sim: Simulation, node: number): StreamState {
  const state = streamOf(sim, node)
  if (!isUsable(state)) throw new Refusal(streamNotFound(sim.world.nodes[node].name))
  return state
}

interface NewRecord {
  readonly content: Content
  readonly sizeBytes: number
}

const sizeOf = ({ content, sizeBytes }: NewRecord): number =>
  sizeBytes + keyBytes(content.partitionKey)

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @throws Refusal */
function readRecord(input: Input, { settings }: StreamState, path: string): NewRecord {
  const text = String(input.Data)
  const bytes = fromBase64(text)
  if (!bytes) throw new Refusal(NOT_BASE64)
  const partitionKey = input.PartitionKey === undefined ? undefined : String(input.PartitionKey)
  const explicitHashKey = input.ExplicitHashKey
  if (explicitHashKey !== undefined && !parseHashKey(String(explicitHashKey))) {
    throw new Refusal(
      invalidArgument(
        `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${String(explicitHashKey)}`,
      ),
    )
  }
  const content = Object.freeze({
    ...wordsOf(bytes, text),
    attributes: {},
    ...(partitionKey !== undefined && { partitionKey }),
    ...(explicitHashKey !== undefined && { explicitHashKey: String(explicitHashKey) }),
  })
  const record = { content, sizeBytes: bytes.length }
  if (sizeOf(record) > settings.maxRecordBytes) {
    throw new Refusal(
      validation(
        `1 validation error detected: Value at '${path}' failed to satisfy constraint: Member must have length less than or equal to ${settings.maxRecordBytes}`,
      ),
    )
  }
  return record
}

/** Data that is text is kept as text. */
function wordsOf(bytes: Uint8Array, base64: string): Pick<Content, 'body' | 'isBase64'> {
  try {
    return { body: decoder.decode(bytes) }
  } catch {
    return { body: base64, isBase64: true }
  }
}

const NOT_BASE64 = {
  code: 'SerializationException',
  status: 400,
  message: 'STRING_VALUE can not be converted to a Blob',
}

/** SequenceNumberForOrdering must be one that the stream could have given by now. @throws Refusal */
function checkOrdering(sim: Simulation, node: number, input: Input): void {
  const { SequenceNumberForOrdering: given } = input
  if (given === undefined) return
  const sequence = parseSequence(String(given))
  if (sequence && sequence.arrivedS <= epochMs(sim.nowUs) / 1000) return
  throw new Refusal(
    invalidArgument(
      `ExclusiveMinimumSequenceNumber ${sequenceAsRead(String(given))} used in PutRecord on stream ${sim.world.nodes[node].name} under account ${ACCOUNT} is invalid.`,
    ),
  )
}

/** Its colour follows from its key. */
function addRecord(sim: Simulation, call: number, { content, sizeBytes }: NewRecord): void {
  const { calls, messages } = sim.world
  const { partitionKey } = content
  const hue =
    partitionKey === undefined ? messages.nextSerial * 7919 : hash32(hashOfKey(partitionKey)[0], 0)
  addItem(calls, call, newLiteralMessage(messages, content, sizeBytes, hue & 0xffff), 0)
}
