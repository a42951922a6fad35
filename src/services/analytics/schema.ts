/**
 * Analytics: SQL over windows of a stream (FACTS 9). As an SQL application of Kinesis Data Analytics, which
 * AWS has discontinued, or as Managed Service for Apache Flink with the same windows.
 */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { dottedName } from '../commonSchema.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { METRIC_NAMES } from './metricNames.ts'
import { WAYS } from './ways.ts'

const SQL = 'SELECT COUNT(*) AS records FROM SOURCE_SQL_STREAM_001'

const fields: readonly Field[] = [
  {
    id: 'runtime',
    label: 'Runtime',
    help: 'AWS deleted SQL applications from 27 January 2026; Flink has the same windows.',
    section: 'Application',
    type: 'choice',
    options: [
      { value: 'flink', label: 'Apache Flink' },
      { value: 'sql', label: 'SQL (legacy)' },
    ],
    default: 'flink',
    fixed: true,
    source: 'FACTS 9, 17 #38',
  },
  {
    id: 'start',
    label: 'Begins at',
    help: 'TRIM_HORIZON: the oldest record. LATEST: what comes from now on.',
    section: 'Application',
    type: 'choice',
    options: [
      { value: 'LATEST', label: 'LATEST' },
      { value: 'TRIM_HORIZON', label: 'TRIM_HORIZON' },
    ],
    default: 'LATEST',
    fixed: true,
    source: 'FACTS 6.3',
  },
  {
    id: 'window',
    label: 'Window',
    help: 'Side by side, overlapping, opened by a key’s first record, or as long as it is active.',
    section: 'Window',
    type: 'choice',
    options: [
      { value: 'tumbling', label: 'Tumbling' },
      { value: 'sliding', label: 'Sliding' },
      { value: 'stagger', label: 'Stagger' },
      { value: 'session', label: 'Session (Flink)' },
    ],
    default: 'tumbling',
    source: 'FACTS 9',
  },
  {
    id: 'sizeS',
    label: 'Size',
    help: 'How much time a window spans.',
    section: 'Window',
    when: { field: 'window', is: ['tumbling', 'sliding', 'stagger'] },
    type: 'number',
    unit: 's',
    min: 1,
    max: 3600,
    step: 1,
    default: 60,
    logarithmic: true,
    source: 'FACTS 9',
  },
  {
    id: 'slideS',
    label: 'Slide',
    help: 'A result so often; 0: for each record, as RANGE … PRECEDING does.',
    section: 'Window',
    when: { field: 'window', is: ['sliding'] },
    type: 'number',
    unit: 's',
    min: 0,
    max: 3600,
    step: 1,
    default: 10,
    source: 'FACTS 9',
  },
  {
    id: 'gapS',
    label: 'Gap',
    help: 'A session ends when its key has sent nothing for so long.',
    section: 'Window',
    when: { field: 'window', is: ['session'] },
    type: 'number',
    unit: 's',
    min: 1,
    max: 3600,
    step: 1,
    default: 30,
    logarithmic: true,
    source: 'FACTS 9',
  },
  {
    id: 'partitionBy',
    label: 'Partition by',
    help: 'A field whose values have windows of their own (stagger, session, slide 0).',
    section: 'Window',
    when: { field: 'window', is: ['sliding', 'stagger', 'session'] },
    type: 'text',
    default: 'PARTITION_KEY',
    maxLength: 64,
    source: 'FACTS 9',
  },
  {
    id: 'time',
    label: 'Windows go by',
    help: 'When a record arrived in the stream, or when its event was, as the record says.',
    section: 'Time',
    type: 'choice',
    options: [
      { value: 'arrival', label: 'Arrival' },
      { value: 'event', label: 'Event time' },
    ],
    default: 'arrival',
    source: 'FACTS 9',
  },
  {
    id: 'timeField',
    label: 'Event time field',
    help: 'A time stamp, seconds or milliseconds since 1970; or, small, how many seconds before its arrival.',
    section: 'Time',
    when: { field: 'time', is: ['event'] },
    type: 'text',
    default: 'EVENT_TIME',
    maxLength: 64,
    source: 'FACTS 9',
  },
  {
    id: 'watermarkDelayS',
    label: 'Watermark delay',
    help: 'The watermark is so far behind the latest event time: for so long windows wait for stragglers. Flink only.',
    section: 'Time',
    when: { field: 'time', is: ['event'] },
    type: 'number',
    unit: 's',
    min: 0,
    max: 3600,
    step: 1,
    default: 5,
    source: 'FACTS 9',
  },
  {
    id: 'sql',
    label: 'SQL',
    help: 'One SELECT, run on each window. Columns: the records’ JSON fields, PARTITION_KEY, ROWTIME, WINDOW_START, WINDOW_END.',
    section: 'Query',
    type: 'text',
    default: SQL,
    maxLength: 4000,
    multiline: true,
    code: true,
    source: 'FACTS 9',
  },
]

