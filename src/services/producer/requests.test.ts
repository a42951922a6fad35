/** Requests and replies from end to end: requester, two queues and responder (FACTS 2.9). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { hashWorld } from '../../engine/snapshot.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { whyOf } from '../../engine/trace.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import type { Config, ScenarioDiff } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { connectionOf } from '../schemas.ts'
import { METRICS } from './metricNames.ts'

interface Parts {
  readonly shop?: Config
  readonly requests?: Config
  readonly service?: Config
  readonly replies?: Config
  readonly without?: readonly ('service' | 'reply wire')[]
  readonly seed?: number
}

/** shop -> requests -> service -> replies -> shop */
function world({ shop, requests, service, replies, without = [], seed = 1 }: Parts): Simulation {
  const hasService = !without.includes('service')
  return simulate(
    design({
      seed,
      nodes: {
        shop: ['producer', { awaitReply: 'request', stopAfterCount: 1, ...shop }],
        requests: ['sqs', { ...CERTAIN, ...requests }],
        replies: ['sqs', { ...CERTAIN, ...replies }],
        ...(hasService && { service: ['consumer', { reply: true, ...service }] as const }),
      },
      wires: [
        ['shop', 'requests'],
        ['replies', 'shop'],
        ...(hasService ? [['requests', 'service'] as const] : []),
        ...(hasService && !without.includes('reply wire') ? [['service', 'replies'] as const] : []),
      ],
    }),
  )
}

function booksOf(sim: Simulation): Record<string, Record<string, number>> {
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, node.totals]))
}

function figuresOf(sim: Simulation, name = 'shop') {
  const { index } = sim.world.nodes.find((node) => node.name === name)!
  return sim.behaviours[index]!.digest(sim, index).figures
}

interface Sent {
  readonly to: string
  readonly attributes: Record<string, string>
}

/** Messages sent, the first one first, with the texts of their attributes. */
function sent(sim: Simulation): Sent[] {
  const { rows } = logPage(sim, 0, 200, { operation: 'SendMessage' })
  return rows.toReversed().map(({ row, to }) => {
    const { MessageAttributes = {} } = logEntry(sim, row)!.request as {
      MessageAttributes?: Record<string, { StringValue: string }>
    }
    const texts = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ])
    return { to, attributes: Object.fromEntries(texts) as Record<string, string> }
  })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/replies'

test('FACTS 2.9: a request names a virtual queue, and its reply carries that name', () => {
  const sim = world({})
  sim.advance(fromSeconds(5))
  const [request, reply] = sent(sim)
  const [url, name] = request.attributes.ResponseQueueUrl.split('#')
  expect(request).toEqual({ to: 'requests', attributes: { ResponseQueueUrl: `${url}#${name}` } })
  expect(url).toBe(URL)
  expect(name).toMatch(UUID)
  expect(reply).toEqual({
    to: 'replies',
    attributes: { '__AmazonSQSVirtualQueuesClient.QueueName': name },
  })
  expect(booksOf(sim).shop).toMatchObject({ requests: 1, replied: 1, timedOut: 0 })
})

test('FACTS 2.9: one queue for all replies tells them apart by correlation id', () => {
  const sim = world({
    shop: { awaitReply: 'shared', pattern: 'once', onceCount: 20, stopAfterCount: 0 },
  })
  sim.advance(fromSeconds(60))
  const [request] = sent(sim)
  expect(request.attributes).toMatchObject({ ResponseQueueUrl: URL })
  expect(request.attributes.CorrelationId).toMatch(UUID)
  const replies = sent(sim).filter(({ to }) => to === 'replies')
  expect(
    replies.every(({ attributes }) => Object.keys(attributes).join() === 'CorrelationId'),
  ).toBe(true)
  expect(booksOf(sim).shop).toMatchObject({ requests: 20 })
})

test('FACTS 2.9: virtual queues are made and deleted without a call', () => {
  const sim = world({
    shop: { pattern: 'once', onceCount: 30, stopAfterCount: 0 },
    service: { concurrency: 3 },
  })
  sim.advance(fromSeconds(4.5))
  const { virtualQueues, awaited, replied } = figuresOf(sim)
  expect(virtualQueues).toBe(awaited)
  expect([awaited + replied, replied > 0]).toEqual([30, true])
  const operations = logPage(sim, 0, 200, {}).rows.map(({ operation }) => operation)
  expect(operations.filter((operation) => operation.endsWith('Queue'))).toEqual([])
})

