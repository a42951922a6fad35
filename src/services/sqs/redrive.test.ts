/** Dead-letter queues. */
import { describe, expect, it } from 'vitest'
import { HOP_LOOK } from '../../engine/frame.ts'
import { hopsBetween } from '../../engine/hops.ts'
import { Testbed } from './testbed.ts'

describe('redrive policy', () => {
  const bedWithDeadLetters = (maxReceiveCount: number, config: Record<string, unknown> = {}) =>
    new Testbed({
      queues: { orders: { VisibilityTimeout: 1 }, dead: config },
      redrive: { orders: ['dead', maxReceiveCount] },
    })

  it('FACTS 2.5: the receive after maxReceiveCount moves the message instead of returning it', () => {
    const bed = bedWithDeadLetters(3)
    const id = bed.send('orders', 'poison', {
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'k' } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1' } },
    })
    bed.wait(2)
    for (let receives = 1; receives <= 3; receives++) {
      expect(bed.bodies('orders')).toEqual(['poison'])
      bed.wait(1)
    }
    expect(bed.counts('orders')).toEqual([1, 0, 0])
    expect(bed.bodies('orders')).toEqual([])
    bed.wait(0.001)
    const [dead] = bed.receive('dead')
    expect(dead.MessageId).toBe(id)
    expect(dead.Attributes).toEqual({
      SenderId: '000000000000',
      SentTimestamp: '1767225600000',
      ApproximateReceiveCount: '4',
      ApproximateFirstReceiveTimestamp: '1767225602000',
      AWSTraceHeader: 'Root=1',
      DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
    })
    expect(dead.MessageAttributes).toEqual({ kind: { DataType: 'String', StringValue: 'k' } })
    expect(bed.books('orders')).toMatchObject({ sent: 1, received: 3, movedOut: 1 })
    expect(bed.books('dead')).toMatchObject({ sent: 0, movedIn: 1, received: 1 })
  })

  it('FACTS 2.5: with maxReceiveCount 1 the first receive from the dead-letter queue shows 2', () => {
    const bed = bedWithDeadLetters(1)
    bed.send('orders', 'a')
    bed.receive('orders')
    bed.wait(1)
    bed.receive('orders')
    bed.wait(1)
    expect(bed.receive('dead')[0].Attributes?.ApproximateReceiveCount).toBe('2')
  })

  it('FACTS 2.5: one receive moves what is spent and returns what is not', () => {
    const bed = bedWithDeadLetters(1)
    bed.send('orders', 'spent')
    bed.receive('orders')
    bed.wait(1)
    bed.send('orders', 'fresh')
    expect(bed.bodies('orders')).toEqual(['fresh'])
    bed.wait(0.5)
    expect(bed.bodies('dead')).toEqual(['spent'])
  })

  it('FACTS 2.5: a waiting poll is not answered with a message that moves', () => {
    const bed = bedWithDeadLetters(1)
    bed.send('orders', 'a')
    bed.receive('orders')
    const ticket = bed.sim.callFromOutside('sqs', 'ReceiveMessage', {
      QueueUrl: 'orders',
      WaitTimeSeconds: 10,
    })
    bed.wait(2)
    expect(ticket.output).toBeUndefined()
    expect(bed.counts('dead')).toEqual([1, 0, 0])
    bed.send('orders', 'b')
    expect(ticket.output).toMatchObject({ Messages: [{ Body: 'b' }] })
  })

  it('FACTS 2.5: the handle from the source no longer deletes it', () => {
    const bed = bedWithDeadLetters(1)
    bed.send('orders', 'a')
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.wait(1)
    bed.receive('orders')
    bed.wait(1)
    bed.delete('orders', ReceiptHandle)
    expect(bed.counts('dead')).toEqual([1, 0, 0])
  })

  it('FACTS 2.5: a dead-letter queue may have one itself', () => {
    const bed = new Testbed({
      queues: { a: { VisibilityTimeout: 0 }, b: { VisibilityTimeout: 0 }, c: {} },
      redrive: { a: ['b', 1], b: ['c', 2] },
    })
    const id = bed.send('a', 'x')
    for (let n = 0; n < 2; n++) bed.receive('a')
    bed.wait(1)
    // Received once in a; the count goes on, so b returns it once and moves it on the next receive.
    expect(bed.receive('b')[0].Attributes?.ApproximateReceiveCount).toBe('2')
    expect(bed.bodies('b')).toEqual([])
    bed.wait(1)
    const [last] = bed.receive('c')
    expect(last.MessageId).toBe(id)
    expect(last.Attributes?.DeadLetterQueueSourceArn).toBe('arn:aws:sqs:us-east-1:000000000000:b')
  })

  it('FACTS 2.5: a dead-letter queue that has one itself has the message at once', () => {
    const bed = new Testbed({
      queues: { a: { VisibilityTimeout: 0 }, b: {}, c: {} },
      redrive: { a: ['b', 1], b: ['c', 2] },
    })
    bed.send('a', 'x')
    for (let n = 0; n < 2; n++) bed.receive('a')
    bed.wait(0)
    expect(bed.counts('b')).toEqual([1, 0, 0])
  })

  it('FACTS 2.5: two queues that are each other’s dead-letter queue do not hang the run', () => {
    const bed = new Testbed({
      queues: { a: { VisibilityTimeout: 0 }, b: { VisibilityTimeout: 0 } },
      redrive: { a: ['b', 1], b: ['a', 1] },
    })
    bed.send('a', 'x')
    bed.receive('a')
    for (const QueueUrl of ['a', 'b']) {
      bed.sim.callFromOutside('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
    }
    bed.wait(1)
    expect(bed.books('a').movedOut).toBeGreaterThan(100)
  })

  it('DESIGN 4: the move is news in the log, a mark, and a hop along the redrive wire', () => {
    const bed = new Testbed({
      queues: { orders: { VisibilityTimeout: 0 }, dead: {} },
      redrive: { orders: ['dead', 1] },
      settings: { network: 'stretched' },
    })
    bed.send('orders', 'a')
    bed.receive('orders')
    bed.receive('orders')
    expect(bed.digest('orders').figures.movedOut).toBe(1)
    const { hops, marks } = bed.sim.records
    const { look, arriveUs } = hopsBetween(hops, 0, 0, 1)
    expect([...look]).toEqual([HOP_LOOK.deadLettered])
    expect([...arriveUs]).toEqual([400_000])
    const moves = marks.filter(({ type }) => type === 'deadLettered')
    expect(moves).toMatchObject([{ node: 'id-orders', message: 1 }])
    expect(bed.counts('dead')).toEqual([0, 0, 0])
    bed.books('dead')
    bed.wait(0.4)
    expect(bed.counts('dead')).toEqual([1, 0, 0])
  })

  it('DESIGN 4: a queue removed while dead letters travel to it takes them along', () => {
    const bed = bedWithDeadLetters(1)
    bed.send('orders', 'a')
    bed.receive('orders')
    bed.wait(1)
    bed.receive('orders')
    bed.sim.edit({ nodes: { 'id-dead': null }, wires: { 'redrive-orders': null } })
    bed.wait(1)
    bed.books('orders')
    expect(bed.sim.world.messages.live).toBe(0)
  })
})

