/** TagDeliveryStream, UntagDeliveryStream, ListTagsForDeliveryStream: at most 50 tags. */
import { required, validation } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { stateOf } from '../state.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'

type Tags = Readonly<Record<string, string>>

const MAX_TAGS = 50

export const tagDeliveryStream = plainOperation({
  name: 'TagDeliveryStream',
  check(sim, node, input) {
    if (input.Tags === undefined) throw new Refusal(required('tags'))
    checkCount({ ...tagsOf(sim, node), ...tagsIn(input.Tags) })
  },
  run: (sim, node, input) => setTags(sim, node, { ...tagsOf(sim, node), ...tagsIn(input.Tags) }),
})

export const untagDeliveryStream = plainOperation({
  name: 'UntagDeliveryStream',
  check(_sim, _node, input) {
    if (!Array.isArray(input.TagKeys)) throw new Refusal(required('tagKeys'))
  },
  run(sim, node, input) {
    const gone = new Set(input.TagKeys as string[])
    const kept = Object.entries(tagsOf(sim, node)).filter(([key]) => !gone.has(key))
    setTags(sim, node, Object.fromEntries(kept))
  },
})

export const listTagsForDeliveryStream = plainOperation({
  name: 'ListTagsForDeliveryStream',
  output(sim, node, input) {
    const all = Object.entries(tagsOf(sim, node)).map(([Key, Value]) => ({ Key, Value }))
    const start = all.findIndex(({ Key }) => Key === input.ExclusiveStartTagKey) + 1
    const limit = Number(input.Limit ?? MAX_TAGS)
    const rest = all.slice(start)
    return { Tags: rest.slice(0, limit), HasMoreTags: rest.length > limit }
  },
})

const tagsOf = (sim: Simulation, node: number): Tags => stateOf(sim, node).carried.tags

function setTags(sim: Simulation, node: number, tags: Tags): void {
  const state = stateOf(sim, node)
  state.carried = { ...state.carried, tags }
}

/** Tags as the API takes them, by key. @throws Refusal */
export function tagsIn(given: unknown): Tags {
  if (given === undefined) return {}
  const tags = (given as readonly Input[]).map(({ Key, Value }): [string, string] => {
    if (typeof Key !== 'string') throw new Refusal(required('tags.member.key'))
    return [Key, String(Value ?? '')]
  })
  return checkCount(Object.fromEntries(tags))
}

function checkCount(tags: Tags): Tags {
  if (Object.keys(tags).length <= MAX_TAGS) return tags
  throw new Refusal(
    validation(
      `[${Object.keys(tags).length} tags]`,
      'tags',
      `Member must have length less than or equal to ${MAX_TAGS}`,
    ),
  )
}
