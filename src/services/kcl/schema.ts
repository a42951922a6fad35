/** KCL application: workers that share the shards of a stream through leases in a table (FACTS 6.9). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { dottedName } from '../commonSchema.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { METRICS } from './metricNames.ts'

const workers: readonly Field[] = [
  {
    id: 'workers',
    label: 'Workers',
    help: 'Each shard has one worker at a time; more workers than shards are spares.',
    type: 'number',
    unit: 'workers',
    min: 1,
    max: 32,
    step: 1,
    default: 2,
    source: 'FACTS 6.9',
  },
  {
    id: 'restartAfterS',
    label: 'Restarts after a crash',
    help: 'Time until a crashed worker is back, as a new one; 0 leaves it to the button.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 86_400,
    default: 0,
  },
]

const leases: readonly Field[] = [
  {
    id: 'failoverTimeMillis',
    label: 'Failover time',
    help: 'A lease whose counter stands still for so long is free. Its holder renews three times as often.',
    type: 'number',
    unit: 'ms',
    min: 1000,
    max: 600_000,
    step: 1,
    default: 10_000,
    logarithmic: true,
    source: 'FACTS 6.9',
  },
  {
    id: 'maxLeasesForWorker',
    label: 'Leases of a worker',
    help: 'At most so many; 0 for any number.',
    type: 'number',
    unit: 'leases',
    min: 0,
    max: 10_000,
    step: 1,
    default: 0,
    source: 'FACTS 6.9',
  },
  {
    id: 'maxLeasesToStealAtOneTime',
    label: 'Leases stolen at one time',
    help: 'What a worker with too few takes from the one with most, in each round.',
    type: 'number',
    unit: 'leases',
    min: 1,
    max: 100,
    step: 1,
    default: 1,
    source: 'FACTS 6.9',
  },
  {
    id: 'shardSyncIntervalMillis',
    label: 'Shards listed every',
    help: 'The leader compares the stream’s shards with the leases.',
    type: 'number',
    unit: 'ms',
    min: 1000,
    max: 3_600_000,
    step: 1,
    default: 60_000,
    logarithmic: true,
    source: 'FACTS 6.9',
  },
]

const SHARED = { field: 'readMode', is: ['shared'] }

const reading: readonly Field[] = [
  {
    id: 'readMode',
    label: 'Reads by',
    help: 'Shared: 2 MB/s of a shard for all readers. Enhanced fan-out: 2 MB/s for this one, pushed.',
    type: 'choice',
    options: [
      { value: 'shared', label: 'GetRecords (shared)' },
      { value: 'fanOut', label: 'SubscribeToShard (enhanced fan-out)' },
    ],
    default: 'shared',
    source: 'FACTS 6.9',
  },
  {
    id: 'start',
    label: 'Begins at',
    help: 'Only where there is no lease yet: later the checkpoint says.',
    type: 'choice',
    options: [
      { value: 'TRIM_HORIZON', label: 'TRIM_HORIZON' },
      { value: 'LATEST', label: 'LATEST' },
    ],
    default: 'TRIM_HORIZON',
    source: 'FACTS 6.9',
  },
  {
    id: 'idleTimeBetweenReadsInMillis',
    label: 'Wait between reads',
    help: 'From one GetRecords of a shard to the next.',
    when: SHARED,
    type: 'number',
    unit: 'ms',
    min: 200,
    max: 60_000,
    step: 1,
    default: 1500,
    source: 'FACTS 6.9',
  },
  {
    id: 'maxRecords',
    label: 'Records in one read',
    help: 'The most that one GetRecords brings.',
    when: SHARED,
    type: 'number',
    unit: 'records',
    min: 1,
    max: 10_000,
    step: 1,
    default: 10_000,
    logarithmic: true,
    source: 'FACTS 6.9',
  },
]

const work: readonly Field[] = [
  {
    id: 'recordMs',
    label: 'Work for a record',
    help: 'Each shard has a record processor: one thread, in order.',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    default: 1,
  },
  {
    id: 'checkpointRecords',
    label: 'Checkpoint after',
    help: 'After so many records; 0 leaves it to the time below.',
    type: 'number',
    unit: 'records',
    min: 0,
    max: 1_000_000,
    step: 1,
    default: 0,
    logarithmic: true,
    source: 'FACTS 6.9',
  },
  {
    id: 'checkpointS',
    label: 'Checkpoint every',
    help: 'What was processed since is processed again after a crash; 0 leaves it to the records above.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 3600,
    default: 10,
    source: 'FACTS 6.9',
  },
]

const inSection = (section: string, fields: readonly Field[]): readonly Field[] =>
  fields.map((field) => ({ ...field, section }))

/** The name of the key that KCL's table has. */
const LEASE_KEY = 'leaseKey'

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.accepts.includes('UpdateItem')) {
    if (to.config.partitionKey === LEASE_KEY) {
      return { ok: true, role: 'leases', label: () => 'leases', fields: [], maxFrom: 1 }
    }
    return {
      ok: false,
      reason: `The partition key of “${to.name}” is not leaseKey, so it cannot hold leases.`,
      instead: 'Take “KCL lease table” from the palette, or set its partition key to leaseKey.',
    }
  }
  if (toSchema.accepts.includes('SendMessage')) {
    if (to.config.FifoQueue !== true) {
      return { ok: true, role: 'send', label: () => '', fields: [] }
    }
    return {
      ok: false,
      reason: `Records have no message group, which “${to.name}” (a FIFO queue) needs.`,
      instead: 'Connect it to a standard queue.',
    }
  }
  return {
    ok: false,
    reason: `“${from.name}” cannot hand records to “${to.name}” (${toSchema.title}).`,
    instead: 'Connect it to a queue for its results, and to a DynamoDB table for its leases.',
  }
}

const schema: KindSchema = {
  kind: 'kcl',
  title: 'KCL application',
  family: 'compute',
  presets: [
    {
      id: 'kcl',
      label: 'KCL application',
      name: 'clicks-app',
      help: 'Workers share the shards of a stream by leases in a DynamoDB table, and checkpoint.',
      keywords: ['kcl', 'kinesis client library', 'worker', 'lease', 'checkpoint', 'consumer'],
      config: {},
    },
    {
      id: 'kcl-fan-out',
      label: 'KCL application, enhanced fan-out',
      name: 'alerts-app',
      help: 'Its workers have the records pushed, 2 MB a second of each shard for them alone.',
      keywords: ['kcl', 'enhanced fan-out', 'efo', 'worker', 'lease', 'subscribetoshard'],
      config: { readMode: 'fanOut' },
    },
  ],
  fields: [
    ...inSection('Workers', workers),
    ...inSection('Leases', leases),
    ...inSection('Reading', reading),
    ...inSection('Work', work),
  ],
  name: dottedName(128),
  accepts: ['Records'],
  metrics: METRICS,
  size: { width: 290, height: 170 },
  connect,
}

export default schema
