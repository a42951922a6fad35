/**
 * What a producer's messages say: all settings that shape a message, kept once in `World.recipes`,
 * and everything about message number `ordinal` as a pure function of them. Nothing is stored per
 * message but its size and its key.
 */
import { md5Words } from '../../base/hash.ts'
import { exp, ln, sine } from '../../base/math.ts'
import { hash32, sampleZipf, unitFrom, zipf, type ZipfTable } from '../../base/random.ts'
import type { Content, MessageAttribute } from '../../engine/messages.ts'
import { askingFor, bytesOfTexts } from '../replies.ts'
import { addressOf, type ReplyTo } from './correlation.ts'
import {
  keyName,
  measureTemplate,
  parseTemplate,
  renderTemplate,
  utf8Bytes,
  type Draw,
  type Template,
} from './template.ts'

/** The settings (schema.ts) that a message's words follow from. */
export const MESSAGE_FIELDS = [
  'template',
  'keyDistribution',
  'keys',
  'zipfExponent',
  'hotShare',
  'sizeDistribution',
  'sizeBytes',
  'sizeMaxBytes',
  'attributes',
  'messageGroup',
  'deduplication',
  'partitionKey',
] as const

/** Whose rules the words follow: a FIFO queue takes ids that others refuse, a record has a key. */
export type Audience = 'plain' | 'fifo' | 'stream'

export interface Recipe {
  /** From the scenario's seed and the node's id. */
  readonly seed: number
  readonly template: string
  readonly keyDistribution: string
  readonly keys: number
  readonly zipfExponent: number
  readonly hotShare: number
  readonly sizeDistribution: string
  readonly sizeBytes: number
  readonly sizeMaxBytes: number
  readonly attributes: string
  /** Group ids: by key, the same for all, or none. */
  readonly messageGroup: 'key' | 'one' | 'none'
  /** Deduplication ids: one for each message, or none. */
  readonly deduplication: 'unique' | 'none'
  /** Partition keys of records: the key, one for each record, the same for all, or none. */
  readonly partitionKey: 'key' | 'unique' | 'one' | 'none'
  /** Where replies go, of requests. */
  readonly replyTo?: ReplyTo
}

export function recipeOf(
  seed: number,
  nodeId: string,
  config: Readonly<Record<string, unknown>>,
  audience: Audience = 'plain',
  replyTo: ReplyTo | null = null,
): Recipe {
  const settings = Object.fromEntries(MESSAGE_FIELDS.map((field) => [field, config[field]]))
  if (settings.messageGroup === 'auto') settings.messageGroup = audience === 'fifo' ? 'key' : 'none'
  if (audience !== 'fifo') settings.deduplication = 'none'
  if (audience === 'stream') Object.assign(settings, { messageGroup: 'none', attributes: '' })
  else settings.partitionKey = 'none'
  const drawn = md5Words(`${seed}/${nodeId}/message`)[0]
  return { ...settings, ...(replyTo && { replyTo }), seed: drawn } as unknown as Recipe
}

/** A recipe made ready; not part of the world, as it follows from the recipe. */
interface Compiled {
  readonly recipe: Recipe
  readonly body: Template
  readonly attributes: readonly CompiledAttribute[]
  readonly attributeBytes: number
  readonly zipf: ZipfTable | null
}
interface CompiledAttribute {
  readonly name: string
  readonly value: MessageAttribute
  readonly text: Template
}

const compiled = new WeakMap<object, Compiled>()
/** The one asked for last: nearly always the one that is asked for next. */
let latest: Compiled | undefined

export function compile(recipe: Recipe): Compiled {
  if (latest?.recipe === recipe) return latest
  let ready = compiled.get(recipe)
  if (!ready) {
    const attributes = compileAttributes(recipe.attributes)
    ready = {
      recipe,
      body: parseTemplate(recipe.template),
      attributes,
      attributeBytes: attributes.reduce(
        (sum, { name, value }) => sum + utf8Bytes(name) + utf8Bytes(value.DataType),
        0,
      ),
      zipf: recipe.keyDistribution === 'zipf' ? zipf(recipe.keys, recipe.zipfExponent) : null,
    }
    compiled.set(recipe, ready)
  }
  latest = ready
  return ready
}

/** AWS's JSON of attributes; what is not an attribute is left out. */
function compileAttributes(text: string): CompiledAttribute[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text || '{}')
  } catch {
    return []
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return []
  return Object.entries(parsed as Record<string, unknown>).flatMap(
    ([name, given]): CompiledAttribute[] => {
      const value = given as Partial<MessageAttribute> | null
      if (typeof value?.DataType !== 'string') return []
      const { DataType, StringValue, BinaryValue } = value
      if (typeof BinaryValue === 'string')
        return [{ name, value: { DataType, BinaryValue }, text: parseTemplate('') }]
      if (typeof StringValue !== 'string') return []
      return [{ name, value: { DataType, StringValue }, text: parseTemplate(StringValue) }]
    },
  )
}

/** Positions in the hash, beyond any template's parts. */
const KEY = 0x40000000
const SIZE = 0x40000001
const SIZE_AGAIN = 0x40000002
const AGAIN = 0x40000003
const ATTRIBUTE = 0x41000000

/** Sigma of lognormal sizes: two thirds are within a factor of 2.7 of the median. */
const SIZE_SIGMA = 1

/** What message number `ordinal` goes by; its key is also its hue. */
export function drawOf(ready: Compiled, ordinal: number): Draw {
  const hash = hash32(ready.recipe.seed, ordinal)
  return { hash, ordinal, key: keyOf(ready, hash) }
}

