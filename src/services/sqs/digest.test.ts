/** What a queue's card, its Messages tab, its metrics and its advice show. */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { totalsOf } from '../../engine/totals.ts'
import { Testbed } from './testbed.ts'

const serials = (bed: Testbed, list: string, offset: number, limit: number) => {
  const index = bed.index('orders')
  const { total, slots } = bed.sim.behaviours[index]!.page!(bed.sim, index, list, offset, limit)
  return { total, serials: slots.map((slot) => bed.sim.world.messages.serial[slot]) }
}

describe('digest', () => {
  it('DESIGN 6: at most eight tokens a row, next to be received first', () => {
    const bed = new Testbed({ queues: { orders: { VisibilityTimeout: 5 } } })
    for (let n = 0; n < 12; n++) bed.send('orders', String(n))
    bed.receive('orders', { MaxNumberOfMessages: 2 })
    bed.wait(5)
    const [visible] = bed.digest('orders').rows
    expect(visible).toMatchObject({ name: 'visible', total: 12 })
    expect(visible.tokens.map((token) => token.message)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(visible.tokens[0]).toMatchObject({ look: 'solid', receives: 1 })
    expect(visible.tokens[2]).not.toHaveProperty('receives')
  })

  it('DESIGN 6: rings run from receive to timeout, and from send to the end of the delay', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    bed.send('orders', 'a')
    bed.wait(1)
    bed.send('orders', 'late', { DelaySeconds: 9 })
    bed.receive('orders', { VisibilityTimeout: 4 })
    const [, inFlight, delayed] = bed.digest('orders').rows
    expect(inFlight.tokens).toEqual([
      {
        message: 1,
        hue: expect.any(Number),
        look: 'outline',
        ringFromUs: fromSeconds(1),
        ringToUs: fromSeconds(5),
        receives: 1,
      },
    ])
    expect(delayed.tokens).toMatchObject([
      { message: 2, look: 'faded', ringFromUs: fromSeconds(1), ringToUs: fromSeconds(10) },
    ])
  })

  it('FACTS 2.5: the last try is told when the next receive would move the message', () => {
    const bed = new Testbed({
      queues: { orders: { VisibilityTimeout: 0 }, dead: {} },
      redrive: { orders: ['dead', 2] },
    })
    bed.send('orders', 'a')
    const isLastTry = () => bed.digest('orders').rows[0].tokens[0].lastTry ?? false
    bed.receive('orders')
    expect(isLastTry()).toBe(false)
    bed.receive('orders')
    expect(isLastTry()).toBe(true)
  })

  it('in-flight tokens stand in order of their timeout, also those out of order', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    const timeouts = [50, 10, 40, 20, 60, 30]
    for (const timeout of timeouts) {
      bed.send('orders', 'x')
      bed.receive('orders', { VisibilityTimeout: timeout })
    }
    expect(bed.digest('orders').rows[1].tokens.map((token) => token.message)).toEqual([
      2, 4, 6, 3, 1, 5,
    ])
    expect(serials(bed, 'inFlight', 0, 10).serials.toSorted()).toEqual([1, 2, 3, 4, 5, 6])
    expect(serials(bed, 'inFlight', 1, 2).serials).toHaveLength(2)
    expect(serials(bed, 'inFlight', 4, 10)).toMatchObject({ total: 6 })
    const paged = [0, 2, 4].flatMap((offset) => serials(bed, 'inFlight', offset, 2).serials)
    expect(paged.toSorted()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('pages go through the visible messages in the order of receives', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    for (let n = 0; n < 25; n++) bed.send('orders', String(n))
    expect(serials(bed, 'visible', 20, 10)).toEqual({ total: 25, serials: [21, 22, 23, 24, 25] })
    expect(serials(bed, 'delayed', 0, 10)).toEqual({ total: 0, serials: [] })
  })
})

describe('metrics', () => {
  const metrics = (bed: Testbed, queue = 'orders') => totalsOf(bed.sim).nodes[queue].metrics

  it('FACTS 2.11: counts of a queue under CloudWatch’s names', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    for (let n = 0; n < 3; n++) bed.send('orders', 'abcd')
    bed.send('orders', 'late', { DelaySeconds: 60 })
    const [a] = bed.receive('orders', { MaxNumberOfMessages: 2 })
    bed.delete('orders', a.ReceiptHandle)
    bed.delete('orders', a.ReceiptHandle)
    bed.receive('orders', { MaxNumberOfMessages: 1 })
    bed.receive('orders')
    bed.wait(10)
    expect(metrics(bed)).toEqual({
      ApproximateNumberOfGroupsWithInflightMessages: 0,
      ApproximateNumberOfNoisyGroups: 0,
      ApproximateNumberOfMessagesVisibleInQuietGroups: 0,
      ApproximateNumberOfMessagesNotVisibleInQuietGroups: 2,
      ApproximateNumberOfMessagesDelayedInQuietGroups: 1,
      ApproximateAgeOfOldestMessageInQuietGroups: 10,
      NumberOfDeduplicatedSentMessages: 0,
      ApproximateNumberOfMessagesVisible: 0,
      ApproximateNumberOfMessagesNotVisible: 2,
      ApproximateNumberOfMessagesDelayed: 1,
      ApproximateAgeOfOldestMessage: 10,
      NumberOfMessagesSent: 4,
      NumberOfMessagesReceived: 3,
      NumberOfMessagesDeleted: 2,
      NumberOfEmptyReceives: 1,
      SentMessageSize: 16,
    })
  })

  it('FACTS 2.11: a message received more than three times is left out of the age', () => {
    const bed = new Testbed({ queues: { orders: { VisibilityTimeout: 0 } } })
    bed.send('orders', 'poison')
    bed.wait(5)
    bed.send('orders', 'fine', { DelaySeconds: 100 })
    for (let n = 0; n < 3; n++) bed.receive('orders')
    bed.wait(1)
    expect(metrics(bed).ApproximateAgeOfOldestMessage).toBe(6)
    bed.receive('orders')
    expect(metrics(bed).ApproximateAgeOfOldestMessage).toBe(1)
  })

  it('FACTS 2.4, 2.5, 2.11: in a dead-letter queue the age counts from the move, which is no send', () => {
    const bed = new Testbed({
      queues: { orders: { VisibilityTimeout: 0 }, dead: {} },
      redrive: { orders: ['dead', 1] },
    })
    bed.send('orders', 'a')
    bed.wait(100)
    for (let n = 0; n < 2; n++) bed.receive('orders')
    bed.wait(3)
    const { ApproximateAgeOfOldestMessage, NumberOfMessagesSent } = metrics(bed, 'dead')
    expect(ApproximateAgeOfOldestMessage).toBeCloseTo(3, 1)
    expect(NumberOfMessagesSent).toBe(0)
  })
})

