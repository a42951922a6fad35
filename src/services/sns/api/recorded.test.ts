/** Answers that AWS was recorded to give, where its pages are silent or say something else. */
import { beforeEach, describe, expect, it } from 'vitest'
import { topicNamed } from '../names.ts'
import { ARN, queueArn, testbed, type Bed } from '../testbed.ts'
import { batchWithTrace, withTrace } from './headers.ts'
import { livingSubscriptions, topicOf } from '../topic.ts'

const TOPIC = `${ARN}:orders`
const TOKEN = '5'.repeat(288)
let bed: Bed

beforeEach(() => {
  bed = testbed()
  bed.sqs('CreateQueue', { QueueName: 'all' })
  bed.sns('CreateTopic', { Name: 'orders' })
})

const subscribe = (more: object = {}) =>
  bed.sns<{ SubscriptionArn: string }>('Subscribe', {
    TopicArn: TOPIC,
    Protocol: 'sqs',
    Endpoint: queueArn('all'),
    ReturnSubscriptionArn: true,
    ...more,
  }).SubscriptionArn

const attributesOf = (SubscriptionArn: string) =>
  bed.sns<{ Attributes: Record<string, string> }>('GetSubscriptionAttributes', { SubscriptionArn })
    .Attributes

describe('topics', () => {
  it('FACTS 3.2: CreateTopic again with some of its tags gives the same topic', () => {
    const a = { Key: 'a', Value: '1' }
    const b = { Key: 'b', Value: '2' }
    const made = bed.sns('CreateTopic', { Name: 'tagged', Tags: [a, b] })
    expect(bed.sns('CreateTopic', { Name: 'tagged', Tags: [a] })).toEqual(made)
    expect(bed.refusal('CreateTopic', { Name: 'tagged', Tags: [a, { Key: 'c', Value: '' }] })).toBe(
      'InvalidParameter: Invalid parameter: Tags Reason: Topic already exists with different tags',
    )
  })

  it.each([
    ['', 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    [TOPIC.replace('us-east-1', 'us-west-2'), 'TopicArn'],
  ])('FACTS 3.1: a topic is not named by %j', (TopicArn, reason) => {
    expect(bed.refusal('Publish', { TopicArn, Message: 'x' })).toBe(
      `InvalidParameter: Invalid parameter: ${reason}`,
    )
  })

  it('FACTS 3.2: lists are told by the hundred, with tokens in Base64', () => {
    for (let n = 0; n < 101; n++) subscribe({ Protocol: 'sms', Endpoint: `+1231231${n}` })
    const page = (NextToken?: string) =>
      bed.sns<{ Subscriptions: unknown[]; NextToken?: string }>('ListSubscriptionsByTopic', {
        TopicArn: TOPIC,
        NextToken,
      })
    const first = page()
    expect(first.Subscriptions).toHaveLength(100)
    expect(first.NextToken).toMatch(/^[A-Za-z0-9+/]+=*$/)
    const second = page(first.NextToken)
    expect(second.Subscriptions).toHaveLength(1)
    expect(second).not.toHaveProperty('NextToken')
    expect(bed.refusal('ListSubscriptions', { NextToken: 'x' })).toMatch(/: NextToken$/)
  })
})

describe('topics of another place', () => {
  const elsewhere = TOPIC.replace('us-east-1', 'us-west-2')
  const others = TOPIC.replace('000000000000', '111122223333')

  it('FACTS 3.1: a topic is not deleted by the ARN of another Region or account', () => {
    expect(bed.refusal('DeleteTopic', { TopicArn: elsewhere })).toBe(
      'InvalidParameter: Invalid parameter: TopicArn',
    )
    expect(bed.refusal('DeleteTopic', { TopicArn: others })).toBe('')
    expect(bed.sns('ListTopics', {})).toEqual({ Topics: [{ TopicArn: TOPIC }] })
    expect(bed.refusal('DeleteTopic', { TopicArn: TOPIC })).toBe('')
    expect(bed.sns('ListTopics', {})).toEqual({ Topics: [] })
    expect(bed.refusal('DeleteTopic', { TopicArn: TOPIC })).toBe('')
  })
})

describe('attributes of topics', () => {
  const told = (TopicArn: string) =>
    bed.sns<{ Attributes: Record<string, string> }>('GetTopicAttributes', { TopicArn }).Attributes

  it('FACTS 3.2: a FIFO topic tells its throughput scope only when it is another than the default', () => {
    const Name = 'lines.fifo'
    const TopicArn = `${ARN}:${Name}`
    bed.sns('CreateTopic', { Name, Attributes: { FifoTopic: 'true' } })
    expect(told(TopicArn)).toMatchObject({ FifoTopic: 'true', ContentBasedDeduplication: 'false' })
    expect(told(TopicArn)).not.toHaveProperty('FifoThroughputScope')
    bed.sns('SetTopicAttributes', {
      TopicArn,
      AttributeName: 'FifoThroughputScope',
      AttributeValue: 'MessageGroup',
    })
    expect(told(TopicArn).FifoThroughputScope).toBe('MessageGroup')
  })

  it.each(['Nonsense', 'ArchivePolicy', 'FifoThroughputScope'])(
    'FACTS 3.2: a standard topic knows no %s',
    (name) => {
      const AttributeValue = '{"MessageRetentionPeriod": "30"}'
      const Attributes = { [name]: AttributeValue }
      expect(bed.refusal('CreateTopic', { Name: 'plain', Attributes })).toBe(
        `InvalidParameter: Invalid parameter: Attributes Reason: Unknown attribute ${name}`,
      )
      const change = { TopicArn: TOPIC, AttributeName: name, AttributeValue }
      expect(bed.refusal('SetTopicAttributes', change)).toBe(
        'InvalidParameter: Invalid parameter: AttributeName',
      )
    },
  )

  it('FACTS 3.2: policies are written in AWS’s order', () => {
    const { Policy, EffectiveDeliveryPolicy } = told(TOPIC)
    expect(Policy).toContain('"Statement":[{"Sid":"__default_statement_ID","Effect":"Allow"')
    expect(namesIn(EffectiveDeliveryPolicy)).toEqual([
      'defaultHealthyRetryPolicy',
      'disableSubscriptionOverrides',
      'defaultRequestPolicy',
    ])
    const retries = { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1 }
    bed.sns('SetTopicAttributes', {
      TopicArn: TOPIC,
      AttributeName: 'DeliveryPolicy',
      AttributeValue: JSON.stringify({ http: { defaultHealthyRetryPolicy: retries } }),
    })
    expect(namesIn(told(TOPIC).DeliveryPolicy)).toEqual([
      'defaultHealthyRetryPolicy',
      'disableSubscriptionOverrides',
    ])
  })

  const namesIn = (policy: string) =>
    Object.keys((JSON.parse(policy) as { http: Record<string, unknown> }).http)
})

describe('delivery policies', () => {
  const policiesOf = () => {
    const { Attributes } = bed.sns<{ Attributes: Record<string, string | undefined> }>(
      'GetTopicAttributes',
      { TopicArn: TOPIC },
    )
    const { DeliveryPolicy, EffectiveDeliveryPolicy = '' } = Attributes
    return {
      own: DeliveryPolicy === undefined ? null : (JSON.parse(DeliveryPolicy) as unknown),
      effective: JSON.parse(EffectiveDeliveryPolicy) as unknown,
    }
  }
  const set = (policy: unknown) =>
    bed.sns('SetTopicAttributes', {
      TopicArn: TOPIC,
      AttributeName: 'DeliveryPolicy',
      AttributeValue: policy === '' ? '' : JSON.stringify(policy),
    })

  it('FACTS 3.2: a topic tells its own without nulls, and fills up the effective one', () => {
    const retries = { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1 }
    set({ http: { defaultHealthyRetryPolicy: retries } })
    expect(policiesOf()).toMatchObject({
      own: { http: { defaultHealthyRetryPolicy: retries, disableSubscriptionOverrides: false } },
      effective: {
        http: {
          defaultHealthyRetryPolicy: { ...retries, numMaxDelayRetries: 0 },
          defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
        },
      },
    })
    set({ http: { defaultHealthyRetryPolicy: null } })
    expect(policiesOf()).toMatchObject({
      own: { http: { disableSubscriptionOverrides: false } },
      effective: { http: { defaultHealthyRetryPolicy: { numRetries: 3 } } },
    })
    set('')
    expect(policiesOf().own).toBeNull()
  })

  it('FACTS 4.2: a subscription tells its own, filled up, and what it has of its topic', () => {
    set({ http: { defaultRequestPolicy: { headerContentType: 'application/json' } } })
    const DeliveryPolicy = JSON.stringify({
      healthyRetryPolicy: { minDelayTarget: 1, maxDelayTarget: 1, numRetries: 0 },
      throttlePolicy: { maxReceivesPerSecond: 1000 },
    })
    const told = attributesOf(
      subscribe({
        Protocol: 'http',
        Endpoint: 'http://example.com/',
        Attributes: { DeliveryPolicy },
      }),
    )
    expect(JSON.parse(told.DeliveryPolicy)).toMatchObject({
      healthyRetryPolicy: { numRetries: 0, numNoDelayRetries: 0, backoffFunction: 'linear' },
      sicklyRetryPolicy: null,
      requestPolicy: null,
      guaranteed: false,
    })
    expect(JSON.parse(told.EffectiveDeliveryPolicy)).toMatchObject({
      healthyRetryPolicy: { minDelayTarget: 1 },
      throttlePolicy: { maxReceivesPerSecond: 1000 },
      requestPolicy: { headerContentType: 'application/json' },
    })
  })
})

describe('subscriptions', () => {
  it('FACTS 3.2: Subscribe again compares with defaults, and knows TrUe', () => {
    const first = subscribe({ Attributes: { RawMessageDelivery: 'true' } })
    for (const Attributes of [
      { RawMessageDelivery: 'TrUe', FilterPolicyScope: 'MessageAttributes' },
      { FilterPolicyScope: 'MessageAttributes' },
      {},
    ]) {
      expect(subscribe({ Attributes })).toBe(first)
    }
  })

  it.each([
    ['a token of no shape', TOPIC, 'short', 'Invalid token'],
    ['an unknown token', TOPIC, TOKEN, 'Invalid parameter: Token'],
    ['a token that is too short', TOPIC, 'abc123', 'Invalid parameter: Token'],
    ['an unknown topic', `${ARN}:none`, TOKEN, 'Invalid parameter: Token'],
    ['what is no ARN', 'orders?', TOKEN, 'Invalid parameter: Topic'],
    ['another Region', TOPIC.replace('us-east-1', 'us-west-2'), TOKEN, 'Invalid parameter: Topic'],
  ])('FACTS 3.1: confirming with %s', (_what, TopicArn, Token, message) => {
    expect(bed.refusal('ConfirmSubscription', { TopicArn, Token })).toBe(
      `InvalidParameter: ${message}`,
    )
  })

  it('FACTS 3.2: a token confirms its subscription again', () => {
    const SubscriptionArn = subscribe({ Protocol: 'http', Endpoint: 'http://example.com/' })
    const [{ token: Token }] = livingSubscriptions(topicOf(bed.sim, topicNamed(bed.sim, 'orders')))
    for (let n = 0; n < 2; n++) {
      expect(bed.sns('ConfirmSubscription', { TopicArn: TOPIC, Token })).toEqual({
        SubscriptionArn,
      })
    }
    expect(attributesOf(SubscriptionArn).PendingConfirmation).toBe('false')
  })

  it('FACTS 3.2: a token alone tells its subscription, whatever topic of the Region is named', () => {
    const SubscriptionArn = subscribe({ Protocol: 'http', Endpoint: 'http://example.com/' })
    const [{ token: Token }] = livingSubscriptions(topicOf(bed.sim, topicNamed(bed.sim, 'orders')))
    bed.sns('CreateTopic', { Name: 'other' })
    for (const name of ['none', 'other']) {
      const input = { TopicArn: `${ARN}:${name}`, Token }
      expect(bed.sns('ConfirmSubscription', input)).toEqual({ SubscriptionArn })
    }
    expect(attributesOf(SubscriptionArn).PendingConfirmation).toBe('false')
  })

  it.each([
    ['SubscriptionArn Reason: An ARN must have at least 6 elements, not 1', 'random'],
    ['SubscriptionArn Reason: An ARN must have at least 6 elements, not 5', 'arn:aws:sns:r:random'],
    ['SubscriptionId', TOPIC],
  ])('FACTS 3.1: %s is why %s is no subscription', (reason, SubscriptionArn) => {
    for (const [operation, more] of [
      ['Unsubscribe', {}],
      ['GetSubscriptionAttributes', {}],
      [
        'SetSubscriptionAttributes',
        { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' },
      ],
    ] as const) {
      expect(bed.refusal(operation, { SubscriptionArn, ...more })).toBe(
        `InvalidParameter: Invalid parameter: ${reason}`,
      )
    }
  })

  it('FACTS 3.1: Unsubscribe wants a subscription', () => {
    expect(bed.refusal('Unsubscribe', {})).toBe(
      'InvalidParameter: Invalid parameter: SubscriptionArn Reason: no value for required parameter',
    )
  })

  it.each([
    ['+1234567890', true],
    ['+12/34-567.890', true],
    ['+15--551234567', false],
    ['+15551234567.', false],
    ['/+15551234567', false],
    ['NAA+15551234567', false],
  ])('FACTS 3.1: whether %s is a phone', (Endpoint, isPhone) => {
    const refusal = bed.refusal('Subscribe', { TopicArn: TOPIC, Protocol: 'sms', Endpoint })
    expect(refusal).toBe(isPhone ? '' : `InvalidParameter: Invalid SMS endpoint: ${Endpoint}`)
  })

  it.each([
    [
      '{invalidjson}',
      "Unexpected character ('i' (code 105)): was expecting double-quote to start field name",
      2,
    ],
    [
      'invalid-json',
      "Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      8,
    ],
  ])('FACTS 3.1: what is no JSON is told as recorded: %s', (AttributeValue, why, column) => {
    const SubscriptionArn = subscribe()
    const place = `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: ${column}]`
    for (const AttributeName of ['FilterPolicy', 'RedrivePolicy']) {
      const input = { SubscriptionArn, AttributeName, AttributeValue }
      expect(bed.refusal('SetSubscriptionAttributes', input)).toBe(
        `InvalidParameter: Invalid parameter: ${AttributeName}: failed to parse JSON. ${why}${place}`,
      )
    }
  })

  it('FACTS 4.3: a redrive policy names a queue and nothing else', () => {
    const AttributeValue = JSON.stringify({
      deadLetterTargetArn: queueArn('all'),
      maxReceiveCount: 3,
    })
    const input = { SubscriptionArn: subscribe(), AttributeName: 'RedrivePolicy', AttributeValue }
    expect(bed.refusal('SetSubscriptionAttributes', input)).toMatch(
      /: RedrivePolicy: invalid JSON\. Attribute maxReceiveCount is unknown\.$/,
    )
  })
})

describe('messages', () => {
  const typed = (attribute: object) => ({
    TopicArn: TOPIC,
    Message: 'x',
    MessageAttributes: { a: attribute },
  })
  const NO_TYPE = { StringValue: 'x' }
  const missing = (member: string) =>
    `ValidationError: 1 validation error detected: Value null at '${member}messageAttributes.a.member.dataType' failed to satisfy constraint: Member must not be null`

  it('FACTS 3.2: an attribute without a type is told by its place in the request', () => {
    expect(bed.refusal('Publish', typed(NO_TYPE))).toBe(missing(''))
    const PublishBatchRequestEntries = [
      { Id: 'a', Message: 'x' },
      { Id: 'b', Message: 'x', MessageAttributes: { a: NO_TYPE } },
    ]
    expect(bed.refusal('PublishBatch', { TopicArn: TOPIC, PublishBatchRequestEntries })).toBe(
      missing('publishBatchRequestEntries.2.member.'),
    )
  })

  it.each([
    ['String.', false],
    ['Stringy', false],
    ['String.label', true],
    ['String.  odd label.', true],
  ])('FACTS 3.2: whether %j is a type of attributes', (DataType, isType) => {
    const refusal = bed.refusal('Publish', typed({ DataType, StringValue: 'x' }))
    if (isType) expect(refusal).toBe('')
    else expect(refusal).toMatch(/ supported type prefixes is Binary, Number, and String\.$/)
  })

  it('FACTS 3.1: a batch for a FIFO topic is refused for its wording before its groups', () => {
    const TopicArn = `${ARN}:lines.fifo`
    bed.sns('CreateTopic', { Name: 'lines.fifo', Attributes: { FifoTopic: 'true' } })
    const refusal = (more: object) =>
      bed.refusal('PublishBatch', {
        TopicArn,
        PublishBatchRequestEntries: [{ Id: 'a', Message: '{"sqs": "x"}', ...more }],
      })
    expect(refusal({ MessageStructure: 'json' })).toMatch(/No default entry in JSON message body$/)
    expect(refusal({})).toMatch(/MessageGroupId parameter is required for FIFO topics$/)
  })

  it.each(['true', 'false'])(
    'FACTS 3.2: a queue gets the trace that the publish bore: raw %s',
    (RawMessageDelivery) => {
      subscribe({ Attributes: { RawMessageDelivery } })
      bed.sns('Publish', withTrace({ TopicArn: TOPIC, Message: 'x' }, 'Root=1'))
      const entries = [{ Id: 'a', Message: 'x', Subject: 's' }]
      const batch = { TopicArn: TOPIC, PublishBatchRequestEntries: entries }
      bed.sns('PublishBatch', batchWithTrace(batch, 'Root=1'))
      const { Messages } = bed.sqs<{ Messages: { Attributes: object }[] }>('ReceiveMessage', {
        QueueUrl: 'all',
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['AWSTraceHeader'],
      })
      const bears = { AWSTraceHeader: 'Root=1' }
      expect(Messages.map(({ Attributes }) => Attributes)).toEqual([bears, bears])
    },
  )
})

it('FACTS 3.2: names of message attributes are told by AWS’s codes', () => {
  const MessageAttributes = { 'a^': { DataType: 'String', StringValue: 'x' } }
  expect(bed.refusal('Publish', { TopicArn: TOPIC, Message: 'x', MessageAttributes })).toContain(
    "'#x5E'",
  )
})
