/** The API calls that edits of the design are (DESIGN: everything is an API call). */
import type { Attributes, EditCalls } from '../../../engine/behaviour.ts'
import { queueUrl } from '../names.ts'
import schema from '../schema.ts'
import { NUMBER_ATTRIBUTES, TEXT_ATTRIBUTES } from './attributeChange.ts'
import { attributesOf } from './queueAttributes.ts'

const WRITABLE: readonly string[] = [...NUMBER_ATTRIBUTES, ...TEXT_ATTRIBUTES]

/** Whatever else of a queue changes is ours: how often chance strikes, how many servers there are. */
export const edits: EditCalls = {
  attributes: (sim, node) => only(attributesOf(sim, node), (name) => WRITABLE.includes(name)),

  created(sim, node) {
    const { name: QueueName } = sim.world.nodes[node]
    const Attributes = only(edits.attributes(sim, node), (name, value) => value !== DEFAULTS[name])
    return {
      operation: 'CreateQueue',
      input: { QueueName, ...(Object.keys(Attributes).length > 0 && { Attributes }) },
      output: { QueueUrl: queueUrl(QueueName) },
    }
  },

  /** What is there no more is removed by an empty text. */
  changed(sim, node, before) {
    const now = edits.attributes(sim, node)
    const gone = Object.keys(before).filter((name) => now[name] === undefined)
    const Attributes = {
      ...only(now, (name, value) => value !== before[name]),
      ...Object.fromEntries(gone.map((name) => [name, ''])),
    }
    if (Object.keys(Attributes).length === 0) return null
    const QueueUrl = queueUrl(sim.world.nodes[node].name)
    return { operation: 'SetQueueAttributes', input: { QueueUrl, Attributes } }
  },

  deleted: (sim, node) => ({
    operation: 'DeleteQueue',
    input: { QueueUrl: queueUrl(sim.world.nodes[node].name) },
  }),
}

const only = (
  attributes: Attributes,
  keeps: (name: string, value: string) => boolean,
): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name, value]) => keeps(name, value)))

/** What CreateQueue need not say. */
const DEFAULTS: Attributes = {
  SqsManagedSseEnabled: 'true',
  ...Object.fromEntries(schema.fields.map((field) => [field.id, String(field.default)])),
}
