import { expect, test } from 'vitest'
import { queueArn, testbed } from './testbed.ts'

test('FACTS 3.3: a FIFO topic has at most 100 subscriptions, those that are there already aside', () => {
  const bed = testbed()
  const Attributes = { FifoTopic: 'true' }
  const { TopicArn } = bed.sns<{ TopicArn: string }>('CreateTopic', { Name: 'a.fifo', Attributes })
  const subscribe = (n: number) =>
    bed.refusal('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn(`q${n}`) })
  for (let n = 0; n < 100; n++) expect(subscribe(n)).toBe('')
  expect(subscribe(100)).toBe('SubscriptionLimitExceeded: Subscription limit exceeded')
  expect(subscribe(99)).toBe('')
})

test('FACTS 3.3: a topic has at most 200 filter policies; subscriptions without one are not counted', () => {
  const bed = testbed()
  const { TopicArn } = bed.sns<{ TopicArn: string }>('CreateTopic', { Name: 'a' })
  const subscribe = (n: number, Attributes: object) => ({
    TopicArn,
    Protocol: 'sqs',
    Endpoint: queueArn(`q${n}`),
    Attributes,
    ReturnSubscriptionArn: true,
  })
  const FilterPolicy = '{"a":["b"]}'
  for (let n = 0; n < 200; n++) {
    expect(bed.refusal('Subscribe', subscribe(n, { FilterPolicy }))).toBe('')
  }
  const words = 'FilterPolicyLimitExceeded: Filter policy limit exceeded'
  expect(bed.refusal('Subscribe', subscribe(200, { FilterPolicy }))).toBe(words)
  const { SubscriptionArn } = bed.sns<{ SubscriptionArn: string }>('Subscribe', subscribe(200, {}))
  const set = { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: FilterPolicy }
  expect(bed.refusal('SetSubscriptionAttributes', set)).toBe(words)
})
