/** Fair queues: one tenant's flood does not make the others wait (FACTS 2.7). */
import { describe, expect, it } from 'vitest'
import { metricValues } from '../../engine/samples.ts'
import { Testbed } from './testbed.ts'

const QueueUrl = 'orders'

function send(bed: Testbed, tenant: string | undefined, count: number): void {
  for (let n = 0; n < count; n++) {
    bed.send(QueueUrl, tenant ?? 'none', tenant ? { MessageGroupId: tenant } : {})
  }
}

/** So many are received, whosever they are. */
const take = (bed: Testbed, count: number): string[] =>
  Array.from({ length: count }, () => bed.bodies(QueueUrl, { MaxNumberOfMessages: 1 })).flat()

function metric(bed: Testbed, name: string): number {
  const index = bed.index(QueueUrl)
  const behaviour = bed.sim.behaviours[index]!
  const place = behaviour.metrics.findIndex((known) => known.name === name)
  return metricValues(bed.sim, bed.sim.world.nodes[index], behaviour)[place]
}

/** A tenant that floods the queue, 40 of whose messages are in flight, and a quiet one behind it. */
function flooded(): Testbed {
  const bed = new Testbed({ queues: { [QueueUrl]: { VisibilityTimeout: 600 } } })
  send(bed, 'loud', 100)
  take(bed, 40)
  send(bed, 'quiet', 3)
  return bed
}

describe('fair queues', () => {
  it('FACTS 2.7: messages of quiet tenants come first while another is noisy', () => {
    const bed = flooded()
    expect(take(bed, 5)).toEqual(['quiet', 'quiet', 'quiet', 'loud', 'loud'])
    bed.books(QueueUrl)
  })

  it('FACTS 2.7: a message without a group is its own tenant, and quiet', () => {
    const bed = flooded()
    send(bed, undefined, 1)
    expect(take(bed, 5)).toEqual(['quiet', 'quiet', 'quiet', 'none', 'loud'])
  })

  it('FACTS 2.7: noisy means at least 30 in flight, and more than a tenth of all', () => {
    const few = new Testbed({ queues: { [QueueUrl]: {} } })
    send(few, 'loud', 100)
    take(few, 29)
    send(few, 'quiet', 1)
    expect(metric(few, 'ApproximateNumberOfNoisyGroups')).toBe(0)
    expect(take(few, 1)).toEqual(['loud'])
    expect(metric(few, 'ApproximateNumberOfNoisyGroups')).toBe(1)
    expect(take(few, 1)).toEqual(['quiet'])

    const small = new Testbed({ queues: { [QueueUrl]: {} } })
    send(small, undefined, 400)
    take(small, 400)
    send(small, 'loud', 60)
    take(small, 40)
    expect(metric(small, 'ApproximateNumberOfNoisyGroups')).toBe(0)
  })

  it('FACTS 2.7: a noisy tenant’s messages flow when no quiet one waits', () => {
    const bed = flooded()
    take(bed, 3)
    expect(bed.bodies(QueueUrl)).toHaveLength(10)
  })

  it('FACTS 2.7: among noisy tenants the one with fewest in flight goes first', () => {
    const bed = new Testbed({ queues: { [QueueUrl]: { VisibilityTimeout: 600 } } })
    send(bed, 'a', 50)
    take(bed, 40)
    send(bed, 'b', 50)
    take(bed, 31)
    expect(metric(bed, 'ApproximateNumberOfNoisyGroups')).toBe(2)
    expect(take(bed, 5)).toEqual(['b', 'b', 'b', 'b', 'b'])
  })

  it('FACTS 2.7: it ends when its backlog is empty', () => {
    const bed = flooded()
    take(bed, 63)
    expect(metric(bed, 'ApproximateNumberOfNoisyGroups')).toBe(0)
  })

  it('FACTS 2.7: it ends when it has sent nothing for five minutes', () => {
    const bed = flooded()
    bed.wait(300)
    send(bed, 'quiet', 1)
    expect(take(bed, 4)).toEqual(['loud', 'loud', 'loud', 'loud'])
  })

  it('FACTS 2.11: metrics of quiet groups leave noisy tenants out', () => {
    const bed = flooded()
    bed.wait(10)
    expect(metric(bed, 'ApproximateNumberOfMessagesVisible')).toBe(63)
    expect(metric(bed, 'ApproximateNumberOfMessagesVisibleInQuietGroups')).toBe(3)
    expect(metric(bed, 'ApproximateNumberOfMessagesNotVisibleInQuietGroups')).toBe(0)
    expect(metric(bed, 'ApproximateAgeOfOldestMessageInQuietGroups')).toBe(10)
    take(bed, 3)
    expect(metric(bed, 'ApproximateNumberOfMessagesNotVisibleInQuietGroups')).toBe(3)
  })

  it('FACTS 2.7: the pages of the queue show noisy tenants’ messages last', () => {
    const bed = flooded()
    take(bed, 1)
    const index = bed.index(QueueUrl)
    const { total, slots } = bed.sim.behaviours[index]!.page!(bed.sim, index, 'visible', 0, 100)
    expect([total, slots.length, new Set(slots).size]).toEqual([62, 62, 62])
  })
})
