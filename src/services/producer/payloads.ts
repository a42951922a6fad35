/**
 * The extended client at work: a large body goes to the bucket first, as an object of its own, and the
 * message that is sent only points there (FACTS 2.9). What is refused afterwards leaves its object behind.
 */
import { utf8Length } from '../../base/utf8.ts'
import { ask } from '../../engine/asks.ts'
import { newLiteralMessage, reword } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { bodySizeOf, compile, drawOf, type Recipe } from './recipe.ts'
import type { State, Target } from './state.ts'

/** First word of a pointer, the name of a class of the Java library. */
const POINTER_CLASS = 'software.amazon.payloadoffloading.PayloadS3Pointer'

/** It should keep bodies in a bucket, and is connected to none. */
export const hasNoBucket = ({ settings, bucket }: State): boolean =>
  settings.extended !== null && bucket < 0

/** Whether the body of a message must be stored before it is sent. A pointer has words of its own. */
export function needsBucket(
  sim: Simulation,
  { settings, bucket }: State,
  { isQueue }: Target,
  slot: number,
): boolean {
  const { messages } = sim.world
  const { extended } = settings
  if (!extended || bucket < 0 || !isQueue || messages.recipe[slot] === 0) return false
  return messages.sizeBytes[slot] > extended.thresholdBytes
}

/** Puts the body into the bucket; the message waits for the answer. */
export function store(
  sim: Simulation,
  node: number,
  state: State,
  target: Target,
  slot: number,
): void {
  const { calls, messages, nodes, wires } = sim.world
  const { to, config } = wires[state.bucket]
  const { body } = sim.contentOf(slot)
  const bytes = bodyBytesOf(sim, slot)
  const payload = newLiteralMessage(messages, { body, attributes: {} }, bytes, messages.hue[slot])
  messages.origin[payload] = messages.origin[slot]
  messages.node[slot] = node
  const key = `${String(config.keyPrefix)}${sim.messageId(messages.serial[payload])}`
  const input = { Bucket: nodes[to].name, Key: key, ContentLength: bytes }
  const call = ask(sim, node, to, 'PutObject', input, state.bucket, { slot: payload })
  const number = state.storesMade++
  state.storing[number] = { wire: target.wire, slot, key }
  state.calling++
  calls.token[call] = -1 - number
  calls.arg[call] = slot + 1
  calls.arg2[call] = messages.serial[slot]
  calls.arg3[call] = messages.origin[slot]
}

function bodyBytesOf(sim: Simulation, slot: number): number {
  const { messages, recipes } = sim.world
  const ready = compile(recipes[messages.recipe[slot]]!.data as Recipe)
  return bodySizeOf(ready, drawOf(ready, messages.ordinal[slot]))
}

/** The message says where its body is, and how large it is there. @param bucket the node it is in */
export function pointTo(
  sim: Simulation,
  state: State,
  slot: number,
  bucket: number,
  key: string,
): void {
  const { messages, nodes } = sim.world
  const content = sim.contentOf(slot)
  const bytes = bodyBytesOf(sim, slot)
  const body = JSON.stringify([POINTER_CLASS, { s3BucketName: nodes[bucket].name, s3Key: key }])
  const attribute = { DataType: 'Number', StringValue: String(bytes) }
  const name = state.settings.extended?.attribute ?? DEFAULT_ATTRIBUTE
  const pointer = Object.freeze({
    ...content,
    body,
    attributes: { ...content.attributes, [name]: attribute },
  })
  const added = utf8Length(body) + utf8Length(`${name}Number${bytes}`)
  reword(messages, slot, pointer, messages.sizeBytes[slot] - bytes + added)
}

/** For what is under way when the client is switched off. */
const DEFAULT_ATTRIBUTE = 'SQSLargePayloadSize'
