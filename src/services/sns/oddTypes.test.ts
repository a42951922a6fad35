/** What AWS takes though it can come to nothing, and the types of dead-letter queues. */
import { beforeEach, expect, test } from 'vitest'
import { US_PER_MINUTE } from '../../base/units.ts'
import { totalsOf } from '../../engine/totals.ts'
import { ARN, queueArn, redrive, subscribeQueues, testbed, type Bed } from './testbed.ts'

const TOPIC = `${ARN}:orders`
let bed: Bed
beforeEach(() => {
  bed = testbed()
})

test('FACTS 4.3: of a FIFO topic only its FIFO subscribers need FIFO dead-letter queues', () => {
  const TopicArn = `${ARN}:f.fifo`
  bed.sns('CreateTopic', { Name: 'f.fifo', Attributes: { FifoTopic: 'true' } })
  const subscribe = (queue: string, dead: string) =>
    bed.refusal('Subscribe', {
      TopicArn,
      Protocol: 'sqs',
      Endpoint: queueArn(queue),
      Attributes: { RedrivePolicy: redrive(dead) },
    })
  expect(subscribe('standard', 'dead')).toBe('')
  expect(subscribe('q.fifo', 'dead')).toBe(
    'InvalidParameter: Invalid parameter: Attributes Reason: RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.',
  )
  expect(subscribe('other', 'dead.fifo')).toBe(
    'InvalidParameter: Invalid parameter: Attributes Reason: RedrivePolicy: must use a Standard queue as DLQ for a Standard Subscription to a FIFO Topic.',
  )
})

test('FACTS 4.3: a standard topic takes a FIFO dead-letter queue, which then takes nothing', () => {
  subscribeQueues(bed, TOPIC, { raw: { RedrivePolicy: redrive('dead.fifo') } })
  bed.sqs('CreateQueue', { QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } })
  bed.sqs('DeleteQueue', { QueueUrl: 'raw' })
  bed.sns('Publish', { TopicArn: TOPIC, Message: 'lost' })
  bed.sim.advance(bed.sim.nowUs + US_PER_MINUTE)
  expect(bed.drain('dead.fifo')).toEqual([])
  const { nodes, invariants } = totalsOf(bed.sim)
  expect(invariants.broken).toEqual([])
  expect(Object.values(nodes).find(({ kind }) => kind === 'sns')?.totals).toMatchObject({
    redriveFailed: 1,
    failed: 1,
  })
})

test('FACTS 4.4: an array that is no JSON is published, and no policy on attributes lets it pass', () => {
  subscribeQueues(bed, TOPIC, {
    all: { RawMessageDelivery: 'true' },
    other: { FilterPolicy: '{"kind": ["x"]}', RawMessageDelivery: 'true' },
  })
  const MessageAttributes = {
    kind: { DataType: 'String', StringValue: 'x' },
    tags: { DataType: 'String.Array', StringValue: 'not-json' },
  }
  bed.sns('Publish', { TopicArn: TOPIC, Message: 'hello', MessageAttributes })
  expect(bed.drain('all')).toEqual(['hello'])
  expect(bed.drain('other')).toEqual([])
  const { nodes } = totalsOf(bed.sim)
  expect(Object.values(nodes).find(({ kind }) => kind === 'sns')?.totals).toMatchObject({
    filteredOutInvalidAttributes: 1,
  })
})
