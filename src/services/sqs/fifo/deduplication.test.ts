/** What a FIFO queue swallows, and what it tells the sender (FACTS 2.8). */
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../../base/hash.ts'
import { fromSeconds } from '../../../base/units.ts'
import { Testbed } from '../testbed.ts'

const QueueUrl = 'q.fifo'
const bedWith = (config: Record<string, unknown> = {}) =>
  new Testbed({ queues: { [QueueUrl]: { FifoQueue: true, ...config } } })

interface Sent {
  readonly MessageId: string
  readonly SequenceNumber: string
  readonly MD5OfMessageBody: string
}
const send = (bed: Testbed, MessageBody: string, id?: string, MessageGroupId = 'g') =>
  bed.call<Sent>('SendMessage', {
    QueueUrl,
    MessageBody,
    MessageGroupId,
    ...(id !== undefined && { MessageDeduplicationId: id }),
  })

describe('deduplication', () => {
  it('FACTS 2.8: a duplicate answers 200 with the first MessageId and SequenceNumber, nothing is enqueued', () => {
    const bed = bedWith()
    const first = send(bed, 'a', 'id')
    const second = send(bed, 'b', 'id')
    expect(second.MessageId).toBe(first.MessageId)
    expect(second.SequenceNumber).toBe(first.SequenceNumber)
    expect(second.MD5OfMessageBody).not.toBe(first.MD5OfMessageBody)
    expect(bed.bodies(QueueUrl)).toEqual(['a'])
    expect(bed.sim.world.messages.live).toBe(1)
    expect(bed.books(QueueUrl)).toMatchObject({ sent: 1, deduplicated: 1 })
  })

  it('FACTS 2.8: for five minutes from the first send, also when the message is long deleted', () => {
    const bed = bedWith()
    send(bed, 'a', 'id')
    const [{ ReceiptHandle }] = bed.receive(QueueUrl)
    bed.delete(QueueUrl, ReceiptHandle)
    bed.sim.advance(fromSeconds(200))
    send(bed, 'a', 'id')
    bed.sim.advance(fromSeconds(300) - 1)
    send(bed, 'a', 'id')
    expect(bed.counts(QueueUrl)).toEqual([0, 0, 0])
    bed.sim.advance(fromSeconds(300))
    send(bed, 'again', 'id')
    expect(bed.bodies(QueueUrl)).toEqual(['again'])
  })

  it('FACTS 2.8: content-based, the id is the SHA-256 of the body only', () => {
    const bed = bedWith({ ContentBasedDeduplication: true })
    const first = send(bed, 'a')
    const again = bed.call<Sent>('SendMessage', {
      QueueUrl,
      MessageBody: 'a',
      MessageGroupId: 'g',
      MessageAttributes: { other: { DataType: 'String', StringValue: 'x' } },
    })
    expect(again.MessageId).toBe(first.MessageId)
    send(bed, 'b')
    const received = bed.receive(QueueUrl)
    expect(received.map(({ Body }) => Body)).toEqual(['a', 'b'])
    expect(received[0].Attributes?.MessageDeduplicationId).toBe(sha256Hex('a'))
  })

  it('FACTS 2.8: an explicit id wins, and equals a generated one of the same value', () => {
    const bed = bedWith({ ContentBasedDeduplication: true })
    send(bed, 'a', 'one')
    send(bed, 'a', 'two')
    send(bed, 'other', sha256Hex('body'))
    send(bed, 'body')
    expect(bed.bodies(QueueUrl)).toEqual(['a', 'a', 'other'])
  })

  it('FACTS 2.8: scope queue counts across groups, scope messageGroup within one', () => {
    const wide = bedWith()
    send(wide, 'a', 'id', 'g1')
    send(wide, 'b', 'id', 'g2')
    expect(wide.bodies(QueueUrl)).toEqual(['a'])
    const narrow = bedWith({ DeduplicationScope: 'messageGroup' })
    send(narrow, 'a', 'id', 'g1')
    send(narrow, 'b', 'id', 'g2')
    send(narrow, 'c', 'id', 'g2')
    expect(narrow.bodies(QueueUrl)).toEqual(['a', 'b'])
  })

  it('FACTS 2.8: a scope changed later changes nothing', () => {
    const bed = bedWith()
    bed.call('SetQueueAttributes', { QueueUrl, Attributes: { DeduplicationScope: 'messageGroup' } })
    send(bed, 'a', 'id', 'g1')
    send(bed, 'b', 'id', 'g2')
    expect(bed.bodies(QueueUrl)).toEqual(['a'])
  })

  it('FACTS 1.3: a purge clears what is remembered', () => {
    const bed = bedWith()
    send(bed, 'a', 'id')
    bed.call('PurgeQueue', { QueueUrl })
    send(bed, 'b', 'id')
    expect(bed.bodies(QueueUrl)).toEqual(['b'])
  })

  it('FACTS 2.8: duplicates within a batch are entries that succeed', () => {
    const bed = bedWith()
    const entry = (Id: string, MessageDeduplicationId: string) => ({
      Id,
      MessageBody: Id,
      MessageGroupId: 'g',
      MessageDeduplicationId,
    })
    const answer = bed.call<{ Successful: { Id: string; MessageId: string }[] }>(
      'SendMessageBatch',
      { QueueUrl, Entries: [entry('a', '1'), entry('b', '2'), entry('c', '1')] },
    )
    expect(answer.Successful.map(({ Id }) => Id)).toEqual(['a', 'b', 'c'])
    expect(answer.Successful[2].MessageId).toBe(answer.Successful[0].MessageId)
    expect(bed.bodies(QueueUrl)).toEqual(['a', 'b'])
  })

  it('FACTS 2.11: duplicates have a metric, a mark, a row in the log, and a line on the card', () => {
    const bed = bedWith()
    send(bed, 'a', 'id')
    bed.wait(79)
    send(bed, 'a', 'id')
    const { figures } = bed.digest(QueueUrl)
    expect(figures).toMatchObject({
      deduplicated: 1,
      remembered: 1,
      duplicateOf: 1,
      duplicateLeftUs: fromSeconds(221),
    })
    const filtered = bed.sim.records.marks.filter(({ type }) => type === 'filtered')
    expect(filtered).toMatchObject([{ node: 'id-q.fifo', message: 2 }])
    const index = bed.index(QueueUrl)
    const { metrics } = bed.sim.behaviours[index]!
    const metric = metrics.find(({ name }) => name === 'NumberOfDeduplicatedSentMessages')
    expect(metric?.counter).toBe('deduplicated')
    bed.wait(221)
    expect(bed.digest(QueueUrl).figures).toMatchObject({ remembered: 0, duplicateLeftUs: 0 })
  })
})