describe('redrive allow policy', () => {
  const policies: [string, Record<string, unknown>, number][] = [
    ['allowAll', { redriveAllow: 'allowAll' }, 1],
    ['denyAll', { redriveAllow: 'denyAll' }, 0],
    ['byQueue', { redriveAllow: 'byQueue', redriveAllowSources: 'x, orders' }, 1],
    ['byQueue without it', { redriveAllow: 'byQueue', redriveAllowSources: 'x' }, 0],
  ]
  it.each(policies)('FACTS 2.5: %s', (_, config, moved) => {
    const bed = new Testbed({
      queues: { orders: { VisibilityTimeout: 0 }, dead: config },
      redrive: { orders: ['dead', 1] },
    })
    bed.send('orders', 'a')
    bed.receive('orders')
    bed.receive('orders')
    expect(bed.books('orders').movedOut).toBe(moved)
    const told = bed.digest('orders').advice.some((line) => line.includes('redrive allow policy'))
    expect(told).toBe(moved === 0)
  })

  it('FACTS 2.5: a denial that comes later stops the moves and is told', () => {
    const bed = new Testbed({
      queues: { orders: { VisibilityTimeout: 0 }, dead: {} },
      redrive: { orders: ['dead', 1] },
    })
    bed.send('orders', 'a')
    bed.receive('orders')
    bed.call('SetQueueAttributes', {
      QueueUrl: 'dead',
      Attributes: { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' },
    })
    expect(bed.bodies('orders')).toEqual(['a'])
    expect(bed.digest('orders').advice.join()).toContain('redrive allow policy')
  })
})
