/** Answers that AWS was recorded to give, where its pages are silent or say something else. */
import { describe, expect, it } from 'vitest'
import { queueArn, queueUrl } from '../names.ts'
import { Testbed } from '../testbed.ts'

const QueueUrl = 'orders'
const bed = () => new Testbed({ queues: { orders: {} } })
const withAttribute = (name: string, StringValue = 'x') => ({
  QueueUrl,
  MessageBody: 'x',
  MessageAttributes: { [name]: { DataType: 'String', StringValue } },
})

describe('message attributes', () => {
  it('FACTS 1.3: names take letters of any script', () => {
    bed().call('SendMessage', withAttribute('attr.1øßä'))
    expect(bed().refusal('SendMessage', withAttribute('attr§')).code).toBe(
      'InvalidParameterValueException',
    )
  })

  it('FACTS 1.3: a character that is not allowed is another error than in a body', () => {
    expect(bed().refusal('SendMessage', withAttribute('a', 'x\u0008'))).toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('Invalid characters found.') as string,
    })
  })

  it.each([
    [['*'], ['General', 'Hello', 'Help.Me']],
    [['.*'], ['General', 'Hello', 'Help.Me']],
    [['Hel.*'], ['Hello', 'Help.Me']],
    [['Help'], []],
  ])('FACTS 1.3: asked for as %j', (MessageAttributeNames, names) => {
    const b = bed()
    const value = { DataType: 'String', StringValue: 'x' }
    b.send('orders', 'x', { MessageAttributes: { 'Help.Me': value, Hello: value, General: value } })
    const [{ MessageAttributes = {} }] = b.receive('orders', { MessageAttributeNames })
    expect(Object.keys(MessageAttributes).sort()).toEqual(names)
  })
})

describe('the order of attributes', () => {
  it('is AWS’s for those of a queue', () => {
    const { Attributes } = bed().call<{ Attributes: object }>('GetQueueAttributes', {
      QueueUrl,
      AttributeNames: ['All'],
    })
    expect(Object.keys(Attributes)).toEqual([
      'QueueArn',
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
      'CreatedTimestamp',
      'LastModifiedTimestamp',
      'VisibilityTimeout',
      'MaximumMessageSize',
      'MessageRetentionPeriod',
      'DelaySeconds',
      'ReceiveMessageWaitTimeSeconds',
      'SqsManagedSseEnabled',
    ])
  })

  it('is AWS’s for those of a message', () => {
    const b = bed()
    b.send('orders', 'x')
    const [{ Attributes = {} }] = b.receive('orders', { MessageSystemAttributeNames: ['All'] })
    expect(Object.keys(Attributes)).toEqual([
      'SenderId',
      'ApproximateFirstReceiveTimestamp',
      'ApproximateReceiveCount',
      'SentTimestamp',
    ])
  })
})

describe('system attributes', () => {
  it('FACTS 1.3: names of queue attributes are taken and tell nothing, others are unknown', () => {
    const b = bed()
    b.send('orders', 'x')
    const asked = { MessageSystemAttributeNames: ['QueueArn'] }
    expect(b.receive('orders', asked)[0]).not.toHaveProperty('Attributes')
    expect(b.refusal('ReceiveMessage', { QueueUrl, AttributeNames: ['Foo'] })).toMatchObject({
      code: 'InvalidAttributeName',
      message: 'Unknown Attribute Foo.',
    })
  })
})

describe('batches', () => {
  it('FACTS 1.3: an empty Id is a wrong one, a missing Id is missing', () => {
    const b = bed()
    const batch = (entry: object) => ({ QueueUrl, Entries: [{ MessageBody: 'x', ...entry }] })
    expect(b.refusal('SendMessageBatch', batch({ Id: '' })).code).toBe('InvalidBatchEntryId')
    expect(b.refusal('SendMessageBatch', batch({})).code).toBe('MissingRequiredParameterException')
  })

  it('FACTS 1.3: an entry of a FIFO batch without any deduplication id fails the whole of it', () => {
    const b = new Testbed({ queues: { 'orders.fifo': { FifoQueue: true } } })
    const entry = { MessageBody: 'x', MessageGroupId: 'g' }
    const Entries = [
      { ...entry, Id: 'a', MessageDeduplicationId: '1' },
      { ...entry, Id: 'b' },
    ]
    expect(b.refusal('SendMessageBatch', { QueueUrl: 'orders.fifo', Entries })).toMatchObject({
      code: 'InvalidParameterValueException',
      message:
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    })
    expect(b.counts('orders.fifo')).toEqual([0, 0, 0])
  })
})

describe('receipt handles', () => {
  it('FACTS 2.2: an older one still changes the visibility of a message in flight', () => {
    const b = bed()
    b.send('orders', 'x')
    const [{ ReceiptHandle }] = b.receive('orders', { VisibilityTimeout: 0 })
    b.receive('orders', { VisibilityTimeout: 30 })
    b.call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })
    expect(b.counts('orders')).toEqual([1, 0, 0])
  })
})

describe('queue attributes', () => {
  it('FACTS 1.3: True is true', () => {
    const b = bed()
    const Attributes = { FifoQueue: 'True', ContentBasedDeduplication: 'False' }
    const created = { QueueName: 'a.fifo', Attributes }
    b.call('CreateQueue', created)
    b.call('CreateQueue', created)
    const AttributeNames = ['FifoQueue', 'ContentBasedDeduplication']
    expect(b.call('GetQueueAttributes', { QueueUrl: queueUrl('a.fifo'), AttributeNames })).toEqual({
      Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'false' },
    })
  })

  it('FACTS 1.3: a dead-letter target that is no ARN is another error than one that is not there', () => {
    const reason = (deadLetterTargetArn: string) =>
      bed()
        .refusal('SetQueueAttributes', {
          QueueUrl,
          Attributes: {
            RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }),
          },
        })
        .message.split('Reason: ')[1]
    expect(reason('dummy')).toBe('Invalid value for deadLetterTargetArn.')
    expect(reason(queueArn('nowhere'))).toBe('Dead letter target does not exist.')
  })

  it('FACTS 1.3: a queue may be created again with its redrive policy written otherwise', () => {
    const b = bed()
    const policy = (count: unknown) => ({
      QueueName: 'new',
      Attributes: {
        RedrivePolicy: JSON.stringify({
          maxReceiveCount: count,
          deadLetterTargetArn: queueArn('orders'),
        }),
      },
    })
    b.call('CreateQueue', policy(3))
    b.call('CreateQueue', policy('3'))
    expect(b.refusal('CreateQueue', policy('4')).code).toBe('QueueNameExists')
  })
})

describe('redrive tasks', () => {
  it('FACTS 1.3: a handle of a queue that is not there says so', () => {
    const TaskHandle = btoa(JSON.stringify({ taskId: 'x', sourceArn: queueArn('nowhere') }))
    expect(bed().refusal('CancelMessageMoveTask', { TaskHandle })).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: "The resource that you specified for the SourceArn parameter doesn't exist.",
    })
  })
})