describe('advice', () => {
  const advice = (bed: Testbed) => bed.digest('orders').advice.join('\n')

  it('says nothing about a quiet queue', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    bed.send('orders', 'a')
    expect(advice(bed)).toBe('')
  })

  it('tells how many messages came back within the last minute, and forgets it', () => {
    const bed = new Testbed({ queues: { orders: {} } })
    for (let n = 0; n < 3; n++) bed.send('orders', 'x')
    bed.receive('orders')
    bed.wait(30)
    expect(advice(bed)).toBe(
      '3 messages came back in the last minute because nobody deleted them before the visibility timeout (30 s).',
    )
    bed.wait(60)
    expect(advice(bed)).toBe('')
  })

  it('warns before messages expire', () => {
    const bed = new Testbed({ queues: { orders: { MessageRetentionPeriod: 100 } } })
    bed.send('orders', 'a')
    bed.wait(79)
    expect(advice(bed)).toBe('')
    bed.wait(6)
    expect(advice(bed)).toBe(
      'The oldest message expires in 15 s: the retention period is 1 min 40 s.',
    )
  })

  it('recommends a dead-letter queue for what is received again and again', () => {
    const bed = new Testbed({ queues: { orders: { VisibilityTimeout: 0 } } })
    bed.send('orders', 'a')
    for (let n = 0; n < 5; n++) bed.receive('orders')
    expect(advice(bed)).toContain('was received 5 times. A dead-letter queue would')
  })

  it('FACTS 2.4: a dead-letter queue should keep messages longer than its source', () => {
    const bed = new Testbed({
      queues: { orders: {}, dead: { MessageRetentionPeriod: 60 } },
      redrive: { orders: ['dead', 1] },
    })
    expect(advice(bed)).toContain('“dead” keeps messages for a shorter time than this queue')
  })
})
