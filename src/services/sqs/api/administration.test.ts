/** FACTS 1.3 and 2.5: queues, tags, permissions, encryption and redrive tasks by API calls alone. */
import { describe, expect, test } from 'vitest'
import { queueArn, queueUrl } from '../names.ts'
import { Testbed } from '../testbed.ts'

const attributesOf = (bed: Testbed, name: string): Record<string, string> =>
  bed.call<{ Attributes: Record<string, string> }>('GetQueueAttributes', {
    QueueUrl: queueUrl(name),
    AttributeNames: ['All'],
  }).Attributes

const set = (bed: Testbed, name: string, Attributes: Record<string, string>) =>
  bed.call('SetQueueAttributes', { QueueUrl: queueUrl(name), Attributes })

describe('CreateQueue', () => {
  test('takes attributes, tags and the dead-letter queue', () => {
    const bed = new Testbed({ queues: { dead: {} } })
    const RedrivePolicy = `{"deadLetterTargetArn":"${queueArn('dead')}","maxReceiveCount":"7"}`
    const created = {
      QueueName: 'new',
      Attributes: { DelaySeconds: '9', RedrivePolicy },
      tags: { team: 'a' },
    }
    expect(bed.call('CreateQueue', created)).toEqual({ QueueUrl: queueUrl('new') })
    expect(attributesOf(bed, 'new')).toMatchObject({
      DelaySeconds: '9',
      RedrivePolicy: `{"deadLetterTargetArn":"${queueArn('dead')}","maxReceiveCount":7}`,
      SqsManagedSseEnabled: 'true',
    })
    expect(bed.call('ListQueueTags', { QueueUrl: queueUrl('new') })).toEqual({
      Tags: { team: 'a' },
    })
    expect(bed.sim.world.scenario.wires).toMatchObject([{ config: { maxReceiveCount: 7 } }])
  })

  test.each([
    [{ FifoQueue: 'false' }, 'InvalidAttributeName'],
    [{ Nothing: '1' }, 'InvalidAttributeName'],
    [{ DelaySeconds: '901' }, 'InvalidAttributeValue'],
    [{ Policy: 'x' }, 'InvalidAttributeValue'],
    [{ RedrivePolicy: '{}' }, 'InvalidParameterValueException'],
  ])('refuses %j and makes nothing', (Attributes, code) => {
    const bed = new Testbed({ queues: {} })
    expect(bed.refusal('CreateQueue', { QueueName: 'new', Attributes }).code).toBe(code)
    expect(bed.sim.world.scenario.nodes).toEqual([])
  })
})

test('ListDeadLetterSourceQueues tells who names the queue, a page at a time', () => {
  const bed = new Testbed({
    queues: { a: {}, b: {}, dead: {} },
    redrive: { a: ['dead', 3], b: ['dead', 3] },
  })
  const QueueUrl = queueUrl('dead')
  const first = bed.call('ListDeadLetterSourceQueues', { QueueUrl, MaxResults: 1 })
  expect(first).toEqual({ queueUrls: [queueUrl('a')], NextToken: 'a' })
  expect(
    bed.call('ListDeadLetterSourceQueues', { QueueUrl, MaxResults: 1, NextToken: first.NextToken }),
  ).toEqual({ queueUrls: [queueUrl('b')] })
})

test('tags: the last value counts, unknown keys are no error', () => {
  const bed = new Testbed({ queues: { q: {} } })
  const QueueUrl = queueUrl('q')
  expect(bed.call('ListQueueTags', { QueueUrl })).toEqual({})
  bed.call('TagQueue', { QueueUrl, Tags: { k: '1', K: '2' } })
  bed.call('TagQueue', { QueueUrl, Tags: { k: '3' } })
  bed.call('UntagQueue', { QueueUrl, TagKeys: ['K', 'other'] })
  expect(bed.call('ListQueueTags', { QueueUrl })).toEqual({ Tags: { k: '3' } })
  expect(bed.refusal('TagQueue', { QueueUrl }).code).toBe('MissingRequiredParameterException')
  expect(bed.refusal('TagQueue', { QueueUrl, Tags: {} }).code).toBe(
    'MissingRequiredParameterException',
  )
  const Tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`t${n}`, '']))
  expect(bed.refusal('TagQueue', { QueueUrl, Tags }).message).toBe(
    'Too many tags added for queue q.',
  )
  expect(bed.refusal('UntagQueue', { QueueUrl, TagKeys: [] }).message).toContain('Tag keys')
})

