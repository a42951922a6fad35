import { beforeEach, describe, expect, test } from 'vitest'
import { totalsOf } from '../../engine/totals.ts'
import { US_PER_MINUTE, US_PER_S } from '../../base/units.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { ARN, queueArn, redrive, subscribeQueues, testbed, type Bed } from './testbed.ts'

let bed: Bed
beforeEach(() => {
  bed = testbed()
})

const TOPIC = `${ARN}:orders`

const topicWith = (subscriptions: Record<string, Record<string, string>>): string[] =>
  subscribeQueues(bed, TOPIC, subscriptions)

const text = (StringValue: string) => ({ DataType: 'String', StringValue })

describe('delivery', () => {
  test('FACTS 4.1: the envelope has these fields in this order', () => {
    const [subscription] = topicWith({ all: {} })
    const { MessageId } = bed.sns('Publish', {
      TopicArn: TOPIC,
      Message: 'hello',
      Subject: 'greeting',
      MessageAttributes: { kind: text('x') },
    })
    const [body] = bed.drain('all')
    const envelope = JSON.parse(body) as Record<string, unknown>
    expect(Object.keys(envelope)).toEqual([
      'Type',
      'MessageId',
      'TopicArn',
      'Subject',
      'Message',
      'Timestamp',
      'SignatureVersion',
      'Signature',
      'SigningCertURL',
      'UnsubscribeURL',
      'MessageAttributes',
    ])
    expect(envelope).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn: TOPIC,
      Message: 'hello',
      Timestamp: '2026-01-01T00:00:00.000Z',
      UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
      MessageAttributes: { kind: { Type: 'String', Value: 'x' } },
    })
  })

  test('FACTS 4.1: raw delivery is the message alone, its attributes the queue’s', () => {
    topicWith({ raw: { RawMessageDelivery: 'true' } })
    const MessageAttributes = { kind: text('x') }
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'hello', MessageAttributes })
    const received = bed.sqs<{ Messages: unknown[] }>('ReceiveMessage', {
      QueueUrl: 'raw',
      MessageAttributeNames: ['All'],
    })
    expect(received.Messages).toMatchObject([{ Body: 'hello', MessageAttributes }])
  })

  test('FACTS 3.2: more than ten attributes are too many for a queue by raw delivery', () => {
    topicWith({ raw: { RawMessageDelivery: 'true', RedrivePolicy: redrive('dead') }, dead: {} })
    const MessageAttributes = Object.fromEntries(
      Array.from({ length: 11 }, (_, n) => [`a${n}`, text('x')]),
    )
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'hello', MessageAttributes })
    expect(bed.drain('raw')).toEqual([])
    expect(bed.drain('dead')).toContain('hello')
  })

  test('FACTS 3.2: MessageStructure json says what each protocol gets', () => {
    topicWith({ raw: { RawMessageDelivery: 'true' } })
    const publish = (Message: unknown) =>
      bed.sns('Publish', {
        TopicArn: TOPIC,
        Message: JSON.stringify(Message),
        MessageStructure: 'json',
      })
    publish({ default: 'for all', sqs: 'for queues' })
    publish({ default: 'for all', email: 'for people' })
    expect(bed.drain('raw')).toEqual(['for queues', 'for all'])
  })

  test('FACTS 4.4: every subscription has its own gate', () => {
    topicWith({
      gold: { RawMessageDelivery: 'true', FilterPolicy: '{"tier":["gold"]}' },
      big: {
        RawMessageDelivery: 'true',
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: '{"amount":[{"numeric":[">",100]}]}',
      },
      all: { RawMessageDelivery: 'true' },
    })
    const publish = (amount: number, tier: string) =>
      bed.sns('Publish', {
        TopicArn: TOPIC,
        Message: JSON.stringify({ amount }),
        MessageAttributes: { tier: text(tier) },
      })
    publish(500, 'gold')
    publish(5, 'gold')
    publish(101, 'plain')
    expect(bed.drain('gold')).toEqual(['{"amount":500}', '{"amount":5}'])
    expect(bed.drain('big')).toEqual(['{"amount":500}', '{"amount":101}'])
    expect(bed.drain('all')).toHaveLength(3)
    const { totals } = totalsOf(bed.sim).nodes.orders
    expect(totals).toMatchObject({
      published: 3,
      delivered: 7,
      filteredOut: 2,
      filteredOutMessageAttributes: 1,
      filteredOutMessageBody: 1,
    })
  })

  test('FACTS 4.2, 4.3: a client-side error is not tried again: dead-letter queue, or lost', () => {
    topicWith({ gone: { RedrivePolicy: redrive('dead') }, lost: {}, dead: {} })
    const arns = bed.sns<{ Subscriptions: { SubscriptionArn: string; Endpoint: string }[] }>(
      'ListSubscriptionsByTopic',
      { TopicArn: TOPIC },
    )
    const ofDead = arns.Subscriptions.find(({ Endpoint }) => Endpoint.endsWith(':dead'))!
    bed.sns('Unsubscribe', { SubscriptionArn: ofDead.SubscriptionArn })
    // Not drawn: their queues have never been there.
    for (const [queue, Attributes] of [
      ['nowhere', { RedrivePolicy: redrive('dead') }],
      ['nowhere-else', {}],
    ] as const) {
      const input = { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: queueArn(queue), Attributes }
      bed.sns('Subscribe', input)
    }
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'hello' })
    bed.sim.advance(US_PER_S)
    expect(bed.drain('dead')).toHaveLength(1)
    const { totals } = totalsOf(bed.sim).nodes.orders
    expect(totals).toMatchObject({ copied: 4, delivered: 2, redriven: 1, failed: 1, retried: 0 })
  })
})

