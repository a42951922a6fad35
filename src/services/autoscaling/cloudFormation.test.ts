import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import type { Config } from '../../scenario/scenario.ts'
import { design } from '../lab.ts'

const look = (config: Config) =>
  written(
    design({
      nodes: { q: ['sqs'], group: ['autoscaling', config], high: ['alarm'], fleet: ['consumer'] },
      wires: [
        ['q', 'fleet'],
        ['q', 'group'],
        ['group', 'fleet'],
        ['q', 'high'],
        ['high', 'group'],
      ],
    }),
  )

test('FACTS 14: a group tracks the backlog of one instance', async () => {
  const { template, resources } = await look({ TargetValue: 50, DisableScaleIn: true, MaxSize: 4 })
  expect(problemsOf(template)).toEqual([])
  expect(template.parameters.map(({ id, type }) => [id, type])).toEqual([
    ['GroupLaunchTemplateId', 'String'],
    ['GroupLaunchTemplateVersion', 'String'],
    ['GroupSubnets', 'List<AWS::EC2::Subnet::Id>'],
  ])
  expect(resources.Group).toEqual({
    type: 'AWS::AutoScaling::AutoScalingGroup',
    MinSize: '1',
    MaxSize: '4',
    DesiredCapacity: '1',
    LaunchTemplate: {
      LaunchTemplateId: { Ref: 'GroupLaunchTemplateId' },
      Version: { Ref: 'GroupLaunchTemplateVersion' },
    },
    VPCZoneIdentifier: { Ref: 'GroupSubnets' },
    MetricsCollection: [{ Granularity: '1Minute', Metrics: ['GroupInServiceInstances'] }],
  })
  expect(resources.GroupScalingPolicy).toMatchObject({
    AutoScalingGroupName: { Ref: 'Group' },
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      TargetValue: 50,
      DisableScaleIn: true,
      CustomizedMetricSpecification: {
        Metrics: [
          { Id: 'backlog', ReturnData: false },
          { Id: 'instances', ReturnData: false },
          { Id: 'perInstance', Expression: 'IF(instances > 0, backlog / instances, backlog)' },
        ],
      },
    },
  })
  // Target tracking has alarms of its own.
  expect(resources.High).not.toHaveProperty('AlarmActions')
})

test('FACTS 14: steps are set off by an alarm, each up to the next', async () => {
  const { template, resources } = await look({
    policy: 'StepScaling',
    StepAdjustments: '500: 3, 0: 1',
  })
  expect(problemsOf(template)).toEqual([])
  expect(resources.GroupScalingPolicy).toEqual({
    type: 'AWS::AutoScaling::ScalingPolicy',
    AutoScalingGroupName: { Ref: 'Group' },
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    EstimatedInstanceWarmup: 300,
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 500, ScalingAdjustment: 1 },
      { MetricIntervalLowerBound: 500, ScalingAdjustment: 3 },
    ],
  })
  expect(resources.High.AlarmActions).toEqual([{ Ref: 'GroupScalingPolicy' }])
  const below = await look({ policy: 'StepScaling', StepAdjustments: '-5: -1' })
  expect(below.resources.GroupScalingPolicy.StepAdjustments).toEqual([
    { MetricIntervalUpperBound: -5, ScalingAdjustment: 0 },
    { MetricIntervalLowerBound: -5, ScalingAdjustment: -1 },
  ])
})

test('FACTS 14: simple scaling has its change and its cooldown', async () => {
  const { resources } = await look({ policy: 'SimpleScaling', ScalingAdjustment: 2 })
  expect(resources.GroupScalingPolicy).toEqual({
    type: 'AWS::AutoScaling::ScalingPolicy',
    AutoScalingGroupName: { Ref: 'Group' },
    PolicyType: 'SimpleScaling',
    AdjustmentType: 'ChangeInCapacity',
    ScalingAdjustment: 2,
    Cooldown: '300',
  })
})
