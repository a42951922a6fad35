/** FACTS 1.2, 2.10: a queue's policy, for the own account and for others. */
import { describe, expect, test } from 'vitest'
import type { Config } from '../../scenario/scenario.ts'
import { fromSeconds } from '../../base/units.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { queueArn } from './names.ts'
import { Testbed } from './testbed.ts'

const PARTNER = '111122223333'
const statement = (Effect: string, Action: unknown, Principal: unknown = '*') => ({
  Effect,
  Principal,
  Action,
})
const policy = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement })

describe('FACTS 2.10: an explicit deny counts for the owner’s own users too', () => {
  const handle = (bed: Testbed) => bed.receive('q')[0].ReceiptHandle
  test.each<[string, string, (bed: Testbed) => Record<string, unknown>]>([
    ['SendMessage', 'SendMessage', () => ({ MessageBody: 'b' })],
    ['SendMessageBatch', 'SendMessage', () => ({ Entries: [{ Id: '1', MessageBody: 'b' }] })],
    ['ReceiveMessage', 'ReceiveMessage', () => ({})],
    ['DeleteMessage', 'DeleteMessage', (bed) => ({ ReceiptHandle: handle(bed) })],
    [
      'DeleteMessageBatch',
      'DeleteMessage',
      (bed) => ({ Entries: [{ Id: '1', ReceiptHandle: handle(bed) }] }),
    ],
    [
      'ChangeMessageVisibility',
      'ChangeMessageVisibility',
      (bed) => ({ ReceiptHandle: handle(bed), VisibilityTimeout: 0 }),
    ],
    [
      'ChangeMessageVisibilityBatch',
      'ChangeMessageVisibility',
      (bed) => ({ Entries: [{ Id: '1', ReceiptHandle: handle(bed), VisibilityTimeout: 0 }] }),
    ],
    ['GetQueueAttributes', 'GetQueueAttributes', () => ({ AttributeNames: ['All'] })],
    ['PurgeQueue', 'PurgeQueue', () => ({})],
    ['DeleteQueue', 'DeleteQueue', () => ({})],
    ['ListQueueTags', 'ListQueueTags', () => ({})],
  ])('%s is sqs:%s', (operation, action, input) => {
    const bed = new Testbed({ queues: { q: {} } })
    bed.send('q', 'a')
    const given = input(bed)
    const before = bed.counts('q')
    bed.call('SetQueueAttributes', {
      QueueUrl: 'q',
      Attributes: { Policy: policy(statement('Deny', `sqs:${action}`)) },
    })
    expect(bed.refusal(operation, { QueueUrl: 'q', ...given })).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:iam::000000000000:user/switchyard is not authorized to perform: sqs:${action.toLowerCase()} on resource: ${queueArn('q')} with an explicit deny in a resource-based policy`,
    })
    expect(bed.counts('q')).toEqual(before)
    expect(bed.books('q').accessDenied).toBe(1)
  })

  test('what the policy does not speak of, they may', () => {
    const bed = new Testbed({
      queues: { q: { Policy: policy(statement('Deny', 'sqs:SendMessage')) } },
    })
    expect(bed.receive('q')).toEqual([])
  })
})

/** A producer of one account and a fleet of another, at one queue, after half a minute. */
function books(queue: Config, sender = '', worker = '') {
  const sim = simulate(
    design({
      nodes: {
        p: ['producer', { pattern: 'once', onceCount: 3, account: sender }],
        q: ['sqs', { ...CERTAIN, ...queue }],
        w: ['consumer', { account: worker, serviceTimeMs: 10 }],
      },
      wires: [
        ['p', 'q'],
        ['q', 'w'],
      ],
    }),
  )
  sim.advance(fromSeconds(30))
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  const { accessDenied, sent, deleted } = nodes.q.totals
  return { sim, accessDenied: accessDenied > 0, sent, deleted, failed: nodes.p.totals.failed }
}

describe('FACTS 2.10: another account needs an allow', () => {
  const partner = { AWS: PARTNER }
  const mayConsume = statement('Allow', ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], partner)

  test.each<[string, Parameters<typeof books>, Partial<ReturnType<typeof books>>]>([
    ['own actors, no policy', [{}], { accessDenied: false, sent: 3, deleted: 3 }],
    ['the own account by number', [{}, '000000000000'], { accessDenied: false, sent: 3 }],
    ['a sender of another account', [{}, PARTNER], { accessDenied: true, sent: 0, failed: 3 }],
    [
      'the same, allowed',
      [{ Policy: policy(statement('Allow', 'sqs:SendMessage', partner)) }, PARTNER],
      { accessDenied: false, sent: 3, deleted: 3 },
    ],
    ['a consumer of another account', [{}, '', PARTNER], { accessDenied: true, deleted: 0 }],
    [
      'the same, allowed',
      [{ Policy: policy(mayConsume) }, '', PARTNER],
      { accessDenied: false, deleted: 3 },
    ],
    [
      'the same, without its deletes',
      [{ Policy: policy(statement('Allow', 'sqs:ReceiveMessage', partner)) }, '', PARTNER],
      { accessDenied: true, sent: 3, deleted: 0 },
    ],
    [
      'allowed and denied',
      [{ Policy: policy(mayConsume, statement('Deny', 'sqs:*', partner)) }, '', PARTNER],
      { accessDenied: true, deleted: 0 },
    ],
  ])('%s (%#)', (_, args, expected) => {
    expect(books(...args)).toMatchObject(expected)
  })

  test('FACTS 1.2: the log says AccessDenied in AWS’s words, and the picture has a sign of its own', () => {
    const { sim } = books({}, PARTNER)
    const [row] = logPage(sim, 0, 10, { operation: 'SendMessage', failedOnly: true }).rows
    expect(row).toMatchObject({ error: 'AccessDenied', status: 403 })
    expect(logEntry(sim, row.row)!.response).toEqual({
      __type: 'AccessDenied',
      message: `User: arn:aws:iam::${PARTNER}:user/partner is not authorized to perform: sqs:sendmessage on resource: ${queueArn('q')} because no resource-based policy allows the sqs:sendmessage action`,
    })
    const types = new Set(sim.records.marks.filter(({ node }) => node === 'q').map((m) => m.type))
    expect([...types]).toEqual(['denied'])
  })
})
