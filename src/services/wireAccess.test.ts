import { describe, expect, test } from 'vitest'
import type { Config, ScenarioNode } from '../scenario/scenario.ts'
import { sayStatement } from './policyWords.ts'
import { refusedWire } from './wireAccess.ts'

const node = (kind: string, name: string, config: Config = {}): ScenarioNode => ({
  id: name,
  kind,
  name,
  x: 0,
  y: 0,
  config,
})
const PARTNER = '111122223333'
const policy = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const events = node('sns', 'events')
const other = policy({
  Sid: 'Other',
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:000000000000:other' } },
})

describe('FACTS 2.10: a wire that a policy refuses', () => {
  test('is none without a policy, for parts of the own account', () => {
    const queue = node('sqs', 'q')
    expect(refusedWire(events, queue)).toBeNull()
    expect(refusedWire(node('producer', 'p'), queue)).toBeNull()
    expect(refusedWire(queue, node('consumer', 'w'))).toBeNull()
  })

  test('from a topic that the policy does not name; the remedy names it and keeps the rest', () => {
    const queue = node('sqs', 'q', { Policy: other })
    const refused = refusedWire(events, queue)!
    expect(refused).toMatchObject({
      resource: { name: 'q' },
      caller: { name: 'events' },
      actions: ['sqs:SendMessage'],
      denial: 'noAllow',
      field: 'Policy',
    })
    const remedy = JSON.parse(refused.remedy!) as { Statement: object[] }
    expect(remedy.Statement.map((one) => 'Sid' in one && one.Sid)).toEqual(['Other', 'Allowevents'])
    expect(refusedWire(events, node('sqs', 'q', { Policy: refused.remedy }))).toBeNull()
  })

  test('to a consumer of another account: all that a consumer does', () => {
    const worker = node('consumer', 'w', { account: PARTNER })
    const refused = refusedWire(node('sqs', 'q'), worker)!
    expect(refused.actions).toContain('sqs:DeleteMessage')
    expect(refusedWire(node('sqs', 'q', { Policy: refused.remedy }), worker)).toBeNull()
  })

  test('by a deny: no further statement helps', () => {
    const Policy = policy({ Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage' })
    expect(refusedWire(node('producer', 'p'), node('sqs', 'q', { Policy }))).toMatchObject({
      denial: 'explicitDeny',
      remedy: null,
    })
  })
})

describe('a statement in plain English', () => {
  test.each([
    [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*' }, 'Lets everybody do everything.'],
    [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: { ArnEquals: { 'aws:SourceArn': 'arn:x' } },
      },
      'Lets the service sns.amazonaws.com do sqs:SendMessage, if aws:SourceArn is arn:x.',
    ],
    [
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: [PARTNER, 'arn:aws:iam::111122223333:user/eva'] },
        NotAction: ['sqs:ReceiveMessage'],
        Condition: {
          NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] },
          Bool: { 'aws:SecureTransport': 'false' },
        },
      },
      'Forbids all but the account 111122223333 and arn:aws:iam::111122223333:user/eva to do anything but sqs:ReceiveMessage, if aws:SourceIp is not 10.0.0.0/8 or 192.0.2.0/24 and aws:SecureTransport is false.',
    ],
  ])('%j', (statement, words) => {
    expect(sayStatement(statement)).toBe(words)
  })
})