test('FACTS 2.9: a virtual queue that is idle for IdleQueueRetentionPeriodSeconds disappears', () => {
  const sim = world({
    shop: { awaitReply: 'key', keys: 1, pattern: 'list', times: '1 200', stopAfterCount: 0 },
  })
  const existsAt = (seconds: number): number => {
    sim.advance(fromSeconds(seconds))
    return figuresOf(sim).virtualQueues
  }
  expect([0.5, 2, 199, 450, 500].map(existsAt)).toEqual([0, 1, 1, 1, 1])
  // The second request was replied to at 201 s.
  expect(existsAt(501)).toBe(0)
  expect(sent(sim)[0].attributes.ResponseQueueUrl).toBe(`${URL}#key-1`)
})

test('a virtual queue that a request waits at is not idle', () => {
  const shop = { awaitReply: 'key', replyTimeoutS: 20, IdleQueueRetentionPeriodSeconds: 5 }
  const sim = world({ shop, service: { serviceTimeMs: 15_000 } })
  sim.advance(fromSeconds(14))
  expect(figuresOf(sim).virtualQueues).toBe(1)
  sim.advance(fromSeconds(26))
  expect(figuresOf(sim)).toMatchObject({ virtualQueues: 0, replied: 1 })
})

test('FACTS 2.9: a reply after the timeout is orphaned, and deleted', () => {
  const sim = world({ shop: { replyTimeoutS: 2 }, service: { serviceTimeMs: 3_000 } })
  sim.advance(fromSeconds(2.5))
  expect(booksOf(sim).shop).toMatchObject({ requests: 1, timedOut: 1, orphanedReplies: 0 })
  sim.advance(fromSeconds(10))
  const { shop, replies } = booksOf(sim)
  expect(shop).toMatchObject({ replied: 0, timedOut: 1, orphanedReplies: 1 })
  expect(replies).toMatchObject({ sent: 1, deleted: 1 })
  const because = (news: string): string => {
    const { rows } = logPage(sim, 0, 200, {})
    const { row } = rows.find(({ operation }) => operation === news)!
    return whyOf(sim, { row })!.because
  }
  expect(because('(no reply in time)')).toContain('A responder has it')
  expect(because('(reply that nobody waits for)')).toContain('its request timed out')
})

test('without a responder every request times out, and says that nobody has taken it', () => {
  const sim = world({ shop: { replyTimeoutS: 2, stopAfterCount: 3 }, without: ['service'] })
  sim.advance(fromSeconds(10))
  expect(booksOf(sim).shop).toMatchObject({ requests: 3, timedOut: 3 })
  const { rows } = logPage(sim, 0, 200, {})
  const { row } = rows.find(({ operation }) => operation === '(no reply in time)')!
  expect(whyOf(sim, { row })?.because).toContain('No responder has taken it')
})

test('FACTS 2.9: two requesters get their own replies from one responder', () => {
  const shop = { awaitReply: 'request', ratePerSecond: 5, stopAfterCount: 40 }
  const sim = simulate(
    design({
      nodes: {
        web: ['producer', shop],
        partner: ['producer', shop],
        requests: ['sqs', CERTAIN],
        service: ['consumer', { reply: true, concurrency: 20 }],
        'web-replies': ['sqs', CERTAIN],
        'partner-replies': ['sqs', CERTAIN],
      },
      wires: [
        ['web', 'requests'],
        ['partner', 'requests'],
        ['requests', 'service'],
        ['service', 'web-replies'],
        ['service', 'partner-replies'],
        ['web-replies', 'web'],
        ['partner-replies', 'partner'],
      ],
    }),
  )
  sim.advance(fromSeconds(60))
  const books = booksOf(sim)
  for (const name of ['web', 'partner']) {
    expect(books[name]).toMatchObject({ requests: 40, replied: 40, orphanedReplies: 0 })
    expect(books[`${name}-replies`]).toMatchObject({ sent: 40, deleted: 40 })
  }
})

