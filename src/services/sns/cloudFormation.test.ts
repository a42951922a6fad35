import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

const ARN = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const subscription = (of: string, to: string) => ({
  type: 'AWS::SNS::Subscription',
  TopicArn: { Ref: of },
  Protocol: 'sqs',
  Endpoint: ARN(to),
})

test('FACTS 3.2: a topic has only what is not AWS’s default, and a name only when it is FIFO', async () => {
  const { resources } = await written(
    design({
      nodes: {
        plain: ['sns'],
        set: ['sns', { DisplayName: 'Shop', SignatureVersion: '2' }],
        'orders.fifo': [
          'sns',
          { FifoTopic: true, ContentBasedDeduplication: true, FifoThroughputScope: 'MessageGroup' },
        ],
      },
      wires: [],
    }),
  )
  expect(resources).toEqual({
    Plain: { type: 'AWS::SNS::Topic' },
    Set: { type: 'AWS::SNS::Topic', DisplayName: 'Shop', SignatureVersion: '2' },
    OrdersFifo: {
      type: 'AWS::SNS::Topic',
      TopicName: 'orders.fifo',
      FifoTopic: true,
      ContentBasedDeduplication: true,
      FifoThroughputScope: 'MessageGroup',
    },
  })
})

test('what CloudFormation has no property for is left to do', async () => {
  const { notes } = await written(
    design({
      nodes: { t: ['sns', { MaximumMessageSize: 1_048_576, DeliveryPolicy: '{"http":{}}' }] },
      wires: [],
    }),
  )
  expect(notes).toHaveLength(2)
  expect(notes.every((note) => note.startsWith('To fill in or do yourself: t: '))).toBe(true)
})

test('FACTS 4.3, 4.4: a subscription filters, delivers raw, and has a dead-letter queue that lets it in', async () => {
  const { template, resources } = await written(
    design({
      nodes: { t: ['sns'], q: ['sqs'], dead: ['sqs'] },
      wires: [
        [
          't',
          'q',
          {
            RawMessageDelivery: true,
            FilterPolicy: '{"type":["refund"],"amount":[{"numeric":[">",400]}]}',
            FilterPolicyScope: 'MessageBody',
            deadLetterQueue: 'dead',
          },
        ],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.TToQ).toEqual({
    ...subscription('T', 'Q'),
    RawMessageDelivery: true,
    FilterPolicy: { type: ['refund'], amount: [{ numeric: ['>', 400] }] },
    FilterPolicyScope: 'MessageBody',
    RedrivePolicy: { deadLetterTargetArn: ARN('Dead') },
  })
  expect(resources.DeadPolicy).toMatchObject({
    PolicyDocument: {
      Statement: [{ Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'T' } } } }],
    },
  })
})

test('a filter policy with nulls or names of functions is a text, which CloudFormation leaves alone', async () => {
  for (const FilterPolicy of ['{"a":[null]}', '{"Ref":["x"]}', '{"a":{"Fn::Sub":["x"]}}']) {
    const { resources } = await written(
      design({ nodes: { t: ['sns'], q: ['sqs'] }, wires: [['t', 'q', { FilterPolicy }]] }),
    )
    expect(resources.TToQ.FilterPolicy).toBe(FilterPolicy)
  }
})

test('a dead-letter queue that is not there is told', async () => {
  const { resources, notes } = await written(
    design({
      nodes: { t: ['sns'], q: ['sqs'] },
      wires: [['t', 'q', { deadLetterQueue: 'gone' }]],
    }),
  )
  expect(resources.TToQ).toEqual(subscription('T', 'Q'))
  expect(notes.join()).toContain('there is no such queue')
})

test('FACTS 4.2: web servers get the delivery policy of the subscription; addresses are parameters unless set', async () => {
  const policy = { healthyRetryPolicy: { numRetries: 5 } }
  const { template, resources, notes } = await written(
    design({
      nodes: {
        t: ['sns'],
        hook: ['endpoint', { address: 'https://shop.example.org/sns' }],
        team: ['endpoint', { protocol: 'email' }],
      },
      wires: [
        ['t', 'hook', { DeliveryPolicy: JSON.stringify(policy), RawMessageDelivery: true }],
        ['t', 'team', { DeliveryPolicy: JSON.stringify(policy), RawMessageDelivery: true }],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.TToHook).toMatchObject({
    Protocol: 'https',
    Endpoint: 'https://shop.example.org/sns',
    DeliveryPolicy: policy,
    RawMessageDelivery: true,
  })
  expect(resources.TToTeam).toEqual({
    type: 'AWS::SNS::Subscription',
    TopicArn: { Ref: 'T' },
    Protocol: 'email',
    Endpoint: { Ref: 'Team' },
  })
  expect(template.parameters).toEqual([
    { id: 'Team', type: 'String', description: 'E-mail address of team' },
  ])
  expect(notes).toContain('To fill in or do yourself: Parameter Team: E-mail address of team')
})

test('a Firehose is delivered to by a role, a function by a permission', async () => {
  const { template, resources } = await written(
    design({
      nodes: { t: ['sns'], lake: ['firehose'], f: ['lambda'] },
      wires: [
        ['t', 'lake'],
        ['t', 'f'],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.TToLake).toMatchObject({
    Protocol: 'firehose',
    Endpoint: ARN('Lake'),
    SubscriptionRoleArn: ARN('TRole'),
    dependsOn: ['TRolePolicy'],
  })
  expect(resources.TRolePolicy).toMatchObject({
    Roles: [{ Ref: 'TRole' }],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
          Resource: ARN('Lake'),
        },
      ],
    },
  })
  expect(resources.FInvokedByT).toEqual({
    type: 'AWS::Lambda::Permission',
    Action: 'lambda:InvokeFunction',
    FunctionName: { Ref: 'F' },
    Principal: 'sns.amazonaws.com',
    SourceArn: { Ref: 'T' },
  })
})

test('what a topic delivers to and the template lacks is told', async () => {
  const { resources, notes } = await written(
    design({
      nodes: { t: ['sns'], lake: ['firehose', { destination: 'snowflake' }] },
      wires: [['t', 'lake']],
    }),
  )
  expect(Object.keys(resources)).toEqual(['T'])
  expect(notes.join()).toContain('t: Its subscription of “lake”')
})