describe('queue policies', () => {
  const policy = (arn: string) =>
    JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn('guarded'),
        Condition: { ArnEquals: { 'aws:SourceArn': arn } },
      },
    })
  const guard = (Policy: string) =>
    bed.sqs('SetQueueAttributes', { QueueUrl: 'guarded', Attributes: { Policy } })

  test('FACTS 2.10, 4.2: a policy that does not let the topic write is a client-side error: no retry', () => {
    topicWith({ guarded: { RawMessageDelivery: 'true', RedrivePolicy: redrive('dead') } })
    bed.sqs('CreateQueue', { QueueName: 'dead' })
    guard(policy(`${ARN}:another`))
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'refused' })
    expect(bed.drain('guarded')).toEqual([])
    expect(bed.drain('dead')).toEqual(['refused'])
    guard(policy(TOPIC))
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'allowed' })
    expect(bed.drain('guarded')).toEqual(['allowed'])
    const { nodes } = totalsOf(bed.sim)
    expect(nodes.orders.totals).toMatchObject({ delivered: 1, redriven: 1, retried: 0 })
    expect(nodes.guarded.totals.accessDenied).toBe(1)
  })

  test('FACTS 2.10: the owner’s own users may send unless the policy denies it', () => {
    topicWith({ guarded: {} })
    const send = () => bed.sqs('SendMessage', { QueueUrl: 'guarded', MessageBody: 'x' })
    guard(policy(TOPIC))
    expect(send()).toHaveProperty('MessageId')
    guard('{"Statement":{"Effect":"Deny","Principal":"*","Action":"sqs:SendMessage"}}')
    expect(send).toThrow('with an explicit deny in a resource-based policy')
  })
})

describe('FIFO topics', () => {
  const FIFO = `${ARN}:orders.fifo`
  const create = (attributes = {}) => {
    bed.sns('CreateTopic', {
      Name: 'orders.fifo',
      Attributes: { FifoTopic: 'true', ...attributes },
    })
    bed.sqs('CreateQueue', { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } })
    bed.sqs('CreateQueue', { QueueName: 'plain' })
    for (const queue of ['q.fifo', 'plain']) {
      bed.sns('Subscribe', {
        TopicArn: FIFO,
        Protocol: 'sqs',
        Endpoint: queueArn(queue),
        Attributes: { RawMessageDelivery: 'true' },
      })
    }
  }
  const publish = (Message: string, more = {}) =>
    bed.sns<{ MessageId: string; SequenceNumber: string }>('Publish', {
      TopicArn: FIFO,
      Message,
      MessageGroupId: 'g',
      ...more,
    })

  test('FACTS 4.5: a duplicate within 5 minutes is accepted and not delivered', () => {
    create({ ContentBasedDeduplication: 'true' })
    const first = publish('a')
    expect(publish('a')).toEqual(first)
    publish('b')
    expect(bed.drain('q.fifo')).toEqual(['a', 'b'])
    bed.sim.advance(bed.sim.nowUs + 5 * US_PER_MINUTE)
    expect(publish('a').MessageId).not.toBe(first.MessageId)
    expect(bed.drain('q.fifo')).toEqual(['a'])
  })

  test('FACTS 4.5: the group and the deduplication id go on to FIFO queues, not to standard ones', () => {
    create()
    publish('a', { MessageDeduplicationId: 'one' })
    const attributesOf = (QueueUrl: string) =>
      bed.sqs<{ Messages: { Attributes: Record<string, string> }[] }>('ReceiveMessage', {
        QueueUrl,
        AttributeNames: ['All'],
      }).Messages[0].Attributes
    expect(attributesOf('q.fifo')).toMatchObject({
      MessageGroupId: 'g',
      MessageDeduplicationId: 'one',
    })
    expect(Object.keys(attributesOf('plain'))).not.toContain('MessageGroupId')
  })

  test('FACTS 3.1: what a FIFO topic refuses', () => {
    create()
    expect(bed.refusal('Publish', { TopicArn: FIFO, Message: 'a' })).toBe(
      'InvalidParameter: Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
    )
    expect(bed.refusal('Publish', { TopicArn: FIFO, Message: 'a', MessageGroupId: 'g' })).toBe(
      'InvalidParameter: Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    )
    const email = { TopicArn: FIFO, Protocol: 'email', Endpoint: 'a@example.com' }
    expect(bed.refusal('Subscribe', email)).toMatch(/^InvalidParameter: /)
  })
})

