/** Short and long polling, order, duplicates. */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { Testbed, type Received } from './testbed.ts'

const longPoll = (bed: Testbed, more: Readonly<Record<string, unknown>> = {}) =>
  bed.sim.callFromOutside('sqs', 'ReceiveMessage', {
    QueueUrl: 'orders',
    WaitTimeSeconds: 20,
    ...more,
  })

const bodiesOf = (output: unknown): string[] =>
  ((output as { Messages?: Received[] }).Messages ?? []).map((message) => message.Body)

describe('long polling', () => {
  it('FACTS 2.6: answers as soon as a message is there', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    const ticket = longPoll(bed)
    bed.wait(3)
    expect(ticket.output).toBeUndefined()
    bed.send('orders', 'a')
    expect(bodiesOf(ticket.output)).toEqual(['a'])
  })

  it('FACTS 2.6: is empty only when its time is over, to the tick', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    const ticket = longPoll(bed)
    bed.sim.advance(fromSeconds(20) - 1)
    expect(ticket.output).toBeUndefined()
    bed.sim.advance(fromSeconds(20))
    expect(ticket.output).toEqual({})
    expect(bed.books('orders').emptyReceives).toBe(1)
  })

  it('FACTS 2.6: the call’s wait wins over the queue’s, also when it is 0', () => {
    const bed = new Testbed({ queues: { orders: { ReceiveMessageWaitTimeSeconds: 10 } } })
    expect(bed.ask('ReceiveMessage', { QueueUrl: 'orders', WaitTimeSeconds: 0 })).toEqual({})
    const byQueue = bed.sim.callFromOutside('sqs', 'ReceiveMessage', { QueueUrl: 'orders' })
    bed.wait(9.9)
    expect(byQueue.output).toBeUndefined()
    bed.wait(0.1)
    expect(byQueue.output).toEqual({})
  })

  it('FACTS 2.6: does not wait to fill a batch, and serves who came first', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    const first = longPoll(bed, { MaxNumberOfMessages: 10 })
    const second = longPoll(bed, { MaxNumberOfMessages: 10 })
    bed.send('orders', 'a')
    expect(bodiesOf(first.output)).toEqual(['a'])
    expect(second.output).toBeUndefined()
    bed.send('orders', 'b')
    expect(bodiesOf(second.output)).toEqual(['b'])
  })

  it('FACTS 2.6: polls with different waits end each in its own time', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    const ended: number[] = []
    const tickets = [20, 5, 12, 1].map((wait) => longPoll(bed, { WaitTimeSeconds: wait }))
    for (let second = 1; second <= 20; second++) {
      bed.wait(1)
      tickets.forEach((ticket, index) => {
        if (ticket.output && !ended.includes(index)) ended.push(index)
      })
      if (second === 5) expect(ended).toEqual([3, 1])
    }
    expect(ended).toEqual([3, 1, 2, 0])
  })

  it('FACTS 2.3, 2.6: a waiting poll gets a delayed message exactly when the delay ends', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    bed.send('orders', 'later', { DelaySeconds: 7 })
    const ticket = longPoll(bed)
    bed.sim.advance(fromSeconds(7) - 1)
    expect(ticket.output).toBeUndefined()
    bed.sim.advance(fromSeconds(7))
    expect(bodiesOf(ticket.output)).toEqual(['later'])
  })

  it('ENGINE 3: polls that are answered at once leave no event each in the agenda', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    for (let n = 0; n < 1_000; n++) {
      longPoll(bed)
      bed.send('orders', 'x')
    }
    expect(bed.sim.world.agenda.heapSize).toBeLessThan(10)
  })
})

