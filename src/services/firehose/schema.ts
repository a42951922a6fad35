/** Amazon Data Firehose: what a delivery stream can be told, and what it is wired to (FACTS 8). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { dottedName } from '../commonSchema.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { DESTINATION, DESTINATIONS, type DestinationType } from './destinations.ts'
import { queryProblem } from './partitionQuery.ts'
import { METRICS } from './metricNames.ts'
import { streamArn } from './names.ts'

const elsewhere = DESTINATIONS.filter((type) => type !== 's3')

const buffering: readonly Field[] = [
  {
    id: 'SizeInMBs',
    label: 'Buffer size',
    help: 'Delivers when so much has come in, or when the interval ends. Splunk takes at most 5.',
    type: 'number',
    unit: 'MiB',
    min: 1,
    max: 128,
    step: 1,
    default: 5,
    source: 'FACTS 8',
    error: 'SizeInMBs must be between 1 and 128, not {v}.',
  },
  {
    id: 'IntervalInSeconds',
    label: 'Buffer interval',
    help: '0 delivers at once (zero buffering). Splunk waits at most 60 s.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 900,
    step: 1,
    default: 300,
    source: 'FACTS 8, 17 #34',
    error: 'IntervalInSeconds must be between 0 and 900, not {v}.',
    exam: {
      default: 60,
      min: 60,
      note: 'Exam material says “near real time, at least 60 seconds”. Zero buffering came in December 2023.',
    },
  },
]

const destination: readonly Field[] = [
  {
    id: 'destination',
    label: 'Destination',
    help: 'Where batches are delivered.',
    type: 'choice',
    options: DESTINATIONS.map((value) => ({ value, label: DESTINATION[value].title })),
    default: 's3',
    fixed: true,
    source: 'FACTS 8',
  },
  {
    id: 'Prefix',
    label: 'Key prefix',
    help: 'Before YYYY/MM/dd/HH/; or the whole prefix, with !{timestamp:…} in it.',
    type: 'text',
    default: '',
    maxLength: 1024,
    source: 'FACTS 8',
  },
  {
    id: 'ErrorOutputPrefix',
    label: 'Error prefix',
    help: 'For records that failed; may hold !{firehose:error-output-type}.',
    type: 'text',
    default: '',
    maxLength: 1024,
    source: 'FACTS 8',
  },
  {
    id: 'partitionQuery',
    label: 'Partition keys',
    help: 'Dynamic partitioning by a JQ query: {customer: .customer_id}, then !{partitionKeyFromQuery:customer} in the prefix.',
    type: 'text',
    default: '',
    maxLength: 400,
    when: { field: 'destination', is: ['s3'] },
    problem: queryProblem,
    source: 'FACTS 8',
  },
  {
    id: 'convertTo',
    label: 'Record format',
    help: 'JSON becomes columns, which are smaller and quicker to query.',
    type: 'choice',
    options: [
      { value: '', label: 'As it comes' },
      { value: 'Parquet', label: 'Apache Parquet' },
      { value: 'ORC', label: 'Apache ORC' },
    ],
    default: '',
    when: { field: 'destination', is: ['s3'] },
    source: 'FACTS 8',
  },
  {
    id: 'CompressionFormat',
    label: 'Compression',
    help: 'Objects get smaller; the buffer counts bytes before compression.',
    type: 'choice',
    options: ['UNCOMPRESSED', 'GZIP', 'ZIP', 'Snappy', 'HADOOP_SNAPPY'].map((value) => ({
      value,
      label: value,
    })),
    default: 'UNCOMPRESSED',
    source: 'FACTS 8',
  },
  {
    id: 'retryS',
    label: 'Retry duration',
    help: 'How long a delivery is tried again before it goes to the backup bucket. S3: always 24 hours.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 7200,
    step: 1,
    default: 300,
    when: { field: 'destination', is: elsewhere },
    source: 'FACTS 8',
  },
  {
    id: 'backsUpAll',
    label: 'Back up every record',
    help: 'The backup bucket gets all records as they came, not only those that failed.',
    type: 'switch',
    default: false,
    source: 'FACTS 8',
  },
]

const assumed: readonly Field[] = [
  {
    id: 'failurePercent',
    label: 'Deliveries that fail',
    help: 'Share of the tries that a destination outside the picture refuses.',
    type: 'number',
    unit: '%',
    min: 0,
    max: 100,
    default: 0,
  },
  {
    id: 'deliveryMs',
    label: 'Time for a delivery',
    help: 'How long a destination outside the picture takes for one batch.',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    step: 1,
    default: 500,
    logarithmic: true,
  },
  {
    id: 'directPutMiBps',
    label: 'Direct PUT quota',
    help: 'More a second is refused: “Slow down.” 1 MiB/s stands for 100 000 records and 400 requests. 0 for no limit.',
    type: 'number',
    unit: 'MiB/s',
    min: 0,
    max: 1000,
    default: 5,
    source: 'FACTS 8',
  },
]

const inSection = (section: string, fields: readonly Field[]): Field[] =>
  fields.map((field) => ({ ...field, section }))

const bucketUse: Field = {
  id: 'use',
  label: 'The bucket is for',
  help: 'Batches that are delivered, or the backup.',
  type: 'choice',
  options: [
    { value: 'delivery', label: 'delivery' },
    { value: 'backup', label: 'backup' },
  ],
  default: 'delivery',
}

/** Of the wire to the function (FACTS 8). */
const transformFields: readonly Field[] = [
  {
    id: 'BufferSizeInMBs',
    label: 'Buffer size',
    help: 'The function is invoked when so much has come in, or when the interval ends.',
    type: 'number',
    unit: 'MB',
    min: 0.2,
    max: 3,
    default: 1,
    source: 'FACTS 8',
  },
  {
    id: 'BufferIntervalInSeconds',
    label: 'Buffer interval',
    help: 'Before the function; the destination’s own buffer comes after it.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 900,
    step: 1,
    default: 60,
    source: 'FACTS 8',
  },
  {
    id: 'NumberOfRetries',
    label: 'Retries',
    help: 'After an invocation that fails; then the batch goes to processing-failed/.',
    type: 'number',
    min: 0,
    max: 300,
    step: 1,
    default: 3,
    source: 'FACTS 8',
  },
]

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  const type = String(from.config.destination ?? 's3') as DestinationType
  if (toSchema.accepts.includes('PutObject')) {
    if (type !== 's3') return { ok: true, role: 'backup', label: () => 'backup', fields: [] }
    return {
      ok: true,
      role: 'deliver',
      label: ({ use }) => (use === 'backup' ? 'backup' : ''),
      fields: [bucketUse],
    }
  }
  if (toSchema.accepts.includes('Transform')) {
    return {
      ok: true,
      role: 'transform',
      label: () => 'transform',
      fields: transformFields,
      maxFrom: 1,
    }
  }
  if (toSchema.accepts.includes('Ingested')) {
    return { ok: true, role: 'readIngested', label: () => 'records in', fields: [] }
  }
  return refusal(from, to, toSchema)
}

