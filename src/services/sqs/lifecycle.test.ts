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

describe('delay', () => {
  it('FACTS 2.3: a message’s own delay wins over the queue’s, also when it is 0', () => {
    const bed = new Testbed({ queues: { orders: { DelaySeconds: 5 } } })
    bed.send('orders', 'now', { DelaySeconds: 0 })
    bed.send('orders', 'late', { DelaySeconds: 9 })
    bed.send('orders', 'queue')
    expect(bed.bodies('orders')).toEqual(['now'])
    bed.wait(5)
    expect(bed.bodies('orders')).toEqual(['queue'])
    bed.wait(4)
    expect(bed.bodies('orders')).toEqual(['late'])
  })

  it('FACTS 2.3: changing the queue’s delay reaches only new messages', () => {
    const bed = new Testbed({ queues: { orders: { DelaySeconds: 60 } } })
    bed.send('orders', 'old')
    bed.call('SetQueueAttributes', { QueueUrl: 'orders', Attributes: { DelaySeconds: '0' } })
    bed.send('orders', 'new')
    expect(bed.bodies('orders')).toEqual(['new'])
    expect(bed.counts('orders')).toEqual([0, 1, 1])
  })

  it('FACTS 2.3: a delayed message is not in flight, and its age counts from the send', () => {
    const bed = new Testbed({
      queues: { orders: { DelaySeconds: 900, MessageRetentionPeriod: 60 } },
    })
    bed.send('orders', 'a')
    expect(bed.counts('orders')).toEqual([0, 0, 1])
    bed.wait(60)
    expect(bed.books('orders').expired).toBe(1)
  })
})

describe('retention', () => {
  it('FACTS 2.4: a message is dropped at sent + retention, visible, in flight or delayed', () => {
    const bed = new Testbed({
      queues: { orders: { MessageRetentionPeriod: 60, VisibilityTimeout: 1_000 } },
    })
    bed.send('orders', 'in flight')
    bed.receive('orders')
    bed.send('orders', 'visible')
    bed.send('orders', 'delayed', { DelaySeconds: 100 })
    bed.sim.advance(fromSeconds(60) - 1)
    expect(bed.counts('orders')).toEqual([1, 1, 1])
    bed.sim.advance(fromSeconds(60))
    expect(bed.counts('orders')).toEqual([0, 0, 0])
    expect(bed.books('orders')).toMatchObject({ sent: 3, expired: 3, movedOut: 0 })
    expect(bed.sim.records.marks.filter((mark) => mark.type === 'expired')).toHaveLength(3)
  })

  it('FACTS 1.3, 2.4: a shorter period acts on stored messages too', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    bed.send('orders', 'old')
    bed.wait(100)
    bed.send('orders', 'young')
    bed.call('SetQueueAttributes', {
      QueueUrl: 'orders',
      Attributes: { MessageRetentionPeriod: '60' },
    })
    bed.wait(0)
    expect(bed.bodies('orders', { VisibilityTimeout: 0 })).toEqual(['young'])
    bed.wait(60)
    expect(bed.books('orders').expired).toBe(2)
  })

  it('FACTS 2.4: a standard dead-letter queue counts from the first send', () => {
    const bed = new Testbed({
      queues: { orders: { VisibilityTimeout: 0 }, dead: { MessageRetentionPeriod: 200 } },
      redrive: { orders: ['dead', 1] },
    })
    bed.send('orders', 'a')
    bed.wait(150)
    bed.receive('orders')
    bed.receive('orders')
    bed.wait(1)
    expect(bed.counts('dead')).toEqual([1, 0, 0])
    bed.sim.advance(fromSeconds(200) - 1)
    expect(bed.counts('dead')).toEqual([1, 0, 0])
    bed.sim.advance(fromSeconds(200))
    expect(bed.books('dead')).toMatchObject({ movedIn: 1, expired: 1 })
  })

  it('FACTS 2.4: dead letters from two sources expire in order of their first send', () => {
    const bed = new Testbed({
      queues: {
        slow: { VisibilityTimeout: 0 },
        fast: { VisibilityTimeout: 0 },
        dead: { MessageRetentionPeriod: 100 },
      },
      redrive: { slow: ['dead', 1], fast: ['dead', 1] },
    })
    const move = (queue: string) => [bed.receive(queue), bed.receive(queue)]
    bed.send('slow', 'first')
    bed.wait(10)
    bed.send('fast', 'second')
    move('fast')
    bed.wait(10)
    move('slow')
    bed.send('dead', 'direct')
    bed.wait(1)
    expect(bed.bodies('dead', { VisibilityTimeout: 0 }).toSorted()).toEqual([
      'direct',
      'first',
      'second',
    ])
    const left = (second: number) => {
      bed.sim.advance(fromSeconds(second))
      return bed.bodies('dead', { VisibilityTimeout: 0 }).toSorted()
    }
    expect(left(100)).toEqual(['direct', 'second'])
    expect(left(110)).toEqual(['direct'])
    expect(left(120)).toEqual([])
    expect(bed.books('dead')).toMatchObject({ sent: 1, movedIn: 2, expired: 3 })
  })
})
