/** A message's life in a standard queue: sent, delayed, received, deleted, back again, dead-lettered. */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { Testbed } from './testbed.ts'

describe('states and counts', () => {
  it('FACTS 2.1: delayed, then visible, then in flight, then deleted', () => {
    const bed = new Testbed({ queues: { orders: { DelaySeconds: 5 } } })
    bed.send('orders', 'a')
    expect(bed.counts('orders')).toEqual([0, 0, 1])
    bed.wait(5)
    expect(bed.counts('orders')).toEqual([1, 0, 0])
    const [message] = bed.receive('orders')
    expect(bed.counts('orders')).toEqual([0, 1, 0])
    bed.delete('orders', message.ReceiptHandle)
    expect(bed.counts('orders')).toEqual([0, 0, 0])
    expect(bed.books('orders')).toMatchObject({ sent: 1, received: 1, deleted: 1 })
    expect(bed.sim.world.messages.live).toBe(0)
  })
})

describe('visibility', () => {
  it('FACTS 2.2: not deleted, a message comes back when the timeout ends, to the tick', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    bed.send('orders', 'a')
    const [first] = bed.receive('orders')
    expect(first.Attributes?.ApproximateReceiveCount).toBe('1')
    bed.sim.advance(fromSeconds(30) - 1)
    expect(bed.receive('orders')).toEqual([])
    bed.sim.advance(fromSeconds(30))
    const [again] = bed.receive('orders')
    expect(again.MessageId).toBe(first.MessageId)
    expect(again.ReceiptHandle).not.toBe(first.ReceiptHandle)
    expect(again.Attributes?.ApproximateReceiveCount).toBe('2')
  })

  it('FACTS 2.2: the receive’s own timeout wins over the queue’s, and 0 leaves it visible', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    bed.send('orders', 'a')
    expect(bed.bodies('orders', { VisibilityTimeout: 0 })).toEqual(['a'])
    expect(bed.bodies('orders', { VisibilityTimeout: 2 })).toEqual(['a'])
    bed.wait(1.9)
    expect(bed.bodies('orders')).toEqual([])
    bed.wait(0.1)
    expect(bed.bodies('orders')).toEqual(['a'])
  })

  it('FACTS 2.2: the queue’s timeout is read when the message is received', () => {
    const bed = new Testbed({ queues: { orders: { VisibilityTimeout: 10 } } })
    bed.send('orders', 'a')
    bed.receive('orders')
    const drawn = bed.sim.world.scenario.nodes[0]
    bed.sim.edit({
      nodes: { [drawn.id]: { ...drawn, config: { ...drawn.config, VisibilityTimeout: 100 } } },
      wires: {},
    })
    bed.wait(10)
    expect(bed.bodies('orders')).toEqual(['a'])
    bed.wait(99)
    expect(bed.bodies('orders')).toEqual([])
    bed.wait(1)
    expect(bed.bodies('orders')).toEqual(['a'])
  })
})

describe('dead letters', () => {
  it('FACTS 2.5: the receive after maxReceiveCount moves the message instead of returning it', () => {
    const bed = new Testbed({
      queues: { orders: { VisibilityTimeout: 1 }, dead: {} },
      redrive: { orders: ['dead', 3] },
    })
    const id = bed.send('orders', 'poison')
    for (let receives = 1; receives <= 3; receives++) {
      expect(bed.bodies('orders')).toEqual(['poison'])
      bed.wait(1)
    }
    expect(bed.counts('orders')).toEqual([1, 0, 0])
    expect(bed.bodies('orders')).toEqual([])
    bed.wait(0.001)
    const [dead] = bed.receive('dead')
    expect(dead.MessageId).toBe(id)
    expect(dead.Attributes).toMatchObject({
      ApproximateReceiveCount: '4',
      DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
      ApproximateFirstReceiveTimestamp: String(1_767_225_600_000),
    })
    expect(bed.books('orders')).toMatchObject({ sent: 1, received: 3, movedOut: 1 })
    expect(bed.books('dead')).toMatchObject({ sent: 0, movedIn: 1, received: 1 })
  })
})
