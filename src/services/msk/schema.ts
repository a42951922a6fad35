/** Amazon MSK: a topic of a managed Kafka cluster (FACTS 12). Settings have Kafka's names. */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { dottedName } from '../commonSchema.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'

const fields: readonly Field[] = [
  {
    id: 'partitions',
    label: 'Partitions',
    help: 'Each keeps its order, and is read by one member of a group. They can only be added.',
    type: 'number',
    unit: 'partitions',
    min: 1,
    max: 200,
    step: 1,
    default: 3,
    source: 'FACTS 12',
  },
  {
    id: 'unlimited',
    label: 'Keeps records for ever',
    help: 'retention.ms is -1: nothing is deleted by its age.',
    type: 'switch',
    default: false,
    source: 'FACTS 12',
  },
  {
    id: 'retentionHours',
    label: 'Retention',
    help: 'retention.ms: records can be read again until they are this old.',
    when: { field: 'unlimited', is: [false] },
    type: 'number',
    unit: 'h',
    min: 1,
    max: 87_600,
    step: 1,
    default: 168,
    logarithmic: true,
    source: 'FACTS 12',
  },
  {
    id: 'maxMessageBytes',
    label: 'Largest message',
    help: 'max.message.bytes: larger ones are refused.',
    type: 'number',
    unit: 'bytes',
    min: 1024,
    max: 8_388_608,
    step: 1,
    default: 1_048_588,
    logarithmic: true,
    source: 'FACTS 12',
  },
]

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.accepts.includes('Fetch')) {
    return { ok: true, role: 'fetch', label: () => '', fields: [] }
  }
  return {
    ok: false,
    reason: `“${to.name}” (${toSchema.title}) does not read Kafka topics, and “${from.name}” sends nothing by itself.`,
    instead: 'Connect the topic to a Kafka consumer group.',
  }
}

const schema: KindSchema = {
  kind: 'msk',
  title: 'MSK topic',
  family: 'stream',
  presets: [
    {
      id: 'msk',
      label: 'MSK topic',
      name: 'purchases',
      help: 'A Kafka topic: partitions in order, read by consumer groups that remember their offsets.',
      keywords: ['msk', 'kafka', 'topic', 'partition', 'offset', 'log', 'stream'],
      config: {},
    },
  ],
  fields,
  name: dottedName(249),
  accepts: ['Produce'],
  metrics: [
    { name: 'MaxOffsetLag', unit: 'Count' },
    { name: 'SumOffsetLag', unit: 'Count' },
    { name: 'messagesIn', unit: 'Count' },
    { name: 'bytesIn', unit: 'Bytes' },
  ],
  size: { width: 250, height: 150 },
  connect,
}

export default schema