describe('FACTS 1.3, 2.5: a queue may be its own dead-letter queue', () => {
  const RedrivePolicy = `{"deadLetterTargetArn":"${queueArn('q')}","maxReceiveCount":1}`

  test('it keeps the message, and the books balance', () => {
    const bed = new Testbed({ queues: { q: { VisibilityTimeout: 1 } } })
    set(bed, 'q', { RedrivePolicy })
    expect(attributesOf(bed, 'q').RedrivePolicy).toBe(RedrivePolicy)
    bed.send('q', 'a')
    expect(bed.bodies('q')).toEqual(['a'])
    bed.wait(2)
    expect(bed.bodies('q')).toEqual([])
    bed.wait(1)
    expect(bed.counts('q')).toEqual([1, 0, 0])
    expect(bed.books('q')).toMatchObject({ sent: 1, movedOut: 1, movedIn: 1 })
  })

  test('and is listed as its own source', () => {
    const bed = new Testbed({ queues: { q: {} } })
    const QueueUrl = queueUrl('q')
    expect(bed.call('ListDeadLetterSourceQueues', { QueueUrl })).toEqual({ queueUrls: [] })
    set(bed, 'q', { RedrivePolicy })
    expect(bed.call('ListDeadLetterSourceQueues', { QueueUrl })).toEqual({ queueUrls: [QueueUrl] })
  })
})

test('FACTS 1.3: a queue of another account does not exist', () => {
  const bed = new Testbed({ queues: { q: {} } })
  const foreign = queueUrl('q').replace('000000000000', '111122223333')
  expect(bed.refusal('GetQueueAttributes', { QueueUrl: foreign }).code).toBe('QueueDoesNotExist')
  const owned = (QueueOwnerAWSAccountId: string) => ({ QueueName: 'q', QueueOwnerAWSAccountId })
  expect(bed.refusal('GetQueueUrl', owned('111122223333')).code).toBe('QueueDoesNotExist')
  expect(bed.call('GetQueueUrl', owned('000000000000'))).toEqual({ QueueUrl: queueUrl('q') })
})

