/** PutRecord and PutRecordBatch: items are message slots, owned by the stream once accepted. */
import { counted } from '../../../base/format.ts'
import { fromBase64, toBase64 } from '../../../base/base64.ts'
import type { ItemView, Operation } from '../../../engine/behaviour.ts'
import { CODE, addItem } from '../../../engine/calls.ts'
import { newLiteralMessage } from '../../../engine/messages.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { invalidArgument, required, validation } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { isEncrypted } from './encryption.ts'
import { isOpen, takeBatch, takeOne } from '../take.ts'

type Input = Readonly<Record<string, unknown>>

const MAX_RECORD_BYTES = 1_024_000
const MAX_RECORDS = 500
const MAX_BATCH_BYTES = 4 * 1_048_576

export const putRecord: Operation = {
  name: 'PutRecord',
  carries: 'request',
  run(sim, node, call) {
    if (isOpen(sim, node, call)) takeOne(sim, node, call)
  },
  parse: (sim, _node, call, input) =>
    reading(() => addRecord(sim, call, bytesOf(input.Record, 'record'))),
  request: (sim, node, { items }) => ({
    DeliveryStreamName: sim.world.nodes[node].name,
    Record: recordOf(items[0]),
  }),
  response: (sim, node, { items }) => ({
    RecordId: recordId(sim, items[0]),
    Encrypted: isEncrypted(sim, node),
  }),
  gist: (_sim, { items }) => ({
    input: shortened(items[0]?.content.body ?? ''),
    output: items[0] ? `m-${items[0].message}` : '',
  }),
}

export const putRecordBatch: Operation = {
  name: 'PutRecordBatch',
  carries: 'request',
  isLarge: true,
  run(sim, node, call) {
    if (isOpen(sim, node, call)) takeBatch(sim, node, call)
  },
  parse: (sim, _node, call, input) =>
    reading(() => {
      for (const bytes of readBatch(input.Records)) addRecord(sim, call, bytes)
    }),
  request: (sim, node, { items }) => ({
    DeliveryStreamName: sim.world.nodes[node].name,
    Records: items.map(recordOf),
  }),
  response(sim, node, { items }) {
    const responses = items.map((item) => {
      const error = sim.errorFor(node, item.code)
      return error
        ? { ErrorCode: error.code, ErrorMessage: error.message }
        : { RecordId: recordId(sim, item) }
    })
    return {
      FailedPutCount: items.filter(({ code }) => code !== CODE.ok).length,
      Encrypted: isEncrypted(sim, node),
      RequestResponses: responses,
    }
  },
  gist(_sim, { items }) {
    const failed = items.filter(({ code }) => code !== CODE.ok).length
    return {
      input: counted(items.length, 'record'),
      output: failed > 0 ? `${failed} failed: ServiceUnavailableException` : '',
    }
  },
}

/** @throws Refusal */
function readBatch(records: unknown): Uint8Array[] {
  if (!Array.isArray(records)) throw new Refusal(required('records'))
  if (records.length === 0 || records.length > MAX_RECORDS) {
    const limit = records.length === 0 ? 'greater than or equal to 1' : 'less than or equal to 500'
    const shown = records.length === 0 ? '[]' : `[${records.length} records]`
    throw new Refusal(validation(shown, 'records', `Member must have length ${limit}`))
  }
  const all = records.map((record, n) => bytesOf(record, `records.${n + 1}.member`))
  if (all.reduce((sum, { length }) => sum + length, 0) > MAX_BATCH_BYTES) {
    throw new Refusal(invalidArgument('Records size exceeds 4 MB limit'))
  }
  return all
}

/** @throws Refusal */
function bytesOf(record: unknown, at: string): Uint8Array {
  const { Data } = (record ?? {}) as Input
  if (record === undefined || record === null) throw new Refusal(required(at))
  if (typeof Data !== 'string') throw new Refusal(required(`${at}.data`))
  const bytes = fromBase64(Data)
  if (!bytes) {
    throw new Refusal({ code: 'SerializationException', status: 400, message: 'Invalid base64.' })
  }
  if (bytes.length > MAX_RECORD_BYTES) {
    const buffer = `java.nio.HeapByteBuffer[pos=0 lim=${bytes.length} cap=${bytes.length}]`
    throw new Refusal(
      validation(
        buffer,
        `${at}.data`,
        `Member must have length less than or equal to ${MAX_RECORD_BYTES}`,
      ),
    )
  }
  return bytes
}

function addRecord(sim: Simulation, call: number, bytes: Uint8Array): void {
  const { calls, messages } = sim.world
  const content = Object.freeze({ body: new TextDecoder().decode(bytes), attributes: {} })
  const hue = (messages.nextSerial * 7919) & 0xffff
  addItem(calls, call, newLiteralMessage(messages, content, bytes.length, hue), 0)
}

const recordOf = ({ content }: ItemView): Input => ({ Data: base64(content.body) })

const base64 = (text: string): string => toBase64(new TextEncoder().encode(text))

/** Opaque to callers, and longer than a UUID, as AWS's are. */
const recordId = (sim: Simulation, item: ItemView | undefined): string =>
  base64(`${sim.messageId(item?.message ?? 0)}/${sim.messageId((item?.message ?? 0) + 0x10000000)}`)

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
