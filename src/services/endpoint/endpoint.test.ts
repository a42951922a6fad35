/** Topics deliver to web servers, mailboxes, phones and apps (FACTS 3.2, 4.1-4.3). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { US_PER_S, fromSeconds } from '../../base/units.ts'
import type { MessageInfo } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { logPage } from '../../engine/views.ts'
import { totalsOf } from '../../engine/totals.ts'
import type { Config } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { connectionOf } from '../schemas.ts'
import { unsigned } from '../sns/api/headers.ts'
import { addressOf } from './addresses.ts'
import behaviour from './behaviour.ts'

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news'

function world(config: Config, wire: Config = {}, topic: Config = {}, seed = 1): Simulation {
  const sim = simulate(
    design({
      nodes: {
        news: ['sns', topic],
        there: ['endpoint', { responseMs: 0, ...config }],
        dlq: ['sqs', CERTAIN],
      },
      wires: [['news', 'there', wire]],
      seed,
    }),
  )
  sim.advance(0)
  return sim
}

const publish = (sim: Simulation, input: object = {}) => {
  const ticket = sim.callFromOutside('sns', 'Publish', {
    TopicArn: TOPIC,
    Message: 'hello',
    ...input,
  })
  sim.advance(sim.nowUs)
  return ticket
}

const indexOf = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex((node) => node.name === name)

const inbox = (sim: Simulation, list = 'accepted'): readonly MessageInfo[] =>
  behaviour.stored!.page(sim, indexOf(sim, 'there'), list, 0, 100).messages

const act = (sim: Simulation, action: string) =>
  sim.intervene({ atUs: 0, type: 'action', node: 'there', action, args: {} }).error

/** Once it has confirmed, so that only notifications meet the change. */
function reconfigure(sim: Simulation, change: Config): void {
  const there = sim.world.scenario.nodes.find(({ id }) => id === 'there')!
  sim.edit({ nodes: { there: { ...there, config: { ...there.config, ...change } } }, wires: {} })
}

const books = (sim: Simulation, name: string): Record<string, number> => {
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return nodes[name].totals
}

test.each(['http', 'https', 'email', 'email-json'])(
  'FACTS 3.2: %s: nothing is delivered until its owner confirms with the token that was sent',
  (protocol) => {
    const sim = world({ protocol })
    publish(sim)
    expect(inbox(sim).map(({ body }) => body)).toEqual([
      expect.stringContaining('Action=ConfirmSubscription'),
    ])
    expect(act(sim, 'confirm')).toBeUndefined()
    expect(logPage(sim, 0, 10, { operation: 'ConfirmSubscription' }).rows).toMatchObject([
      { from: 'there', status: 200 },
    ])
    publish(sim)
    expect(inbox(sim)).toHaveLength(2)
    expect(act(sim, 'confirm')).toMatchObject({ code: 'NothingToConfirm' })
  },
)

test('FACTS 3.2: a token is good for 2 days; Subscribe again sends another request', () => {
  const sim = world({})
  sim.advance(fromSeconds(2 * 86_400 + 1))
  expect(act(sim, 'confirm')).toMatchObject({ message: 'Invalid token' })
  expect(act(sim, 'askAgain')).toBeUndefined()
  sim.advance(sim.nowUs)
  expect(act(sim, 'confirm')).toBeUndefined()
})

test.each(['sms', 'application'])('FACTS 3.2: %s needs no confirmation', (protocol) => {
  const sim = world({ protocol })
  publish(sim, { Subject: 'Late' })
  expect(inbox(sim)).toMatchObject([{ body: 'hello', subject: 'Late' }])
})

