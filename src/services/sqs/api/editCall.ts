/** The SetQueueAttributes that an edit of a queue's settings is (DESIGN: everything is an API call). */
import type { Simulation } from '../../../engine/simulation.ts'
import { queueUrl } from '../names.ts'
import { TEXT_ATTRIBUTES, NUMBER_ATTRIBUTES } from './attributeChange.ts'
import { redriveAllowPolicy, setQueueAttributes } from './queueAttributes.ts'

type Config = Readonly<Record<string, unknown>>

/** Null when only what is ours changed: how often chance strikes, how many servers there are. */
export function editCall(sim: Simulation, node: number, before: Config) {
  const { name, config } = sim.world.nodes[node]
  const changed = Object.keys(config).filter((key) => !Object.is(config[key], before[key]))
  const Attributes = Object.fromEntries(
    changed
      .filter((key) => NUMBER_ATTRIBUTES.includes(key) || TEXT_ATTRIBUTES.includes(key))
      .map((key) => [key, String(config[key])]),
  )
  if (changed.some((key) => key.startsWith('redriveAllow'))) {
    Attributes.RedriveAllowPolicy = redriveAllowPolicy(config)
  }
  if (Object.keys(Attributes).length === 0) return null
  return { operation: setQueueAttributes.name, input: { QueueUrl: queueUrl(name), Attributes } }
}
