/** Mail that SES receives: scan, bounce, stop, and the actions of a receipt rule (FACTS 13). */
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { MessageInfo } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import type { Config } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { connectionOf } from '../schemas.ts'

function world(config: Config = {}, template = 'Where is my parcel?', topic: Config = {}) {
  const sim = simulate(
    design({
      nodes: {
        customers: ['producer', { pattern: 'once', onceCount: 4, template, retries: 0 }],
        'support.example.com': ['sesreceiving', config],
        mails: ['s3'],
        tickets: ['sns', topic],
        jobs: ['sqs', CERTAIN],
        reader: ['lambda'],
      },
      wires: [
        ['customers', 'support.example.com'],
        ['support.example.com', 'mails', { keyPrefix: 'in/' }],
        ['support.example.com', 'tickets'],
        ['support.example.com', 'reader'],
        ['tickets', 'jobs', { RawMessageDelivery: true }],
      ],
    }),
  )
  sim.advance(fromSeconds(20))
  return sim
}

const books = (sim: Simulation, name: string) => {
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return nodes[name].totals
}

const stored = (sim: Simulation): readonly MessageInfo[] => {
  const { index } = sim.world.nodes.find(({ name }) => name === 'mails')!
  return sim.behaviours[index]!.stored!.page(sim, index, 'objects', 0, 100).messages
}

test('FACTS 13: a receipt rule stores the mail in S3, publishes it to SNS and invokes Lambda', () => {
  const sim = world()
  expect(books(sim, 'support.example.com')).toMatchObject({ received: 4, actionsDone: 12 })
  const objects = stored(sim)
  expect(objects).toHaveLength(4)
  expect(objects[0].subject).toMatch(/^in\/\d+$/)
  expect(objects[0].body).toContain('Subject: Where is my parcel?\r\n\r\nWhere is my parcel?')
  const { output } = sim.callFromOutside('sqs', 'ReceiveMessage', { QueueUrl: 'jobs' })
  const { Messages } = output as { Messages: { Body: string }[] }
  expect(JSON.parse(Messages[0].Body)).toMatchObject({
    notificationType: 'Received',
    mail: { commonHeaders: { subject: 'Where is my parcel?' } },
    receipt: { spamVerdict: { status: 'PASS' }, action: { type: 'SNS' } },
    content: expect.stringContaining('Where is my parcel?') as string,
  })
  expect(books(sim, 'reader').Invocations).toBe(4)
})

test.each([
  ['stop', { stopped: 4, bounced: 0, actions: 0 }],
  ['bounce', { stopped: 0, bounced: 4, actions: 0 }],
  ['continue', { stopped: 0, bounced: 0, actions: 12 }],
])('FACTS 13: spam, and a rule that says %s', (onSpam, expected) => {
  expect(books(world({ spamChance: 1, onSpam }), 'support.example.com')).toMatchObject(expected)
})

test('FACTS 13: with an SNS action, mail of more than 150 KB bounces', () => {
  const sim = simulate(
    design({
      nodes: {
        customers: [
          'producer',
          {
            pattern: 'once',
            onceCount: 2,
            retries: 0,
            sizeDistribution: 'fixed',
            sizeBytes: 160_000,
          },
        ],
        'support.example.com': ['sesreceiving'],
        tickets: ['sns'],
      },
      wires: [
        ['customers', 'support.example.com'],
        ['support.example.com', 'tickets'],
      ],
    }),
  )
  sim.advance(fromSeconds(20))
  expect(books(sim, 'support.example.com')).toMatchObject({ received: 2, bounced: 2 })
})

test('FACTS 2.10, 13: a topic whose policy does not speak of SES refuses its action', () => {
  const Principal = { Service: 's3.amazonaws.com' }
  const Policy = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal, Action: 'SNS:Publish', Resource: '*' }],
  })
  const sim = world({}, 'hello', { Policy })
  expect(books(sim, 'support.example.com')).toMatchObject({ actionsFailed: 4, actionsDone: 8 })
})

test('FACTS 13: a rule has no action for queues', () => {
  const [rule, queue] = design({
    nodes: { 'support.example.com': ['sesreceiving'], jobs: ['sqs'] },
    wires: [],
  }).nodes
  expect(connectionOf(rule, queue)).toMatchObject({ ok: false })
})