test('FACTS 4.1: a POST has SNS’s headers, and the envelope or the message alone', () => {
  const sim = world({ confirmsItself: true })
  publish(sim, { Subject: 'Greeting' })
  const [{ body, headers }, request] = inbox(sim)
  expect(JSON.parse(body)).toMatchObject({ Type: 'Notification', Message: 'hello' })
  expect(headers).toMatchObject({
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-topic-arn': TOPIC,
    'x-amz-sns-subscription-arn': expect.stringContaining(TOPIC),
    'Content-Type': 'text/plain; charset=UTF-8',
    'User-Agent': 'Amazon Simple Notification Service Agent',
    'Accept-Encoding': 'gzip,deflate',
  })
  expect(headers).not.toHaveProperty('x-amz-sns-rawdelivery')
  expect(JSON.parse(request.body)).toMatchObject({ Type: 'SubscriptionConfirmation' })
  expect(request.headers).not.toHaveProperty('x-amz-sns-subscription-arn')

  const raw = world({ confirmsItself: true }, { RawMessageDelivery: true })
  publish(raw)
  expect(inbox(raw)[0]).toMatchObject({
    body: 'hello',
    headers: { 'x-amz-sns-rawdelivery': 'true' },
  })
})

test('FACTS 4.1: an e-mail is plain text in one form, with the topic’s display name', () => {
  const sim = world({ protocol: 'email', confirmsItself: true }, {}, { DisplayName: 'Shop' })
  publish(sim)
  const [mail] = inbox(sim)
  expect(mail.subject).toBe('AWS Notification Message')
  expect(mail.body).toMatch(/^hello\n\n--\nIf you wish to stop/)
  expect(mail.headers).toEqual({
    From: 'Shop <no-reply@sns.amazonaws.com>',
    To: 'there@example.com',
  })
})

test('FACTS 3.2: a message may be worded for each protocol, and for each push platform', () => {
  const Message = JSON.stringify({
    default: 'all',
    sms: 'short',
    GCM: '{"notification":{"body":"android"}}',
  })
  const got = (config: Config): string => {
    const sim = world(config)
    publish(sim, { Message, MessageStructure: 'json' })
    return inbox(sim)[0].body
  }
  expect(got({ protocol: 'sms' })).toBe('short')
  expect(got({ protocol: 'application', Platform: 'GCM' })).toContain('android')
  expect(got({ protocol: 'application', Platform: 'APNS' })).toBe('all')
})

test('FACTS 3.2: text messages go out in parts, and more than 1 600 characters not at all', () => {
  const sim = world({ protocol: 'sms' })
  for (const Message of ['a'.repeat(160), 'a'.repeat(161), 'я'.repeat(71), 'a'.repeat(1601)]) {
    publish(sim, { Message })
  }
  expect(inbox(sim).map(({ outcome }) => outcome)).toEqual([
    'delivered in 2 parts',
    'delivered in 2 parts',
    'delivered in 1 part',
  ])
  expect(inbox(sim, 'refused')).toHaveLength(1)
})

const PHASES = JSON.stringify({
  healthyRetryPolicy: {
    numRetries: 6,
    numNoDelayRetries: 1,
    numMinDelayRetries: 1,
    minDelayTarget: 5,
    maxDelayTarget: 20,
    numMaxDelayRetries: 2,
    backoffFunction: 'linear',
  },
})

test('FACTS 4.2: a failing web server sees every phase of retries, then the copy is in the dead-letter queue', () => {
  const sim = world({ confirmsItself: true }, { DeliveryPolicy: PHASES, deadLetterQueue: 'dlq' })
  act(sim, 'takeDown')
  publish(sim)
  sim.advance(fromSeconds(200))
  expect(inbox(sim, 'refused')).toHaveLength(7)
  const news = logPage(sim, 0, 200, {})
    .rows.filter(({ operation }) => operation.startsWith('(delivery failed'))
    .map(({ operation }) => operation)
    .toReversed()
  expect(news).toEqual([
    '(delivery failed: retry at once)',
    '(delivery failed: retry before backoff)',
    '(delivery failed: retry with backoff)',
    '(delivery failed: retry with backoff)',
    '(delivery failed: retry after backoff)',
    '(delivery failed: retry after backoff)',
  ])
  expect(books(sim, 'dlq').sent).toBe(1)
  // FACTS 4.6: of web servers every failed attempt counts.
  expect(books(sim, 'news')).toMatchObject({ redriven: 1, notificationsFailed: 7 })
})

