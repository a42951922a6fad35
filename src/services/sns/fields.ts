/** Settings of a topic and of a subscription, by AWS's names (FACTS 3.2). */
import { isPolicy } from '../policy.ts'
import type { Field } from '../schema.ts'
import { BadPolicy, readPolicy, type FilterScope } from './filter/policy.ts'

export const MAX_POLICY_CHARS = 30_720

const FIFO = { field: 'FifoTopic', is: [true] }

export const topicFields: readonly Field[] = [
  {
    id: 'DisplayName',
    label: 'Display name',
    help: 'Shown as the sender of e-mail and SMS.',
    section: 'Attributes',
    type: 'text',
    default: '',
    maxLength: 100,
    source: 'FACTS 3.2',
  },
  {
    id: 'MaximumMessageSize',
    label: 'Maximum message size',
    help: 'Body and attributes together; above 256 KiB only queues, functions and Firehose subscribe.',
    section: 'Attributes',
    type: 'number',
    unit: 'bytes',
    min: 1024,
    max: 1_048_576,
    step: 1,
    default: 262_144,
    logarithmic: true,
    source: 'FACTS 3.2, 3.3',
  },
  {
    id: 'SignatureVersion',
    label: 'Signature version',
    help: 'How notifications are signed.',
    section: 'Attributes',
    type: 'choice',
    options: [
      { value: '1', label: '1 (SHA1)' },
      { value: '2', label: '2 (SHA256)' },
    ],
    default: '1',
    source: 'FACTS 3.2',
  },
  {
    id: 'DeliveryPolicy',
    label: 'Delivery policy',
    help: 'How often and when web servers are tried again; JSON as AWS has it.',
    section: 'Attributes',
    type: 'text',
    multiline: true,
    json: true,
    default: '',
    maxLength: 4096,
    source: 'FACTS 4.2',
  },
  {
    id: 'Policy',
    label: 'Policy',
    help: 'Who may publish, as JSON. Empty is the default policy: whoever is of its own account may.',
    section: 'Access',
    type: 'text',
    json: true,
    multiline: true,
    default: '',
    maxLength: MAX_POLICY_CHARS,
    problem: (text) =>
      isPolicy(text, MAX_POLICY_CHARS) ? null : 'Invalid parameter: Policy Error: null',
    source: 'FACTS 3.2',
  },
  {
    id: 'FifoTopic',
    label: 'FIFO topic',
    help: 'Keeps the order within a message group and swallows duplicates for 5 minutes.',
    section: 'FIFO',
    type: 'switch',
    default: false,
    fixed: true,
    source: 'FACTS 3.2, 4.5',
  },
  {
    id: 'ContentBasedDeduplication',
    label: 'Content-based deduplication',
    help: 'Without an id of its own, a message is told by the SHA-256 of its body.',
    section: 'FIFO',
    when: FIFO,
    type: 'switch',
    default: false,
    source: 'FACTS 4.5',
  },
  {
    id: 'FifoThroughputScope',
    label: 'Throughput scope',
    help: 'Whether deduplication counts for the topic or each message group. A group takes 300 messages a second.',
    section: 'FIFO',
    when: FIFO,
    type: 'choice',
    options: [
      { value: 'Topic', label: 'Topic: 3 000 messages or 20 MB a second' },
      { value: 'MessageGroup', label: 'Message group: no limit of the topic' },
    ],
    default: 'Topic',
    source: 'FACTS 3.3, 4.5',
  },
]

const scopeOf = (value: unknown): FilterScope =>
  value === 'MessageBody' ? value : 'MessageAttributes'

function refusalOf(text: string, scope: unknown): BadPolicy | null {
  if (text.trim() === '') return null
  try {
    readPolicy(text, scopeOf(scope))
    return null
  } catch (problem) {
    if (problem instanceof BadPolicy) return problem
    throw problem
  }
}

/** In AWS's words, without what it puts before them. */
export function filterProblem(text: string, scope: unknown): string | null {
  const refusal = refusalOf(text, scope)
  return refusal && `${refusal.message}.`.replace(/\.\.$/, '.')
}

export const subscriptionFields: readonly Field[] = [
  {
    id: 'RawMessageDelivery',
    label: 'Raw message delivery',
    help: 'The message alone, without SNS’s JSON envelope around it.',
    type: 'switch',
    default: false,
    source: 'FACTS 4.1',
  },
  {
    id: 'FilterPolicy',
    label: 'Filter policy',
    help: 'Only messages that fit are delivered; empty for every message.',
    type: 'text',
    multiline: true,
    json: true,
    default: '',
    maxLength: 262_144,
    problem: (text, config) => filterProblem(text, config.FilterPolicyScope),
    problemPath: (text, config) => refusalOf(text, config.FilterPolicyScope)?.path ?? [],
    source: 'FACTS 4.4',
  },
  {
    id: 'FilterPolicyScope',
    label: 'Filter looks at',
    help: 'The attributes of a message, or the fields of its JSON body.',
    type: 'choice',
    options: [
      { value: 'MessageAttributes', label: 'Message attributes' },
      { value: 'MessageBody', label: 'Message body' },
    ],
    default: 'MessageAttributes',
    source: 'FACTS 4.4',
  },
  {
    id: 'DeliveryPolicy',
    label: 'Delivery policy',
    help: 'Retries for web servers, instead of the topic’s; JSON as AWS has it.',
    type: 'text',
    multiline: true,
    json: true,
    default: '',
    maxLength: 4096,
    source: 'FACTS 4.2',
  },
  {
    id: 'deadLetterQueue',
    label: 'Dead-letter queue',
    help: 'Name of the queue that gets what could not be delivered (RedrivePolicy); empty to lose it.',
    type: 'text',
    names: 'sqs',
    default: '',
    maxLength: 80,
    source: 'FACTS 4.3',
  },
]
