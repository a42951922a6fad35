/** How many calls a FIFO queue takes (FACTS 2.8). */
import { describe, expect, it } from 'vitest'
import { Testbed } from '../testbed.ts'

const QueueUrl = 'q.fifo'
const bedWith = (config: Record<string, unknown> = {}) =>
  new Testbed({
    queues: { [QueueUrl]: { FifoQueue: true, ContentBasedDeduplication: true, ...config } },
  })

describe('throughput', () => {
  const sendMany = (bed: Testbed, count: number, groupOf: (n: number) => string) => {
    let refused = 0
    for (let n = 0; n < count; n++) {
      const answer = bed.ask('SendMessage', {
        QueueUrl,
        MessageBody: `m${bed.sim.nowUs}-${n}`,
        MessageGroupId: groupOf(n),
      })
      if ((answer as { code?: string }).code === 'RequestThrottled') refused++
    }
    return refused
  }

  it('FACTS 2.8: 300 calls a second of each action; more are throttled', () => {
    const bed = bedWith()
    expect(sendMany(bed, 310, () => 'g')).toBe(10)
    bed.wait(1)
    expect(sendMany(bed, 310, () => 'g')).toBe(10)
    expect(bed.digest(QueueUrl).figures).toMatchObject({ throttled: 20, callLimit: 300 })
    expect(bed.digest(QueueUrl).advice.join()).toContain('throttled')
    for (let n = 0; n < 300; n++) bed.receive(QueueUrl)
    expect(bed.refusal('ReceiveMessage', { QueueUrl })).toEqual({
      code: 'RequestThrottled',
      status: 400,
      message: 'Rate exceeded',
    })
  })

  it('FACTS 2.8: a batch is one call, so 3,000 messages a second', () => {
    const bed = bedWith()
    for (let n = 0; n < 300; n++) {
      const Entries = Array.from({ length: 10 }, (_, m) => ({
        Id: `e${m}`,
        MessageBody: `${n}-${m}`,
        MessageGroupId: 'g',
      }))
      bed.call('SendMessageBatch', { QueueUrl, Entries })
    }
    expect(bed.counts(QueueUrl)).toEqual([3_000, 0, 0])
    expect(sendMany(bed, 1, () => 'g')).toBe(1)
  })

  it('FACTS 2.8: high throughput allows 300 calls a second for each group', () => {
    const bed = bedWith({
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    })
    expect(sendMany(bed, 900, (n) => `g${n % 3}`)).toBe(0)
    expect(sendMany(bed, 3, (n) => `g${n}`)).toBe(3)
    expect(sendMany(bed, 1, () => 'another')).toBe(0)
  })

  it('FACTS 2.8: a batch over one group’s limit fails for that group’s entries only', () => {
    const bed = bedWith({
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    })
    sendMany(bed, 300, () => 'full')
    const answer = bed.call('SendMessageBatch', {
      QueueUrl,
      Entries: ['full', 'free', 'full'].map((MessageGroupId, n) => ({
        Id: `e${n}`,
        MessageBody: `x${n}`,
        MessageGroupId,
      })),
    })
    expect(answer).toMatchObject({
      Successful: [{ Id: 'e1' }],
      Failed: [
        { Id: 'e0', Code: 'RequestThrottled' },
        { Id: 'e2', Code: 'RequestThrottled' },
      ],
    })
  })

  const HIGH = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }

  it('FACTS 2.8: a receive passes over groups of a partition over its limit', () => {
    const bed = bedWith({ ...HIGH, VisibilityTimeout: 0 })
    sendMany(bed, 1, () => 'busy')
    for (let n = 0; n < 300; n++) expect(bed.receive(QueueUrl)).toHaveLength(1)
    // Nothing else could be received.
    expect(bed.refusal('ReceiveMessage', { QueueUrl }).code).toBe('RequestThrottled')
    sendMany(bed, 1, () => 'another')
    expect(bed.receive(QueueUrl)).toHaveLength(1)
    bed.wait(1)
    expect(bed.receive(QueueUrl, { MaxNumberOfMessages: 10 })).toHaveLength(2)
  })

  it('FACTS 2.8: deletes are limited by partition too, a batch by its parts', () => {
    const bed = bedWith(HIGH)
    // A group has ten messages in flight at most.
    const sendTen = (n: number) =>
      bed.call('SendMessageBatch', {
        QueueUrl,
        Entries: Array.from({ length: 10 }, (_, m) => ({
          Id: `e${m}`,
          MessageBody: `${n}-${m}`,
          MessageGroupId: 'full',
        })),
      })
    for (let n = 0; n < 30; n++) {
      sendTen(n)
      for (const { ReceiptHandle } of bed.receive(QueueUrl)) {
        bed.call('DeleteMessage', { QueueUrl, ReceiptHandle })
      }
    }
    expect(bed.counts(QueueUrl)).toEqual([0, 0, 0])
    sendMany(bed, 2, (n) => ['full', 'free'][n])
    const Entries = bed.receive(QueueUrl).map(({ ReceiptHandle, Attributes }) => ({
      Id: Attributes!.MessageGroupId,
      ReceiptHandle,
    }))
    expect(bed.call('DeleteMessageBatch', { QueueUrl, Entries })).toMatchObject({
      Successful: [{ Id: 'free' }],
      Failed: [{ Id: 'full', Code: 'RequestThrottled' }],
    })
    const { ReceiptHandle } = Entries.find(({ Id }) => Id === 'full')!
    expect(bed.refusal('DeleteMessage', { QueueUrl, ReceiptHandle }).code).toBe('RequestThrottled')
    bed.wait(1)
    expect(bed.call('DeleteMessage', { QueueUrl, ReceiptHandle })).toEqual({})
  })
})
