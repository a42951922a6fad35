/** The other operations as AWS's JSON, and what the API log shows of all of them. */
import { describe, expect, it } from 'vitest'
import { logEntry, logPage } from '../../../engine/views.ts'
import { Testbed } from '../testbed.ts'

const bed = () => new Testbed({ queues: { orders: {}, dead: {} } })
const URL_OF = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`
const ARN_OF = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`

describe('ReceiveMessage', () => {
  it.each([
    [
      { MaxNumberOfMessages: 11 },
      'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    ],
    [
      { MaxNumberOfMessages: 0 },
      'Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    ],
    [
      { WaitTimeSeconds: 21 },
      'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
    ],
  ])('FACTS 1.3: %j is refused', (more, message) => {
    expect(bed().refusal('ReceiveMessage', { QueueUrl: 'orders', ...more }).message).toBe(message)
  })

  it('FACTS 1.1, 1.3: one message by default, no attributes unless asked, no key when empty', () => {
    const b = bed()
    b.send('orders', 'a', { MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } } })
    b.send('orders', 'b')
    const answer = b.call<{ Messages: object[] }>('ReceiveMessage', { QueueUrl: 'orders' })
    expect(answer.Messages.map((message) => Object.keys(message))).toEqual([
      ['MessageId', 'ReceiptHandle', 'MD5OfBody', 'Body'],
    ])
    expect(b.call('ReceiveMessage', { QueueUrl: 'dead' })).toEqual({})
  })

  it('FACTS 1.3: both lists of system attribute names count', () => {
    const b = bed()
    b.send('orders', 'a')
    b.wait(2.5)
    const [message] = b.receive('orders', {
      MessageSystemAttributeNames: ['SentTimestamp'],
      AttributeNames: ['ApproximateFirstReceiveTimestamp'],
    })
    expect(message.Attributes).toEqual({
      SentTimestamp: '1767225600000',
      ApproximateFirstReceiveTimestamp: '1767225602500',
    })
  })

  it.each([
    [['color'], ['color']],
    [['size.*'], ['size.x', 'size.y']],
    [['.*'], ['color', 'size.x', 'size.y']],
    [['All'], ['color', 'size.x', 'size.y']],
    [['other'], undefined],
  ])('FACTS 1.3: MessageAttributeNames %j', (MessageAttributeNames, names) => {
    const b = bed()
    const of = (StringValue: string) => ({ DataType: 'String', StringValue })
    const sent = b.call('SendMessage', {
      QueueUrl: 'orders',
      MessageBody: 'a',
      MessageAttributes: { color: of('1'), 'size.x': of('2'), 'size.y': of('3') },
    })
    const [message] = b.receive('orders', { MessageAttributeNames })
    expect(message.MessageAttributes && Object.keys(message.MessageAttributes)).toEqual(names)
    expect(message.MD5OfMessageAttributes === sent.MD5OfMessageAttributes).toBe(names?.length === 3)
  })
})

describe('queues', () => {
  it('FACTS 1.1: a queue is named by its URL on any host, or by its name', () => {
    const b = bed()
    for (const url of [URL_OF('orders'), 'http://localhost:4566/000000000000/orders', 'orders']) {
      b.send(url, 'a')
    }
    expect(b.books('orders').sent).toBe(3)
    expect(b.refusal('SendMessage', { QueueUrl: URL_OF('Orders'), MessageBody: 'a' }).code).toBe(
      'QueueDoesNotExist',
    )
  })

  it('FACTS 1.3: GetQueueUrl', () => {
    expect(bed().call('GetQueueUrl', { QueueName: 'orders' })).toEqual({
      QueueUrl: URL_OF('orders'),
    })
    expect(bed().refusal('GetQueueUrl', { QueueName: 'nope' }).code).toBe('QueueDoesNotExist')
  })

  it('FACTS 1.3: ListQueues by prefix and by pages', () => {
    const b = new Testbed({ queues: { b2: {}, a: {}, b1: {} } })
    expect(b.call('ListQueues', {})).toEqual({ QueueUrls: ['a', 'b1', 'b2'].map(URL_OF) })
    expect(b.call('ListQueues', { QueueNamePrefix: 'b' })).toEqual({
      QueueUrls: ['b1', 'b2'].map(URL_OF),
    })
    expect(b.call('ListQueues', { QueueNamePrefix: 'x' })).toEqual({})
    const page = b.call('ListQueues', { MaxResults: 2 })
    expect(page).toEqual({ QueueUrls: ['a', 'b1'].map(URL_OF), NextToken: expect.any(String) })
    expect(b.call('ListQueues', { MaxResults: 2, NextToken: page.NextToken })).toEqual({
      QueueUrls: [URL_OF('b2')],
    })
  })

  it('FACTS 1.1: an unknown action', () => {
    expect(bed().refusal('Frobnicate', {})).toMatchObject({
      code: 'InvalidAction',
      message: 'The action Frobnicate is not valid for this endpoint.',
    })
  })

  it('FACTS 1.3: PurgeQueue drops messages in every state, once in 60 s', () => {
    const b = bed()
    b.send('orders', 'flying')
    b.receive('orders')
    b.send('orders', 'visible')
    b.send('orders', 'delayed', { DelaySeconds: 9 })
    expect(b.call('PurgeQueue', { QueueUrl: 'orders' })).toEqual({})
    expect(b.counts('orders')).toEqual([0, 0, 0])
    expect(b.books('orders')).toMatchObject({ sent: 3, purged: 3 })
    b.wait(59)
    expect(b.refusal('PurgeQueue', { QueueUrl: 'orders' })).toEqual({
      code: 'PurgeQueueInProgress',
      legacyCode: 'AWS.SimpleQueueService.PurgeQueueInProgress',
      status: 403,
      message: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
    })
    b.wait(1)
    b.call('PurgeQueue', { QueueUrl: 'orders' })
    b.wait(100)
    expect(b.counts('orders')).toEqual([0, 0, 0])
  })
})

