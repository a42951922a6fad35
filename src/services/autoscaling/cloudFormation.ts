/** An Auto Scaling group in a CloudFormation template; how its instances are made are parameters. */
import {
  ref,
  type CloudFormation,
  type Draft,
  type MetricSource,
  type Part,
  type Properties,
  type Value,
} from '../cloudFormation.ts'
import { readSteps } from './policy.ts'

const POLICY = 'ScalingPolicy'
const IN_SERVICE = 'GroupInServiceInstances'

/** The metric that target tracking follows, where CloudWatch has it. */
function trackedBy(group: Part): MetricSource | null {
  const watched = group.into.find(({ role }) => role === 'watch')
  return watched?.other.metric(String(watched.config.metric)) ?? null
}

const isTracking = ({ config }: Part): boolean => config.policy === 'TargetTrackingScaling'
const isPerInstance = ({ config }: Part): boolean => config.perInstance === true

const stat = (Id: string, Stat: string, Metric: Value): Value => ({
  Id,
  MetricStat: { Metric, Stat },
  ReturnData: false,
})

/** FACTS 14: the backlog of one instance, as metric math. */
function metricOf(group: Part, source: MetricSource): Value {
  if (!isPerInstance(group)) return { ...source, Statistic: 'Average' }
  const instances = {
    Namespace: 'AWS/AutoScaling',
    MetricName: IN_SERVICE,
    Dimensions: [{ Name: 'AutoScalingGroupName', Value: ref(group.id) }],
  }
  return {
    Metrics: [
      stat('backlog', 'Sum', { ...source }),
      stat('instances', 'Average', instances),
      // With none in service all of it is the backlog of the first.
      { Id: 'perInstance', Expression: 'IF(instances > 0, backlog / instances, backlog)' },
    ],
  }
}

function policyOf(group: Part, draft: Draft): Properties | null {
  const { config } = group
  const warmUp = Number(config.EstimatedInstanceWarmup)
  if (isTracking(group)) {
    const source = trackedBy(group)
    if (!source) {
      draft.note(group, 'missing', 'Its policy: CloudWatch has no metric that it could follow.')
      return null
    }
    return {
      PolicyType: 'TargetTrackingScaling',
      EstimatedInstanceWarmup: warmUp,
      TargetTrackingConfiguration: {
        CustomizedMetricSpecification: metricOf(group, source),
        TargetValue: Number(config.TargetValue),
        ...(config.DisableScaleIn === true && { DisableScaleIn: true }),
      },
    }
  }
  const AdjustmentType = String(config.AdjustmentType)
  if (config.policy === 'SimpleScaling') {
    return {
      PolicyType: 'SimpleScaling',
      AdjustmentType,
      ScalingAdjustment: Number(config.ScalingAdjustment),
      Cooldown: String(config.Cooldown),
    }
  }
  return {
    PolicyType: 'StepScaling',
    AdjustmentType,
    EstimatedInstanceWarmup: warmUp,
    StepAdjustments: stepsIn(String(config.StepAdjustments)),
  }
}

/** Each step ends where the next begins. */
function stepsIn(text: string): readonly Value[] {
  const steps = readSteps(text).toReversed()
  const made = steps.map(({ from, change }, index) => ({
    MetricIntervalLowerBound: from,
    ...(index + 1 < steps.length && { MetricIntervalUpperBound: steps[index + 1].from }),
    ScalingAdjustment: change,
  }))
  // Steps below the threshold must go down to the bottom.
  const isOpen = steps[0]?.from < 0
  return isOpen
    ? [{ MetricIntervalUpperBound: steps[0].from, ScalingAdjustment: 0 }, ...made]
    : made
}

function addParameters(group: Part, draft: Draft) {
  const of = `of the instances of ${group.node.name}`
  const parameter = (suffix: string, type: string, what: string, byDefault?: string): Value =>
    draft.parameter(group, suffix, { type, description: `${what} ${of}`, default: byDefault })
  const template = {
    LaunchTemplateId: parameter('LaunchTemplateId', 'String', 'Launch template'),
    Version: parameter('LaunchTemplateVersion', 'String', 'Version of the launch template', '1'),
  }
  const subnets = parameter('Subnets', 'List<AWS::EC2::Subnet::Id>', 'Subnets')
  return { LaunchTemplate: template, VPCZoneIdentifier: subnets }
}

const cloudFormation: CloudFormation = {
  /** What alarms set off: its policy. Target tracking makes alarms of its own. */
  arn: (group) => (isTracking(group) ? null : ref(group.idOf(POLICY))),
  write(group, draft) {
    const { MinSize, MaxSize, DesiredCapacity } = group.config
    const instances = addParameters(group, draft)
    const tracksInstances = isTracking(group) && isPerInstance(group)
    draft.add(group, '', {
      type: 'AWS::AutoScaling::AutoScalingGroup',
      properties: {
        MinSize: String(MinSize),
        MaxSize: String(MaxSize),
        DesiredCapacity: String(DesiredCapacity),
        ...instances,
        MetricsCollection: tracksInstances
          ? [{ Granularity: '1Minute', Metrics: [IN_SERVICE] }]
          : undefined,
      },
    })
    const policy = policyOf(group, draft)
    if (policy) {
      draft.add(group, POLICY, {
        type: 'AWS::AutoScaling::ScalingPolicy',
        properties: { AutoScalingGroupName: ref(group.id), ...policy },
      })
    }
    if (group.config.protect === true) {
      const text =
        'Its instances have to protect themselves while they work (SetInstanceProtection).'
      draft.note(group, 'toDo', text)
    }
  },
}

export default cloudFormation
