/** Tags of streams and of resources in general. */
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT } from '../../aws.ts'
import { invalidArgument } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { streamOf } from '../stream.ts'
import { plainOperation } from './plain.ts'
import { STREAM, type Input, type Rule } from './validate.ts'

const MOST_TAGS = 50
const KEY: Rule = { minLength: 1, maxLength: 128 }
const VALUE: Rule = { maxLength: 256 }
export const TAGS: Rule = { maxLength: 200, keys: KEY, values: VALUE }
const TAG_KEYS: Rule = { required: true, minLength: 1, maxLength: 50, each: KEY }
const ARN: Rule = { required: true, minLength: 1, maxLength: 2048 }

/** AWS's characters of keys and values. */
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** @throws Refusal */
export function readTags(given: unknown): Readonly<Record<string, string>> {
  const tags = Object.entries((given ?? {}) as Input).map(([key, value]) => [key, String(value)])
  for (const [key, value] of tags) {
    if (!ALLOWED.test(key) || !ALLOWED.test(value) || key.toLowerCase().startsWith('aws:')) {
      throw new Refusal(
        invalidArgument(
          'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.',
        ),
      )
    }
  }
  return Object.fromEntries(tags) as Record<string, string>
}

function merged(sim: Simulation, node: number, given: unknown): Readonly<Record<string, string>> {
  const tags = { ...streamOf(sim, node).tags, ...readTags(given) }
  const { name } = sim.world.nodes[node]
  if (Object.keys(tags).length > MOST_TAGS) {
    throw new Refusal(
      invalidArgument(
        `Failed to add tags to stream ${name} under account ${ACCOUNT} because a given stream cannot have more than ${MOST_TAGS} tags associated with it.`,
      ),
    )
  }
  return tags
}

function without(sim: Simulation, node: number, keys: unknown): void {
  const state = streamOf(sim, node)
  state.tags = Object.fromEntries(
    Object.entries(state.tags).filter(([key]) => !(keys as string[]).includes(key)),
  )
}

const sorted = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }))

export const addTagsToStream = plainOperation({
  name: 'AddTagsToStream',
  rules: { Tags: { ...TAGS, required: true, minLength: 1 }, ...STREAM },
  check: (sim, node, input) => merged(sim, node, input.Tags),
  run(sim, node, input) {
    streamOf(sim, node).tags = merged(sim, node, input.Tags)
  },
})

export const removeTagsFromStream = plainOperation({
  name: 'RemoveTagsFromStream',
  rules: { TagKeys: TAG_KEYS, ...STREAM },
  run: (sim, node, input) => without(sim, node, input.TagKeys),
})

export const listTagsForStream = plainOperation({
  name: 'ListTagsForStream',
  rules: { Limit: { min: 1, max: 50 }, ExclusiveStartTagKey: KEY, ...STREAM },
  output(sim, node, input) {
    const after = String(input.ExclusiveStartTagKey ?? '')
    const all = sorted(streamOf(sim, node).tags).filter(({ Key }) => Key > after)
    const Tags = all.slice(0, Number(input.Limit ?? MOST_TAGS))
    return { Tags, HasMoreTags: Tags.length < all.length }
  },
})

export const tagResource = plainOperation({
  name: 'TagResource',
  rules: { ResourceARN: ARN, Tags: { ...TAGS, required: true, minLength: 1 } },
  check: (sim, node, input) => merged(sim, node, input.Tags),
  run(sim, node, input) {
    streamOf(sim, node).tags = merged(sim, node, input.Tags)
  },
})

export const untagResource = plainOperation({
  name: 'UntagResource',
  rules: { ResourceARN: ARN, TagKeys: TAG_KEYS },
  run: (sim, node, input) => without(sim, node, input.TagKeys),
})

export const listTagsForResource = plainOperation({
  name: 'ListTagsForResource',
  rules: { ResourceARN: ARN },
  output: (sim, node) => ({ Tags: sorted(streamOf(sim, node).tags) }),
})
