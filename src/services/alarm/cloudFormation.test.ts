import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { kinds } from '../kinds.ts'
import { cloudFormationOf } from '../cloudFormations.ts'
import { schemas } from '../schemas.ts'
import { design } from '../lab.ts'

test('FACTS 14: an alarm watches a metric by its dimension, and tells topics that let it in', async () => {
  const { template, resources } = await written(
    design({
      nodes: {
        q: ['sqs'],
        backlog: [
          'alarm',
          {
            Statistic: 'Maximum',
            Threshold: 20,
            Period: '300',
            EvaluationPeriods: 3,
            DatapointsToAlarm: 2,
            TreatMissingData: 'breaching',
            notifyOk: true,
          },
        ],
        t: ['sns'],
      },
      wires: [
        ['q', 'backlog', { metric: 'ApproximateNumberOfMessagesVisible' }],
        ['backlog', 't'],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.Backlog).toEqual({
    type: 'AWS::CloudWatch::Alarm',
    AlarmDescription: 'backlog',
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Q', 'QueueName'] } }],
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 20,
    Period: 300,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'breaching',
    AlarmActions: [{ Ref: 'T' }],
    OKActions: [{ Ref: 'T' }],
  })
  expect(resources.TPolicy.PolicyDocument).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['Backlog', 'Arn'] } } },
      },
    ],
  })
})

test('a metric of ours is none of CloudWatch’s: such an alarm is left out', async () => {
  const { resources, notes } = await written(
    design({
      nodes: { c: ['consumer'], slow: ['alarm'], t: ['sns'] },
      wires: [
        ['c', 'slow', { metric: 'endToEndLatency' }],
        ['slow', 't'],
      ],
    }),
  )
  expect(resources).toEqual({ T: { type: 'AWS::SNS::Topic' } })
  expect(notes).toContain(
    'Not in the template: slow: CloudWatch has no metric that it could watch.',
  )
})

test('FACTS 14: AWS’s own metrics come once a minute, so a shorter period is a minute', async () => {
  const { resources, notes } = await written(
    design({ nodes: { q: ['sqs'], a: ['alarm', { Period: '10' }] }, wires: [['q', 'a']] }),
  )
  expect(resources.A.Period).toBe(60)
  expect(notes.join()).toContain('once a minute')
})

test('namespaces and dimensions are those that the simulated alarm tells', async () => {
  const all = await cloudFormationOf(schemas.keys())
  const named = [...all].filter(([, { metrics }]) => metrics)
  expect(named.length).toBeGreaterThan(5)
  for (const [kind, { metrics }] of named) {
    const { namespace, dimension } = kinds.behaviour(kind)!.cloudWatch!
    const { template } = await written(
      design({ nodes: { part: [kind], a: ['alarm'] }, wires: [['part', 'a']] }),
    )
    const alarm = template.resources.find(({ type }) => type === 'AWS::CloudWatch::Alarm')
    expect(metrics!.namespace, kind).toBe(namespace)
    expect(alarm?.properties.Dimensions, kind).toContainEqual(
      expect.objectContaining({ Name: dimension }),
    )
  }
})
