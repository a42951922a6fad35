/** An S3 bucket: objects, and a notification of each that is created or removed (FACTS 15.3). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { bucketCaller } from './caller.ts'
import { METRICS } from './metricNames.ts'

const fields: readonly Field[] = [
  {
    id: 'eventDelayMs',
    label: 'Event delay',
    help: 'Mean time until a notification is sent; usually seconds, at times a minute, in no certain order.',
    section: 'Event notifications',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 120_000,
    step: 1,
    default: 1000,
    logarithmic: true,
    source: 'FACTS 15.3',
  },
  {
    id: 'eventDuplicateChance',
    label: 'Chance of a second event',
    help: 'Notifications come at least once: this share of them comes twice.',
    section: 'Event notifications',
    type: 'number',
    min: 0,
    max: 1,
    default: 0,
    source: 'FACTS 15.3',
  },
]

/** What a bucket can tell of. */
export const EVENTS: readonly string[] = [
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
]

/** Of a configuration's ID. */
export const MOST_ID_CHARS = 255

/** Settings of a wire that carries notifications. */
const notificationFields: readonly Field[] = [
  {
    id: 'event',
    label: 'Event',
    help: 'What is told.',
    type: 'choice',
    options: EVENTS.map((value) => ({ value, label: value })),
    default: 's3:ObjectCreated:*',
    source: 'FACTS 15.3',
  },
  {
    id: 'prefix',
    label: 'Prefix',
    help: 'Only keys that begin like this; empty for all.',
    type: 'text',
    default: '',
    maxLength: 1024,
    source: 'FACTS 15.3',
  },
  {
    id: 'suffix',
    label: 'Suffix',
    help: 'Only keys that end like this; empty for all.',
    type: 'text',
    default: '',
    maxLength: 1024,
    source: 'FACTS 15.3',
  },
  {
    id: 'configurationId',
    label: 'Configuration ID',
    help: 'Told in each event; rules for one destination with the same ID are one configuration. Empty: one is made.',
    type: 'text',
    default: '',
    maxLength: MOST_ID_CHARS,
    source: 'FACTS 15.3',
  },
]

/** By what it hands a notification over: the first that the target accepts. */
export const WAYS = ['SendMessage', 'Publish', 'Invoke'] as const

function connect(_from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.accepts.includes('ReadObjects')) {
    return { ok: true, role: 'read', label: () => 'payloads', fields: [] }
  }
  if (!WAYS.some((way) => toSchema.accepts.includes(way))) {
    return {
      ok: false,
      reason: `S3 cannot notify “${to.name}” (${toSchema.title}).`,
      instead: 'It notifies queues, topics and functions; put one between the two.',
    }
  }
  if (to.config.FifoQueue === true || to.config.FifoTopic === true) {
    return {
      ok: false,
      reason: `S3 does not notify FIFO queues and topics such as “${to.name}”.`,
      instead: 'Use a standard one, or send the events through EventBridge.',
    }
  }
  return {
    ok: true,
    role: 'notify',
    label: ({ event, prefix, suffix }) => {
      const keys = prefix || suffix ? ` ${prefix ?? ''}*${suffix ?? ''}` : ''
      return `${String(event ?? 's3:ObjectCreated:*').replace('s3:Object', '')}${keys}`
    },
    fields: notificationFields,
  }
}

const schema: KindSchema = {
  kind: 's3',
  title: 'S3 bucket',
  family: 'store',
  presets: [
    {
      id: 's3',
      label: 'S3 bucket',
      name: 'uploads',
      help: 'Keeps objects, and tells a queue, a topic or a function of each new one.',
      keywords: ['s3', 'bucket', 'object', 'storage', 'event notification', 'upload', 'lake'],
      config: {},
    },
  ],
  fields,
  name: {
    pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    error: 'Small letters, digits, dots and hyphens; 3 to 63 of them.',
    maxLength: 63,
  },
  accepts: ['PutObject'],
  callsAs: ({ name }) => bucketCaller(name),
  metrics: METRICS,
  size: { width: 220, height: 130 },
  connect,
}

export default schema
