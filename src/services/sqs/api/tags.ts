/** TagQueue, UntagQueue, ListQueueTags: keys are case-sensitive, the last value counts (FACTS 1.3). */
import { invalidParameter, missingParameter } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { queueOf } from '../queue.ts'
import { textList, type Input } from './input.ts'
import { plainOperation } from '../../plainOperation.ts'

const MAX_TAGS = 50

export const tagQueue = plainOperation({
  name: 'TagQueue',
  check(sim, node, input) {
    const tags = { ...queueOf(sim, node).carried.tags, ...requiredTags(input) }
    if (Object.keys(tags).length <= MAX_TAGS) return
    const { name } = sim.world.nodes[node]
    throw new Refusal(invalidParameter(`Too many tags added for queue ${name}.`))
  },
  run(sim, node, input) {
    const queue = queueOf(sim, node)
    const tags = { ...queue.carried.tags, ...requiredTags(input) }
    queue.carried = { ...queue.carried, tags }
  },
})

export const untagQueue = plainOperation({
  name: 'UntagQueue',
  check(_sim, _node, input) {
    if (input.TagKeys === undefined) throw new Refusal(missingParameter('TagKeys'))
    if (textList(input, 'TagKeys').length > 0) return
    throw new Refusal(KEY_LENGTH)
  },
  run(sim, node, input) {
    const queue = queueOf(sim, node)
    const gone = new Set(textList(input, 'TagKeys'))
    const tags = Object.fromEntries(
      Object.entries(queue.carried.tags).filter(([key]) => !gone.has(key)),
    )
    queue.carried = { ...queue.carried, tags }
  },
})

export const listQueueTags = plainOperation({
  name: 'ListQueueTags',
  output(sim, node) {
    const { tags } = queueOf(sim, node).carried
    return Object.keys(tags).length > 0 ? { Tags: tags } : {}
  },
})

const MAX_KEY_CHARS = 128
const KEY = /^[\p{L}\p{N}\s_.:/=+\-@]*$/u
const KEY_LENGTH = invalidParameter(
  `Tag keys must be between 1 and ${MAX_KEY_CHARS} characters in length.`,
)
const KEY_CHARACTERS = invalidParameter(
  'Tag keys may only contain unicode letters, digits, whitespace, or one of these symbols: _ . : / = + - @',
)

/** @throws Refusal */
function requiredTags(input: Input): Record<string, string> {
  const tags = readTags(input.Tags)
  const keys = Object.keys(tags)
  if (keys.length === 0) throw new Refusal(missingParameter('Tags'))
  if (keys.some((key) => key === '' || key.length > MAX_KEY_CHARS)) throw new Refusal(KEY_LENGTH)
  if (!keys.every((key) => KEY.test(key))) throw new Refusal(KEY_CHARACTERS)
  return tags
}

/** Tags as TagQueue and CreateQueue take them. */
export const readTags = (tags: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [key, String(value)]))
