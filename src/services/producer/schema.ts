/** Producer: sends messages made from a template, at a rate that follows a pattern. */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { userOf } from '../callers.ts'
import type { Connection, KindSchema } from '../schema.ts'
import { isExtended } from './extendedClient.ts'
import { fields } from './fields.ts'
import { METRICS } from './metricNames.ts'
import { awaitsReplies } from './requesterFields.ts'
import { PAYLOAD_ROLE, WAYS } from './ways.ts'

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  const way = WAYS.find(({ accepts }) => toSchema.accepts.includes(accepts))
  if (way) {
    const isForPayloads = way.role === PAYLOAD_ROLE && isExtended(from.config)
    const label = isForPayloads ? 'payloads' : way.label
    return { ok: true, role: way.role, label: () => label, fields: way.fields ?? [] }
  }
  return {
    ok: false,
    reason: `“${to.name}” (${toSchema.title}) takes no messages.`,
    instead:
      'Connect the producer to a queue, a topic, a stream, or a consumer fleet that answers calls.',
  }
}

/** A producer that waits for replies polls the queue that they come by; others take nothing. */
function attach(_from: ScenarioNode, to: ScenarioNode, fromSchema: KindSchema): Connection | null {
  if (!awaitsReplies(to.config) || !fromSchema.accepts.includes('SendMessage')) return null
  return { ok: true, role: 'poll', label: () => 'replies', fields: [] }
}

const schema: KindSchema = {
  kind: 'producer',
  title: 'Producer',
  family: 'produce',
  presets: [
    {
      id: 'producer',
      label: 'Producer',
      name: 'checkout',
      help: 'Sends messages at a steady, random, growing or recorded rate.',
      keywords: ['producer', 'sender', 'publisher', 'client', 'load', 'rate'],
      config: {},
    },
    {
      id: 'burst',
      label: 'Burst',
      name: 'refunds',
      help: 'Sends many messages at once, again and again.',
      keywords: ['burst', 'spike', 'peak', 'batch job', 'producer'],
      config: { pattern: 'burst' },
    },
    {
      id: 'requester',
      label: 'Requester',
      name: 'web-shop',
      help: 'Sends requests to a queue and waits for the replies that come by another.',
      keywords: ['request', 'response', 'reply', 'temporary queue', 'virtual queue', 'correlation'],
      config: { awaitReply: 'request' },
    },
    {
      id: 'kpl',
      label: 'KPL producer',
      name: 'telemetry',
      help: 'The Kinesis Producer Library: aggregates user records, and collects records into PutRecords.',
      keywords: [
        'kpl',
        'kinesis producer library',
        'aggregation',
        'collection',
        'stream',
        'putrecords',
      ],
      config: {
        ratePerSecond: 500,
        recordsPerCall: 500,
        AggregationEnabled: true,
        retries: 8,
        backoffMs: 100,
      },
    },
    {
      id: 'kinesis-agent',
      label: 'Kinesis Agent',
      name: 'web-server',
      help: 'Sends the lines of a log file to a stream, 500 at a time or every second.',
      keywords: ['kinesis agent', 'log', 'file', 'stream', 'putrecords', 'producer'],
      config: {
        pattern: 'poisson',
        ratePerSecond: 50,
        template: '10.0.0.{{int 1 254}} GET /item/{{int 1 500}} 200',
        partitionKey: 'unique',
        recordsPerCall: 500,
        recordWindowMs: 1000,
      },
    },
  ],
  fields,
  name: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9 _.-]{0,79}$/,
    error: 'Letters, digits, spaces, dots, hyphens and underscores; 1 to 80 of them.',
    maxLength: 80,
  },
  metrics: METRICS,
  accepts: [],
  callsAs: ({ config }) => userOf(config.account),
  size: { width: 200, height: 120 },
  takesWires: ({ config }) => awaitsReplies(config),
  connect,
  attach,
}

export default schema