test.each([
  ['500', 4],
  ['429', 4],
  ['404', 1],
  ['403', 1],
])('FACTS 4.2: status %s is tried %i times', (failureStatus, attempts) => {
  const sim = world({ confirmsItself: true })
  reconfigure(sim, { failureStatus, failureChance: 1 })
  publish(sim)
  sim.advance(fromSeconds(300))
  expect(inbox(sim, 'refused')).toHaveLength(attempts)
  expect(books(sim, 'news').failed).toBe(1)
})

test('FACTS 4.2: SNS waits 15 s for a web server, then tries again', () => {
  const phone = world({ responseMs: 20_000, protocol: 'sms' })
  publish(phone)
  phone.advance(fromSeconds(21))
  expect(inbox(phone), 'a phone may take its time').toHaveLength(1)
  const quick = world({ confirmsItself: true, responseMs: 15_000 })
  quick.advance(fromSeconds(15))
  publish(quick)
  quick.advance(fromSeconds(60))
  expect(inbox(quick)).toHaveLength(2)
  expect(inbox(quick, 'refused')).toHaveLength(0)
  const slow = world({ confirmsItself: true })
  reconfigure(slow, { responseMs: 15_001 })
  publish(slow)
  slow.advance(fromSeconds(300))
  expect(inbox(slow, 'refused').map(({ outcome }) => outcome)).toEqual([
    'no answer within 15 s (retry 3)',
    'no answer within 15 s (retry 2)',
    'no answer within 15 s (retry 1)',
    'no answer within 15 s',
  ])
})

test('FACTS 4.2: a disabled app is a client-side error: no retry', () => {
  const sim = world({ protocol: 'application', Enabled: false })
  publish(sim)
  sim.advance(fromSeconds(3600))
  expect(inbox(sim, 'refused')).toMatchObject([{ outcome: 'Endpoint is disabled' }])
})

test('FACTS 3.2: a producer publishes straight to a phone or an app, not to a web server', () => {
  const parts = (protocol: string) =>
    design({
      nodes: {
        app: ['producer', { pattern: 'once', onceCount: 3 }],
        there: ['endpoint', { protocol }],
      },
      wires: [],
    }).nodes
  const connect = (protocol: string) => {
    const [from, to] = parts(protocol)
    return connectionOf(from, to)
  }
  expect(connect('sms')).toMatchObject({ ok: true, role: 'publishDirect' })
  expect(connect('application')).toMatchObject({ ok: true })
  expect(connect('https')).toMatchObject({ ok: false, instead: 'Put a topic between the two.' })
  expect(connect('email')).toMatchObject({ ok: false })
})

test('FACTS 4.5: a FIFO topic delivers to none of them', () => {
  const [topic, there] = design({
    nodes: { 'news.fifo': ['sns', { FifoTopic: true }], there: ['endpoint', {}] },
    wires: [],
  }).nodes
  expect(connectionOf(topic, there)).toMatchObject({ ok: false })
})

test('books: every request is accepted, refused or in hand, whatever happens', () => {
  const protocols = fc.constantFrom('https', 'email', 'sms', 'application')
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom('publish', 'takeDown', 'bringBack', 'confirm', 'askAgain', 'remove'),
      waitS: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 25 },
  )
  fc.assert(
    fc.property(
      protocols,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 20_000 }),
      steps,
      (protocol, failureChance, responseMs, script) => {
        const sim = world({ protocol, failureChance, responseMs, confirmsItself: true })
        for (const { what, waitS } of script) {
          if (what === 'publish') publish(sim)
          else if (what !== 'remove') act(sim, what)
          else if (sim.world.nodes[indexOf(sim, 'there')].alive) {
            sim.removeNode(indexOf(sim, 'there'))
          }
          sim.advance(sim.nowUs + waitS * US_PER_S)
          expect(totalsOf(sim).invariants.broken).toEqual([])
        }
      },
    ),
    { numRuns: 60 },
  )
})

/** A world with one phone or app, and what `Publish` without a topic comes to there. */
function direct(config: Config, input: Readonly<Record<string, unknown>>) {
  const sim = simulate(design({ nodes: { there: ['endpoint', config] }, wires: [] }))
  sim.advance(0)
  const ticket = sim.callFromOutside('sns', 'Publish', input)
  sim.advance(sim.nowUs)
  expect(totalsOf(sim).invariants.broken).toEqual([])
  return { sim, ticket, bodies: inbox(sim).map(({ body }) => body) }
}