describe('short polling', () => {
  const spread = () => {
    const bed = new Testbed({ queues: { orders: { servers: 5, VisibilityTimeout: 43_200 } } })
    for (let n = 0; n < 8; n++) bed.send('orders', `m${n}`)
    return bed
  }

  it('FACTS 2.6: asks some servers, so it may miss messages; asking again finds them all', () => {
    const bed = spread()
    const found = new Set(bed.bodies('orders'))
    expect(found.size).toBeLessThan(8)
    for (let n = 0; n < 40; n++) for (const body of bed.bodies('orders')) found.add(body)
    expect(found.size).toBe(8)
  })

  it('FACTS 2.6: a long poll asks all servers', () => {
    expect(spread().bodies('orders', { WaitTimeSeconds: 1 })).toHaveLength(8)
  })

  it('FACTS 2.11: polls that bring nothing are counted as empty receives', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    for (let n = 0; n < 5; n++) bed.receive('orders')
    expect(bed.books('orders')).toMatchObject({ emptyReceives: 5, received: 0 })
  })
})

describe('order and duplicates', () => {
  const fill = (bed: Testbed, count: number) => {
    for (let n = 0; n < count; n++) bed.send('orders', String(n))
  }

  it('FACTS 2.7: order is kept as far as nothing disturbs it', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    fill(bed, 12)
    expect(bed.bodies('orders')).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(bed.bodies('orders')).toEqual(['10', '11'])
  })

  it('FACTS 2.7: best-effort order: with its chance at 1 the oldest is always passed over', () => {
    const bed = new Testbed({ queues: { orders: { reorderChance: 1 } } })
    fill(bed, 3)
    expect(bed.bodies('orders', { MaxNumberOfMessages: 1 })).toEqual(['1'])
    expect(bed.bodies('orders')).toEqual(['2', '0'])
    bed.send('orders', 'alone')
    expect(bed.bodies('orders')).toEqual(['alone'])
  })

  it('FACTS 2.7: a message that came back keeps its place before younger ones', () => {
    const bed = new Testbed({ queues: { orders: { VisibilityTimeout: 1 } } })
    fill(bed, 4)
    bed.receive('orders', { MaxNumberOfMessages: 2 })
    bed.wait(1)
    expect(bed.bodies('orders')).toEqual(['0', '1', '2', '3'])
  })

  it('FACTS 2.7: after three receives it goes to the back of the queue', () => {
    const bed = new Testbed({ queues: { orders: { VisibilityTimeout: 1 } } })
    fill(bed, 3)
    for (let receives = 0; receives < 3; receives++) {
      expect(bed.bodies('orders', { MaxNumberOfMessages: 1 })).toEqual(['0'])
      bed.wait(1)
    }
    expect(bed.bodies('orders')).toEqual(['1', '2', '0'])
  })

  it('FACTS 2.2: at least once: a message in flight may be delivered again', () => {
    const bed = new Testbed({ queues: { orders: { duplicateChance: 1 } } })
    const id = bed.send('orders', 'a')
    const [first] = bed.receive('orders')
    const [second] = bed.receive('orders')
    expect([first.MessageId, second.MessageId]).toEqual([id, id])
    expect(second.Attributes?.ApproximateReceiveCount).toBe('2')
    bed.delete('orders', first.ReceiptHandle)
    expect(bed.counts('orders')).toEqual([1, 0, 0])
    bed.delete('orders', second.ReceiptHandle)
    expect(bed.books('orders')).toMatchObject({ sent: 1, received: 2, duplicates: 1, deleted: 1 })
    expect(bed.sim.records.marks.map((mark) => mark.type)).toContain('duplicate')
  })

  it('FACTS 2.2: duplicates happen as often as their chance says', () => {
    const bed = new Testbed({ queues: { orders: { duplicateChance: 0.1 } } })
    fill(bed, 5_000)
    for (let n = 0; n < 600; n++) bed.receive('orders')
    const { duplicates, received } = bed.books('orders')
    expect(received - duplicates).toBe(5_000)
    // Each receive is doubled with p = 0.1: 5000 * p / (1 - p) = 556, standard deviation 25.
    expect(Math.abs(duplicates - 556)).toBeLessThan(100)
  })
})
