/** Kafka consumer group: members share the partitions of a topic (FACTS 12). */
import { dottedName, passesNothingOn } from '../commonSchema.ts'
import type { Field, KindSchema } from '../schema.ts'

const fields: readonly Field[] = [
  {
    id: 'members',
    label: 'Members',
    help: 'Each partition is read by one of them; more members than partitions are idle.',
    section: 'Group',
    type: 'number',
    unit: 'members',
    min: 1,
    max: 50,
    step: 1,
    default: 2,
    source: 'FACTS 12',
  },
  {
    id: 'sessionTimeoutMs',
    label: 'Session timeout',
    help: 'session.timeout.ms: after so long a member that crashed loses its partitions.',
    section: 'Group',
    type: 'number',
    unit: 'ms',
    min: 6000,
    max: 300_000,
    step: 1,
    default: 45_000,
  },
  {
    id: 'autoOffsetReset',
    label: 'Without an offset begins at',
    help: 'auto.offset.reset: the oldest record, or what comes from now on.',
    section: 'Reading',
    type: 'choice',
    options: [
      { value: 'earliest', label: 'earliest' },
      { value: 'latest', label: 'latest' },
    ],
    default: 'earliest',
  },
  {
    id: 'maxPollRecords',
    label: 'Records in one poll',
    help: 'max.poll.records: the offset is committed when all of them are done.',
    section: 'Reading',
    type: 'number',
    unit: 'records',
    min: 1,
    max: 10_000,
    step: 1,
    default: 500,
    logarithmic: true,
  },
  {
    id: 'recordMs',
    label: 'Work for a record',
    help: 'A member does one after another.',
    section: 'Work',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    default: 10,
  },
]

const schema: KindSchema = {
  kind: 'mskgroup',
  title: 'Kafka consumer group',
  family: 'compute',
  presets: [
    {
      id: 'mskgroup',
      label: 'Kafka consumer group',
      name: 'billing',
      help: 'Members that share the partitions of an MSK topic and commit their offsets.',
      keywords: ['kafka', 'msk', 'consumer group', 'rebalance', 'offset', 'consumer'],
      config: {},
    },
  ],
  fields,
  name: dottedName(128),
  accepts: ['Fetch'],
  metrics: [
    { name: 'records', unit: 'Count' },
    { name: 'rebalances', unit: 'Count' },
  ],
  size: { width: 250, height: 120 },
  connect: passesNothingOn(
    'A consumer group keeps what it reads',
    'Draw a wire from a topic to the group.',
  ),
}

export default schema