const isSql = ({ config }: ScenarioNode): boolean => config.runtime === 'sql'

/** An SQL application knew streams, Firehose and functions only. */
const flinkOnly = (application: ScenarioNode, other: ScenarioNode): Connection => ({
  ok: false,
  reason: `“${application.name}” is an SQL application: it knows streams, Firehose and Lambda, not “${other.name}”.`,
  instead: 'Set its runtime to Apache Flink.',
})

/** And Flink has no connector to some that it knew. */
const sqlOnly = (application: ScenarioNode, other: ScenarioNode, instead: string): Connection => ({
  ok: false,
  reason: `“${application.name}” runs Apache Flink, which has no connector for “${other.name}”: only SQL applications (legacy) had.`,
  instead,
})

/** Who can be read is known by what this accepts; which runtime can read whom is said here. */
function attach(from: ScenarioNode, to: ScenarioNode, { accepts }: KindSchema): Connection | null {
  if (accepts.includes('Produce') && isSql(to)) return flinkOnly(to, from)
  if (accepts.includes('PutRecordBatch') && !isSql(to)) {
    return sqlOnly(to, from, 'Read the stream or topic that the records come from.')
  }
  return null
}

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  const way = WAYS.find(({ accepts }) => toSchema.accepts.includes(accepts))
  if (!way) {
    return {
      ok: false,
      reason: `“${from.name}” cannot write results to “${to.name}” (${toSchema.title}).`,
      instead: 'Results go to a stream, Firehose, MSK topic, DynamoDB table or function.',
    }
  }
  if (way.only === 'flink' && isSql(from)) return flinkOnly(from, to)
  if (way.only === 'sql' && !isSql(from)) {
    return sqlOnly(from, to, 'Write to a stream, and let the function read that.')
  }
  return { ok: true, role: way.role, label: () => 'results', fields: [] }
}

const schema: KindSchema = {
  kind: 'analytics',
  title: 'Managed Service for Apache Flink',
  titleOf: (node) => (isSql(node) ? 'Data Analytics SQL (legacy)' : 'Managed Flink'),
  family: 'compute',
  presets: [
    {
      id: 'analytics-flink',
      label: 'Managed Flink',
      name: 'per-minute',
      help: 'Counts, sums and averages over windows of a stream, in SQL.',
      keywords: [
        'analytics',
        'flink',
        'window',
        'tumbling',
        'sliding',
        'stagger',
        'session',
        'watermark',
        'sql',
      ],
      config: {},
    },
    {
      id: 'analytics-sql',
      label: 'Data Analytics SQL (legacy)',
      name: 'per-minute-sql',
      help: 'Kinesis Data Analytics for SQL, discontinued by AWS.',
      keywords: ['kinesis data analytics', 'kda', 'sql', 'legacy', 'discontinued'],
      config: { runtime: 'sql' },
    },
  ],
  fields,
  name: dottedName(128),
  accepts: ['Records', 'Fetch', 'Ingested'],
  metrics: METRIC_NAMES,
  size: { width: 250, height: 150 },
  connect,
  attach,
}

export default schema
