import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Caller } from '../engine/behaviour.ts'
import { decide, isPolicy, readStatements, type Decision } from './policy.ts'

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:orders'
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:events'
const topic: Caller = { account: '000000000000', arn: TOPIC, service: 'sns.amazonaws.com' }
const partner: Caller = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/eva' }

/** 2026-01-01T00:00:00Z */
const AT_MS = 1_767_225_600_000

const verdict = (statement: unknown, caller: Caller, action = 'sqs:SendMessage'): Decision =>
  decide(readStatements(JSON.stringify({ Version: '2012-10-17', Statement: statement })), {
    caller,
    action,
    resource: QUEUE,
    atMs: AT_MS,
  })

const fromTopic = (condition: unknown = { ArnEquals: { 'aws:SourceArn': TOPIC } }) => ({
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: QUEUE,
  Condition: condition,
})

describe('FACTS 2.10: who a queue’s policy lets in', () => {
  test.each<[string, unknown, Caller, Decision]>([
    ['this topic', fromTopic(), topic, 'allow'],
    ['another topic', fromTopic({ ArnEquals: { 'aws:SourceArn': `${TOPIC}-2` } }), topic, 'none'],
    ['topics like this', fromTopic({ ArnLike: { 'aws:SourceArn': `${TOPIC}*` } }), topic, 'allow'],
    [
      'topics of the account',
      fromTopic({ StringEquals: { 'aws:SourceAccount': '000000000000' } }),
      topic,
      'allow',
    ],
    [
      'all, but not this topic',
      fromTopic({ ArnNotEquals: { 'aws:SourceArn': TOPIC } }),
      topic,
      'none',
    ],
    ['the service, asked by a user', fromTopic(), partner, 'none'],
    ['everybody', { Effect: 'Allow', Principal: '*', Action: 'SQS:*' }, partner, 'allow'],
    [
      'an account by its number',
      { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: ['sqs:sendmessage'] },
      partner,
      'allow',
    ],
    [
      'an account by its root',
      {
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::111122223333:root'] },
        Action: 'sqs:Send*',
      },
      partner,
      'allow',
    ],
    [
      'another action',
      { Effect: 'Allow', Principal: '*', Action: 'sqs:ReceiveMessage' },
      partner,
      'none',
    ],
    [
      'all actions but this',
      { Effect: 'Allow', Principal: '*', NotAction: 'sqs:SendMessage' },
      partner,
      'none',
    ],
    [
      'another resource',
      { Effect: 'Allow', Principal: '*', Action: '*', Resource: `${QUEUE}-2` },
      partner,
      'none',
    ],
    [
      'a topic’s messages, asked by a user who has none',
      {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Condition: { StringEquals: { 'aws:SourceArn': TOPIC } },
      },
      partner,
      'none',
    ],
    [
      'the same, if there is one',
      {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Condition: { StringEqualsIfExists: { 'aws:SourceArn': TOPIC } },
      },
      partner,
      'allow',
    ],
    [
      'everybody by AWS: *, also a service',
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sqs:SendMessage',
        Condition: { ArnEquals: { 'aws:SourceArn': TOPIC } },
      },
      topic,
      'allow',
    ],
    [
      'who comes without a source',
      {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Condition: { Null: { 'aws:SourceArn': 'true' } },
      },
      partner,
      'deny',
    ],
    ['an unknown operator', fromTopic({ Fancy: { 'aws:SourceArn': TOPIC } }), topic, 'none'],
  ])('%s: %#', (_, statement, caller, expected) => {
    expect(verdict(statement, caller)).toBe(expected)
  })

  test('FACTS 2.10: an explicit deny wins over any allow', () => {
    const all = { Effect: 'Allow', Principal: '*', Action: '*' }
    const deny = { Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage' }
    expect(verdict([all, deny], partner)).toBe('deny')
    expect(verdict([all, deny], partner, 'sqs:ReceiveMessage')).toBe('allow')
  })

  test('no policy, and one that is no JSON, allow nothing', () => {
    const request = { caller: topic, action: 'sqs:SendMessage', resource: QUEUE, atMs: AT_MS }
    const verdicts = ['', '{', '[]'].map((text) => decide(readStatements(text), request))
    expect(verdicts).toEqual(['none', 'none', 'none'])
  })
})

describe('FACTS 2.10: what AWS takes as a policy', () => {
  const allow = { Effect: 'Allow', Principal: '*', Action: '*' }
  const of = (length: number, one: unknown) => Array.from({ length }, () => one)
  test.each<[string, unknown, boolean]>([
    ['a statement', { Statement: allow }, true],
    ['20 statements', { Statement: of(20, allow) }, true],
    ['21 statements', { Statement: of(21, allow) }, false],
    ['no effect', { Statement: { ...allow, Effect: 'Maybe' } }, false],
    ['nobody named', { Statement: { Effect: 'Allow', Action: '*' } }, false],
    ['nothing named', { Statement: { Effect: 'Allow', Principal: '*' } }, false],
    ['51 principals', { Statement: { ...allow, Principal: { AWS: of(51, '*') } } }, false],
    ['a list', [allow], false],
    ['more than 8192 characters', { Id: 'x'.repeat(8192), Statement: allow }, false],
  ])('%s', (_, policy, expected) => {
    expect(isPolicy(JSON.stringify(policy))).toBe(expected)
  })
})

test('a further deny never allows more, a further allow never denies', () => {
  const pattern = fc.constantFrom('sqs:SendMessage', 'sqs:*', '*', 'sqs:Receive*')
  const principal = fc.constantFrom<unknown>('*', { AWS: '111122223333' }, { Service: 'x' })
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: principal,
    Action: pattern,
  })
  const rank = { deny: 0, none: 1, allow: 2 }
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 4 }), statement, (before, more) => {
      const [a, b] = [verdict(before, partner), verdict([...before, more], partner)]
      if (more.Effect === 'Deny') expect(rank[b]).toBeLessThanOrEqual(rank[a])
      else expect(b === 'deny').toBe(a === 'deny')
    }),
  )
})
