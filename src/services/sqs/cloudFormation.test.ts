import { describe, expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

const ARN = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

describe('a queue', () => {
  test('FACTS 1.3: has only the attributes that are not AWS’s defaults, and no name', async () => {
    const { resources } = await written(
      design({
        nodes: {
          plain: ['sqs', { VisibilityTimeout: 30, duplicateChance: 0 }],
          set: [
            'sqs',
            {
              VisibilityTimeout: 60,
              DelaySeconds: 5,
              MessageRetentionPeriod: 1_209_600,
              ReceiveMessageWaitTimeSeconds: 20,
              MaximumMessageSize: 2048,
              // Of a standard queue it means nothing.
              ContentBasedDeduplication: true,
            },
          ],
        },
        wires: [],
      }),
    )
    expect(resources).toEqual({
      Plain: { type: 'AWS::SQS::Queue' },
      Set: {
        type: 'AWS::SQS::Queue',
        VisibilityTimeout: 60,
        DelaySeconds: 5,
        MessageRetentionPeriod: 1_209_600,
        ReceiveMessageWaitTimeSeconds: 20,
        MaximumMessageSize: 2048,
      },
    })
  })

  test('FACTS 17: under the exam’s limits says the size that was the default then', async () => {
    const scenario = design({ nodes: { q: ['sqs'] }, wires: [] })
    const { resources } = await written({
      ...scenario,
      settings: { ...scenario.settings, limits: 'exam' },
    })
    expect(resources.Q).toEqual({ type: 'AWS::SQS::Queue', MaximumMessageSize: 262_144 })
  })

  test('FACTS 2.8: that is FIFO has a name, which ends in .fifo', async () => {
    const { resources } = await written(
      design({
        nodes: {
          'orders.fifo': [
            'sqs',
            {
              FifoQueue: true,
              ContentBasedDeduplication: true,
              DeduplicationScope: 'messageGroup',
              FifoThroughputLimit: 'perMessageGroupId',
            },
          ],
          'bad name': ['sqs', { FifoQueue: true }],
        },
        wires: [],
      }),
    )
    expect(resources.OrdersFifo).toEqual({
      type: 'AWS::SQS::Queue',
      QueueName: 'orders.fifo',
      FifoQueue: true,
      ContentBasedDeduplication: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    })
    expect(resources.BadName.QueueName).toBe('BadName.fifo')
  })
})

describe('dead-letter queues', () => {
  test('FACTS 2.5: a redrive policy refers to one', async () => {
    const { resources } = await written(
      design({
        nodes: { q: ['sqs'], dlq: ['sqs', { redriveAllow: 'denyAll' }] },
        wires: [],
      }),
    )
    expect(resources.Dlq.RedriveAllowPolicy).toEqual({ redrivePermission: 'denyAll' })
    const redriven = await written(
      design({
        nodes: { q: ['sqs'], dlq: ['sqs'] },
        wires: [['q', 'dlq', { maxReceiveCount: 5 }]],
      }),
    )
    expect(redriven.resources).toEqual({
      Q: {
        type: 'AWS::SQS::Queue',
        RedrivePolicy: { deadLetterTargetArn: ARN('Dlq'), maxReceiveCount: 5 },
      },
      Dlq: { type: 'AWS::SQS::Queue' },
    })
  })

  test('FACTS 2.5: that allow their sources one by one name them, since they are there first', async () => {
    const { template, resources } = await written(
      design({
        nodes: {
          q: ['sqs'],
          dlq: ['sqs', { redriveAllow: 'byQueue', redriveAllowSources: 'q, else${where}' }],
        },
        wires: [['q', 'dlq']],
      }),
    )
    const here = 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:'
    expect(problemsOf(template)).toEqual([])
    expect(resources.Q).toMatchObject({
      QueueName: 'q',
      RedrivePolicy: { deadLetterTargetArn: ARN('Dlq'), maxReceiveCount: 3 },
    })
    expect(resources.Dlq).toEqual({
      type: 'AWS::SQS::Queue',
      RedriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [{ 'Fn::Sub': `${here}q` }, { 'Fn::Sub': `${here}else\${!where}` }],
      },
    })
  })

  test('in a ring are left to be joined by hand, since each would wait for the other', async () => {
    const { template, resources, notes } = await written(
      design({
        nodes: { a: ['sqs'], b: ['sqs'], own: ['sqs'], into: ['sqs'] },
        wires: [
          ['a', 'b'],
          ['b', 'a'],
          ['own', 'own'],
          ['into', 'a'],
        ],
      }),
    )
    expect(problemsOf(template)).toEqual([])
    expect(resources.Into).toHaveProperty('RedrivePolicy')
    for (const id of ['A', 'B', 'Own']) expect(resources[id]).not.toHaveProperty('RedrivePolicy')
    expect(notes.filter((note) => note.includes('in a ring'))).toHaveLength(3)
  })
})