/** Whether the message is one of those that are sent twice. */
export const isSentTwice = ({ hash }: Draw, share: number): boolean =>
  share > 0 && unitFrom(hash32(hash, AGAIN)) < share

function keyOf({ recipe, zipf }: Compiled, hash: number): number {
  if (recipe.keys <= 1) return 0
  const unit = unitFrom(hash32(hash, KEY))
  if (zipf) return sampleZipf(zipf, unit)
  if (recipe.keyDistribution !== 'hot') return Math.floor(unit * recipe.keys)
  if (unit < recipe.hotShare) return 0
  const rest = (unit - recipe.hotShare) / (1 - recipe.hotShare)
  return 1 + Math.floor(rest * (recipe.keys - 1))
}

/** Bytes of body and attributes (FACTS 1.3). */
export function sizeOf(ready: Compiled, draw: Draw): number {
  let bytes = bodySizeOf(ready, draw)
  if (ready.attributes.length > 0) bytes += attributesBytes(ready, draw)
  if (ready.recipe.replyTo) bytes += bytesOfTexts(replyAttributes(ready.recipe, draw))
  return bytes
}

/** Bytes of the body alone. */
export const bodySizeOf = (ready: Compiled, draw: Draw): number =>
  ready.recipe.sizeDistribution === 'template'
    ? measureTemplate(ready.body, draw)
    : bodyBytes(ready.recipe, draw)

const replyAttributes = ({ seed, replyTo }: Recipe, draw: Draw): Content['attributes'] =>
  replyTo ? askingFor(addressOf(replyTo, seed, draw)) : {}

function attributesBytes(ready: Compiled, draw: Draw): number {
  let bytes = ready.attributeBytes
  for (const [i, { value, text }] of ready.attributes.entries()) {
    // Base64 has four characters for three bytes, padded.
    const binary = value.BinaryValue?.replace(/=+$/, '').length ?? 0
    bytes += Math.floor((binary * 3) / 4) + measureTemplate(text, inAttribute(draw, i))
  }
  return bytes
}

const inAttribute = (draw: Draw, index: number): Draw => ({
  ...draw,
  hash: hash32(draw.hash, ATTRIBUTE + index),
})

/** Size of a body whose size does not follow from its words. */
function bodyBytes(recipe: Recipe, draw: Draw): number {
  const { sizeDistribution, sizeBytes, sizeMaxBytes } = recipe
  if (sizeDistribution === 'fixed') return sizeBytes
  const unit = unitFrom(hash32(draw.hash, SIZE))
  if (sizeDistribution === 'uniform') {
    const least = Math.min(sizeBytes, sizeMaxBytes)
    return least + Math.floor(unit * (Math.abs(sizeMaxBytes - sizeBytes) + 1))
  }
  // A normal number by Box and Muller's method: it needs no state, only two hashes.
  const angle = 2 * Math.PI * unitFrom(hash32(draw.hash, SIZE_AGAIN))
  const normal = Math.sqrt(-2 * ln(1 - unit)) * sine(angle)
  const size = Math.round(sizeBytes * exp(SIZE_SIGMA * normal))
  return Math.min(Math.max(1, size), sizeMaxBytes)
}

/** Blanks written out at most; a body's true size is in `sizeBytes`. */
const PADDING_SHOWN = 1024

/** The message's words. A body of a chosen size is cut, or padded with blanks, which JSON ignores. */
export function contentOf(ready: Compiled, ordinal: number): Content {
  const draw = drawOf(ready, ordinal)
  let body = renderTemplate(ready.body, draw)
  if (ready.recipe.sizeDistribution !== 'template') {
    const missing = bodyBytes(ready.recipe, draw) - utf8Bytes(body)
    body = missing >= 0 ? body + ' '.repeat(Math.min(missing, PADDING_SHOWN)) : cut(body, missing)
  }
  const attributes = ready.attributes.map(({ name, value, text }, i) => [
    name,
    value.BinaryValue === undefined
      ? { ...value, StringValue: renderTemplate(text, inAttribute(draw, i)) }
      : value,
  ])
  return {
    body,
    attributes: {
      ...(Object.fromEntries(attributes) as Content['attributes']),
      ...replyAttributes(ready.recipe, draw),
    },
    ...idsOf(ready.recipe, draw),
  }
}

/** Its group and deduplication id; the seed tells producers apart that count alike. */
function idsOf(recipe: Recipe, draw: Draw) {
  const { seed, messageGroup, deduplication, partitionKey } = recipe
  const { ordinal, key } = draw
  return {
    ...(partitionKey !== 'none' && { partitionKey: partitionKeyIn(recipe, draw) }),
    ...(messageGroup !== 'none' && { groupId: messageGroup === 'key' ? keyName(key) : ONLY_GROUP }),
    ...(deduplication === 'unique' && { deduplicationId: `${seed.toString(36)}-${ordinal}` }),
  }
}

const ONLY_GROUP = 'all'

/** The partition key of record number `ordinal`, without its other words. */
export const partitionKeyOf = (ready: Compiled, ordinal: number): string =>
  partitionKeyIn(ready.recipe, drawOf(ready, ordinal))

function partitionKeyIn({ seed, partitionKey }: Recipe, { ordinal, key }: Draw): string {
  if (partitionKey === 'unique') return `${seed.toString(36)}-${ordinal}`
  return partitionKey === 'one' ? ONLY_GROUP : keyName(key)
}

/** Leaves out at least `-surplus` bytes at the end, whole characters only. */
function cut(body: string, surplus: number): string {
  const characters = [...body]
  let bytes = -surplus
  while (bytes > 0) bytes -= utf8Bytes(characters.pop()!)
  return characters.join('')
}
