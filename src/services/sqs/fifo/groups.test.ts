/** Message groups: order and head-of-line locking, by the cases verified against AWS (FACTS 2.8). */
import { describe, expect, it } from 'vitest'
import { Testbed } from '../testbed.ts'

const QueueUrl = 'q.fifo'

/** A FIFO queue that holds these bodies, each in the group its name begins with: "g1-m1". */
function bedWith(bodies: readonly string[], config: Record<string, unknown> = {}): Testbed {
  const bed = new Testbed({ queues: { [QueueUrl]: { FifoQueue: true, ...config } } })
  for (const body of bodies) send(bed, body)
  return bed
}

const send = (bed: Testbed, body: string, id = body) =>
  bed.call<{ MessageId: string; SequenceNumber: string }>('SendMessage', {
    QueueUrl,
    MessageBody: body,
    MessageGroupId: body.split('-')[0],
    MessageDeduplicationId: id,
  })

const hide = (bed: Testbed, ReceiptHandle: string, VisibilityTimeout: number) =>
  bed.call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout })

/** 120,000 messages, as fast as the queue takes them. */
function sendMany(bed: Testbed, groupOf: (n: number) => string): void {
  for (let n = 0; n < 12_000; n++) {
    if (n % 250 === 0) bed.wait(1)
    bed.call('SendMessageBatch', {
      QueueUrl,
      Entries: Array.from({ length: 10 }, (_, m) => ({
        Id: `e${m}`,
        MessageBody: 'x',
        MessageGroupId: groupOf(n * 10 + m),
        MessageDeduplicationId: `${n}-${m}`,
      })),
    })
  }
}