describe('the policy of a queue', () => {
  const statementsOf = (resource: Readonly<Record<string, unknown>>) =>
    (resource.PolicyDocument as { Statement: unknown[] }).Statement

  test('FACTS 2.10: lets in the topic that sends to it, and nobody where no service does', async () => {
    const { resources } = await written(
      design({
        nodes: { p: ['producer'], t: ['sns'], q: ['sqs'], other: ['sqs'] },
        wires: [
          ['t', 'q'],
          ['p', 'other'],
        ],
      }),
    )
    expect(resources.OtherPolicy).toBeUndefined()
    expect(resources.QPolicy).toEqual({
      type: 'AWS::SQS::QueuePolicy',
      Queues: [{ Ref: 'Q' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: ARN('Q'),
            Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'T' } } },
          },
        ],
      },
    })
  })

  const own = (...Statement: readonly object[]) => ({ Policy: JSON.stringify({ Statement }) })
  const partner = {
    Effect: 'Allow',
    Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::000000000000:root'] },
    Action: 'sqs:SendMessage',
    Resource: 'arn:aws:sqs:us-east-1:000000000000:q',
  }

  test('FACTS 2.10: keeps what people wrote, for the account where it is deployed', async () => {
    const { resources, notes } = await written(
      design({ nodes: { t: ['sns'], q: ['sqs', own(partner)] }, wires: [['t', 'q']] }),
    )
    expect(statementsOf(resources.QPolicy)).toEqual([
      {
        Effect: 'Allow',
        Principal: {
          AWS: [
            'arn:aws:iam::111122223333:root',
            { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' },
          ],
        },
        Action: 'sqs:SendMessage',
        Resource: ARN('Q'),
      },
      expect.objectContaining({ Principal: { Service: 'sns.amazonaws.com' } }),
    ])
    expect(notes).toEqual([
      'Not quite as drawn: q: Its policy does not let “t” in; the template adds that, since there is a wire.',
    ])
  })

  test('FACTS 2.10: what people wrote of other parts is said of those in the template', async () => {
    const sent = (arn: string) => ({
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource: '*',
      Condition: { ArnEquals: { 'aws:SourceArn': arn } },
    })
    const { template, resources, notes } = await written(
      design({
        nodes: {
          t: ['sns'],
          uploads: ['s3'],
          q: [
            'sqs',
            own(
              sent('arn:aws:sns:us-east-1:000000000000:t'),
              sent('arn:aws:s3:::uploads'),
              sent('arn:aws:sns:us-east-1:000000000000:t-*'),
            ),
          ],
        },
        wires: [
          ['t', 'q'],
          ['uploads', 'q'],
        ],
      }),
    )
    expect(problemsOf(template)).toEqual([])
    expect(
      statementsOf(resources.QPolicy).map(
        (each) => (each as ReturnType<typeof sent>).Condition.ArnEquals['aws:SourceArn'],
      ),
    ).toEqual([
      { Ref: 'T' },
      { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::uploads-${AWS::AccountId}-${AWS::Region}' },
      { 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:t-*' },
    ])
    expect(notes).toEqual([
      'To fill in or do yourself: q: Its policy names “arn:aws:sns:us-east-1:000000000000:t-*”, which is no part: see that it fits what AWS names.',
    ])
  })

  test('FACTS 2.10: adds nothing to a policy that allows the wire, or denies it', async () => {
    const everybody = { ...partner, Principal: '*' }
    for (const Effect of ['Allow', 'Deny']) {
      const { resources, notes } = await written(
        design({
          nodes: { t: ['sns'], q: ['sqs', own({ ...everybody, Effect })] },
          wires: [['t', 'q']],
        }),
      )
      expect(statementsOf(resources.QPolicy)).toHaveLength(1)
      expect(notes).toEqual(
        Effect === 'Deny'
          ? ['Not quite as drawn: q: Its policy refuses “t”, here and at AWS.']
          : [],
      )
    }
  })

  test('leaves out a statement that CloudFormation would take for a function of its own', async () => {
    const tricky = { ...partner, Resource: { 'Fn::ImportValue': 'secret' } }
    const { resources, notes } = await written(
      design({ nodes: { q: ['sqs', own(tricky, partner)] }, wires: [] }),
    )
    expect(statementsOf(resources.QPolicy)).toHaveLength(1)
    expect(notes.join()).toContain('CloudFormation would read otherwise')
  })
})
