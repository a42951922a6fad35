/** What AWS bills for topics (FACTS 16). */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { design, simulate } from '../lab.ts'
import { ARN, subscribeQueues, testbed, type Bed } from './testbed.ts'

const GB = 1024 * 1024 * 1024
const TOPIC = `${ARN}:news`
const FIFO = `${ARN}:news.fifo`

function bill({ sim }: Pick<Bed, 'sim'>): Record<string, number> {
  const node = sim.world.nodes.findIndex(({ kind }) => kind === 'sns')
  const charges = sim.behaviours[node]!.charges!(sim, node)
  return Object.fromEntries(charges.map(({ item, quantity }) => [item, quantity]))
}

const kilobytes = (count: number): string => 'x'.repeat(count * 1024)
const PUBLISHES = 'Publishes, standard topic, 64 KB each'

describe('FACTS 16: what a standard topic is billed for', () => {
  it('a publish counts once for every 64 KB, a batch of ten small messages once', () => {
    const bed = testbed()
    bed.sns('CreateTopic', { Name: 'news' })
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'small' })
    expect(bill(bed)).toEqual({ [PUBLISHES]: 1 })
    bed.sns('Publish', { TopicArn: TOPIC, Message: kilobytes(65) })
    expect(bill(bed)).toEqual({ [PUBLISHES]: 3 })
    const PublishBatchRequestEntries = Array.from({ length: 10 }, (_, n) => ({
      Id: String(n),
      Message: 'small',
    }))
    bed.sns('PublishBatch', { TopicArn: TOPIC, PublishBatchRequestEntries })
    expect(bill(bed)).toEqual({ [PUBLISHES]: 4 })
    bed.refusal('Publish', { TopicArn: TOPIC, Message: '' })
    expect(bill(bed)).toEqual({ [PUBLISHES]: 5 })
  })

  it('deliveries to queues are free for the topic, and sends for the queue', () => {
    const bed = testbed()
    subscribeQueues(bed, TOPIC, { one: {}, two: {} })
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'small' })
    expect(bill(bed)).toEqual({ [PUBLISHES]: 1 })
    const queues = bed.sim.world.nodes.filter(({ kind }) => kind === 'sqs')
    const sends = queues.map(({ index }) => {
      const [{ quantity }] = bed.sim.behaviours[index]!.charges!(bed.sim, index)
      return quantity
    })
    expect(sends).toEqual([1, 1])
  })

  it('deliveries to web servers and mailboxes have prices, SMS and filtered messages none', () => {
    const bed = testbed()
    bed.sns('CreateTopic', { Name: 'news' })
    const filtered = { FilterPolicy: JSON.stringify({ colour: ['red'] }) }
    const subscribe = (Protocol: string, Endpoint: string, Attributes = {}) =>
      bed.sns('Subscribe', { TopicArn: TOPIC, Protocol, Endpoint, Attributes })
    subscribe('email', 'a@example.com')
    subscribe('sms', '+15550100')
    subscribe('https', 'https://example.com/hook')
    subscribe('email', 'b@example.com', filtered)
    const node = bed.sim.world.nodes.findIndex(({ kind }) => kind === 'sns')
    bed.sim.behaviours[node]!.actions.confirmAll(bed.sim, node, {})
    bed.sns('Publish', { TopicArn: TOPIC, Message: 'small' })
    bed.sim.advance(fromSeconds(1))
    expect(bill(bed)).toEqual({
      [PUBLISHES]: 1,
      'Deliveries to web servers': 1,
      'Deliveries by e-mail': 1,
    })
  })
})

describe('FACTS 16: what parts that a topic delivers to make it cost', () => {
  it('a delivery to a delivery stream or an app is billed, one to a function is not', () => {
    const sim = simulate(
      design({
        nodes: {
          load: ['producer', { pattern: 'once', onceCount: 4 }],
          news: ['sns'],
          lake: ['firehose'],
          work: ['lambda'],
          app: ['endpoint', { protocol: 'application' }],
        },
        wires: [
          ['load', 'news'],
          ['news', 'lake'],
          ['news', 'work'],
          ['news', 'app'],
        ],
      }),
    )
    sim.advance(fromSeconds(10))
    expect(bill({ sim })).toEqual({
      [PUBLISHES]: 4,
      'Deliveries to Firehose': 4,
      'Deliveries to mobile apps': 4,
    })
  })
})

describe('FACTS 16: what a FIFO topic is billed for', () => {
  it('publishes and their data, and copies for subscriptions and theirs', () => {
    const bed = testbed()
    bed.sns('CreateTopic', { Name: 'news.fifo', Attributes: { FifoTopic: 'true' } })
    for (const name of ['one.fifo', 'two.fifo']) {
      bed.sqs('CreateQueue', { QueueName: name, Attributes: { FifoQueue: 'true' } })
      bed.sns('Subscribe', {
        TopicArn: FIFO,
        Protocol: 'sqs',
        Endpoint: `arn:aws:sqs:us-east-1:000000000000:${name}`,
        Attributes: { RawMessageDelivery: 'true' },
      })
    }
    const message = { Message: kilobytes(100), MessageGroupId: 'g', MessageDeduplicationId: '1' }
    bed.sns('Publish', { TopicArn: FIFO, ...message })
    // The same again: a call, but no message.
    bed.sns('Publish', { TopicArn: FIFO, ...message })
    const bytes = 100 * 1024
    expect(bill(bed)).toEqual({
      'Publishes, FIFO topic': 2,
      'Data published, FIFO topic': bytes / GB,
      'Messages to subscriptions, FIFO topic': 2,
      'Data to subscriptions, FIFO topic': (2 * bytes) / GB,
    })
  })
})