describe('encryption', () => {
  test('a key turns SSE-SQS off; defaults vanish', () => {
    const bed = new Testbed({ queues: { q: {} } })
    set(bed, 'q', { KmsMasterKeyId: 'alias/k', KmsDataKeyReusePeriodSeconds: '60' })
    expect(attributesOf(bed, 'q')).toMatchObject({
      KmsMasterKeyId: 'alias/k',
      KmsDataKeyReusePeriodSeconds: '60',
      SqsManagedSseEnabled: 'false',
    })
    set(bed, 'q', { KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' })
    expect(attributesOf(bed, 'q')).not.toHaveProperty('KmsMasterKeyId')
    expect(attributesOf(bed, 'q')).not.toHaveProperty('KmsDataKeyReusePeriodSeconds')
  })

  test('both kinds at once are refused', () => {
    const bed = new Testbed({ queues: { q: {} } })
    const Attributes = { KmsMasterKeyId: 'k', SqsManagedSseEnabled: 'true' }
    expect(bed.refusal('SetQueueAttributes', { QueueUrl: queueUrl('q'), Attributes }).message).toBe(
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    )
  })
})

describe('permissions', () => {
  const QueueUrl = queueUrl('q')
  const AWSAccountIds = ['123456789012']

  test('are statements of the policy; without any there is none', () => {
    const bed = new Testbed({ queues: { q: {} } })
    const Actions = ['SendMessage', 'ReceiveMessage']
    bed.call('AddPermission', { QueueUrl, Label: 'two', AWSAccountIds, Actions })
    expect(JSON.parse(attributesOf(bed, 'q').Policy)).toEqual({
      Version: '2008-10-17',
      Id: `${queueArn('q')}/SQSDefaultPolicy`,
      Statement: [
        {
          Sid: 'two',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::123456789012:root' },
          Action: ['SQS:SendMessage', 'SQS:ReceiveMessage'],
          Resource: queueArn('q'),
        },
      ],
    })
    expect(
      bed.refusal('AddPermission', { QueueUrl, Label: 'two', AWSAccountIds, Actions }).message,
    ).toBe('Value two for parameter Label is invalid. Reason: Already exists.')
    bed.call('RemovePermission', { QueueUrl, Label: 'two' })
    expect(attributesOf(bed, 'q')).not.toHaveProperty('Policy')
    expect(bed.refusal('RemovePermission', { QueueUrl, Label: 'two' }).message).toBe(
      "Value two for parameter Label is invalid. Reason: can't find label.",
    )
  })

  test('are refused with more than seven actions, or with one that is the owner’s', () => {
    const bed = new Testbed({ queues: { q: {} } })
    const add = (Actions: string[]) =>
      bed.refusal('AddPermission', { QueueUrl, Label: 'l', AWSAccountIds, Actions })
    expect(add(Array.from({ length: 8 }, () => 'SendMessage'))).toMatchObject({
      code: 'OverLimit',
      status: 403,
      message: '8 Actions were found, maximum allowed is 7.',
    })
    expect(add(['CreateQueue']).code).toBe('InvalidParameterValueException')
    expect(add([]).code).toBe('MissingRequiredParameterException')
    for (const [accounts, given] of [
      [[], '[]'],
      [['abc'], '[abc]'],
    ] as const) {
      const input = { QueueUrl, Label: 'l', AWSAccountIds: accounts, Actions: ['SendMessage'] }
      expect(bed.refusal('AddPermission', input).message).toBe(
        `Value ${given} for parameter PrincipalId is invalid. Reason: Unable to verify.`,
      )
    }
  })

  test('add to the one statement that a policy may have without a list', () => {
    const bed = new Testbed({ queues: { q: {} } })
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage' }
    set(bed, 'q', { Policy: JSON.stringify({ Statement }) })
    bed.call('AddPermission', { QueueUrl, Label: 'l', AWSAccountIds, Actions: ['*'] })
    expect(JSON.parse(attributesOf(bed, 'q').Policy).Statement).toHaveLength(2)
  })
})

describe('redrive tasks', () => {
  const SourceArn = queueArn('dead')

  /** A dead-letter queue with three messages of the queue `q`. */
  function withDeadLetters(): Testbed {
    const bed = new Testbed({ queues: { q: {}, dead: {}, other: {} }, redrive: { q: ['dead', 1] } })
    for (const body of ['a', 'b', 'c']) {
      bed.call('SendMessage', { QueueUrl: queueUrl('q'), MessageBody: body })
    }
    const receive = { QueueUrl: queueUrl('q'), MaxNumberOfMessages: 10, VisibilityTimeout: 0 }
    bed.call('ReceiveMessage', receive)
    bed.call('ReceiveMessage', receive)
    bed.sim.advance(bed.sim.nowUs)
    return bed
  }

  const bodies = (bed: Testbed, name: string) => {
    const { Messages = [] } = bed.call<{ Messages?: { Body: string }[] }>('ReceiveMessage', {
      QueueUrl: queueUrl(name),
      MaxNumberOfMessages: 10,
    })
    return Messages.map(({ Body }) => Body)
  }

  const tasks = (bed: Testbed, MaxResults = 10) =>
    bed.call<{ Results: Record<string, unknown>[] }>('ListMessageMoveTasks', {
      SourceArn,
      MaxResults,
    }).Results

  const broken = (bed: Testbed) =>
    bed.sim.world.nodes.map((node) => bed.sim.behaviours[node.index]!.broken!(bed.sim, node.index))

  test('bring messages back to where they came from, as new ones', () => {
    const bed = withDeadLetters()
    bed.call('StartMessageMoveTask', { SourceArn })
    bed.sim.advance(bed.sim.nowUs)
    expect(tasks(bed)).toEqual([
      {
        Status: 'COMPLETED',
        SourceArn,
        ApproximateNumberOfMessagesMoved: 3,
        ApproximateNumberOfMessagesToMove: 3,
        StartedTimestamp: expect.any(Number),
      },
    ])
    expect(bodies(bed, 'q')).toEqual(['a', 'b', 'c'])
    expect(bodies(bed, 'dead')).toEqual([])
    expect(broken(bed)).toEqual([null, null, null])
  })

  test('go at their pace, one at a time for a queue, until cancelled', () => {
    const bed = withDeadLetters()
    const input = { SourceArn, DestinationArn: queueArn('other'), MaxNumberOfMessagesPerSecond: 1 }
    const { TaskHandle } = bed.call('StartMessageMoveTask', input)
    bed.sim.advance(bed.sim.nowUs + 1_000_000)
    expect(tasks(bed)).toMatchObject([
      { Status: 'RUNNING', TaskHandle, ApproximateNumberOfMessagesMoved: 2, ...input },
    ])
    expect(bed.refusal('StartMessageMoveTask', input).message).toBe(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    )
    expect(bed.call('CancelMessageMoveTask', { TaskHandle })).toEqual({
      ApproximateNumberOfMessagesMoved: 2,
    })
    bed.sim.advance(bed.sim.nowUs + 10_000_000)
    expect(tasks(bed)[0]).toMatchObject({ Status: 'CANCELLED' })
    expect(tasks(bed)[0]).not.toHaveProperty('TaskHandle')
    expect(bodies(bed, 'other')).toEqual(['a', 'b'])
    expect(bed.refusal('CancelMessageMoveTask', { TaskHandle })).toMatchObject({ status: 404 })
    expect(broken(bed)).toEqual([null, null, null])
  })

  test('fail when nobody knows where a message came from, or the place is gone', () => {
    const bed = withDeadLetters()
    bed.call('DeleteQueue', { QueueUrl: queueUrl('q') })
    const back = { SourceArn }
    expect(bed.refusal('StartMessageMoveTask', back).message).toBe(
      'Source queue must be configured as a Dead Letter Queue.',
    )
    const RedrivePolicy = `{"deadLetterTargetArn":"${SourceArn}","maxReceiveCount":1}`
    set(bed, 'other', { RedrivePolicy })
    bed.call('StartMessageMoveTask', back)
    bed.sim.advance(bed.sim.nowUs)
    expect(tasks(bed, 1)).toMatchObject([
      { Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' },
    ])
    bed.call('PurgeQueue', { QueueUrl: queueUrl('dead') })
    bed.call('SendMessage', { QueueUrl: queueUrl('dead'), MessageBody: 'sent here' })
    bed.call('StartMessageMoveTask', back)
    bed.sim.advance(bed.sim.nowUs)
    expect(tasks(bed, 1)).toMatchObject([
      { Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' },
    ])
    expect(tasks(bed)).toHaveLength(2)
  })

  test('FACTS 2.5: go to a queue of the same type only', () => {
    const bed = withDeadLetters()
    bed.call('CreateQueue', { QueueName: 'x.fifo', Attributes: { FifoQueue: 'true' } })
    const input = { SourceArn, DestinationArn: queueArn('x.fifo') }
    expect(bed.refusal('StartMessageMoveTask', input).code).toBe('InvalidParameterValueException')
    expect(bodies(bed, 'dead')).toHaveLength(3)
  })

  test.each([
    ['StartMessageMoveTask', { SourceArn: queueArn('none') }, 404, 'SourceArn parameter'],
    [
      'StartMessageMoveTask',
      { SourceArn, DestinationArn: queueArn('none') },
      404,
      'DestinationArn parameter',
    ],
    ['StartMessageMoveTask', {}, 400, 'must contain the parameter SourceArn'],
    [
      'CancelMessageMoveTask',
      { TaskHandle: 'x' },
      400,
      'Value for parameter TaskHandle is invalid.',
    ],
  ])('%s refuses %j', (operation, input, status, words) => {
    const refusal = withDeadLetters().refusal(operation, input)
    expect(refusal.status).toBe(status)
    expect(refusal.message).toContain(words)
  })
})
