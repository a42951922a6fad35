/** PutObject, GetObject, HeadObject, DeleteObject. */
import { isoTime } from '../../base/calendar.ts'
import { utf8Length } from '../../base/utf8.ts'
import { batchOfOne } from '../../engine/batch.ts'
import type { CallView, Operation } from '../../engine/behaviour.ts'
import {
  CODE,
  FIRST_ERROR,
  ITEMS_PER_CALL,
  type ApiError,
  type CallTable,
} from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { epochMs } from '../aws.ts'
import { plainOperation, type Input } from '../plainOperation.ts'
import { Refusal } from '../refusal.ts'
import { deleteBucket, headBucket, listObjects } from './api/buckets.ts'
import { getNotifications, putNotifications } from './api/notifications.ts'
import { COUNTER } from './books.ts'
import { objectAt, put, remove } from './objects.ts'
import { bucketOf, newestOf, type Pointer, type StoredObject } from './state.ts'

export const NO_SUCH_BUCKET: ApiError = {
  code: 'NoSuchBucket',
  status: 404,
  message: 'The specified bucket does not exist',
}
const NO_SUCH_KEY: ApiError = {
  code: 'NoSuchKey',
  status: 404,
  message: 'The specified key does not exist.',
}
const KEY_TOO_LONG: ApiError = {
  code: 'KeyTooLongError',
  status: 400,
  message: 'Your key is too long',
}
const NO_KEY: ApiError = {
  code: 'InvalidRequest',
  status: 400,
  message: 'The request must say the Key of the object.',
}
export const ERRORS: readonly ApiError[] = [NO_SUCH_KEY]
export const RESULT = { noSuchKey: FIRST_ERROR } as const

const MOST_KEY_BYTES = 1024

/** @throws Refusal */
function checkKey({ Key }: Input): void {
  if (typeof Key !== 'string' || Key === '') throw new Refusal(NO_KEY)
  if (utf8Length(Key) > MOST_KEY_BYTES) throw new Refusal(KEY_TOO_LONG)
}

const keyOf = (input: Input): string => String(input.Key)

/**
 * By a program in AWS's JSON, by a producer's message, whose wire says how keys look, or by an extended
 * client: then the message is the payload, the JSON says its key, and `arg`, `arg2` and `arg3` are slot + 1,
 * serial and origin of the message that will point to it.
 */
const putObject: Operation = {
  ...plainOperation({ name: 'PutObject', check: (_sim, _node, input) => checkKey(input) }),
  carries: 'request',
  run(sim, node, call) {
    const { calls, messages } = sim.world
    const input = calls.outside[call]?.input
    if (input && calls.count[call] === 0) {
      const body = String(input.Body ?? '')
      const sizeBytes = Number(input.ContentLength ?? utf8Length(body))
      const message = messages.nextSerial++
      put(sim, node, { key: keyOf(input), body, sizeBytes, message, hue: 0 })
      sim.answer(call, CODE.ok)
      return
    }
    const slot = calls.slots[call * ITEMS_PER_CALL]
    const about = {
      key: input ? keyOf(input) : keyOfMessage(sim, calls.wire[call], messages.serial[slot]),
      body: sim.contentOf(slot).body,
      sizeBytes: messages.sizeBytes[slot],
      message: messages.serial[slot],
      hue: messages.hue[slot],
    }
    const pointer = pointerOn(calls, call)
    sim.answer(call, CODE.ok)
    sim.release(slot)
    put(sim, node, about, pointer)
  },
  request: (sim, node, call) => {
    if (call.outside) return call.outside.input
    const [item] = call.items
    return { Bucket: sim.world.nodes[node].name, Body: item?.content.body ?? '' }
  },
  response: (sim, node, { outside }) => {
    const bucket = bucketOf(sim, node)
    const latest = outside ? objectAt(bucket, keyOf(outside.input)) : newestOf(bucket)
    return latest ? { ETag: `"${latest.eTag}"` } : {}
  },
  gist: (_sim, { items: [item] }: CallView) => ({
    input: item ? `m-${item.message}` : '',
    output: '',
  }),
}

const pointerOn = ({ arg, arg2, arg3 }: CallTable, call: number): Pointer | null =>
  arg[call] > 0 ? { slot: arg[call] - 1, serial: arg2[call], origin: arg3[call] } : null

function keyOfMessage(sim: Simulation, wire: number, serial: number): string {
  const { keyPrefix = '', keySuffix = '' } = wire < 0 ? {} : sim.world.wires[wire].config
  return `${String(keyPrefix)}${serial}${String(keySuffix)}`
}

/** About one object, with the message that led to it where a part asks. */
const aboutKey = (call: CallView): { input: string; output: string } => ({
  input: call.outside ? keyOf(call.outside.input) : '',
  output: '',
})

/** The object rides back as a record does. */
const getObject: Operation = {
  ...plainOperation({
    name: 'GetObject',
    check: (_sim, _node, input) => checkKey(input),
    output(sim, node, input) {
      const object = objectAt(bucketOf(sim, node), keyOf(input))
      return object ? { Body: object.body, ...aboutObject(object) } : {}
    },
  }),
  carries: 'records',
  run(sim, node, call) {
    const { calls, nodes } = sim.world
    nodes[node].counters[COUNTER.getRequests]++
    const object = objectAt(bucketOf(sim, node), keyOf(calls.outside[call]!.input))
    if (object) {
      const { body, sizeBytes, message, hue, lastModifiedUs } = object
      const words = { body, attributes: {} }
      calls.batches.set(call, batchOfOne(words, sizeBytes, message, hue, lastModifiedUs))
    }
    sim.answer(call, object ? CODE.ok : RESULT.noSuchKey)
  },
  gist: (_sim, call) => aboutKey(call),
}

const deleteObject: Operation = {
  ...plainOperation({
    name: 'DeleteObject',
    check: (_sim, _node, input) => checkKey(input),
    run: (sim, node, input) => remove(sim, node, keyOf(input)),
  }),
  carries: 'reference',
  gist: (_sim, call) => aboutKey(call),
}

const aboutObject = ({ sizeBytes, eTag, lastModifiedUs }: StoredObject) => ({
  ContentLength: sizeBytes,
  ETag: `"${eTag}"`,
  LastModified: isoTime(epochMs(lastModifiedUs)),
})

const headObject: Operation = plainOperation({
  name: 'HeadObject',
  check(sim, node, input) {
    checkKey(input)
    if (!objectAt(bucketOf(sim, node), keyOf(input))) throw new Refusal(NO_SUCH_KEY)
  },
  output: (sim, node, input) => aboutObject(objectAt(bucketOf(sim, node), keyOf(input))!),
})

export const OPERATIONS: readonly Operation[] = [
  putObject,
  getObject,
  deleteObject,
  listObjects,
  putNotifications,
  getNotifications,
  headObject,
  headBucket,
  deleteBucket,
]
