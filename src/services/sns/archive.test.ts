import { beforeEach, describe, expect, test } from 'vitest'
import { US_PER_MINUTE } from '../../base/units.ts'
import { ARN, queueArn, testbed, type Bed } from './testbed.ts'

let bed: Bed
beforeEach(() => {
  bed = testbed()
})

describe('FACTS 4.5: the archive of a FIFO topic', () => {
  const TopicArn = `${ARN}:a.fifo`
  const START = '2026-01-01T00:00:00.000Z'
  const publish = (Message: string) =>
    bed.sns('Publish', { TopicArn, Message, MessageGroupId: 'g' })
  const subscribe = (ReplayPolicy: Record<string, string>, FilterPolicy = '') =>
    bed.sns<{ SubscriptionArn: string }>('Subscribe', {
      TopicArn,
      Protocol: 'sqs',
      Endpoint: queueArn('q.fifo'),
      Attributes: { ReplayPolicy: JSON.stringify(ReplayPolicy), FilterPolicy },
    }).SubscriptionArn
  const messages = () =>
    bed.drain('q.fifo').map((body) => {
      const { Message, Replayed } = JSON.parse(body) as Record<string, unknown>
      return Replayed === true ? `${String(Message)} again` : Message
    })

  beforeEach(() => {
    bed.sns('CreateTopic', {
      Name: 'a.fifo',
      Attributes: {
        FifoTopic: 'true',
        ContentBasedDeduplication: 'true',
        ArchivePolicy: '{"MessageRetentionPeriod":"1"}',
      },
    })
    bed.sqs('CreateQueue', { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } })
  })

  test('is replayed with the ids and times of then, and live messages go on', () => {
    const { MessageId } = publish('one')
    publish('two')
    bed.sim.advance(bed.sim.nowUs + 10 * US_PER_MINUTE)
    const SubscriptionArn = subscribe({ PointType: 'Timestamp', StartingPoint: START })
    publish('live')
    const { Attributes } = bed.sns<{ Attributes: Record<string, string> }>(
      'GetSubscriptionAttributes',
      { SubscriptionArn },
    )
    expect(Attributes.ReplayStatus).toBe('Completed')
    const { Messages } = bed.sqs<{ Messages: { Body: string }[] }>('ReceiveMessage', {
      QueueUrl: 'q.fifo',
      VisibilityTimeout: 0,
    })
    expect(JSON.parse(Messages[0].Body)).toMatchObject({ MessageId, Timestamp: START })
    expect(messages()).toEqual(['one again', 'two again', 'live'])
  })

  test('a replay with an end leaves the subscription paused until one without', () => {
    publish('one')
    bed.sim.advance(bed.sim.nowUs + US_PER_MINUTE)
    const early = { PointType: 'Timestamp', StartingPoint: START, EndingPoint: START }
    const SubscriptionArn = subscribe(early)
    publish('missed')
    expect(messages()).toEqual(['one again'])
    bed.sim.advance(bed.sim.nowUs + 10 * US_PER_MINUTE)
    bed.sns('SetSubscriptionAttributes', {
      SubscriptionArn,
      AttributeName: 'ReplayPolicy',
      AttributeValue: JSON.stringify({
        PointType: 'Timestamp',
        StartingPoint: '2026-01-01T00:00:30Z',
      }),
    })
    publish('live')
    expect(messages()).toEqual(['missed again', 'live'])
  })

  test('forgets after its retention, keeps its topic from being deleted, and can be ended', () => {
    publish('old')
    bed.sim.advance(bed.sim.nowUs + 25 * 60 * US_PER_MINUTE)
    publish('new')
    subscribe({ PointType: 'Timestamp', StartingPoint: START })
    expect(messages()).toEqual(['new again'])
    expect(bed.refusal('DeleteTopic', { TopicArn })).toMatch(/^InvalidParameter/)
    bed.sns('SetTopicAttributes', {
      TopicArn,
      AttributeName: 'ArchivePolicy',
      AttributeValue: '{}',
    })
    expect(bed.refusal('DeleteTopic', { TopicArn })).toBe('')
  })

  test('policies that are none are refused', () => {
    const archive = (AttributeValue: string) =>
      bed.refusal('SetTopicAttributes', {
        TopicArn,
        AttributeName: 'ArchivePolicy',
        AttributeValue,
      })
    expect(archive('{"MessageRetentionPeriod":"366"}')).toMatch(/^InvalidParameter/)
    expect(archive('[]')).toMatch(/^InvalidParameter/)
    expect(() => subscribe({ PointType: 'Timestamp' })).toThrow(/ReplayPolicy/)
    expect(() => subscribe({ PointType: 'Timestamp', StartingPoint: 'noon' })).toThrow(
      /ReplayPolicy/,
    )
  })
})
