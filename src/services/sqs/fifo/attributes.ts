/** The attributes that only FIFO queues have, and AWS's rules for them (FACTS 1.3). */
import { invalidAttributeName, invalidAttributeValue, unknownAttribute } from '../errors.ts'
import { Refusal } from '../../refusal.ts'

type Attributes = Readonly<Record<string, unknown>>
type Config = Readonly<Record<string, unknown>>

export const FIFO_ATTRIBUTES: readonly string[] = [
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]

const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  FifoQueue: ['true'],
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
}

/**
 * The settings that these attributes ask for.
 * @param present the queue's config, with `FifoQueue`; for a new queue what it begins with
 * @throws Refusal with AWS's error
 */
export function readFifoAttributes(attributes: Attributes, present: Config): Config {
  const config: Record<string, unknown> = {}
  for (const name of FIFO_ATTRIBUTES) {
    const value = attributes[name]
    if (value === undefined) continue
    if (present.FifoQueue !== true) throw new Refusal(notForStandard(name))
    if (!VALUES[name].includes(value)) {
      const reason = name === 'FifoQueue' ? 'Modifying queue type is not supported.' : ''
      throw new Refusal(invalidAttributeValue(name, reason))
    }
    config[name] = value === 'true' || (value === 'false' ? false : value)
  }
  const { DeduplicationScope, FifoThroughputLimit } = { ...present, ...config }
  if (FifoThroughputLimit === 'perMessageGroupId' && DeduplicationScope !== 'messageGroup') {
    throw new Refusal(invalidAttributeValue('FifoThroughputLimit', NEEDS_GROUP_SCOPE))
  }
  return config
}

const NEEDS_GROUP_SCOPE =
  'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.'

const notForStandard = (name: string) =>
  name === 'DeduplicationScope' || name === 'FifoThroughputLimit'
    ? invalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`)
    : unknownAttribute(name)

/** What GetQueueAttributes tells of them. */
export function fifoAttributes(config: Config): Record<string, string> {
  if (config.FifoQueue !== true) return {}
  return Object.fromEntries(FIFO_ATTRIBUTES.map((name) => [name, String(config[name])]))
}