describe('message groups', () => {
  it('FACTS 2.8: as many of one group as there are, then of the next', () => {
    const bed = bedWith(['g1-m1', 'g2-m1', 'g1-m2', 'g1-m3'])
    expect(bed.bodies(QueueUrl)).toEqual(['g1-m1', 'g1-m2', 'g1-m3', 'g2-m1'])
  })

  it('FACTS 2.1: a message that waits behind its group counts as visible', () => {
    const bed = bedWith(['g1-m1', 'g1-m2', 'g2-m1', 'g2-m2', 'g3-m1', 'g3-m2'])
    bed.receive(QueueUrl, { MaxNumberOfMessages: 1 })
    bed.receive(QueueUrl, { MaxNumberOfMessages: 1 })
    expect(bed.counts(QueueUrl)).toEqual([4, 2, 0])
  })

  it('FACTS 2.8: while the head is in flight nothing of the group is delivered, also what comes later', () => {
    const bed = bedWith(['g1-m1'])
    expect(bed.bodies(QueueUrl)).toEqual(['g1-m1'])
    send(bed, 'g1-m2')
    expect(bed.bodies(QueueUrl)).toEqual([])
    send(bed, 'g2-m1')
    expect(bed.bodies(QueueUrl)).toEqual(['g2-m1'])
  })

  it('FACTS 2.8: the first of two made visible comes back alone, before the second', () => {
    const bed = bedWith(['g1-m1', 'g1-m2', 'g2-m1'])
    const [first] = bed.receive(QueueUrl, { MaxNumberOfMessages: 2 })
    hide(bed, first.ReceiptHandle, 0)
    expect([...bed.bodies(QueueUrl)].sort()).toEqual(['g1-m1', 'g2-m1'])
  })

  it('FACTS 2.8: messages after one that is still out wait; those before it do not', () => {
    const bed = bedWith(['g1-m1', 'g1-m2', 'g1-m3'])
    const [, second] = bed.receive(QueueUrl)
    hide(bed, second.ReceiptHandle, 300)
    bed.wait(30)
    expect(bed.bodies(QueueUrl)).toEqual(['g1-m1'])
  })

  it('FACTS 2.8: when the first is still out, nothing of the group comes', () => {
    const bed = bedWith(['g1-m1', 'g1-m2', 'g1-m3'])
    const [first] = bed.receive(QueueUrl)
    hide(bed, first.ReceiptHandle, 300)
    bed.wait(30)
    expect(bed.bodies(QueueUrl)).toEqual([])
    expect(bed.counts(QueueUrl)).toEqual([2, 1, 0])
  })

  it('FACTS 2.8: the group stays locked until everything received of it is deleted', () => {
    const bed = bedWith(['g1-m1', 'g1-m2', 'g1-m3'])
    const [first, second] = bed.receive(QueueUrl, { MaxNumberOfMessages: 2 })
    bed.delete(QueueUrl, first.ReceiptHandle)
    expect(bed.bodies(QueueUrl)).toEqual([])
    bed.delete(QueueUrl, second.ReceiptHandle)
    expect(bed.bodies(QueueUrl)).toEqual(['g1-m3'])
  })

  it('FACTS 2.8: groups touched by a receive with timeout 0 go to the end of the ring', () => {
    const bed = bedWith(['g1-m1', 'g1-m2', 'g2-m1', 'g3-m1'])
    const touched = bed.bodies(QueueUrl, { MaxNumberOfMessages: 3, VisibilityTimeout: 0 })
    expect(touched).toEqual(['g1-m1', 'g1-m2', 'g2-m1'])
    expect(bed.bodies(QueueUrl)).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g2-m1'])
  })

  it('FACTS 2.8: between groups, AWS was recorded to go on with the one whose first message is the oldest', () => {
    const bed = bedWith(['g1-m1', 'g2-m1', 'g1-m2', 'g2-m2', 'g1-m3', 'g1-m4', 'g3-m1'])
    const received = bed.receive(QueueUrl, { MaxNumberOfMessages: 2 })
    expect(received.map(({ Body }) => Body)).toEqual(['g1-m1', 'g1-m2'])
    for (const { ReceiptHandle } of received) bed.delete(QueueUrl, ReceiptHandle)
    expect(bed.bodies(QueueUrl)).toEqual(['g2-m1', 'g2-m2', 'g1-m3', 'g1-m4', 'g3-m1'])
  })

  it('FACTS 2.8: a group that came back stands behind those that were never received', () => {
    const bed = bedWith(['g1-m1', 'g1-m2', 'g2-m1'])
    const [first] = bed.receive(QueueUrl, { MaxNumberOfMessages: 2 })
    hide(bed, first.ReceiptHandle, 1)
    bed.wait(2)
    expect(bed.bodies(QueueUrl)).toEqual(['g2-m1', 'g1-m1'])
  })

  it('FACTS 2.8: what one receive brought comes back together to a poll that waits', () => {
    const bed = bedWith(['g1-m1', 'g1-m2'])
    bed.receive(QueueUrl)
    const ticket = bed.sim.callFromOutside('sqs', 'ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
    })
    bed.wait(15)
    expect(ticket.output).toBeUndefined()
    bed.receive(QueueUrl)
    bed.wait(5)
    expect(ticket.output).toEqual({})
    bed.receive(QueueUrl)
    const again = bed.sim.callFromOutside('sqs', 'ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
    })
    bed.wait(10)
    expect(again.output).toMatchObject({ Messages: [{ Body: 'g1-m1' }, { Body: 'g1-m2' }] })
  })

  it('FACTS 2.2: a poll that waits is served when another deletes the group’s head', () => {
    const bed = bedWith(['g1-m1', 'g1-m2'])
    const [head] = bed.receive(QueueUrl, { MaxNumberOfMessages: 1 })
    const ticket = bed.sim.callFromOutside('sqs', 'ReceiveMessage', {
      QueueUrl,
      WaitTimeSeconds: 20,
    })
    expect(ticket.output).toBeUndefined()
    bed.delete(QueueUrl, head.ReceiptHandle)
    expect(ticket.output).toMatchObject({ Messages: [{ Body: 'g1-m2' }] })
  })

  it('FACTS 2.4: an expired head frees its group', () => {
    const bed = bedWith(['g1-m1'], { MessageRetentionPeriod: 60, VisibilityTimeout: 3600 })
    bed.receive(QueueUrl)
    bed.wait(30)
    send(bed, 'g1-m2')
    expect(bed.bodies(QueueUrl)).toEqual([])
    bed.wait(30)
    expect(bed.bodies(QueueUrl)).toEqual(['g1-m2'])
  })

  it('FACTS 1.4: sequence numbers have 20 digits and grow', () => {
    const bed = bedWith([])
    const sent = ['g1-m1', 'g2-m1', 'g1-m2'].map((body) => send(bed, body).SequenceNumber)
    for (const number of sent) expect(number).toMatch(/^\d{20}$/)
    expect([...sent].sort()).toEqual(sent)
    const told = bed.receive(QueueUrl).map(({ Attributes }) => Attributes?.SequenceNumber)
    expect(told).toEqual([sent[0], sent[2], sent[1]])
  })

  it('FACTS 1.3: a receive tells group and deduplication id', () => {
    const bed = bedWith(['g1-m1'])
    expect(bed.receive(QueueUrl)[0].Attributes).toMatchObject({
      MessageGroupId: 'g1',
      MessageDeduplicationId: 'g1-m1',
    })
  })

  it('FACTS 2.2: at 120,000 in flight receives bring nothing, without an error', () => {
    const bed = bedWith([], { VisibilityTimeout: 43_200 })
    sendMany(bed, (n) => `g${n}`)
    send(bed, 'last-m')
    let last = ''
    for (let n = 0; n < 12_000; n++) {
      if (n % 250 === 0) bed.wait(1)
      last = bed.receive(QueueUrl)[0].ReceiptHandle
    }
    expect(bed.counts(QueueUrl)).toEqual([1, 120_000, 0])
    expect(bed.receive(QueueUrl)).toEqual([])
    bed.delete(QueueUrl, last)
    expect(bed.bodies(QueueUrl)).toEqual(['last-m'])
  }, 60_000)

  it('FACTS 2.2: groups are looked for among the first 120,000 messages only', () => {
    const bed = bedWith([], { VisibilityTimeout: 43_200 })
    sendMany(bed, () => 'giant')
    send(bed, 'small-m')
    const [head] = bed.receive(QueueUrl, { MaxNumberOfMessages: 1 })
    expect(head.Body).toBe('x')
    expect(bed.receive(QueueUrl), 'the small group is beyond').toEqual([])
    bed.delete(QueueUrl, head.ReceiptHandle)
    expect(bed.receive(QueueUrl, { MaxNumberOfMessages: 1 })[0].Body).toBe('x')
    expect(bed.bodies(QueueUrl)).toEqual(['small-m'])
    bed.books(QueueUrl)
  }, 60_000)
})
