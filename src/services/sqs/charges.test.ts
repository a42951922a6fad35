/** What AWS bills for queues (FACTS 16). */
import { describe, expect, it } from 'vitest'
import { Testbed } from './testbed.ts'

const kilobytes = (count: number): string => 'x'.repeat(count * 1024)

/** What a queue's charges come to. */
function bill(bed: Testbed, queue = 'orders'): Record<string, number> {
  const { sim } = bed
  const charges = sim.behaviours[bed.index(queue)]!.charges!(sim, bed.index(queue))
  return Object.fromEntries(charges.map(({ item, quantity }) => [item, quantity]))
}
const REQUESTS = 'Requests, standard queue, 64 KB each'
const FAIR = 'Fair queue, surcharge'

/** What one call adds to the requests that are billed. */
function requestsOf(bed: Testbed, act: () => void, queue = 'orders'): number {
  const [item] = Object.keys(bill(bed, queue))
  const before = bill(bed, queue)[item]
  act()
  return bill(bed, queue)[item] - before
}

const one = () => new Testbed({ queues: { orders: {} } })

const entries = (bodies: readonly string[]) =>
  bodies.map((MessageBody, n) => ({ Id: String(n), MessageBody }))

describe('FACTS 16: what a queue is billed for', () => {
  it('a batch of ten small messages is one request, ten sends are ten', () => {
    const bed = one()
    const ten = entries(Array.from({ length: 10 }, () => 'small'))
    const batch = requestsOf(bed, () =>
      bed.call('SendMessageBatch', { QueueUrl: 'orders', Entries: ten }),
    )
    expect(batch).toBe(1)
    const single = requestsOf(bed, () => ten.forEach(() => bed.send('orders', 'small')))
    expect(single).toBe(10)
  })

  it('each 64 KB begun is a request: 64 KB are one, a byte more two, 256 KB four, 1 MiB sixteen', () => {
    const bed = one()
    const sizes = [kilobytes(64), `${kilobytes(64)}x`, kilobytes(256), kilobytes(1024)]
    const billed = sizes.map((body) => requestsOf(bed, () => bed.send('orders', body)))
    expect(billed).toEqual([1, 2, 4, 16])
  })

  it('a batch is measured as a whole', () => {
    const bed = one()
    const Entries = entries([kilobytes(33), kilobytes(33)])
    expect(
      requestsOf(bed, () => bed.call('SendMessageBatch', { QueueUrl: 'orders', Entries })),
    ).toBe(2)
  })

  it('an empty receive is a request, and one that brings 256 KB is four', () => {
    const bed = one()
    expect(requestsOf(bed, () => bed.receive('orders'))).toBe(1)
    bed.send('orders', kilobytes(256))
    expect(requestsOf(bed, () => bed.receive('orders'))).toBe(4)
  })

  it('a long poll is one request, however long it waits', () => {
    const bed = one()
    const poll = () => {
      bed.ask('ReceiveMessage', { QueueUrl: 'orders', WaitTimeSeconds: 20 })
      bed.wait(20)
    }
    expect(requestsOf(bed, poll)).toBe(1)
  })

  it('deletes and visibility changes are one each, a batch of them too', () => {
    const bed = one()
    for (let n = 0; n < 3; n++) bed.send('orders', kilobytes(100))
    const [first, ...rest] = bed.receive('orders')
    const change = {
      QueueUrl: 'orders',
      ReceiptHandle: first.ReceiptHandle,
      VisibilityTimeout: 60,
    }
    expect(requestsOf(bed, () => bed.call('ChangeMessageVisibility', change))).toBe(1)
    expect(requestsOf(bed, () => bed.delete('orders', first.ReceiptHandle))).toBe(1)
    const Entries = rest.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }))
    expect(
      requestsOf(bed, () => bed.call('DeleteMessageBatch', { QueueUrl: 'orders', Entries })),
    ).toBe(1)
  })

  it('calls that are refused are requests, whatever for', () => {
    const bed = new Testbed({ queues: { orders: { MaximumMessageSize: 1024 } } })
    const tooLong = { QueueUrl: 'orders', MessageBody: kilobytes(70) }
    expect(requestsOf(bed, () => bed.refusal('SendMessage', tooLong))).toBe(1)
    expect(requestsOf(bed, () => bed.refusal('SendMessage', { QueueUrl: 'orders' }))).toBe(1)
    expect(bed.books('orders').sent).toBe(0)
  })

  it('FIFO queues have a price of their own, and none for fairness', () => {
    const bed = new Testbed({ queues: { 'orders.fifo': { FifoQueue: true } } })
    bed.send('orders.fifo', kilobytes(65), { MessageGroupId: 'a', MessageDeduplicationId: '1' })
    bed.receive('orders.fifo')
    expect(bill(bed, 'orders.fifo')).toEqual({ 'Requests, FIFO queue, 64 KB each': 4 })
    const [charge] = bed.sim.behaviours[0]!.charges!(bed.sim, 0)
    expect(charge.price).toMatchObject({ usd: 0.5, per: 1e6 })
  })

  it('sends with a message group ID to a standard queue cost 0.10 more a million', () => {
    const bed = one()
    bed.send('orders', 'no tenant')
    expect(bill(bed)).toEqual({ [REQUESTS]: 1 })
    bed.send('orders', kilobytes(128), { MessageGroupId: 'tenant' })
    bed.receive('orders')
    expect(bill(bed)).toEqual({ [REQUESTS]: 6, [FAIR]: 2 })
    const [, fair] = bed.sim.behaviours[0]!.charges!(bed.sim, 0)
    expect(fair.price).toMatchObject({ usd: 0.1, per: 1e6 })
  })

  it('a queue that was deleted is still billed', () => {
    const bed = one()
    bed.send('orders', 'x')
    bed.call('DeleteQueue', { QueueUrl: 'orders' })
    const { charges } = bed.sim.behaviours[0]!
    expect(charges!(bed.sim, 0)[0].quantity).toBe(2)
  })
})
