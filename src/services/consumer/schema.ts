/** Consumer fleet: instances that poll queues, work, and delete; or that answer synchronous calls. */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { METRICS } from './metricNames.ts'
import { accountField, userOf } from '../callers.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { failureFields, workTimeFields } from '../workFields.ts'

const fleet: readonly Field[] = [
  {
    id: 'instances',
    label: 'Instances',
    help: 'Machines in the fleet.',
    type: 'number',
    min: 1,
    max: 50,
    step: 1,
    default: 1,
  },
  {
    id: 'concurrency',
    label: 'Workers per instance',
    help: 'Messages one instance works on at the same time.',
    type: 'number',
    min: 1,
    max: 50,
    step: 1,
    default: 1,
  },
]

const receiving: readonly Field[] = [
  {
    id: 'MaxNumberOfMessages',
    label: 'Messages per receive',
    help: 'At most so many come with one ReceiveMessage.',
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 10,
    step: 1,
    default: 1,
    error:
      'Value {v} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    source: 'FACTS 1.3',
  },
  {
    id: 'WaitTimeSeconds',
    label: 'Receive wait time',
    help: 'Above 0 is long polling, 0 short polling; -1 leaves it to the queue.',
    type: 'number',
    unit: 's',
    min: -1,
    max: 20,
    step: 1,
    default: 20,
    error:
      'Value {v} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
    source: 'FACTS 1.3, 2.6',
  },
  {
    id: 'VisibilityTimeout',
    label: 'Visibility timeout',
    help: 'For messages received here; -1 leaves it to the queue.',
    type: 'number',
    unit: 's',
    min: -1,
    max: 43_200,
    step: 1,
    default: -1,
    error: 'Invalid value for the parameter VisibilityTimeout.',
    source: 'FACTS 1.3, 2.2',
  },
  {
    id: 'pollPauseMs',
    label: 'Pause after an empty receive',
    help: 'Time before the next ReceiveMessage when the last brought nothing.',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    step: 1,
    default: 0,
  },
]

const work: readonly Field[] = [
  ...workTimeFields('message'),
  {
    id: 'heartbeatEveryS',
    label: 'Heartbeat every',
    help: 'While working, extend the visibility timeout at this interval; 0 is off.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 43_200,
    default: 0,
    source: 'FACTS 2.2',
  },
  {
    id: 'heartbeatToS',
    label: 'Heartbeat extends to',
    help: 'Seconds from the heartbeat that the message stays hidden.',
    type: 'number',
    unit: 's',
    min: 1,
    max: 43_200,
    step: 1,
    default: 30,
    error: 'Invalid value for the parameter VisibilityTimeout.',
    source: 'FACTS 2.2',
  },
  {
    id: 'batchDelete',
    label: 'Delete in batches',
    help: 'One DeleteMessageBatch when all messages of a receive are done.',
    type: 'switch',
    default: false,
    source: 'FACTS 1.3',
  },
]

const trouble: readonly Field[] = [
  ...failureFields('message'),
  {
    id: 'crashChance',
    label: 'Chance of a crash',
    help: 'Share of messages during which the whole instance dies.',
    type: 'number',
    min: 0,
    max: 1,
    default: 0,
  },
  {
    id: 'restartAfterS',
    label: 'Restarts after',
    help: 'Time until a crashed instance works again.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 86_400,
    default: 5,
  },
  {
    id: 'forgetDeleteChance',
    label: 'Chance to forget the delete',
    help: 'Share of messages that are processed but never deleted, so they come back.',
    type: 'number',
    min: 0,
    max: 1,
    default: 0,
  },
]

const large: readonly Field[] = [
  {
    id: 'extendedClient',
    label: 'Extended client',
    help: 'Reads bodies that messages point to, from buckets connected to the fleet.',
    type: 'switch',
    default: false,
    source: 'FACTS 2.9',
  },
  {
    id: 'keepPayload',
    label: 'Keep the objects',
    help: 'Only the message is deleted, its body stays in the bucket (cleanupS3Payload = false).',
    when: { field: 'extendedClient', is: [true] },
    type: 'switch',
    default: false,
    source: 'FACTS 2.9',
  },
]

const replies: readonly Field[] = [
  {
    id: 'reply',
    label: 'Replies to requests',
    help: 'The result goes to the queue that the message names, and nowhere else.',
    type: 'switch',
    default: false,
    source: 'FACTS 2.9',
  },
]

const calls: readonly Field[] = [
  {
    id: 'acceptQueue',
    label: 'Calls that may wait',
    help: 'When called synchronously and all are busy, so many wait; further ones are refused.',
    type: 'number',
    unit: 'calls',
    min: 0,
    max: 100_000,
    step: 1,
    default: 0,
  },
]

const inSection = (section: string, fields: readonly Field[]): readonly Field[] =>
  fields.map((field) => ({ ...field, section }))

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.accepts.includes('SendMessage')) {
    return { ok: true, role: 'send', label: () => '', fields: [] }
  }
  if (toSchema.accepts.includes('ReceiveMessages')) {
    return {
      ok: false,
      reason: `“${from.name}” cannot hand its results straight to “${to.name}”.`,
      instead: 'Put a queue between the two: one sends to it, the other polls it.',
    }
  }
  return {
    ok: false,
    reason: `“${to.name}” (${toSchema.title}) takes no messages.`,
    instead: 'Connect the fleet to a queue for its results, or draw the wire the other way.',
  }
}

const schema: KindSchema = {
  kind: 'consumer',
  title: 'Consumer fleet',
  family: 'compute',
  presets: [
    {
      id: 'fleet',
      label: 'Consumer fleet',
      name: 'order-workers',
      help: 'Polls queues, works on messages and deletes them.',
      keywords: ['consumer', 'worker', 'fleet', 'poll', 'ec2', 'instance', 'responder', 'reply'],
      config: {},
    },
    {
      id: 'service',
      label: 'Synchronous service',
      name: 'encoder',
      help: 'Is called directly and refuses what it cannot take on: no queue in between.',
      keywords: ['synchronous', 'service', 'http', 'api', 'request', 'call'],
      config: { acceptQueue: 10 },
    },
  ],
  fields: [
    ...inSection('Fleet', fleet),
    ...inSection('Receiving', receiving),
    ...inSection('Work', work),
    ...inSection('Failures', trouble),
    ...inSection('Large messages', large),
    ...inSection('Replies', replies),
    ...inSection('When called directly', calls),
    accountField,
  ],
  name: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9 _.-]{0,79}$/,
    error: 'Letters, digits, spaces, dots, hyphens and underscores; 1 to 80 of them.',
    maxLength: 80,
  },
  metrics: METRICS,
  accepts: ['ReceiveMessages', 'ReadObjects', 'Request', 'SetCapacity'],
  callsAs: ({ config }) => userOf(config.account),
  size: { width: 240, height: 120 },
  connect,
}

export default schema
