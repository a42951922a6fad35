/** AWS Lambda functions; a wire from a queue or a stream to one is an event source mapping (FACTS 7). */
import type { Config, ScenarioNode } from '../../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { conditionFields, failureFields, workTimeFields } from '../workFields.ts'
import { queueFields, streamFields } from './mappingFields.ts'
import { METRICS } from './metricNames.ts'
import { functionArn } from './names.ts'
import { WAYS } from './ways.ts'

const configuration: readonly Field[] = [
  {
    id: 'Timeout',
    label: 'Timeout',
    help: 'An execution that takes longer is ended, and counts as an error.',
    type: 'number',
    unit: 's',
    min: 1,
    max: 900,
    step: 1,
    default: 3,
    source: 'FACTS 7',
  },
  {
    id: 'ReservedConcurrentExecutions',
    label: 'Reserved concurrency',
    help: 'So many executions are kept for this function, and no more are allowed; -1 reserves none, 0 stops it.',
    type: 'number',
    min: -1,
    max: 10_000,
    step: 1,
    default: -1,
    source: 'FACTS 7',
  },
  {
    id: 'accountConcurrency',
    label: 'Account concurrency limit',
    help: 'Executions of all functions together.',
    type: 'number',
    min: 10,
    max: 100_000,
    step: 1,
    default: 1000,
    logarithmic: true,
    source: 'FACTS 7',
  },
]

const starting: readonly Field[] = [
  {
    id: 'coldStartMs',
    label: 'Cold start',
    help: 'Time to prepare a new execution environment before the handler begins.',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 10_000,
    default: 300,
  },
  {
    id: 'keepWarmS',
    label: 'Environment is kept',
    help: 'An idle environment is used again for so long; AWS does not promise a time.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 3600,
    default: 300,
  },
]

const asynchronous: readonly Field[] = [
  {
    id: 'MaximumRetryAttempts',
    label: 'Retries of asynchronous events',
    help: 'After an error of the function; the first comes after a minute, the second two minutes later.',
    type: 'number',
    min: 0,
    max: 2,
    step: 1,
    default: 2,
    source: 'FACTS 7',
  },
  {
    id: 'MaximumEventAgeInSeconds',
    label: 'Oldest asynchronous event',
    help: 'An event that is older is given up.',
    type: 'number',
    unit: 's',
    min: 60,
    max: 21_600,
    step: 1,
    default: 21_600,
    source: 'FACTS 7',
  },
]

const transformation: readonly Field[] = [
  {
    id: 'dropBy',
    label: 'Records it drops',
    help: 'Which records it returns as Dropped. What fails above is ProcessingFailed.',
    type: 'choice',
    options: [
      { value: 'share', label: 'A share of all records' },
      { value: 'field', label: 'By a field of the body' },
    ],
    default: 'share',
    source: 'FACTS 8',
  },
  {
    id: 'dropPercent',
    label: 'Share that it drops',
    help: 'They are filtered out.',
    when: { field: 'dropBy', is: ['share'] },
    type: 'number',
    unit: '%',
    min: 0,
    max: 100,
    default: 0,
    source: 'FACTS 8',
  },
  ...conditionFields(
    { field: 'dropField', operator: 'dropOperator', value: 'dropValue' },
    { field: 'dropBy', is: ['field'] },
    ['agent', '=', 'bot'],
  ),
  {
    id: 'removeFields',
    label: 'Fields it removes',
    help: 'Of the JSON body; names with commas between them.',
    type: 'text',
    default: '',
    maxLength: 400,
    source: 'FACTS 8',
  },
  {
    id: 'addFields',
    label: 'Fields it adds',
    help: 'A JSON object. A body that is none itself is then ProcessingFailed.',
    type: 'text',
    multiline: true,
    json: true,
    default: '',
    maxLength: 2000,
    problem: (text) =>
      text.trim() === '' || text.trim().startsWith('{') ? null : 'A JSON object: {"name": value}.',
    source: 'FACTS 8',
  },
  {
    id: 'outputPercent',
    label: 'Size after it',
    help: 'How large it leaves a record: 50 strips half, 200 enriches it to twice its size. A response holds 6 MB.',
    type: 'number',
    unit: '%',
    min: 1,
    max: 10_000,
    default: 100,
    logarithmic: true,
    source: 'FACTS 8',
  },
]

