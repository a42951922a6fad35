/** CloudWatch alarm: watches one metric of one part, and acts when its state changes (FACTS 14). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { attachMetric } from '../attach.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { alarmCaller } from './caller.ts'
import { COMPARISONS, MISSING_DATA } from './evaluate.ts'

const fields: readonly Field[] = [
  {
    id: 'Statistic',
    label: 'Statistic',
    help: 'What is made of the values within one period.',
    section: 'Condition',
    type: 'choice',
    options: [
      { value: 'Average', label: 'Average' },
      { value: 'Sum', label: 'Sum' },
      { value: 'Minimum', label: 'Minimum' },
      { value: 'Maximum', label: 'Maximum' },
    ],
    default: 'Average',
    source: 'FACTS 14',
  },
  {
    id: 'ComparisonOperator',
    label: 'Breaches when',
    help: 'How a datapoint is compared with the threshold.',
    section: 'Condition',
    type: 'choice',
    options: COMPARISONS.map((value) => ({
      value,
      label: value
        .replace('ThanThreshold', ' than')
        .replace('ThanOrEqualToThreshold', ' than or equal to'),
    })),
    default: 'GreaterThanThreshold',
  },
  {
    id: 'Threshold',
    label: 'Threshold',
    help: 'In the metric’s own unit.',
    section: 'Condition',
    type: 'number',
    min: -1e12,
    max: 1e12,
    default: 1000,
  },
  {
    id: 'Period',
    label: 'Period',
    help: 'One datapoint each so many seconds.',
    section: 'Evaluation',
    type: 'choice',
    options: [10, 20, 30, 60, 120, 300, 600, 900, 3600].map((seconds) => ({
      value: String(seconds),
      label: `${seconds} s`,
    })),
    default: '60',
    source: 'FACTS 14',
  },
  {
    id: 'EvaluationPeriods',
    label: 'Evaluation periods',
    help: 'So many of the latest datapoints are looked at.',
    section: 'Evaluation',
    type: 'number',
    min: 1,
    max: 100,
    step: 1,
    default: 1,
    source: 'FACTS 14',
  },
  {
    id: 'DatapointsToAlarm',
    label: 'Datapoints to alarm',
    help: 'So many of them must breach, in any order: “M out of N”.',
    section: 'Evaluation',
    type: 'number',
    min: 1,
    max: 100,
    step: 1,
    default: 1,
    source: 'FACTS 14',
  },
  {
    id: 'TreatMissingData',
    label: 'Missing data is',
    help: 'What a period without a datapoint counts as.',
    section: 'Evaluation',
    type: 'choice',
    options: MISSING_DATA.map((value) => ({ value, label: value })),
    default: 'missing',
    source: 'FACTS 14',
  },
  {
    id: 'notifyOk',
    label: 'Notify when it is OK again',
    help: 'Topics also hear of the change back to OK.',
    section: 'Actions',
    type: 'switch',
    default: false,
  },
]

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  for (const [operation, role] of ACTIONS) {
    if (toSchema.accepts.includes(operation)) {
      return { ok: true, role, label: () => 'ALARM', fields: [] }
    }
  }
  return {
    ok: false,
    reason: `An alarm cannot act on “${to.name}” (${toSchema.title}).`,
    instead: `Let “${from.name}” publish to an SNS topic or drive an Auto Scaling group.`,
  }
}

/** What an alarm may do to another part, and what such a wire is called. */
const ACTIONS = [
  ['Publish', 'publish'],
  ['ExecutePolicy', 'scale'],
] as const

/** A wire that ends here says which metric is watched. */
const attach = (from: ScenarioNode, to: ScenarioNode, fromSchema: KindSchema): Connection =>
  attachMetric(from, fromSchema) ?? {
    ok: false,
    reason: `“${from.name}” (${fromSchema.title}) has no metrics that “${to.name}” could watch.`,
    instead: 'Draw the wire from a queue, a topic, a stream or a fleet.',
  }

const schema: KindSchema = {
  kind: 'alarm',
  title: 'CloudWatch alarm',
  family: 'operate',
  presets: [
    {
      id: 'alarm',
      label: 'CloudWatch alarm',
      name: 'backlog-alarm',
      help: 'Watches a metric; tells a topic or scales a fleet when it crosses a threshold.',
      keywords: ['cloudwatch', 'alarm', 'metric', 'threshold', 'monitor', 'alert'],
      config: {},
    },
  ],
  fields,
  name: {
    pattern: /^[\x20-\x7E]{1,255}$/,
    error: 'Printable characters; 1 to 255 of them.',
    maxLength: 255,
  },
  accepts: [],
  callsAs: ({ name }) => alarmCaller(name),
  size: { width: 240, height: 120 },
  connect,
  attach,
}

export default schema