test('two requesters at one queue take replies that are meant for the other, and their cards say so', () => {
  const shop = { awaitReply: 'shared', ratePerSecond: 5, stopAfterCount: 40 }
  const sim = simulate(
    design({
      nodes: {
        web: ['producer', shop],
        partner: ['producer', shop],
        requests: ['sqs', CERTAIN],
        service: ['consumer', { reply: true, concurrency: 20, serviceTime: 'exponential' }],
        replies: ['sqs', CERTAIN],
      },
      wires: [
        ['web', 'requests'],
        ['partner', 'requests'],
        ['requests', 'service'],
        ['service', 'replies'],
        ['replies', 'web'],
        ['replies', 'partner'],
      ],
    }),
  )
  sim.advance(fromSeconds(60))
  const { web, partner } = booksOf(sim)
  expect(web.orphanedReplies + partner.orphanedReplies).toBeGreaterThan(10)
  expect(web.timedOut + partner.timedOut).toBe(web.orphanedReplies + partner.orphanedReplies)
  expect(sim.behaviours[0]!.digest(sim, 0).advice[0]).toContain('a queue of its own')
})

test('a request that is worked on twice has its second reply orphaned', () => {
  const sim = world({ shop: { duplicateShare: 1 } })
  sim.advance(fromSeconds(30))
  expect(booksOf(sim).shop).toMatchObject({ requests: 1, replied: 1, orphanedReplies: 1 })
})

test('a responder that is not connected to the queue of the reply fails, and says why', () => {
  const sim = world({ without: ['reply wire'] })
  sim.advance(fromSeconds(10))
  expect(booksOf(sim).service).toMatchObject({ processed: 0, failed: 1 })
  const rows = logPage(sim, 0, 200, {}).rows.map(({ operation }) => operation)
  expect(rows).toContain('(failed: not connected to the queue of the reply)')
})

test('a message that asks for no reply gets none', () => {
  const sim = world({ shop: { awaitReply: 'off' } })
  sim.advance(fromSeconds(10))
  const books = booksOf(sim)
  expect(books.service).toMatchObject({ processed: 1, sentOn: 0 })
  expect(books.shop).toMatchObject({ sent: 1, requests: 0 })
})

test('a request that cannot be sent ends as unsent', () => {
  const large = { sizeDistribution: 'fixed', sizeBytes: 2_000_000 }
  const sim = world({ shop: large })
  sim.advance(fromSeconds(1))
  expect(booksOf(sim).shop).toMatchObject({ requests: 1, unsent: 1, failed: 1, timedOut: 0 })
})

test('size counts the attributes that ask for the reply', () => {
  const sim = world({ without: ['service'] })
  sim.advance(fromSeconds(1))
  const { body, attributes } = sim.contentOf(0)
  const url = attributes.ResponseQueueUrl.StringValue!
  expect(sim.world.messages.sizeBytes[0]).toBe(
    body.length + 'ResponseQueueUrl'.length + 'String'.length + url.length,
  )
})

test('percentiles of the round trip, and the longest', () => {
  const shop = { ratePerSecond: 5, stopAfterCount: 0 }
  const sim = world({ shop, service: { serviceTimeMs: 800, concurrency: 10 } })
  sim.advance(fromSeconds(30))
  const { index } = sim.world.nodes.find(({ name }) => name === 'shop')!
  const values = new Float64Array(METRICS.length)
  sim.behaviours[index]!.gauges!(sim, index, values)
  const percentiles = METRICS.flatMap(({ name }, n) =>
    name.startsWith('roundTrip') ? [values[n]] : [],
  )
  expect(percentiles).toHaveLength(4)
  for (const ms of percentiles) expect(Math.abs(ms - 800)).toBeLessThan(60)
})

test('only a producer that waits for replies may be connected behind a queue', () => {
  const [shop, queue] = design({
    nodes: { shop: ['producer', { awaitReply: 'shared' }], queue: ['sqs'] },
    wires: [],
  }).nodes
  expect(connectionOf(queue, shop)).toMatchObject({ ok: true, role: 'poll' })
  expect(connectionOf(queue, { ...shop, config: {} }).ok).toBe(false)
})