describe('DeleteMessageBatch', () => {
  it('FACTS 1.3: entries fail alone', () => {
    const b = bed()
    b.send('orders', 'a')
    const [{ ReceiptHandle }] = b.receive('orders')
    const Entries = [
      { Id: 'x', ReceiptHandle },
      { Id: 'y', ReceiptHandle: 'nonsense' },
    ]
    expect(b.call('DeleteMessageBatch', { QueueUrl: 'orders', Entries })).toEqual({
      Successful: [{ Id: 'x' }],
      Failed: [expect.objectContaining({ Id: 'y', Code: 'ReceiptHandleIsInvalid' })],
    })
    expect(b.books('orders')).toMatchObject({ deleted: 1, deletesAnswered: 1 })
  })
})

describe('queue attributes', () => {
  const get = (b: Testbed, ...AttributeNames: string[]) =>
    b.call<{ Attributes?: Record<string, string> }>('GetQueueAttributes', {
      QueueUrl: 'orders',
      AttributeNames,
    }).Attributes
  const set = (Attributes: Record<string, string>) => ({ QueueUrl: 'orders', Attributes })

  it('FACTS 1.3: All, with AWS’s defaults, as strings', () => {
    const b = bed()
    b.send('orders', 'a')
    b.send('orders', 'b', { DelaySeconds: 5 })
    expect(get(b, 'All')).toEqual({
      QueueArn: ARN_OF('orders'),
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '1',
      CreatedTimestamp: '1767225600',
      LastModifiedTimestamp: '1767225600',
      VisibilityTimeout: '30',
      DelaySeconds: '0',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      MaximumMessageSize: '1048576',
      SqsManagedSseEnabled: 'true',
    })
    expect(get(b, 'VisibilityTimeout')).toEqual({ VisibilityTimeout: '30' })
    expect(get(b)).toBeUndefined()
    expect(
      b.refusal('GetQueueAttributes', { QueueUrl: 'orders', AttributeNames: ['Nope'] }),
    ).toEqual({ code: 'InvalidAttributeName', status: 400, message: 'Unknown Attribute Nope.' })
  })

  it('FACTS 1.3: SetQueueAttributes changes the queue and the design', () => {
    const b = bed()
    b.wait(10)
    expect(b.call('SetQueueAttributes', set({ VisibilityTimeout: '7' }))).toEqual({})
    expect(get(b, 'VisibilityTimeout', 'LastModifiedTimestamp')).toEqual({
      VisibilityTimeout: '7',
      LastModifiedTimestamp: '1767225610',
    })
    expect(b.sim.world.scenario.nodes[0].config.VisibilityTimeout).toBe(7)
  })

  it.each([
    [
      { VisibilityTimeout: '43201' },
      'InvalidAttributeValue',
      'Invalid value for the parameter VisibilityTimeout.',
    ],
    [
      { DelaySeconds: '-1' },
      'InvalidAttributeValue',
      'Invalid value for the parameter DelaySeconds.',
    ],
    [
      { MessageRetentionPeriod: '59' },
      'InvalidAttributeValue',
      'Invalid value for the parameter MessageRetentionPeriod.',
    ],
    [
      { MaximumMessageSize: '1048577' },
      'InvalidAttributeValue',
      'Invalid value for the parameter MaximumMessageSize.',
    ],
    [{ Nope: '1' }, 'InvalidAttributeName', 'Unknown Attribute Nope.'],
    [{ duplicateChance: '1' }, 'InvalidAttributeName', 'Unknown Attribute duplicateChance.'],
    [{ Policy: '[]' }, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.'],
  ])('FACTS 1.2: %j is refused and nothing changes', (attributes, code, message) => {
    const b = bed()
    const error = b.refusal(
      'SetQueueAttributes',
      set({ VisibilityTimeout: '9', ...attributes } as never),
    )
    expect(error).toMatchObject({ code, message })
    expect(get(b, 'VisibilityTimeout')).toEqual({ VisibilityTimeout: '30' })
  })

  it('FACTS 1.3: RedrivePolicy draws, changes and removes the redrive wire', () => {
    const b = bed()
    const policy = (deadLetterTargetArn: string, maxReceiveCount: unknown) =>
      set({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) })
    b.call('SetQueueAttributes', policy(ARN_OF('dead'), '2'))
    expect(get(b, 'RedrivePolicy')).toEqual({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: ARN_OF('dead'), maxReceiveCount: 2 }),
    })
    expect(b.sim.world.scenario.wires).toHaveLength(1)
    b.call('SetQueueAttributes', policy(ARN_OF('dead'), 1))
    expect(b.sim.world.scenario.wires).toMatchObject([{ config: { maxReceiveCount: 1 } }])
    b.send('orders', 'a')
    for (let n = 0; n < 2; n++) b.receive('orders', { VisibilityTimeout: 0 })
    expect(b.books('orders').movedOut).toBe(1)
    b.call('SetQueueAttributes', set({ RedrivePolicy: '' }))
    expect(get(b, 'RedrivePolicy')).toBeUndefined()
    expect(b.sim.world.scenario.wires).toEqual([])
  })

  it.each([
    [{ deadLetterTargetArn: ARN_OF('dead') }, 'mandatory attribute: maxReceiveCount'],
    [{ maxReceiveCount: 1 }, 'mandatory attribute: deadLetterTargetArn'],
    [
      { deadLetterTargetArn: ARN_OF('dead'), maxReceiveCount: 1001 },
      'Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.',
    ],
    [{ deadLetterTargetArn: ARN_OF('nope'), maxReceiveCount: 1 }, 'does not exist'],
  ])('FACTS 1.3, 2.5: RedrivePolicy %j is refused', (policy, words) => {
    const RedrivePolicy = JSON.stringify(policy)
    const error = bed().refusal('SetQueueAttributes', set({ RedrivePolicy }))
    expect(error.code).toBe('InvalidParameterValueException')
    expect(error.message).toContain(
      `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid.`,
    )
    expect(error.message).toContain(words)
  })

  it('FACTS 2.5: RedriveAllowPolicy is checked when a source names its dead-letter queue', () => {
    const b = bed()
    const RedriveAllowPolicy = JSON.stringify({
      redrivePermission: 'byQueue',
      sourceQueueArns: [ARN_OF('other')],
    })
    b.call('SetQueueAttributes', { QueueUrl: 'dead', Attributes: { RedriveAllowPolicy } })
    expect(
      b.call('GetQueueAttributes', { QueueUrl: 'dead', AttributeNames: ['RedriveAllowPolicy'] }),
    ).toEqual({ Attributes: { RedriveAllowPolicy } })
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: ARN_OF('dead'),
      maxReceiveCount: 1,
    })
    expect(b.refusal('SetQueueAttributes', set({ RedrivePolicy })).message).toContain('denies')
    expect(b.sim.world.scenario.wires).toEqual([])
  })
})