function refusal(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  const reason = `“${from.name}” cannot deliver to “${to.name}” (${toSchema.title}).`
  if (toSchema.accepts.includes('SendMessage') || toSchema.accepts.includes('Publish')) {
    return {
      ok: false,
      reason,
      instead: 'Firehose delivers batches to stores. Let a consumer of the source send to it.',
    }
  }
  if (toSchema.accepts.includes('PutRecord')) {
    return { ok: false, reason, instead: 'Draw it the other way: a Firehose reads the stream.' }
  }
  return {
    ok: false,
    reason,
    instead: 'Its destination is a setting of the Firehose and needs no wire.',
  }
}

const schema: KindSchema = {
  kind: 'firehose',
  title: 'Firehose',
  titleOf: ({ config }) =>
    isDefault(config.destination)
      ? 'Firehose'
      : `Firehose to ${SHORT[config.destination as DestinationType] ?? config.destination}`,
  family: 'stream',
  presets: [
    {
      id: 'firehose',
      label: 'Firehose',
      name: 'to-lake',
      help: 'Collects records and delivers them in batches: to S3, Redshift, OpenSearch, Splunk or HTTP.',
      keywords: [
        'firehose',
        'delivery stream',
        'buffer',
        'batch',
        'kinesis data firehose',
        's3',
        'lake',
        'redshift',
        'opensearch',
        'splunk',
        'http',
        'snowflake',
        'iceberg',
        'parquet',
        'partition',
      ],
      config: { IntervalInSeconds: 60 },
    },
  ],
  fields: [
    ...inSection('Buffering', buffering),
    ...inSection('Destination', destination),
    ...inSection('Assumed', assumed),
  ],
  name: dottedName(64),
  accepts: ['PutRecord', 'PutRecordBatch', 'Records', 'Fetch'],
  subscribeAs: (stream) => ({
    ok: true,
    protocol: 'firehose',
    endpoint: streamArn(stream.name),
    operation: 'PutRecord',
  }),
  metrics: METRICS,
  size: { width: 240, height: 120 },
  connect,
}

const isDefault = (value: unknown): boolean => value === undefined || value === 's3'

const SHORT: Readonly<Record<DestinationType, string>> = {
  s3: 'S3',
  redshift: 'Redshift',
  opensearch: 'OpenSearch',
  opensearchserverless: 'OpenSearch',
  snowflake: 'Snowflake',
  iceberg: 'Iceberg',
  splunk: 'Splunk',
  http: 'HTTP',
}

export default schema