describe('what a send to a FIFO queue must have', () => {
  const ask = (more: Record<string, unknown>) =>
    bedWith().refusal('SendMessage', { QueueUrl, MessageBody: 'a', ...more })
  const whole = { MessageGroupId: 'g', MessageDeduplicationId: 'd' }

  it('FACTS 1.3: a group', () => {
    expect(ask({ MessageDeduplicationId: 'd' })).toEqual({
      code: 'MissingRequiredParameterException',
      legacyCode: 'MissingParameter',
      status: 400,
      message: 'The request must contain the parameter MessageGroupId.',
    })
  })

  it('FACTS 1.3: without a group a batch fails as a whole, with another code', () => {
    const bed = bedWith()
    const Entries = [
      { Id: 'a', MessageBody: 'a', ...whole },
      { Id: 'b', MessageBody: 'b' },
    ]
    expect(bed.refusal('SendMessageBatch', { QueueUrl, Entries })).toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'The request must contain the parameter MessageGroupId.',
    })
    expect(bed.counts(QueueUrl)).toEqual([0, 0, 0])
  })

  it('FACTS 1.3: a deduplication id, unless it is content-based', () => {
    expect(ask({ MessageGroupId: 'g' })).toMatchObject({
      code: 'InvalidParameterValueException',
      message:
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    })
  })

  it.each(['MessageGroupId', 'MessageDeduplicationId'])(
    'FACTS 1.3: %s has 1 to 128 letters, digits and punctuation',
    (parameter) => {
      for (const value of ['', 'a b', 'ä', 'x'.repeat(129)]) {
        expect(ask({ ...whole, [parameter]: value }).message).toBe(
          `Value ${value} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
        )
      }
    },
  )

  it('FACTS 1.3: no delay of its own; 0 is accepted and the queue’s delay still applies', () => {
    expect(ask({ ...whole, DelaySeconds: 5 })).toMatchObject({
      code: 'InvalidParameterValueException',
      message:
        'Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    })
    const bed = bedWith({ DelaySeconds: 10 })
    bed.call('SendMessage', { QueueUrl, MessageBody: 'a', ...whole, DelaySeconds: 0 })
    expect(bed.counts(QueueUrl)).toEqual([0, 0, 1])
  })
})
