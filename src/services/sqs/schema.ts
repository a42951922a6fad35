/** SQS queues, standard and FIFO: attributes by AWS's names, ranges and texts. */
import type { Config, ScenarioNode } from '../../scenario/scenario.ts'
import { arn } from '../aws.ts'
import { isPolicy } from '../policy.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { fifoFields } from './fifo/fields.ts'
import { METRICS } from './metricNames.ts'

const invalid = (attribute: string) => `Invalid value for the parameter ${attribute}.`

const OURS = 'Behaviour of the service'
const STANDARD = { field: 'FifoQueue', is: [false] }

const fields: readonly Field[] = [
  {
    id: 'VisibilityTimeout',
    label: 'Visibility timeout',
    help: 'A received message is hidden this long; not deleted by then, it comes back.',
    section: 'Attributes',
    type: 'number',
    unit: 's',
    min: 0,
    max: 43_200,
    step: 1,
    default: 30,
    error: invalid('VisibilityTimeout'),
    source: 'FACTS 1.3, 2.2',
  },
  {
    id: 'DelaySeconds',
    label: 'Delivery delay',
    help: 'A new message can be received only after this long; a message may override it.',
    section: 'Attributes',
    type: 'number',
    unit: 's',
    min: 0,
    max: 900,
    step: 1,
    default: 0,
    error: invalid('DelaySeconds'),
    source: 'FACTS 1.3, 2.3',
  },
  {
    id: 'MessageRetentionPeriod',
    label: 'Retention period',
    help: 'A message still here after this long is dropped, whatever state it is in.',
    section: 'Attributes',
    type: 'number',
    unit: 's',
    min: 60,
    max: 1_209_600,
    step: 1,
    default: 345_600,
    logarithmic: true,
    error: invalid('MessageRetentionPeriod'),
    source: 'FACTS 1.3, 2.4',
  },
  {
    id: 'ReceiveMessageWaitTimeSeconds',
    label: 'Receive wait time',
    help: 'Above 0 a receive waits for a message (long polling); 0 answers at once.',
    section: 'Attributes',
    type: 'number',
    unit: 's',
    min: 0,
    max: 20,
    step: 1,
    default: 0,
    error: invalid('ReceiveMessageWaitTimeSeconds'),
    source: 'FACTS 1.3, 2.6',
  },
  {
    id: 'MaximumMessageSize',
    label: 'Maximum message size',
    help: 'Body and attributes together; a larger message is refused.',
    section: 'Attributes',
    type: 'number',
    unit: 'bytes',
    min: 1024,
    max: 1_048_576,
    step: 1,
    default: 1_048_576,
    logarithmic: true,
    error: invalid('MaximumMessageSize'),
    exam: { default: 262_144, max: 262_144, note: '256 KiB in older exam material.' },
    source: 'FACTS 1.3, 2.9, 17',
  },
  ...fifoFields,
  {
    id: 'redriveAllow',
    label: 'May be a dead-letter queue of',
    help: 'Who may name this queue in a redrive policy (RedriveAllowPolicy).',
    section: 'Dead letters',
    type: 'choice',
    options: [
      { value: 'allowAll', label: 'Any queue' },
      { value: 'denyAll', label: 'No queue' },
      { value: 'byQueue', label: 'Only the queues listed' },
    ],
    default: 'allowAll',
    source: 'FACTS 1.3, 2.5',
  },
  {
    id: 'redriveAllowSources',
    label: 'Allowed source queues',
    help: 'Names of at most 10 queues, separated by commas.',
    section: 'Dead letters',
    when: { field: 'redriveAllow', is: ['byQueue'] },
    type: 'text',
    default: '',
    maxLength: 820,
    source: 'FACTS 1.3',
  },
  {
    id: 'Policy',
    label: 'Policy',
    help: 'Who may do what with this queue, as JSON. Empty: whoever is of its own account may.',
    section: 'Access',
    type: 'text',
    json: true,
    multiline: true,
    default: '',
    maxLength: 8192,
    problem: (text) => (isPolicy(text) ? null : invalid('Policy')),
    source: 'FACTS 1.3, 2.10',
  },
  {
    id: 'duplicateChance',
    label: 'Chance of a duplicate',
    help: 'How often a received message is delivered once more: at-least-once delivery.',
    section: OURS,
    when: STANDARD,
    type: 'number',
    min: 0,
    max: 1,
    default: 0.0005,
    source: 'FACTS 2.2',
  },
  {
    id: 'reorderChance',
    label: 'Chance of changed order',
    help: 'How often a message that is not the oldest is handed out: best-effort order.',
    section: OURS,
    when: STANDARD,
    type: 'number',
    min: 0,
    max: 1,
    default: 0.02,
    source: 'FACTS 2.7',
  },
  {
    id: 'servers',
    label: 'Servers',
    help: 'The queue is spread over these; a short poll asks only some of them.',
    section: OURS,
    when: STANDARD,
    type: 'number',
    min: 1,
    max: 10,
    step: 1,
    default: 5,
    source: 'FACTS 2.6',
  },
]

const pollFields: readonly Field[] = [
  {
    id: 'priority',
    label: 'Priority',
    help: 'A consumer of several queues asks the lowest number first.',
    type: 'number',
    min: 1,
    max: 10,
    step: 1,
    default: 1,
  },
]

