/** EC2 Auto Scaling group: as many instances of a fleet as its policy wants (FACTS 14). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { attachMetric } from '../attach.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'

const TRACKING = { field: 'policy', is: ['TargetTrackingScaling'] }
const STEP = { field: 'policy', is: ['StepScaling'] }
const SIMPLE = { field: 'policy', is: ['SimpleScaling'] }

const size = (id: string, label: string, help: string, by: number): Field => ({
  id,
  label,
  help,
  section: 'Size',
  type: 'number',
  unit: 'instances',
  min: 0,
  max: 50,
  step: 1,
  default: by,
  source: 'FACTS 14',
})

const fields: readonly Field[] = [
  size('MinSize', 'Minimum', 'Never fewer instances.', 1),
  size('MaxSize', 'Maximum', 'Never more instances.', 10),
  size('DesiredCapacity', 'Desired at the start', 'Instances when the run begins.', 1),
  {
    id: 'policy',
    label: 'Policy type',
    help: 'Target tracking follows a metric; step and simple scaling act on alarms.',
    section: 'Scaling policy',
    type: 'choice',
    options: [
      { value: 'TargetTrackingScaling', label: 'Target tracking' },
      { value: 'StepScaling', label: 'Step scaling' },
      { value: 'SimpleScaling', label: 'Simple scaling' },
    ],
    default: 'TargetTrackingScaling',
    source: 'FACTS 14',
  },
  {
    id: 'TargetValue',
    label: 'Target value',
    help: 'What the metric is kept at: the acceptable backlog of one instance.',
    section: 'Scaling policy',
    when: TRACKING,
    type: 'number',
    min: 0.001,
    max: 1e9,
    default: 100,
    logarithmic: true,
    source: 'FACTS 14',
  },
  {
    id: 'perInstance',
    label: 'Metric per instance',
    help: 'Divides the metric by the instances in service; AWS says the plain backlog is not valid.',
    section: 'Scaling policy',
    when: TRACKING,
    type: 'switch',
    default: true,
    source: 'FACTS 14, 17.12',
  },
  {
    id: 'DisableScaleIn',
    label: 'Never scale in',
    help: 'The policy adds instances but takes none away.',
    section: 'Scaling policy',
    when: TRACKING,
    type: 'switch',
    default: false,
    source: 'FACTS 14',
  },
  {
    id: 'StepAdjustments',
    label: 'Steps',
    help: 'Breach from : change, separated by commas: “0: 1, 500: 3, 2000: 5”.',
    section: 'Scaling policy',
    when: STEP,
    type: 'text',
    default: '0: 1, 500: 3',
    maxLength: 200,
    pattern:
      '^\\s*-?\\d+(\\.\\d+)?\\s*:\\s*-?\\d+\\s*(,\\s*-?\\d+(\\.\\d+)?\\s*:\\s*-?\\d+\\s*){0,19}$',
    error: 'Write pairs of breach and change: 0: 1, 500: 3.',
    source: 'FACTS 14',
  },
  {
    id: 'ScalingAdjustment',
    label: 'Change',
    help: 'By how much an alarm changes the capacity.',
    section: 'Scaling policy',
    when: SIMPLE,
    type: 'number',
    min: -50,
    max: 50,
    step: 1,
    default: 1,
    source: 'FACTS 14',
  },
  {
    id: 'AdjustmentType',
    label: 'Change is',
    help: 'What the number of a change means.',
    section: 'Scaling policy',
    when: { field: 'policy', is: ['StepScaling', 'SimpleScaling'] },
    type: 'choice',
    options: [
      { value: 'ChangeInCapacity', label: 'so many more or fewer' },
      { value: 'ExactCapacity', label: 'the new capacity' },
      { value: 'PercentChangeInCapacity', label: 'per cent of the present' },
    ],
    default: 'ChangeInCapacity',
    source: 'FACTS 14',
  },
  {
    id: 'Cooldown',
    label: 'Cooldown',
    help: 'After a simple scaling activity alarms are not heard for so long.',
    section: 'Scaling policy',
    when: SIMPLE,
    type: 'number',
    unit: 's',
    min: 0,
    max: 3600,
    step: 1,
    default: 300,
    source: 'FACTS 14',
  },
  {
    id: 'launchS',
    label: 'Time to launch',
    help: 'From the decision until an instance is in service.',
    section: 'Instances',
    type: 'number',
    unit: 's',
    min: 0,
    max: 3600,
    step: 1,
    default: 60,
  },
  {
    id: 'EstimatedInstanceWarmup',
    label: 'Warm-up',
    help: 'A new instance counts in the metric only after so long; no scale-in meanwhile.',
    section: 'Instances',
    type: 'number',
    unit: 's',
    min: 0,
    max: 3600,
    step: 1,
    default: 300,
    source: 'FACTS 14',
  },
  {
    id: 'protect',
    label: 'Finish work before terminating',
    help: 'Scale-in protection while a message is worked on; else its message comes back later.',
    section: 'Instances',
    type: 'switch',
    default: true,
    source: 'FACTS 14',
  },
]

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.accepts.includes('SetCapacity')) {
    return { ok: true, role: 'capacity', label: () => 'instances', fields: [], maxFrom: 1 }
  }
  return {
    ok: false,
    reason: `An Auto Scaling group cannot change the size of “${to.name}” (${toSchema.title}).`,
    instead: `Draw the wire from “${from.name}” to a consumer fleet.`,
  }
}

const schema: KindSchema = {
  kind: 'autoscaling',
  title: 'Auto Scaling group',
  family: 'operate',
  presets: [
    {
      id: 'group',
      label: 'Auto Scaling group',
      name: 'workers-asg',
      help: 'Changes the number of instances of a fleet as a metric or an alarm says.',
      keywords: ['auto scaling', 'asg', 'ec2', 'scale', 'target tracking', 'capacity'],
      config: {},
    },
  ],
  fields,
  name: {
    pattern: /^[\x21-\x7E]{1,255}$/,
    error: 'Printable characters without blanks; 1 to 255 of them.',
    maxLength: 255,
  },
  accepts: ['ExecutePolicy'],
  size: { width: 260, height: 120 },
  connect,
  attach: (from, _to, fromSchema) => attachMetric(from, fromSchema),
}

export default schema
