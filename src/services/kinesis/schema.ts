/** Kinesis data stream: settings with AWS's names, presets, and what it connects to (FACTS 5, 6). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { dottedName } from '../commonSchema.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'

const PROVISIONED = { field: 'StreamMode', is: ['PROVISIONED'] }
const ON_DEMAND = { field: 'StreamMode', is: ['ON_DEMAND'] }

const SHARD_METRIC_LIST =
  '^(ALL|((Incoming|Outgoing)(Bytes|Records)|(Write|Read)ProvisionedThroughputExceeded|IteratorAgeMilliseconds|[, ])*)$'

const fields: readonly Field[] = [
  {
    id: 'StreamMode',
    label: 'Capacity mode',
    help: 'Provisioned: you say how many shards. On-demand: AWS adds shards as load grows.',
    section: 'Capacity',
    type: 'choice',
    options: [
      { value: 'PROVISIONED', label: 'Provisioned' },
      { value: 'ON_DEMAND', label: 'On-demand' },
    ],
    default: 'PROVISIONED',
    source: 'FACTS 6.5',
  },
  {
    id: 'ShardCount',
    label: 'Shards',
    help: 'Each takes 1 MB/s and 1 000 records/s in, and gives 2 MB/s. A change reshards.',
    section: 'Capacity',
    when: PROVISIONED,
    type: 'number',
    unit: 'shards',
    min: 1,
    max: 10_000,
    step: 1,
    default: 1,
    logarithmic: true,
    source: 'FACTS 6.4, 6.5',
  },
  {
    id: 'RecordDistributionStrategy',
    label: 'Record distribution',
    help: 'AUTO spreads records evenly and ignores keys: no order for each key.',
    section: 'Capacity',
    when: ON_DEMAND,
    type: 'choice',
    options: [
      { value: 'USER_PARTITION_KEY', label: 'By partition key' },
      { value: 'AUTO', label: 'AUTO' },
    ],
    default: 'USER_PARTITION_KEY',
    source: 'FACTS 6.1',
  },
  {
    id: 'RetentionPeriodHours',
    label: 'Retention period',
    help: 'Records can be read again until they are this old.',
    section: 'Records',
    type: 'number',
    unit: 'h',
    min: 24,
    max: 8760,
    step: 1,
    default: 24,
    logarithmic: true,
    exam: { max: 168, note: '1 to 7 days in older material; 365 days since November 2020.' },
    source: 'FACTS 6.7',
  },
  {
    id: 'MaxRecordSizeInKiB',
    label: 'Largest record',
    help: 'Data and partition key together; keep large records rare.',
    section: 'Records',
    type: 'number',
    unit: 'KiB',
    min: 1024,
    max: 10_240,
    step: 1,
    default: 1024,
    exam: { max: 1024, note: '1 MB in older material; up to 10 MiB since October 2025.' },
    source: 'FACTS 6.5',
  },
  {
    id: 'ShardLevelMetrics',
    label: 'Shard-level metrics',
    help: 'ALL, or names such as IncomingBytes: each shard is measured by itself (paid for on AWS).',
    section: 'Monitoring',
    type: 'text',
    default: '',
    maxLength: 200,
    pattern: SHARD_METRIC_LIST,
    error: 'Names of shard-level metrics with commas between them, or ALL.',
    source: 'FACTS 6.11',
  },
]

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.accepts.includes('Records')) {
    return { ok: true, role: 'read', label: () => '', fields: [] }
  }
  if (toSchema.accepts.includes('SendMessage') || toSchema.accepts.includes('Publish')) {
    return {
      ok: false,
      reason: `“${from.name}” sends nothing by itself: a stream is read.`,
      instead: 'Put a KCL application, a Lambda function or Firehose between.',
    }
  }
  return {
    ok: false,
    reason: `“${to.name}” (${toSchema.title}) does not read streams.`,
    instead: 'Connect the stream to a KCL application, a Lambda function or Firehose.',
  }
}

/** CloudWatch's names, for alarms. */
const metrics: KindSchema['metrics'] = [
  { name: 'GetRecords.IteratorAgeMilliseconds', unit: 'Milliseconds' },
  { name: 'IncomingRecords', unit: 'Count' },
  { name: 'IncomingBytes', unit: 'Bytes' },
  { name: 'WriteProvisionedThroughputExceeded', unit: 'Count' },
  { name: 'ReadProvisionedThroughputExceeded', unit: 'Count' },
  { name: 'PutRecords.ThrottledRecords', unit: 'Count' },
]

const schema: KindSchema = {
  kind: 'kinesis',
  title: 'Kinesis stream',
  family: 'stream',
  presets: [
    {
      id: 'kinesis',
      label: 'Kinesis stream',
      name: 'clicks',
      help: 'Keeps records in order for each key; many applications read the same ones.',
      keywords: ['kinesis', 'stream', 'data stream', 'shard', 'kds', 'log', 'replay'],
      config: { ShardCount: 3 },
    },
    {
      id: 'kinesis-on-demand',
      label: 'Kinesis stream, on-demand',
      name: 'events',
      help: 'AWS adds shards as the load grows.',
      keywords: ['kinesis', 'stream', 'on-demand', 'auto', 'shard'],
      config: { StreamMode: 'ON_DEMAND' },
    },
  ],
  fields,
  name: dottedName(128),
  accepts: ['PutRecord'],
  metrics,
  size: { width: 290, height: 190 },
  connect,
}

export default schema
