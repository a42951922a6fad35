/** Mail that SES sends: identities, limits, templates, bounces, events (FACTS 13). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { US_PER_S, fromSeconds } from '../../base/units.ts'
import type { MessageInfo } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import type { Config } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { connectionOf } from '../schemas.ts'

const DOMAIN = 'shop.example.com'
const SENDER = `no-reply@${DOMAIN}`

function world(ses: Config = {}, inbox: Config = {}, wire: Config = {}, seed = 1): Simulation {
  const sim = simulate(
    design({
      nodes: {
        [DOMAIN]: ['ses', ses],
        ann: ['endpoint', { protocol: 'email', responseMs: 0, ...inbox }],
        bob: ['endpoint', { protocol: 'email', responseMs: 0, ...inbox }],
        feedback: ['sns'],
        log: ['sqs', CERTAIN],
      },
      wires: [
        [DOMAIN, 'ann', wire],
        [DOMAIN, 'bob'],
        [DOMAIN, 'feedback', { events: 'all' }],
        ['feedback', 'log', { RawMessageDelivery: true }],
      ],
      seed,
    }),
  )
  sim.advance(0)
  return sim
}

const mail = (text = 'It is on its way.') => ({
  Simple: { Subject: { Data: 'Your order' }, Body: { Text: { Data: text } } },
})

function send(sim: Simulation, to: readonly string[], content: object = mail(), from = SENDER) {
  const ticket = sim.callFromOutside('sesv2', 'SendEmail', {
    FromEmailAddress: from,
    Destination: { ToAddresses: to },
    Content: content,
  })
  sim.advance(sim.nowUs)
  return ticket
}

const inbox = (sim: Simulation, name: string): readonly MessageInfo[] => {
  const { index } = sim.world.nodes.find((node) => node.name === name)!
  return sim.behaviours[index]!.stored!.page(sim, index, 'accepted', 0, 100).messages
}

const books = (sim: Simulation, name = DOMAIN) => {
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return nodes[name].totals
}

interface Told {
  readonly eventType: string
  readonly mail: object
}

function events(sim: Simulation): Told[] {
  const found: Told[] = []
  for (;;) {
    const { output } = sim.callFromOutside('sqs', 'ReceiveMessage', {
      QueueUrl: 'log',
      MaxNumberOfMessages: 10,
    })
    const { Messages = [] } = output as { Messages?: { Body: string; ReceiptHandle: string }[] }
    if (Messages.length === 0) return found
    for (const { Body, ReceiptHandle } of Messages) {
      found.push(JSON.parse(Body) as Told)
      sim.callFromOutside('sqs', 'DeleteMessage', { QueueUrl: 'log', ReceiptHandle })
    }
  }
}

test('FACTS 13: a mail goes to whom the call names, without anybody’s confirmation', () => {
  const sim = world()
  expect(send(sim, ['ann@example.com']).output).toMatchObject({
    MessageId: expect.stringMatching(/-000000$/) as string,
  })
  expect(inbox(sim, 'ann')).toMatchObject([
    {
      subject: 'Your order',
      body: 'It is on its way.',
      headers: { From: SENDER, To: 'ann@example.com' },
    },
  ])
  expect(inbox(sim, 'bob')).toEqual([])
})

test('FACTS 13, 17: the sender must be a verified identity', () => {
  const text = 'The following identities failed the check in region US-EAST-1: '
  const elsewhere = send(world(), ['ann@example.com'], mail(), 'me@other.example')
  expect(elsewhere.error).toMatchObject({ code: 'MessageRejected', status: 400 })
  expect(elsewhere.error!.message).toContain(`${text}me@other.example`)
  const sim = world({ verified: false })
  expect(send(sim, ['ann@example.com']).error!.message).toContain(text + SENDER)
})

test('FACTS 13: the sandbox sends to verified recipients, one a second, 200 in 24 hours', () => {
  const sim = world({ ProductionAccessEnabled: false }, {}, { isVerified: true })
  expect(send(sim, ['bob@example.com']).error!.message).toContain('US-EAST-1: bob@example.com')
  expect(send(sim, ['ann@example.com']).error).toBeUndefined()
  expect(send(sim, ['ann@example.com']).error).toMatchObject({
    code: 'TooManyRequestsException',
    message: 'Maximum sending rate exceeded.',
  })
  for (let n = 1; n < 200; n++) {
    sim.advance(n * US_PER_S)
    expect(send(sim, ['ann@example.com']).error).toBeUndefined()
  }
  sim.advance(fromSeconds(201))
  const refused = send(sim, ['ann@example.com'])
  expect(refused.error).toMatchObject({ message: 'Daily message quota exceeded.' })
  sim.advance(fromSeconds(25 * 3600))
  expect(send(sim, ['ann@example.com']).error).toBeUndefined()
  expect(books(sim)).toMatchObject({ sent: 201, throttled: 2, rejected: 1 })
})

test('FACTS 13: up to 50 recipients a message', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => `p${i}@example.net`)
  expect(send(world({ MaxSendRate: 100 }), many(50)).error).toBeUndefined()
  expect(send(world({ MaxSendRate: 100 }), many(51)).error).toMatchObject({
    code: 'BadRequestException',
  })
})

test('a template is filled with the data, and what is missing is a rendering failure', () => {
  const sim = world()
  const template = (data: object) => ({
    Template: {
      TemplateContent: { Subject: 'Order {{order}}', Html: '<b>{{customer.name}}</b>' },
      TemplateData: JSON.stringify(data),
    },
  })
  send(sim, ['ann@example.com'], template({ order: 7, customer: { name: 'Ann <3' } }))
  expect(inbox(sim, 'ann')).toMatchObject([{ subject: 'Order 7', body: '<b>Ann &lt;3</b>' }])
  expect(send(sim, ['ann@example.com'], template({ order: 8 })).error).toBeUndefined()
  expect(inbox(sim, 'ann')).toHaveLength(1)
  expect(books(sim).renderingFailures).toBe(1)
  expect(events(sim).at(-1)).toMatchObject({
    eventType: 'Rendering Failure',
    failure: {
      errorMessage: "Attribute 'customer.name' is not present in the rendering data.",
    },
  })
})

test('FACTS 13: a configuration set tells a topic of sends, deliveries, bounces and complaints', () => {
  const sim = world()
  send(sim, ['bounce@simulator.amazonses.com'])
  send(sim, ['complaint@simulator.amazonses.com'])
  const told = events(sim)
  expect(told.map(({ eventType }) => eventType)).toEqual([
    'Send',
    'Bounce',
    'Send',
    'Delivery',
    'Complaint',
  ])
  expect(told[1]).toMatchObject({
    bounce: {
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: 'bounce@simulator.amazonses.com', status: '5.1.1' }],
    },
    mail: {
      source: SENDER,
      sourceArn: `arn:aws:ses:us-east-1:000000000000:identity/${DOMAIN}`,
      destination: ['bounce@simulator.amazonses.com'],
    },
  })
  expect(books(sim)).toMatchObject({ sent: 2, delivered: 1, bounced: 1, complaints: 1 })
})

test('a mail server that does not answer is tried again, and bounces at last', () => {
  const sim = world({}, { failureChance: 1 })
  send(sim, ['ann@example.com'])
  sim.advance(fromSeconds(10_000))
  expect(events(sim).map(({ eventType }) => eventType)).toEqual([
    'Send',
    ...Array.from({ length: 4 }, () => 'DeliveryDelay'),
    'Bounce',
  ])
})

test('a producer’s messages go to one mailbox after another, or to all of them', () => {
  const run = (recipients: string) => {
    const sim = simulate(
      design({
        nodes: {
          checkout: ['producer', { pattern: 'constant', ratePerSecond: 2, stopAfterCount: 4 }],
          [DOMAIN]: ['ses'],
          ann: ['endpoint', { protocol: 'email' }],
          bob: ['endpoint', { protocol: 'email' }],
        },
        wires: [
          ['checkout', DOMAIN, { recipients }],
          [DOMAIN, 'ann'],
          [DOMAIN, 'bob'],
        ],
      }),
    )
    sim.advance(fromSeconds(10))
    return [inbox(sim, 'ann').length, inbox(sim, 'bob').length]
  }
  expect(run('turn')).toEqual([2, 2])
  expect(run('all')).toEqual([4, 4])
})

test('FACTS 13: SES sends mail only; queues and phones are refused with a reason', () => {
  const [ses, queue, phone] = design({
    nodes: { [DOMAIN]: ['ses'], jobs: ['sqs'], phone: ['endpoint', { protocol: 'sms' }] },
    wires: [],
  }).nodes
  for (const to of [queue, phone]) {
    expect(connectionOf(ses, to)).toMatchObject({ ok: false })
  }
})

test('books: every recipient’s mail is delivered, bounced or on its way', () => {
  const steps = fc.array(
    fc.record({ what: fc.constantFrom('send', 'wait', 'removeInbox', 'removeSes') }),
    { maxLength: 25 },
  )
  const chance = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(steps, chance, chance, (script, bounceChance, failureChance) => {
      const sim = world({ bounceChance, complaintChance: 0.5 }, { failureChance, responseMs: 500 })
      const remove = (place: number) => sim.world.nodes[place].alive && sim.removeNode(place)
      for (const { what } of script) {
        if (what === 'send') send(sim, ['ann@example.com', 'bob@example.com'])
        else if (what === 'wait') sim.advance(sim.nowUs + fromSeconds(70))
        else remove(what === 'removeSes' ? 0 : 1)
        expect(totalsOf(sim).invariants.broken).toEqual([])
      }
    }),
    { numRuns: 60 },
  )
})
