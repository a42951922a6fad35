/** TagQueue, UntagQueue, ListQueueTags: keys are case-sensitive, the last value counts (FACTS 1.3). */
import { missingParameter } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { queueOf } from '../queue.ts'
import { textList, type Input } from './input.ts'
import { plainOperation } from '../../plainOperation.ts'

export const tagQueue = plainOperation({
  name: 'TagQueue',
  check: (_sim, _node, input) => requiredTags(input),
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
    textList(input, 'TagKeys')
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

/** @throws Refusal */
function requiredTags(input: Input): Record<string, string> {
  if (input.Tags === undefined) throw new Refusal(missingParameter('Tags'))
  return readTags(input.Tags)
}

/** Tags as TagQueue and CreateQueue take them. */
export const readTags = (tags: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [key, String(value)]))
