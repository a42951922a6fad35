/**
 * The extended client of a fleet: reads the body that a message points to from its bucket, and deletes
 * the object before the message, as the Java library does (FACTS 2.9). When the second of the two fails,
 * the message comes back and points to nothing.
 */
import { utf8Length } from '../../base/utf8.ts'
import { ask } from '../../engine/asks.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { isPoisonByField } from '../work.ts'
import { PURPOSE, tokenOf } from './books.ts'
import { PHASE, type Payload, type PayloadBucket, type State } from './state.ts'

/** The newer name and that of the Java library's default; a message is a pointer when it has one. */
const RESERVED_ATTRIBUTES = ['ExtendedPayloadSize', 'SQSLargePayloadSize'] as const

const reservedIn = ({ attributes }: Content): string | undefined =>
  RESERVED_ATTRIBUTES.find((name) => Object.hasOwn(attributes, name))

/** Remembers where the body of a message in hand is, if it is elsewhere. */
export function notePayload(state: State, hand: number, content: Content): void {
  const payload = reservedIn(content) === undefined ? null : payloadIn(content.body)
  if (payload) state.payloads.set(hand, payload)
}

/** Reads ["...PayloadS3Pointer",{"s3BucketName":...,"s3Key":...}]; null when the body is none. */
function payloadIn(body: string): Payload | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return null
  }
  const place: unknown = Array.isArray(parsed) ? parsed[1] : null
  if (typeof place !== 'object' || place === null) return null
  const { s3BucketName, s3Key } = place as Readonly<Record<string, unknown>>
  if (typeof s3BucketName !== 'string' || typeof s3Key !== 'string') return null
  return Object.freeze({ bucket: s3BucketName, key: s3Key, isFetched: false })
}

/** The body of the next message in hand. */
export const BODY = { here: 0, underway: 1, outOfReach: 2 } as const

/** Asks for the body of the next message in hand, where it is in a bucket. Returns one of BODY. */
export function fetchBody(sim: Simulation, node: number, state: State, w: number): number {
  const { workers } = state
  const hand = w * ITEMS_PER_CALL + workers.handAt[w]
  const payload = state.payloads.get(hand)
  if (!payload || payload.isFetched) return BODY.here
  const bucket = bucketOf(sim, state, payload)
  if (!bucket) return BODY.outOfReach
  workers.phase[w] = PHASE.fetching
  askBucket(sim, node, state, w, hand, payload, bucket, 'GetObject', PURPOSE.fetch)
  return BODY.underway
}

const bucketOf = (
  sim: Simulation,
  { buckets }: State,
  payload: Payload,
): PayloadBucket | undefined =>
  buckets.find(({ to }) => sim.world.nodes[to].name === payload.bucket)

function askBucket(
  sim: Simulation,
  node: number,
  { hands, workers }: State,
  w: number,
  hand: number,
  { bucket: Bucket, key: Key }: Payload,
  { to, wire }: PayloadBucket,
  operation: 'GetObject' | 'DeleteObject',
  purpose: number,
): void {
  const about = { slot: hands.slot[hand], serial: hands.serial[hand] }
  const call = ask(sim, node, to, operation, { Bucket, Key }, wire, about)
  sim.world.calls.token[call] = tokenOf(w, purpose, workers.turn[w])
}

/** Puts the body in the pointer's place; false when the bucket had none. */
export function bodyArrived(sim: Simulation, state: State, w: number, call: number): boolean {
  const { calls } = sim.world
  const batch = calls.batches.get(call)
  if (calls.code[call] !== CODE.ok || !batch) return false
  const { hands, settings } = state
  const hand = w * ITEMS_PER_CALL + state.workers.handAt[w]
  const pointer = state.literals.get(hand)!
  const words = Object.freeze({ ...batch.literals.get(0)!, ...withoutPointer(pointer) })
  const added = utf8Length(pointer.body) + reservedBytes(pointer)
  hands.sizeBytes[hand] = hands.sizeBytes[hand] - added + batch.sizesBytes[0]
  state.literals.set(hand, words)
  state.payloads.set(hand, Object.freeze({ ...state.payloads.get(hand)!, isFetched: true }))
  if (settings.poison === 'field') {
    hands.poison[hand] = isPoisonByField(words.body, settings) ? 1 : 0
  }
  return true
}

/** All that the pointer says besides where the body is. */
function withoutPointer({ body: _body, ...content }: Content): Omit<Content, 'body'> {
  const own = Object.entries(content.attributes).filter(
    ([name]) => !RESERVED_ATTRIBUTES.some((reserved) => reserved === name),
  )
  return { ...content, attributes: Object.fromEntries(own) }
}

function reservedBytes(pointer: Content): number {
  const name = reservedIn(pointer)
  if (name === undefined) return 0
  const { DataType, StringValue = '' } = pointer.attributes[name]
  return utf8Length(name + DataType + StringValue)
}

/** Deletes the body of a message that is done; false when there is none to delete. */
export function discard(
  sim: Simulation,
  node: number,
  state: State,
  w: number,
  hand: number,
): boolean {
  const payload = state.payloads.get(hand)
  const bucket = payload && bucketOf(sim, state, payload)
  if (!payload || !bucket || state.settings.keepPayload) return false
  state.workers.phase[w] = PHASE.discarding
  askBucket(sim, node, state, w, hand, payload, bucket, 'DeleteObject', PURPOSE.discard)
  return true
}