const APP_ARN = addressOf({ name: 'there', config: { protocol: 'application' } })

test('FACTS 3.2: a program publishes to a phone that is drawn, by its number', () => {
  const config = { protocol: 'sms', address: '+15005550006' }
  const { ticket, bodies, sim } = direct(config, { PhoneNumber: '+15005550006', Message: 'code 7' })
  expect(ticket.output).toHaveProperty('MessageId')
  expect(bodies).toEqual(['code 7'])
  expect(logPage(sim, 0, 10, { operation: 'Publish' }).rows).toMatchObject([{ to: 'there' }])
  expect(direct(config, { PhoneNumber: '+15005550007', Message: 'x' }).bodies).toEqual([])
})

test('FACTS 3.2: a program publishes to an app that is drawn, by its ARN, in the words for its platform', () => {
  const Message = JSON.stringify({ default: 'all', GCM: 'google', APNS: 'apple' })
  const input = { TargetArn: APP_ARN, Message, MessageStructure: 'json' }
  expect(direct({ protocol: 'application' }, input).bodies).toEqual(['apple'])
  const long = direct({ protocol: 'application' }, { TargetArn: APP_ARN, Message: '' })
  expect(long.ticket.error).toMatchObject({ message: 'Invalid parameter: Empty message' })
})

test('FACTS 3.2: a drawn app is a platform endpoint: listed, described, disabled and deleted', () => {
  const { sim } = direct({ protocol: 'application' }, { TargetArn: APP_ARN, Message: 'x' })
  const ask = (operation: string, input: Readonly<Record<string, unknown>>) =>
    sim.callFromOutside('sns', operation, input)
  const { PlatformApplications } = ask('ListPlatformApplications', {}).output as {
    PlatformApplications: [{ PlatformApplicationArn: string }]
  }
  const [{ PlatformApplicationArn }] = PlatformApplications
  expect(
    ask('ListEndpointsByPlatformApplication', { PlatformApplicationArn }).output,
  ).toMatchObject({
    Endpoints: [{ EndpointArn: APP_ARN, Attributes: { Enabled: 'true' } }],
  })
  const Attributes = { Enabled: 'false' }
  ask('SetEndpointAttributes', { EndpointArn: APP_ARN, Attributes })
  expect(ask('GetEndpointAttributes', { EndpointArn: APP_ARN }).output).toMatchObject({
    Attributes,
  })
  expect(ask('Publish', { TargetArn: APP_ARN, Message: 'x' }).error).toMatchObject({
    code: 'EndpointDisabled',
  })
  ask('DeleteEndpoint', { EndpointArn: APP_ARN })
  expect(sim.world.scenario.nodes).toEqual([])
})

test('FACTS 3.2: a drawn web server that undoes a cancelling is not asked to confirm again', () => {
  const sim = world({})
  const bodies = () => inbox(sim).map(({ body }) => JSON.parse(body))
  const newest = () => bodies()[0] as Record<string, string>
  const sns = (operation: string, input: object) => {
    const { error } = sim.callFromOutside('sns', operation, { ...input })
    sim.advance(sim.nowUs)
    expect(error).toBeUndefined()
  }
  const confirm = () => sns('ConfirmSubscription', { TopicArn: TOPIC, Token: newest().Token })
  confirm()
  publish(sim)
  const SubscriptionArn = newest().UnsubscribeURL.split('SubscriptionArn=')[1]
  sns('Unsubscribe', unsigned({ SubscriptionArn }))
  expect(sim.world.scenario.wires).toHaveLength(0)
  expect(newest().Type).toBe('UnsubscribeConfirmation')
  confirm()
  expect(sim.world.scenario.wires).toHaveLength(1)
  publish(sim, { Message: 'again' })
  expect(newest()).toMatchObject({ Type: 'Notification', Message: 'again' })
  expect(bodies()).toHaveLength(4)
})