test('without a queue of replies the card says so, and requests are plain messages', () => {
  const sim = simulate(
    design({
      nodes: { shop: ['producer', { awaitReply: 'request' }], requests: ['sqs', CERTAIN] },
      wires: [['shop', 'requests']],
    }),
  )
  sim.advance(fromSeconds(3))
  expect(sim.behaviours[0]!.digest(sim, 0).advice[0]).toContain('no queue for them')
  expect(booksOf(sim).shop).toMatchObject({ requests: 0, sent: 4 })
})

test('switched off, or without its wire, it lets its requests time out and takes no more replies', () => {
  for (const change of ['setting', 'wire']) {
    const sim = world({ service: { serviceTimeMs: 5_000 } })
    sim.advance(fromSeconds(2))
    const shop = sim.world.scenario.nodes.find(({ id }) => id === 'shop')!
    const off = { ...shop, config: { ...shop.config, awaitReply: 'off' } }
    const diff: ScenarioDiff =
      change === 'setting'
        ? { nodes: { shop: off }, wires: {} }
        : { nodes: {}, wires: { 'replies-shop': null } }
    sim.intervene({ atUs: 0, type: 'edit', diff })
    sim.advance(fromSeconds(60))
    const { shop: books, replies } = booksOf(sim)
    expect(books, change).toMatchObject({ requests: 1, replied: 0, timedOut: 1 })
    expect(replies.sent).toBe(1)
  }
})

test('whatever goes wrong, a request ends as replied, timed out or unsent, or it waits', () => {
  const chance = fc.constantFrom(0, 0.2, 0.6)
  const parts = fc.record({
    shop: fc.record({
      awaitReply: fc.constantFrom('request', 'key', 'shared'),
      replyTimeoutS: fc.constantFrom(0.5, 3, 30),
      IdleQueueRetentionPeriodSeconds: fc.constantFrom(1, 10),
      ratePerSecond: fc.constantFrom(1, 8),
      batchSize: fc.constantFrom(1, 4),
      duplicateShare: chance,
      sizeDistribution: fc.constantFrom('template', 'lognormal'),
      sizeBytes: fc.constant(600_000),
      sizeMaxBytes: fc.constant(2_000_000),
      stopAfterCount: fc.constant(40),
    }),
    requests: fc.record({ duplicateChance: chance, VisibilityTimeout: fc.constantFrom(1, 30) }),
    replies: fc.record({ duplicateChance: chance, MessageRetentionPeriod: fc.constant(60) }),
    service: fc.record({
      reply: fc.boolean(),
      concurrency: fc.constantFrom(1, 5),
      serviceTimeMs: fc.constantFrom(10, 2_000),
      failureChance: chance,
      crashChance: chance,
      forgetDeleteChance: chance,
    }),
    seed: fc.nat(1000),
  })
  fc.assert(
    fc.property(parts, (drawn) => {
      const sim = world(drawn)
      for (let s = 2; s <= 60; s += 2) {
        sim.advance(fromSeconds(s))
        const { shop } = booksOf(sim)
        const { awaited } = figuresOf(sim)
        expect(shop.requests).toBe(shop.replied + shop.timedOut + shop.unsent + awaited)
      }
      // All were made in the first 40 s; with the time to wait for the last, none is open.
      sim.advance(fromSeconds(100))
      expect(figuresOf(sim).awaited).toBe(0)
      if (drawn.shop.awaitReply === 'key') expect(figuresOf(sim).virtualQueues).toBe(0)
    }),
    { numRuns: 40 },
  )
})

test('going on from a copy of the world gives the same run', () => {
  const sim = world({
    shop: { awaitReply: 'key', ratePerSecond: 20, stopAfterCount: 0, replyTimeoutS: 2 },
    service: { concurrency: 10, serviceTime: 'lognormal', serviceTimeMs: 1_000 },
  })
  sim.advance(fromSeconds(5))
  const saved = sim.snapshot()
  sim.advance(fromSeconds(20))
  const end = hashWorld(sim.world)
  sim.restore(saved)
  sim.advance(fromSeconds(20))
  expect(hashWorld(sim.world)).toBe(end)
})