const redriveFields: readonly Field[] = [
  {
    id: 'maxReceiveCount',
    label: 'Maximum receives',
    help: 'Received so often and still here, a message moves on the next receive.',
    type: 'number',
    min: 1,
    max: 1000,
    step: 1,
    default: 3,
    error:
      'Value {"maxReceiveCount":{v}} for parameter RedrivePolicy is invalid. Reason: Invalid value for maxReceiveCount: {v}, valid values are from 1 to 1000 both inclusive.',
    source: 'FACTS 1.3, 2.5',
  },
]

/** Names in a `redriveAllowSources` text. */
export const redriveSources = (text: unknown): readonly string[] =>
  String(text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** RedriveAllowPolicy is checked when the source names its dead-letter queue (FACTS 2.5). */
function allowsRedriveFrom(source: ScenarioNode, target: ScenarioNode): boolean {
  const allow = target.config.redriveAllow ?? 'allowAll'
  if (allow === 'byQueue') {
    return redriveSources(target.config.redriveAllowSources).includes(source.name)
  }
  return allow === 'allowAll'
}

const isFifo = (node: ScenarioNode): boolean => node.config.FifoQueue === true
const typeOf = (node: ScenarioNode): string => (isFifo(node) ? 'FIFO' : 'standard')

/** FACTS 2.5. */
const otherType = (from: ScenarioNode, to: ScenarioNode): Connection => ({
  ok: false,
  reason: `A dead-letter queue must be of its source’s type: “${from.name}” is a ${typeOf(from)} queue, “${to.name}” a ${typeOf(to)} queue.`,
  instead: `Add a ${typeOf(from)} queue and connect “${from.name}” to that one.`,
})

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.kind === schema.kind) {
    if (isFifo(from) !== isFifo(to)) return otherType(from, to)
    if (!allowsRedriveFrom(from, to)) {
      return {
        ok: false,
        reason: `The redrive allow policy of “${to.name}” does not let “${from.name}” use it as a dead-letter queue.`,
        instead: `Set “May be a dead-letter queue of” of “${to.name}”, or choose another queue.`,
      }
    }
    return {
      ok: true,
      role: 'redrive',
      label: (config) => `maxReceiveCount ${config.maxReceiveCount ?? 3}`,
      fields: redriveFields,
      maxFrom: 1,
    }
  }
  if (toSchema.accepts.includes('ReceiveMessages')) {
    return {
      ok: true,
      role: 'poll',
      label: (config) => (Number(config.priority ?? 1) > 1 ? `priority ${config.priority}` : ''),
      fields: pollFields,
    }
  }
  return {
    ok: false,
    reason: `An SQS queue never pushes; “${to.name}” (${toSchema.title}) does not poll queues.`,
    instead:
      'Connect the queue to a consumer fleet, which polls it, or draw the wire the other way.',
  }
}

const STANDARD_NAME =
  'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'
const FIFO_NAME =
  'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length'

/** Why a queue of this type cannot be called so, in AWS's words; null when it can (FACTS 1.3). */
export function nameProblem(name: string, fifo: boolean): string | null {
  if (!fifo) return /^[A-Za-z0-9_-]{1,80}$/.test(name) ? null : STANDARD_NAME
  return /^[A-Za-z0-9_-]{1,75}\.fifo$/.test(name) ? null : FIFO_NAME
}

const schema: KindSchema = {
  kind: 'sqs',
  title: 'SQS queue',
  titleOf: (node) => (isFifo(node) ? 'SQS FIFO queue' : 'SQS queue'),
  family: 'queue',
  presets: [
    {
      id: 'standard',
      label: 'SQS standard',
      name: 'orders',
      help: 'Holds messages until a consumer has received and deleted them.',
      keywords: ['queue', 'sqs', 'standard', 'buffer', 'decouple'],
      config: {},
    },
    {
      id: 'fifo',
      label: 'SQS FIFO',
      name: 'orders.fifo',
      help: 'Keeps the order within each message group, and swallows duplicate sends for 5 minutes.',
      keywords: ['queue', 'sqs', 'fifo', 'order', 'group', 'exactly once', 'deduplication'],
      config: { FifoQueue: true },
    },
    {
      id: 'dlq',
      label: 'Dead-letter queue',
      name: 'orders-dlq',
      help: 'Takes messages that another queue could not get processed; keeps them 14 days.',
      keywords: ['dlq', 'dead letter', 'redrive', 'poison', 'queue', 'sqs'],
      config: { MessageRetentionPeriod: 1_209_600 },
      tone: 'danger',
    },
  ],
  fields,
  name: {
    pattern: /^[A-Za-z0-9_-]{1,80}(?:(?<=^.{1,75})\.fifo)?$/,
    error: STANDARD_NAME,
    problem: (name: string, config: Config) => nameProblem(name, config.FifoQueue === true),
    maxLength: 80,
  },
  accepts: ['SendMessage'],
  subscribeAs: (queue, topic) =>
    isFifo(queue) && !topic.isFifo
      ? {
          ok: false,
          reason: `A standard topic cannot deliver to a FIFO queue such as “${queue.name}”.`,
          instead: 'Use a FIFO topic, or a standard queue.',
        }
      : {
          ok: true,
          protocol: 'sqs',
          endpoint: arn('sqs', queue.name),
          operation: 'SendMessage',
        },
  metrics: METRICS,
  policy: {
    field: 'Policy',
    arn: ({ name }) => arn('sqs', name),
    asked: {
      byWiresIn: {
        send: ['sqs:SendMessage'],
        subscribe: ['sqs:SendMessage'],
        notify: ['sqs:SendMessage'],
      },
      byWiresOut: {
        poll: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      },
    },
  },
  size: { width: 260, height: 140 },
  connect,
  connectsToItself: true,
  hasRedrive: true,
}

export default schema
