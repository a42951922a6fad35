/** Stream reader: one process that reads all shards of a stream with the SDK alone (FACTS 6.3, 6.6). */
import { dottedName, passesNothingOn } from '../commonSchema.ts'
import type { Field, KindSchema } from '../schema.ts'

const fields: readonly Field[] = [
  {
    id: 'readMode',
    label: 'Reads by',
    help: 'Shared: 2 MB/s of a shard for all readers. Enhanced fan-out: 2 MB/s for this one, pushed.',
    section: 'Reading',
    type: 'choice',
    options: [
      { value: 'shared', label: 'GetRecords (shared)' },
      { value: 'fanOut', label: 'SubscribeToShard (enhanced fan-out)' },
    ],
    default: 'shared',
    source: 'FACTS 6.5, 6.6',
  },
  {
    id: 'start',
    label: 'Begins at',
    help: 'TRIM_HORIZON: the oldest record. LATEST: what comes from now on.',
    section: 'Reading',
    type: 'choice',
    options: [
      { value: 'TRIM_HORIZON', label: 'TRIM_HORIZON' },
      { value: 'LATEST', label: 'LATEST' },
    ],
    default: 'TRIM_HORIZON',
    source: 'FACTS 6.3',
  },
  {
    id: 'everyMs',
    label: 'Wait between reads',
    help: 'Of each shard; a shard allows five reads a second for all readers together.',
    section: 'Reading',
    when: { field: 'readMode', is: ['shared'] },
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    step: 1,
    default: 1000,
    source: 'FACTS 6.5',
  },
  {
    id: 'Limit',
    label: 'Records in one read',
    help: 'The most that one GetRecords brings.',
    section: 'Reading',
    when: { field: 'readMode', is: ['shared'] },
    type: 'number',
    unit: 'records',
    min: 1,
    max: 10_000,
    step: 1,
    default: 10_000,
    logarithmic: true,
    source: 'FACTS 5',
  },
  {
    id: 'deaggregates',
    label: 'Takes KPL records apart',
    help: 'With the de-aggregation library it works on user records; without, on records of the stream as they are.',
    section: 'Work',
    type: 'switch',
    default: true,
    source: 'FACTS 6.8',
  },
  {
    id: 'recordMs',
    label: 'Work for a record',
    help: 'Each shard is worked on by one thread, in order.',
    section: 'Work',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    default: 1,
  },
]

const schema: KindSchema = {
  kind: 'reader',
  title: 'Stream reader',
  family: 'compute',
  presets: [
    {
      id: 'reader',
      label: 'Stream reader',
      name: 'dashboard',
      help: 'Reads all shards of a stream with GetRecords, and can read them again.',
      keywords: ['reader', 'getrecords', 'iterator', 'replay', 'stream', 'consumer'],
      config: {},
    },
    {
      id: 'reader-fan-out',
      label: 'Enhanced fan-out reader',
      name: 'alerts',
      help: 'Has the records of every shard pushed, 2 MB a second for itself.',
      keywords: ['enhanced fan-out', 'efo', 'subscribetoshard', 'push', 'stream', 'consumer'],
      config: { readMode: 'fanOut' },
    },
  ],
  fields,
  name: dottedName(128),
  accepts: ['Records'],
  metrics: [
    { name: 'records', unit: 'Count' },
    { name: 'millisBehindLatest', unit: 'Milliseconds' },
  ],
  size: { width: 210, height: 110 },
  connect: passesNothingOn(
    'A stream reader keeps what it reads',
    'Use a Lambda function or Firehose to pass records on.',
  ),
}

export default schema
