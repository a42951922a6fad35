/** Rules that FIFO queues have of their own: receipts, attempts, delay, dead letters. */
import { describe, expect, it } from 'vitest'
import { connectionOf } from '../../schemas.ts'
import { Testbed } from '../testbed.ts'

const QueueUrl = 'q.fifo'
const bedWith = (config: Record<string, unknown> = {}) =>
  new Testbed({
    queues: { [QueueUrl]: { FifoQueue: true, ContentBasedDeduplication: true, ...config } },
  })
const send = (bed: Testbed, MessageBody: string, MessageGroupId = 'g', queue = QueueUrl) =>
  bed.send(queue, MessageBody, { MessageGroupId })

describe('receipts', () => {
  it('FACTS 2.2: a delete after the timeout fails: the handle has expired', () => {
    const bed = bedWith()
    send(bed, 'a')
    const [{ ReceiptHandle }] = bed.receive(QueueUrl)
    bed.wait(30)
    expect(bed.refusal('DeleteMessage', { QueueUrl, ReceiptHandle })).toEqual({
      code: 'InvalidParameterValueException',
      legacyCode: 'InvalidParameterValue',
      status: 400,
      message: `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    })
    expect(bed.counts(QueueUrl)).toEqual([1, 0, 0])
    const [again] = bed.receive(QueueUrl)
    expect(bed.refusal('DeleteMessage', { QueueUrl, ReceiptHandle }).message).toContain('expired')
    bed.delete(QueueUrl, again.ReceiptHandle)
    bed.delete(QueueUrl, again.ReceiptHandle)
    expect(bed.counts(QueueUrl)).toEqual([0, 0, 0])
  })

  it('FACTS 2.2: in a batch it is an entry that failed', () => {
    const bed = bedWith()
    send(bed, 'a', 'g1')
    const [old] = bed.receive(QueueUrl)
    bed.wait(30)
    send(bed, 'b', 'g2')
    const fresh = bed.receive(QueueUrl).find(({ Body }) => Body === 'b')!
    const answer = bed.call('DeleteMessageBatch', {
      QueueUrl,
      Entries: [
        { Id: 'old', ReceiptHandle: old.ReceiptHandle },
        { Id: 'new', ReceiptHandle: fresh.ReceiptHandle },
      ],
    })
    expect(answer).toMatchObject({
      Successful: [{ Id: 'new' }],
      Failed: [{ Id: 'old', SenderFault: true, Code: 'InvalidParameterValue' }],
    })
  })

  it('FACTS 2.8: received with timeout 0, it can be deleted within the same millisecond', () => {
    const bed = bedWith()
    send(bed, 'a')
    const [{ ReceiptHandle }] = bed.receive(QueueUrl, { VisibilityTimeout: 0 })
    bed.delete(QueueUrl, ReceiptHandle)
    send(bed, 'b')
    const [late] = bed.receive(QueueUrl, { VisibilityTimeout: 0 })
    bed.wait(0.001)
    expect(
      bed.refusal('DeleteMessage', { QueueUrl, ReceiptHandle: late.ReceiptHandle }).message,
    ).toContain('expired')
  })
})

describe('ReceiveRequestAttemptId', () => {
  const attempt = { ReceiveRequestAttemptId: 'try-1' }

  it('FACTS 2.8: asked again, the same messages and handles come, and their timeout begins anew', () => {
    const bed = bedWith()
    send(bed, 'a')
    send(bed, 'b')
    const first = bed.receive(QueueUrl, attempt)
    bed.wait(20)
    const second = bed.receive(QueueUrl, attempt)
    expect(second.map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(
      first.map(({ ReceiptHandle }) => ReceiptHandle),
    )
    expect(first).toHaveLength(2)
    bed.wait(29)
    expect(bed.counts(QueueUrl)).toEqual([0, 2, 0])
    bed.wait(1)
    expect(bed.counts(QueueUrl)).toEqual([2, 0, 0])
  })

  it('FACTS 2.8: not when one was deleted or changed', () => {
    const bed = bedWith()
    send(bed, 'a', 'g1')
    send(bed, 'b', 'g2')
    const [first] = bed.receive(QueueUrl, attempt)
    bed.delete(QueueUrl, first.ReceiptHandle)
    expect(bed.receive(QueueUrl, attempt)).toEqual([])
    bed.wait(30)
    const [again] = bed.receive(QueueUrl, attempt)
    const ReceiptHandle = again.ReceiptHandle
    bed.call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 60 })
    expect(bed.receive(QueueUrl, attempt)).toEqual([])
  })

  it('FACTS 2.8: after the timeout, the id brings new messages; another id never the same', () => {
    const bed = bedWith()
    send(bed, 'a', 'g1')
    bed.receive(QueueUrl, attempt)
    expect(bed.receive(QueueUrl, { ReceiveRequestAttemptId: 'try-2' })).toEqual([])
    bed.wait(30)
    const [again] = bed.receive(QueueUrl, attempt)
    expect(again.Attributes?.ApproximateReceiveCount).toBe('2')
  })

  it('FACTS 2.8: it has 1 to 128 characters', () => {
    const error = bedWith().refusal('ReceiveMessage', {
      QueueUrl,
      ReceiveRequestAttemptId: 'x'.repeat(129),
    })
    expect(error.message).toContain('for parameter ReceiveRequestAttemptId is invalid')
  })
})

describe('delay', () => {
  it('FACTS 2.3: a new delay of the queue acts on waiting messages too, from when they were sent', () => {
    const bed = bedWith({ DelaySeconds: 10 })
    send(bed, 'a')
    bed.wait(5)
    bed.call('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '60' } })
    bed.wait(54.9)
    expect(bed.bodies(QueueUrl)).toEqual([])
    bed.wait(0.1)
    expect(bed.bodies(QueueUrl)).toEqual(['a'])
  })

  it('FACTS 2.3: a delay of 0 lets them all go at once, in order', () => {
    const bed = bedWith({ DelaySeconds: 900 })
    for (const body of ['a', 'b', 'c']) send(bed, body)
    bed.wait(1)
    bed.call('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '0' } })
    send(bed, 'd')
    bed.wait(0)
    expect(bed.bodies(QueueUrl)).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('dead letters', () => {
  const FIFO = { FifoQueue: true, ContentBasedDeduplication: true }
  const bedWithDeadLetters = (config: Record<string, unknown> = {}) =>
    new Testbed({
      queues: {
        [QueueUrl]: { ...FIFO, VisibilityTimeout: 0, ...config },
        'dead.fifo': { ...FIFO, MessageRetentionPeriod: 100 },
        standard: {},
      },
      redrive: { [QueueUrl]: ['dead.fifo', 1] },
    })

  it('FACTS 2.5: moving the head frees its group', () => {
    const bed = bedWithDeadLetters({ VisibilityTimeout: 10 })
    send(bed, 'poison')
    bed.receive(QueueUrl)
    send(bed, 'next')
    expect(bed.bodies(QueueUrl)).toEqual([])
    bed.wait(10)
    expect(bed.bodies(QueueUrl)).toEqual(['next'])
    expect(bed.books(QueueUrl)).toMatchObject({ movedOut: 1 })
  })

  it('FACTS 2.4, 2.5: it keeps MessageId and group, has its MessageId as deduplication id, and begins anew', () => {
    const bed = bedWithDeadLetters()
    const id = send(bed, 'a', 'g7')
    bed.receive(QueueUrl)
    bed.wait(50)
    bed.receive(QueueUrl)
    bed.wait(99)
    const [dead] = bed.receive('dead.fifo', { VisibilityTimeout: 0 })
    expect(dead.MessageId).toBe(id)
    expect(dead.Attributes).toMatchObject({
      MessageGroupId: 'g7',
      MessageDeduplicationId: id,
      ApproximateReceiveCount: '2',
      DeadLetterQueueSourceArn: `arn:aws:sqs:us-east-1:000000000000:${QueueUrl}`,
    })
    bed.wait(1)
    expect(bed.counts('dead.fifo')).toEqual([0, 0, 0])
    expect(bed.books('dead.fifo').expired).toBe(1)
  })

  it('FACTS 2.5: equal messages are not swallowed by the dead-letter queue', () => {
    const bed = bedWithDeadLetters()
    send(bed, 'same', 'g1')
    bed.receive(QueueUrl)
    bed.receive(QueueUrl)
    bed.wait(300)
    send(bed, 'same', 'g1')
    bed.receive(QueueUrl)
    bed.receive(QueueUrl)
    expect(bed.books('dead.fifo').movedIn).toBe(2)
  })

  it('FACTS 2.5: a redrive task takes them back, oldest first, as new messages', () => {
    const bed = bedWithDeadLetters()
    for (const body of ['a', 'b']) send(bed, body)
    bed.receive(QueueUrl)
    bed.receive(QueueUrl)
    bed.wait(1)
    expect(bed.counts('dead.fifo')).toEqual([2, 0, 0])
    bed.call('StartMessageMoveTask', {
      SourceArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo',
    })
    bed.wait(1)
    expect(bed.bodies(QueueUrl)).toEqual(['a', 'b'])
    bed.books('dead.fifo')
  })

  it('FACTS 2.5: the types must be the same, on the canvas and in the API', () => {
    const bed = bedWithDeadLetters()
    const { nodes } = bed.sim.world.scenario
    const [fifo, , standard] = nodes
    expect(connectionOf(fifo, standard)).toMatchObject({
      ok: false,
      reason:
        'A dead-letter queue must be of its source’s type: “q.fifo” is a FIFO queue, “standard” a standard queue.',
    })
    expect(connectionOf(standard, fifo).ok).toBe(false)
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:standard',
      maxReceiveCount: 3,
    })
    expect(
      bed.refusal('SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy } }).message,
    ).toContain('Dead-letter queue must be same type of queue as the source.')
  })
})

describe('attributes', () => {
  const create = (QueueName: string, Attributes: Record<string, string>) => {
    const bed = new Testbed({ queues: {} })
    return { bed, answer: bed.ask('CreateQueue', { QueueName, Attributes }) }
  }

  it('FACTS 1.3: a FIFO queue is created, has its defaults, and works', () => {
    const { bed } = create('new.fifo', { FifoQueue: 'true' })
    const { Attributes } = bed.call<{ Attributes: Record<string, string> }>('GetQueueAttributes', {
      QueueUrl: 'new.fifo',
      AttributeNames: ['All'],
    })
    expect(Attributes).toMatchObject({
      FifoQueue: 'true',
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    })
    const again = { QueueName: 'new.fifo', Attributes: { FifoQueue: 'true' } }
    expect(bed.call('CreateQueue', again)).toMatchObject({})
    bed.send('new.fifo', 'a', { MessageGroupId: 'g', MessageDeduplicationId: 'd' })
    expect(bed.bodies('new.fifo')).toEqual(['a'])
  })

  it.each([
    ['a', { FifoQueue: 'true' }, 'The name of a FIFO queue can only include'],
    [`${'x'.repeat(76)}.fifo`, { FifoQueue: 'true' }, 'The name of a FIFO queue'],
    ['a.fifo', {}, 'Can only include alphanumeric characters'],
    ['a', { FifoQueue: 'false' }, 'Unknown Attribute FifoQueue.'],
    ['a', { ContentBasedDeduplication: 'true' }, 'Unknown Attribute ContentBasedDeduplication.'],
    [
      'a',
      { DeduplicationScope: 'queue' },
      'You can specify the DeduplicationScope only when FifoQueue is set to true.',
    ],
    [
      'a',
      { FifoThroughputLimit: 'perQueue' },
      'You can specify the FifoThroughputLimit only when FifoQueue is set to true.',
    ],
    [
      'a.fifo',
      { FifoQueue: 'true', FifoThroughputLimit: 'perMessageGroupId' },
      'Invalid value for the parameter FifoThroughputLimit. Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    ],
    [
      'a.fifo',
      { FifoQueue: 'true', DeduplicationScope: 'galaxy' },
      'Invalid value for the parameter DeduplicationScope.',
    ],
  ])('FACTS 1.3: %s with %o is refused', (name, attributes, message) => {
    const { answer } = create(name, attributes as Record<string, string>)
    expect((answer as { message: string }).message).toContain(message)
  })

  it('FACTS 1.3: the type of a queue never changes', () => {
    const bed = bedWith()
    const set = (FifoQueue: string) => ({ QueueUrl, Attributes: { FifoQueue } })
    expect(bed.refusal('SetQueueAttributes', set('false'))).toEqual({
      code: 'InvalidAttributeValue',
      status: 400,
      message:
        'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    })
    expect(bed.call('SetQueueAttributes', set('true'))).toEqual({})
  })

  it('FACTS 2.8: high throughput may be turned on later', () => {
    const bed = bedWith({ DeduplicationScope: 'messageGroup' })
    bed.call('SetQueueAttributes', {
      QueueUrl,
      Attributes: { FifoThroughputLimit: 'perMessageGroupId' },
    })
    expect(bed.digest(QueueUrl).figures.callLimit).toBe(70_000)
  })
})

describe('the card', () => {
  it('DESIGN 4: one lane a group, with a bar on a locked one; the fifth group has none', () => {
    const bed = bedWith()
    for (const group of ['a', 'b', 'c', 'd', 'e']) {
      for (const n of [1, 2]) send(bed, `${group}${n}`, group)
    }
    bed.receive(QueueUrl, { MaxNumberOfMessages: 1 })
    const rows = bed
      .digest(QueueUrl)
      .rows.map(({ label, total, locked = false }) => [label, total, locked])
    expect(rows).toEqual([
      ['a', 2, true],
      ['b', 2, false],
      ['c', 2, false],
      ['d', 2, false],
      ['+ 1 groups', 2, false],
      [undefined, 0, false],
    ])
  })

  it('DESIGN 4: one group with several consumers is advised against', () => {
    const bed = bedWith()
    for (const body of ['a', 'b']) send(bed, body)
    bed.receive(QueueUrl, { MaxNumberOfMessages: 1 })
    expect(bed.digest(QueueUrl).advice).toEqual([])
    bed.sim.callFromOutside('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
    expect(bed.digest(QueueUrl).advice.join()).toContain('one group is worked on by one consumer')
  })
})
