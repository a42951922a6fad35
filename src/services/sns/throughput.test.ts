/** FACTS 3.3, 4.2: how much goes into a FIFO topic, and how much of it out to a web server. */
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { logPage } from '../../engine/views.ts'
import { totalsOf } from '../../engine/totals.ts'
import { whyOf } from '../../engine/trace.ts'
import { design, simulate } from '../lab.ts'
import { ARN, testbed } from './testbed.ts'
import { createThroughput, takes } from './throughput.ts'
import { deliveryPolicyFor } from './retry.ts'

/** How many of so many messages are taken within one second, of groups in turn. */
function takenOf(count: number, groups: number, bytes: number, hasTopicScope: boolean): number {
  const taken = createThroughput()
  let answer = 0
  for (let n = 0; n < count; n++) {
    if (takes(taken, 0, `g${n % groups}`, bytes, hasTopicScope)) answer++
  }
  return answer
}

test.each([
  ['one group', 1_000, 1, 100, true, 300],
  ['many groups, topic scope', 5_000, 100, 100, true, 3_000],
  ['many groups, group scope', 5_000, 100, 100, false, 5_000],
  ['big messages, topic scope', 200, 100, 262_144, true, 80],
])(
  'FACTS 3.3: what a FIFO topic takes within a second: %s',
  (_, count, groups, bytes, hasTopicScope, expected) => {
    expect(takenOf(count, groups, bytes, hasTopicScope)).toBe(expected)
  },
)

test('FACTS 3.3: the next second takes as much again', () => {
  const taken = createThroughput()
  for (let n = 0; n < 300; n++) takes(taken, 0, 'g', 1, true)
  expect(takes(taken, fromSeconds(1) - 1, 'g', 1, true)).toBe(false)
  expect(takes(taken, fromSeconds(1), 'g', 1, true)).toBe(true)
})

test('FACTS 3.1, 3.3: a publish beyond it is Throttled, marked, counted, and says why', () => {
  const bed = testbed()
  const Attributes = { FifoTopic: 'true', ContentBasedDeduplication: 'true' }
  bed.sns('CreateTopic', { Name: 'f.fifo', Attributes })
  const refusals = Array.from({ length: 302 }, (_, n) =>
    bed.refusal('Publish', { TopicArn: `${ARN}:f.fifo`, MessageGroupId: 'g', Message: `${n}` }),
  )
  expect(refusals.filter((text) => text !== '')).toEqual([
    'Throttled: Rate exceeded',
    'Throttled: Rate exceeded',
  ])
  const { sim } = bed
  expect(sim.records.marks.filter(({ type }) => type === 'throttled')).not.toHaveLength(0)
  const [row] = logPage(sim, 0, 1, { failedOnly: true }).rows
  expect(whyOf(sim, { row: row.row })?.because).toContain(
    '300 messages a second of one message group',
  )
})

test('FACTS 4.2: the subscription’s delivery policy wins over the topic’s, unless that forbids it', () => {
  const ofTopic = { defaultThrottlePolicy: { maxReceivesPerSecond: 5 } }
  const own = JSON.stringify({ throttlePolicy: { maxReceivesPerSecond: 2 } })
  const limit = (topic: object, protocol = 'https') =>
    deliveryPolicyFor(protocol, JSON.stringify({ http: topic }), own).receivesPerSecond
  expect(limit(ofTopic)).toBe(2)
  expect(limit({ ...ofTopic, disableSubscriptionOverrides: true })).toBe(5)
  expect(limit(ofTopic, 'sqs')).toBeUndefined()
})

test('FACTS 4.2: maxReceivesPerSecond: what waits for its turn uses no retry', () => {
  const sim = simulate(
    design({
      nodes: {
        news: ['sns'],
        there: ['endpoint', { responseMs: 0, confirmsItself: true }],
      },
      wires: [
        ['news', 'there', { DeliveryPolicy: '{"throttlePolicy": {"maxReceivesPerSecond": 2}}' }],
      ],
    }),
  )
  const delivered = () => {
    const { nodes, invariants } = totalsOf(sim)
    expect(invariants.broken).toEqual([])
    return nodes.news.totals
  }
  sim.advance(fromSeconds(1))
  for (let n = 0; n < 10; n++) {
    sim.callFromOutside('sns', 'Publish', { TopicArn: `${ARN}:news`, Message: 'hello' })
  }
  sim.advance(fromSeconds(1.1))
  expect(delivered()).toMatchObject({ copied: 10, delivered: 1 })
  sim.advance(fromSeconds(4.1))
  expect(delivered()).toMatchObject({ delivered: 7 })
  sim.advance(fromSeconds(10))
  expect(delivered()).toMatchObject({ delivered: 10, retried: 0 })
})