describe('the API', () => {
  test('FACTS 3.2: CreateTopic again gives the same topic, unless its attributes or tags differ', () => {
    const first = bed.sns('CreateTopic', { Name: 'orders', Tags: [{ Key: 'a', Value: 'b' }] })
    expect(bed.sns('CreateTopic', { Name: 'orders' })).toEqual(first)
    expect(bed.refusal('CreateTopic', { Name: 'orders', Attributes: { DisplayName: 'x' } })).toBe(
      'InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    )
    expect(bed.refusal('CreateTopic', { Name: 'orders', Tags: [{ Key: 'a', Value: 'c' }] })).toBe(
      'InvalidParameter: Invalid parameter: Tags Reason: Topic already exists with different tags',
    )
  })

  test('FACTS 3.2: a subscription that needs a yes is pending and gets nothing until it is confirmed', () => {
    topicWith({})
    const input = { TopicArn: TOPIC, Protocol: 'email', Endpoint: 'a@example.com' }
    expect(bed.sns('Subscribe', input)).toEqual({ SubscriptionArn: 'pending confirmation' })
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'hello' })
    expect(totalsOf(bed.sim).nodes.orders.totals.delivered).toBe(0)
    const refused = (Token: string) =>
      bed.refusal('ConfirmSubscription', { TopicArn: TOPIC, Token })
    expect(refused('short')).toBe('InvalidParameter: Invalid token')
    expect(refused('0'.repeat(288))).toBe('InvalidParameter: Invalid parameter: Token')
    const node = bed.sim.world.nodes.find(({ name }) => name === 'orders')!
    const action = {
      atUs: 0,
      type: 'action',
      node: node.id,
      action: 'confirmAll',
      args: {},
    } as const
    bed.sim.intervene(action)
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'hello' })
    expect(totalsOf(bed.sim).nodes.orders.totals.delivered).toBe(1)
  })

  test('FACTS 3.2: Subscribe again gives the same subscription, unless its attributes differ', () => {
    const [first] = topicWith({ all: {} })
    const input = { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: queueArn('all') }
    expect(bed.sns('Subscribe', input)).toEqual({ SubscriptionArn: first })
    expect(bed.refusal('Subscribe', { ...input, Attributes: { RawMessageDelivery: 'true' } })).toBe(
      'InvalidParameter: Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    )
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['Publish', { Message: '' }, 'InvalidParameter: Invalid parameter: Empty message'],
    ['Publish', { Message: 'x', Subject: '' }, 'InvalidParameter: Invalid parameter: Subject'],
    [
      'Publish',
      { Message: 'x'.repeat(262_145) },
      'InvalidParameter: Invalid parameter: Message too long',
    ],
    [
      'Publish',
      { Message: '{}', MessageStructure: 'json' },
      'InvalidParameter: Invalid parameter: Message Structure - No default entry in JSON message body',
    ],
    [
      'Subscribe',
      { Protocol: 'pigeon', Endpoint: 'x' },
      'InvalidParameter: Invalid parameter: Amazon SNS does not support this protocol string: pigeon',
    ],
    [
      'Subscribe',
      { Protocol: 'sqs', Endpoint: 'https://queue' },
      'InvalidParameter: Invalid parameter: SQS endpoint ARN',
    ],
    [
      'Subscribe',
      { Protocol: 'sqs', Endpoint: queueArn('q.fifo') },
      'InvalidParameter: Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    ],
    [
      'Subscribe',
      {
        Protocol: 'sqs',
        Endpoint: queueArn('q'),
        Attributes: { FilterPolicyScope: 'MessageBodyX' },
      },
      'InvalidParameter: Invalid parameter: Attributes Reason: FilterPolicyScope: Invalid value [MessageBodyX]. Please use either MessageBody or MessageAttributes',
    ],
  ])('FACTS 3.1: %s %o is refused', (operation, input, expected) => {
    topicWith({})
    expect(bed.refusal(operation, { TopicArn: TOPIC, ...input })).toBe(expected)
  })

  test('FACTS 3.1: a topic that is not there, and an ARN that is none', () => {
    expect(bed.refusal('Publish', { TopicArn: `${ARN}:nope`, Message: 'x' })).toBe(
      'NotFound: Topic does not exist',
    )
    expect(bed.refusal('GetTopicAttributes', { TopicArn: 'a:b' })).toBe(
      'InvalidParameter: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 2',
    )
  })

  test('FACTS 3.2: an entry of PublishBatch that is malformed refuses the whole batch', () => {
    topicWith({ raw: { RawMessageDelivery: 'true' } })
    const publishBatch = (second: Record<string, unknown>) =>
      bed.refusal('PublishBatch', {
        TopicArn: TOPIC,
        PublishBatchRequestEntries: [
          { Id: '1', Message: 'a' },
          { Id: '2', ...second },
        ],
      })
    expect(publishBatch({ Message: '{"sqs":"x"}', MessageStructure: 'json' })).toBe(
      'InvalidParameter: Invalid parameter: Message Structure - No default entry in JSON message body',
    )
    expect(bed.drain('raw')).toEqual([])
    expect(publishBatch({ Message: 'b' })).toBe('')
    expect(bed.drain('raw').sort()).toEqual(['a', 'b'])
  })

  test('FACTS 4.2: a subscription outlives its queue, and finds one that is made later', () => {
    topicWith({ raw: { RawMessageDelivery: 'true' } })
    const publish = (Message: string) => bed.sns('Publish', { TopicArn: TOPIC, Message })
    const count = () =>
      bed.sns<{ Subscriptions: unknown[] }>('ListSubscriptionsByTopic', { TopicArn: TOPIC })
        .Subscriptions.length
    bed.sqs('DeleteQueue', { QueueUrl: 'raw' })
    expect(count()).toBe(1)
    publish('lost')
    bed.sim.advance(bed.sim.nowUs + US_PER_MINUTE)
    bed.sqs('CreateQueue', { QueueName: 'raw' })
    publish('found')
    expect(bed.drain('raw')).toEqual(['found'])
    expect(count()).toBe(1)
  })

  test('FACTS 3.2: direct publish: a device that is disabled gets nothing', () => {
    const { PlatformApplicationArn } = bed.sns('CreatePlatformApplication', {
      Name: 'shop',
      Platform: 'GCM',
      Attributes: { PlatformCredential: 'k' },
    })
    const device = { PlatformApplicationArn, Token: 't' }
    const { EndpointArn } = bed.sns('CreatePlatformEndpoint', device)
    expect(bed.sns('CreatePlatformEndpoint', device)).toEqual({ EndpointArn })
    expect(bed.sns('Publish', { TargetArn: EndpointArn, Message: 'x' })).toHaveProperty('MessageId')
    bed.sns('SetEndpointAttributes', { EndpointArn, Attributes: { Enabled: 'false' } })
    expect(bed.refusal('Publish', { TargetArn: EndpointArn, Message: 'x' })).toBe(
      'EndpointDisabled: Endpoint is disabled',
    )
  })
})

test('every message that a producer publishes is copied to every queue, and the books add up', () => {
  const sim = simulate(
    design({
      network: 'stretched',
      nodes: {
        shop: ['producer', { pattern: 'poisson', ratePerSecond: 20, stopAfterCount: 200 }],
        orders: ['sns'],
        stock: ['sqs', CERTAIN],
        mail: ['sqs', CERTAIN],
        workers: ['consumer', { instances: 10, serviceTimeMs: 100 }],
      },
      wires: [
        ['shop', 'orders'],
        ['orders', 'stock'],
        ['orders', 'mail', { RawMessageDelivery: true }],
        ['stock', 'workers'],
        ['mail', 'workers'],
      ],
    }),
  )
  for (let second = 1; second <= 120; second++) {
    sim.advance(second * US_PER_S)
    expect(totalsOf(sim).invariants.broken).toEqual([])
  }
  const { nodes } = totalsOf(sim)
  expect(nodes.orders.totals).toMatchObject({ published: 200, copied: 400, delivered: 400 })
  expect(nodes.workers.totals.processed).toBe(400)
  expect(sim.world.messages.live).toBe(0)
})
