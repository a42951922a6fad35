/** SNS topics, standard and FIFO; a subscription is a wire that leaves one. */
import type { Config, ScenarioNode } from '../../scenario/scenario.ts'
import { arn } from '../aws.ts'
import type { Connection, KindSchema } from '../schema.ts'
import { subscriptionFields, topicFields } from './fields.ts'
import { topicCaller } from './caller.ts'
import { METRICS } from './metricNames.ts'

export const isFifo = (topic: { readonly config: Config }): boolean =>
  topic.config.FifoTopic === true

/** What a wire from a topic shows of its filter: the only key and its rules, or how many keys. */
function filterLabel(config: Config): string {
  const text = String(config.FilterPolicy ?? '')
  if (text === '') return 'every message'
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>)
    if (entries.length === 0) return 'every message'
    if (entries.length > 1) return `filter: ${entries.length} keys`
    const [key, rules] = entries[0]
    const [rule, ...more] = Array.isArray(rules) ? (rules as unknown[]) : [rules]
    const isPlain = more.length === 0 && (rule === null || typeof rule !== 'object')
    return isPlain ? `${key} = ${String(rule)}` : `filter: ${key}`
  } catch {
    return 'filter policy is broken'
  }
}

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  const subscriber = toSchema.subscribeAs?.(to, { isFifo: isFifo(from) })
  if (!subscriber) {
    return {
      ok: false,
      reason: `SNS cannot deliver to “${to.name}” (${toSchema.title}).`,
      instead: 'Put a queue or a Firehose stream between the two.',
    }
  }
  if (!subscriber.ok) return subscriber
  if (isFifo(from) && subscriber.protocol !== 'sqs') {
    return {
      ok: false,
      reason: `A FIFO topic delivers only to SQS queues, not to “${to.name}” (${toSchema.title}).`,
      instead: 'Put a queue between the two.',
    }
  }
  return { ok: true, role: 'subscribe', label: filterLabel, fields: subscriptionFields }
}

const STANDARD_NAME = 'Invalid parameter: Topic Name'

/** Why a topic of this type cannot be called so, in AWS's words; null when it can (FACTS 3.2). */
export function nameProblem(name: string, fifo: boolean): string | null {
  const pattern = fifo ? /^[A-Za-z0-9_-]{1,251}\.fifo$/ : /^[A-Za-z0-9_-]{1,256}$/
  return pattern.test(name) ? null : STANDARD_NAME
}

const schema: KindSchema = {
  kind: 'sns',
  title: 'SNS topic',
  titleOf: (node) => (isFifo(node) ? 'SNS FIFO topic' : 'SNS topic'),
  family: 'fanout',
  presets: [
    {
      id: 'standard',
      label: 'SNS topic',
      name: 'orders-topic',
      help: 'Pushes a copy of each message to every subscription that wants it.',
      keywords: ['sns', 'topic', 'publish', 'subscribe', 'fan out', 'notification', 'filter'],
      config: {},
    },
    {
      id: 'fifo',
      label: 'SNS FIFO topic',
      name: 'orders-topic.fifo',
      help: 'Keeps the order within each message group, and swallows duplicates for 5 minutes.',
      keywords: ['sns', 'topic', 'fifo', 'order', 'group', 'deduplication'],
      config: { FifoTopic: true },
    },
  ],
  fields: topicFields,
  name: {
    pattern: /^[A-Za-z0-9_-]{1,256}(?:(?<=^.{1,251})\.fifo)?$/,
    error:
      'Letters, digits, hyphens and underscores, 1 to 256 of them; a FIFO topic ends in .fifo.',
    problem: (name, config) => nameProblem(name, config.FifoTopic === true),
    maxLength: 256,
  },
  accepts: ['Publish'],
  metrics: METRICS,
  policy: {
    field: 'Policy',
    arn: ({ name }) => arn('sns', name),
    asked: { byWiresIn: { publish: ['SNS:Publish'], notify: ['SNS:Publish'] }, byWiresOut: {} },
  },
  callsAs: ({ name }) => topicCaller(name),
  size: { width: 200, height: 120 },
  connect,
}

export default schema