describe('actions', () => {
  it('sendOne and purge act as API calls', () => {
    const b = bed()
    const act = (action: string, args = {}) =>
      b.sim.intervene({ atUs: 0, type: 'action', node: 'id-orders', action, args }).error
    expect(act('sendOne', { body: 'hi' })).toBeUndefined()
    expect(b.bodies('orders')).toEqual(['hi'])
    expect(act('purge')).toBeUndefined()
    expect(act('purge')?.code).toBe('PurgeQueueInProgress')
    expect(b.books('orders')).toMatchObject({ sent: 1, purged: 1 })
  })
})

describe('the API log', () => {
  it('DESIGN 2: shows every call with its input and output, and news between them', () => {
    const b = bed()
    b.send('orders', 'a')
    const [{ ReceiptHandle }] = b.receive('orders')
    b.wait(31)
    b.delete('orders', ReceiptHandle)
    b.refusal('PurgeQueue', { QueueUrl: 'orders', ...b.call('PurgeQueue', { QueueUrl: 'orders' }) })
    const { rows } = logPage(b.sim, 0, 50, {})
    expect(rows.map((row) => [row.operation, row.input, row.output]).toReversed()).toEqual([
      ['SendMessage', 'a', 'm-1'],
      ['ReceiveMessage', 'max 10', 'm-1'],
      ['(visibility timeout expired)', 'm-1', 'receive count 1'],
      ['DeleteMessage', 'm-1', ''],
      ['PurgeQueue', '', ''],
      ['(queue purged)', '', ''],
      ['PurgeQueue', '', 'PurgeQueueInProgress'],
    ])
    expect(logPage(b.sim, 0, 50, { message: 1 }).rows).toHaveLength(4)
    expect(logEntry(b.sim, 3)).toMatchObject({ request: { ReceiptHandle }, response: {} })
  })
})