const inSection = (section: string, fields: readonly Field[]): readonly Field[] =>
  fields.map((field) => ({ ...field, section }))

const use: Field = {
  id: 'use',
  label: 'What goes here',
  help: 'What the function makes of each record, or what Lambda gives up (on-failure destination).',
  type: 'choice',
  options: [
    { value: 'result', label: 'results' },
    { value: 'onFailure', label: 'on failure' },
  ],
  default: 'result',
  source: 'FACTS 7',
}

const useLabel = (config: Config): string => (config.use === 'onFailure' ? 'on failure' : '')

/** FACTS 7: destinations of event source mappings are queues and topics. */
const isDestination = ({ accepts }: KindSchema): boolean =>
  accepts.includes('SendMessage') || accepts.includes('Publish')

function connect(_from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (WAYS.some((way) => toSchema.accepts.includes(way))) {
    const fields = isDestination(toSchema) ? [use] : []
    return { ok: true, role: 'send', label: useLabel, fields }
  }
  return {
    ok: false,
    reason: `“${to.name}” (${toSchema.title}) takes no messages from a function.`,
    instead: 'Connect the function to a queue, a topic or a stream, which others read.',
  }
}

const batchLabel = ({ BatchSize, Enabled }: Config): string => {
  if (Enabled === false) return 'disabled'
  return BatchSize === undefined ? '' : `batch ${BatchSize}`
}

/** A wire from what others read is an event source mapping: Lambda reads, and has the function invoked. */
function attach(from: ScenarioNode, to: ScenarioNode, fromSchema: KindSchema): Connection | null {
  const asReader = fromSchema.connect(from, to, schema)
  if (!asReader.ok) return null
  if (asReader.role === 'poll') return { ...asReader, label: batchLabel, fields: queueFields }
  if (asReader.role === 'read') return { ...asReader, label: batchLabel, fields: streamFields }
  return null
}

const schema: KindSchema = {
  kind: 'lambda',
  title: 'Lambda function',
  family: 'compute',
  presets: [
    {
      id: 'lambda',
      label: 'Lambda function',
      name: 'process-orders',
      help: 'Runs for each event: batches that Lambda reads from queues and streams, or invocations.',
      keywords: ['lambda', 'function', 'serverless', 'event source mapping', 'invoke', 'trigger'],
      config: { serviceTimeMs: 200 },
    },
    {
      id: 'transform',
      label: 'Transform function',
      name: 'clean-events',
      help: 'A Lambda function that a Firehose has look at each record: it changes, drops or fails it.',
      keywords: ['lambda', 'transform', 'firehose', 'enrich', 'filter', 'etl', 'processing'],
      config: { serviceTimeMs: 0.2, Timeout: 60, dropPercent: 5 },
    },
  ],
  fields: [
    ...inSection('Function', configuration),
    ...inSection('Work', workTimeFields('record')),
    ...inSection('Failures', failureFields('record')),
    ...inSection('Asynchronous invocation', asynchronous),
    ...inSection('Transformation for Firehose', transformation),
    ...inSection('Execution environments', starting),
  ],
  name: {
    pattern: /^[A-Za-z0-9_-]{1,64}$/,
    error: 'Letters, digits, hyphens and underscores; 1 to 64 of them.',
    maxLength: 64,
  },
  metrics: METRICS,
  accepts: ['Invoke', 'Transform', 'ReceiveMessages', 'Records'],
  subscribeAs: (node) => ({
    ok: true,
    protocol: 'lambda',
    endpoint: functionArn(node.name),
    operation: 'Invoke',
  }),
  size: { width: 250, height: 130 },
  connect,
  attach,
}

export default schema
