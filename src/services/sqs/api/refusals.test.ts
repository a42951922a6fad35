/** FACTS 1.2, 1.3 and 2.5: what AWS says of policies, numbers, tags and actions that it refuses. */
import { describe, expect, test } from 'vitest'
import { queueArn, queueUrl } from '../names.ts'
import { Testbed } from '../testbed.ts'

const bedOf = (queues: Record<string, Record<string, unknown>> = { q: {} }) =>
  new Testbed({ queues })
const QueueUrl = queueUrl('q')

const set = (Attributes: Record<string, string>) =>
  bedOf({ q: {}, dead: {}, 'dead.fifo': { FifoQueue: true } }).refusal('SetQueueAttributes', {
    QueueUrl,
    Attributes,
  })

describe('RedrivePolicy', () => {
  test.each(['no JSON', '[]', '4'])('FACTS 1.3: %s is no JSON map', (RedrivePolicy) => {
    expect(set({ RedrivePolicy })).toMatchObject({
      code: 'InvalidAttributeValue',
      message:
        'Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.',
    })
  })

  const dead = { deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 3 }
  test.each([
    [{}, 'Redrive policy does not contain mandatory attribute: maxReceiveCount.'],
    [
      { maxReceiveCount: 3 },
      'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.',
    ],
    [
      { ...dead, other: 1 },
      'Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].',
    ],
    [
      { ...dead, deadLetterTargetArn: 'arn:aws:sns:us-east-1:000000000000:topic' },
      'Only SQS queues are valid resources for deadLetterTargetArn.',
    ],
    [{ ...dead, deadLetterTargetArn: 'dead' }, 'Invalid value for deadLetterTargetArn.'],
    [{ ...dead, deadLetterTargetArn: queueArn('gone') }, 'Dead letter target does not exist.'],
    [
      { ...dead, deadLetterTargetArn: queueArn('dead.fifo') },
      'Dead-letter queue must be same type of queue as the source.',
    ],
  ])('FACTS 2.5: %j is refused with its reason', (policy, reason) => {
    const RedrivePolicy = JSON.stringify(policy)
    expect(set({ RedrivePolicy })).toMatchObject({
      code: 'InvalidParameterValueException',
      message: `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    })
  })
})

describe('RedriveAllowPolicy', () => {
  const sources = (count: number) => Array.from({ length: count }, (_, n) => queueArn(`s${n}`))

  test.each([
    'no JSON',
    '[]',
    '{}',
    '{"redrivePermission":"some"}',
    '{"redrivePermission":"allowAll","other":1}',
    '{"redrivePermission":"byQueue","sourceQueueArns":"arn"}',
    '{"redrivePermission":"byQueue","sourceQueueArns":[1]}',
  ])('FACTS 2.5: the format of %s is not supported', (RedriveAllowPolicy) => {
    expect(set({ RedriveAllowPolicy })).toMatchObject({
      code: 'InvalidAttributeValue',
      message:
        "Invalid value for the parameter RedriveAllowPolicy. Reason: Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.",
    })
  })

  test.each([
    [
      { redrivePermission: 'byQueue' },
      'When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.',
    ],
    [
      { redrivePermission: 'byQueue', sourceQueueArns: sources(11) },
      'The maximum number of source queue ARNs you can specify is 10.',
    ],
    [
      { redrivePermission: 'denyAll', sourceQueueArns: sources(1) },
      'To specify one or more source queue ARNs, you must set redrivePermission to byQueue.',
    ],
  ])('FACTS 2.5: sources go with byQueue alone, one to ten: %j', (policy, problem) => {
    const RedriveAllowPolicy = JSON.stringify(policy)
    expect(set({ RedriveAllowPolicy })).toMatchObject({
      code: 'InvalidParameterValueException',
      message: `Value ${RedriveAllowPolicy} for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow policy. ${problem}`,
    })
  })
})

test('FACTS 2.5: a policy that allows all is told once it is set, until it is taken away', () => {
  const bed = bedOf()
  const RedriveAllowPolicy = '{"redrivePermission":"allowAll"}'
  const told = () =>
    bed.call('GetQueueAttributes', { QueueUrl, AttributeNames: ['RedriveAllowPolicy'] })
  expect(told()).toEqual({})
  const again = { QueueName: 'q', Attributes: { RedriveAllowPolicy } }
  bed.call('SetQueueAttributes', { QueueUrl, Attributes: { RedriveAllowPolicy } })
  expect(told()).toEqual({ Attributes: { RedriveAllowPolicy } })
  expect(bed.call('CreateQueue', again)).toEqual({ QueueUrl })
  bed.call('SetQueueAttributes', { QueueUrl, Attributes: { RedriveAllowPolicy: '' } })
  expect(told()).toEqual({})
})

describe('SetQueueAttributes', () => {
  test.each([{}, undefined])('FACTS 1.3: names at least one attribute, not %j', (Attributes) => {
    const { code, message } = bedOf().refusal('SetQueueAttributes', { QueueUrl, Attributes })
    expect(code).toBe('MissingRequiredParameterException')
    expect(message).toBe('The request must contain the parameter Attribute.Name.')
  })

  test('FACTS 2.10: a policy has at most 20 statements', () => {
    const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }
    const Policy = JSON.stringify({ Statement: Array.from({ length: 21 }, () => statement) })
    expect(set({ Policy })).toMatchObject({
      code: 'OverLimit',
      message: '21 statements were found in the submitted policy, max allowed is 20',
    })
  })

  test('FACTS 1.3: a key comes with its reuse period, 300 s unless told', () => {
    const bed = bedOf()
    const Attributes = { KmsMasterKeyId: 'alias/aws/sqs' }
    bed.call('SetQueueAttributes', { QueueUrl, Attributes })
    const AttributeNames = [
      'KmsMasterKeyId',
      'KmsDataKeyReusePeriodSeconds',
      'SqsManagedSseEnabled',
    ]
    expect(bed.call('GetQueueAttributes', { QueueUrl, AttributeNames })).toEqual({
      Attributes: {
        ...Attributes,
        KmsDataKeyReusePeriodSeconds: '300',
        SqsManagedSseEnabled: 'false',
      },
    })
  })
})

test('FACTS 1.3: FifoQueue is left out for standard queues, whatever the name', () => {
  const Attributes = { FifoQueue: 'false' }
  for (const QueueName of ['new', 'new.fifo']) {
    expect(bedOf().refusal('CreateQueue', { QueueName, Attributes }).message).toBe(
      'Unknown Attribute FifoQueue.',
    )
  }
})

test.each([
  ['SendMessageBatch', 'SendMessageBatchRequestEntry'],
  ['DeleteMessageBatch', 'DeleteMessageBatchRequestEntry'],
  ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibilityBatchRequestEntry'],
])('FACTS 1.2: %s without entries names the entries by their type', (operation, entry) => {
  expect(bedOf().refusal(operation, { QueueUrl, Entries: [] }).message).toBe(
    `There should be at least one ${entry} in the request.`,
  )
})

describe('numbers of lists and move tasks', () => {
  const deadLetters = () =>
    new Testbed({
      queues: { q: {}, dead: {}, 'other.fifo': { FifoQueue: true } },
      redrive: { q: ['dead', 1] },
    })
  const SourceArn = queueArn('dead')

  test.each([0, 1001])('FACTS 1.3: MaxResults %i of queues', (MaxResults) => {
    const message =
      'Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.'
    expect(bedOf().refusal('ListQueues', { MaxResults }).message).toBe(message)
  })

  test.each([
    ['ListMessageMoveTasks', 'MaxResults', 11, 10],
    ['StartMessageMoveTask', 'MaxNumberOfMessagesPerSecond', 501, 500],
  ])('FACTS 1.3: %s with a wrong %s', (operation, name, value, max) => {
    expect(deadLetters().refusal(operation, { SourceArn, [name]: value }).message).toBe(
      `Value for parameter ${name} is invalid. Reason: You must enter a number that's between 1 and ${max}.`,
    )
  })

  test.each([
    [
      { SourceArn: 'dead' },
      'You must use this format to specify the SourceArn: arn:<partition>:<service>:<region>:<account-id>:<resource-id>',
    ],
    [
      { SourceArn, DestinationArn: 'q' },
      'You must use this format to specify the DestinationArn: arn:<partition>:<service>:<region>:<account-id>:<resource-id>',
    ],
    [
      { SourceArn, DestinationArn: SourceArn },
      'Source queue arn and destination queue arn cannot be the same.',
    ],
    [
      { SourceArn, DestinationArn: queueArn('other.fifo') },
      'The source queue and destination queue must be of the same queue type.',
    ],
  ])('FACTS 1.3: StartMessageMoveTask refuses %j', (input, message) => {
    expect(deadLetters().refusal('StartMessageMoveTask', input)).toMatchObject({
      code: 'InvalidParameterValueException',
      message,
    })
  })
})

test.each([
  ['', 'Tag keys must be between 1 and 128 characters in length.'],
  ['x'.repeat(129), 'Tag keys must be between 1 and 128 characters in length.'],
  [
    'a!',
    'Tag keys may only contain unicode letters, digits, whitespace, or one of these symbols: _ . : / = + - @',
  ],
])('FACTS 1.3: the tag key %j', (key, message) => {
  expect(bedOf().refusal('TagQueue', { QueueUrl, Tags: { [key]: 'v' } }).message).toBe(message)
})

test.each([
  ['CreateQueue', 'Only the queue owner is allowed to invoke this action.'],
  ['Nothing', 'Please refer to the appropriate WSDL for a list of valid actions.'],
])('FACTS 1.3: a permission to %s cannot be given', (action, reason) => {
  const input = { QueueUrl, Label: 'l', AWSAccountIds: ['123456789012'], Actions: [action] }
  expect(bedOf().refusal('AddPermission', input).message).toBe(
    `Value SQS:${action} for parameter ActionName is invalid. Reason: ${reason}`,
  )
})
