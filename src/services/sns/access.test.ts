/** FACTS 2.10, 3: a topic's policy, for the own account and for others. */
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logPage } from '../../engine/views.ts'
import type { Config } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { ARN, testbed } from './testbed.ts'

const PARTNER = '111122223333'
const policy = (Effect: string, Principal: unknown) =>
  JSON.stringify({ Statement: [{ Effect, Principal, Action: 'SNS:Publish', Resource: '*' }] })

/** Three messages of a producer of that account, published to a topic with one queue. */
function published(account: string, topic: Config) {
  const sim = simulate(
    design({
      nodes: {
        p: ['producer', { pattern: 'once', onceCount: 3, account }],
        events: ['sns', topic],
        q: ['sqs', CERTAIN],
      },
      wires: [
        ['p', 'events'],
        ['events', 'q'],
      ],
    }),
  )
  sim.advance(fromSeconds(10))
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  const { accessDenied } = nodes.events.totals
  return { sim, accessDenied, arrived: nodes.q.totals.sent, failed: nodes.p.totals.failed }
}

test.each<[string, string, Config, object]>([
  ['the own account', '', {}, { accessDenied: 0, arrived: 3 }],
  ['another account', PARTNER, {}, { accessDenied: 3, arrived: 0, failed: 3 }],
  [
    'another account that is allowed',
    PARTNER,
    { Policy: policy('Allow', { AWS: PARTNER }) },
    { accessDenied: 0, arrived: 3 },
  ],
  ['the own account, denied', '', { Policy: policy('Deny', '*') }, { accessDenied: 3, arrived: 0 }],
])('FACTS 2.10: who may publish: %s', (_, account, topic, expected) => {
  expect(published(account, topic)).toMatchObject(expected)
})

test('FACTS 3.1: a publish that the policy refuses is AuthorizationError, and drawn as denied', () => {
  const { sim } = published(PARTNER, {})
  const [row] = logPage(sim, 0, 10, { operation: 'Publish', failedOnly: true }).rows
  expect(row).toMatchObject({ error: 'AuthorizationError', status: 403 })
  expect(sim.records.marks.some(({ node, type }) => node === 'events' && type === 'denied')).toBe(
    true,
  )
})

test('FACTS 3.2: AddPermission lets another account publish, beside the default policy', () => {
  const bed = testbed()
  bed.sns('CreateTopic', { Name: 'events' })
  const TopicArn = `${ARN}:events`
  bed.sns('AddPermission', {
    TopicArn,
    Label: 'partner',
    AWSAccountId: [PARTNER],
    ActionName: ['Publish'],
  })
  const { Attributes } = bed.sns<{ Attributes: { Policy: string } }>('GetTopicAttributes', {
    TopicArn,
  })
  const { Statement } = JSON.parse(Attributes.Policy) as { Statement: { Sid: string }[] }
  expect(Statement.map(({ Sid }) => Sid)).toEqual(['__default_statement_ID', 'partner'])
  expect(bed.sns('Publish', { TopicArn, Message: 'mine' })).toHaveProperty('MessageId')
  bed.sns('SetTopicAttributes', {
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: policy('Deny', '*'),
  })
  expect(bed.refusal('Publish', { TopicArn, Message: 'mine' })).toBe(
    `AuthorizationError: User: arn:aws:iam::000000000000:user/switchyard is not authorized to perform: SNS:Publish on resource: ${TopicArn} with an explicit deny in a resource-based policy`,
  )
})

test('FACTS 3.2: what a topic’s policy denies to everybody, the own user may not do either', () => {
  const bed = testbed()
  bed.sns('CreateTopic', { Name: 'a' })
  const TopicArn = `${ARN}:a`
  const denied = ['SNS:Subscribe', 'SNS:DeleteTopic']
  const Policy = { Statement: { Effect: 'Deny', Principal: '*', Action: denied, Resource: '*' } }
  bed.sns('SetTopicAttributes', {
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: JSON.stringify(Policy),
  })
  const input = { TopicArn, Protocol: 'email', Endpoint: 'a@example.com' }
  expect(bed.refusal('Subscribe', input)).toBe(
    `AuthorizationError: User: arn:aws:iam::000000000000:user/switchyard is not authorized to perform: SNS:Subscribe on resource: ${TopicArn} with an explicit deny in a resource-based policy`,
  )
  expect(bed.refusal('DeleteTopic', { TopicArn })).toMatch(/^AuthorizationError:/)
  expect(bed.refusal('GetTopicAttributes', { TopicArn })).toBe('')
})
