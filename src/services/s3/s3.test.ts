/** Buckets: objects, and notifications of them (FACTS 15.3). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { whyOf } from '../../engine/trace.ts'
import { logPage } from '../../engine/views.ts'
import type { Config } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { connectionOf } from '../schemas.ts'

function world(wire: Config = {}, queue: Config = {}, bucket: Config = {}): Simulation {
  const sim = simulate(
    design({
      nodes: {
        uploads: ['s3', { eventDelayMs: 0, ...bucket }],
        jobs: ['sqs', { ...CERTAIN, ...queue }],
      },
      wires: [['uploads', 'jobs', wire]],
    }),
  )
  sim.advance(0)
  return sim
}

const s3 = (sim: Simulation, operation: string, input: object) => {
  const ticket = sim.callFromOutside('s3api', operation, { Bucket: 'uploads', ...input })
  sim.advance(sim.nowUs)
  return ticket
}
const put = (sim: Simulation, Key: string, Body = 'words') => s3(sim, 'PutObject', { Key, Body })

interface Told {
  readonly Event?: string
  readonly Records?: readonly {
    readonly eventName: string
    readonly s3: { readonly object: { readonly key: string; readonly sequencer: string } }
  }[]
}

function drain(sim: Simulation): Told[] {
  const told: Told[] = []
  for (;;) {
    const { output } = sim.callFromOutside('sqs', 'ReceiveMessage', {
      QueueUrl: 'jobs',
      MaxNumberOfMessages: 10,
    })
    const { Messages = [] } = output as { Messages?: { Body: string; ReceiptHandle: string }[] }
    if (Messages.length === 0) return told
    for (const { Body, ReceiptHandle } of Messages) {
      told.push(JSON.parse(Body) as Told)
      sim.callFromOutside('sqs', 'DeleteMessage', { QueueUrl: 'jobs', ReceiptHandle })
    }
  }
}

const names = (told: readonly Told[]) =>
  told.map(({ Event, Records }) =>
    Records ? `${Records[0].eventName} ${Records[0].s3.object.key}` : Event,
  )

test('FACTS 15.3: a new destination gets s3:TestEvent, then the event as AWS writes it', () => {
  const sim = world()
  put(sim, 'images/a cat.jpg', 'abc')
  const [first, second] = drain(sim)
  expect(first).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'uploads' })
  expect(second).toEqual({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: '2026-01-01T00:00:00.000Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'AWS:000000000000' },
        requestParameters: { sourceIPAddress: '203.0.113.10' },
        responseElements: {
          'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/) as string,
          'x-amz-id-2': expect.any(String) as string,
        },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: sim.world.scenario.wires[0].id,
          bucket: {
            name: 'uploads',
            ownerIdentity: { principalId: '000000000000' },
            arn: 'arn:aws:s3:::uploads',
          },
          object: {
            key: 'images/a+cat.jpg',
            size: 3,
            eTag: '900150983cd24fb0d6963f7d28e17f72',
            sequencer: '000000000000000001',
          },
        },
      },
    ],
  })
})

test.each([
  [{}, ['ObjectCreated:Put a.jpg', 'ObjectCreated:Put b.txt']],
  [{ event: 's3:ObjectRemoved:*' }, ['ObjectRemoved:Delete a.jpg']],
  [{ event: 's3:ObjectCreated:Put', suffix: '.jpg' }, ['ObjectCreated:Put a.jpg']],
  [{ prefix: 'b' }, ['ObjectCreated:Put b.txt']],
])('FACTS 15.3: events and key filters: %o', (wire, expected) => {
  const sim = world(wire)
  put(sim, 'a.jpg')
  put(sim, 'b.txt')
  s3(sim, 'DeleteObject', { Key: 'a.jpg' })
  s3(sim, 'DeleteObject', { Key: 'not there' })
  expect(names(drain(sim))).toEqual(['s3:TestEvent', ...expected])
})

test('FACTS 15.3: FIFO queues and topics are refused, EventBridge is the way', () => {
  const [bucket, queue, topic] = design({
    nodes: {
      uploads: ['s3'],
      'jobs.fifo': ['sqs', { FifoQueue: true }],
      'news.fifo': ['sns', { FifoTopic: true }],
    },
    wires: [],
  }).nodes
  for (const to of [queue, topic]) {
    const connection = connectionOf(bucket, to)
    expect(connection.ok).toBe(false)
    expect(JSON.stringify(connection)).toContain('EventBridge')
  }
})

test('FACTS 15.3: events come at least once, and not in order', () => {
  const sim = world({}, {}, { eventDuplicateChance: 1, eventDelayMs: 5000 })
  for (let n = 0; n < 20; n++) put(sim, `k${n}`)
  sim.advance(fromSeconds(300))
  const told = drain(sim).filter(({ Records }) => Records)
  expect(told).toHaveLength(40)
  const sequencers = told.map(({ Records }) => Records![0].s3.object.sequencer)
  expect(new Set(sequencers).size).toBe(20)
  expect(sequencers).not.toEqual(sequencers.toSorted())
})

test('FACTS 15.3: one event to many queues goes through a topic', () => {
  const sim = simulate(
    design({
      nodes: {
        uploads: ['s3', { eventDelayMs: 0 }],
        news: ['sns'],
        jobs: ['sqs', CERTAIN],
        other: ['sqs', CERTAIN],
      },
      wires: [
        ['uploads', 'news'],
        ['news', 'jobs', { RawMessageDelivery: true }],
        ['news', 'other'],
      ],
    }),
  )
  sim.advance(0)
  put(sim, 'a')
  expect(names(drain(sim))).toEqual(['s3:TestEvent', 'ObjectCreated:Put a'])
  expect(totalsOf(sim).nodes.other.totals.sent).toBe(2)
})

test('GetObject, overwriting, and what is not there', () => {
  const sim = world()
  put(sim, 'a', 'one')
  put(sim, 'a', 'two')
  expect(s3(sim, 'GetObject', { Key: 'a' }).output).toMatchObject({
    Body: 'two',
    ContentLength: 3,
  })
  expect(s3(sim, 'GetObject', { Key: 'b' }).error).toMatchObject({ code: 'NoSuchKey', status: 404 })
  expect(put(sim, 'k'.repeat(1025)).error).toMatchObject({ code: 'KeyTooLongError' })
  const elsewhere = sim.callFromOutside('s3api', 'GetObject', { Bucket: 'no', Key: 'a' })
  expect(elsewhere.error).toMatchObject({ code: 'NoSuchBucket' })
})

test('producers and a Firehose put objects', () => {
  const sim = simulate(
    design({
      nodes: {
        camera: ['producer', { pattern: 'once', onceCount: 3 }],
        clicks: ['producer', { pattern: 'once', onceCount: 5 }],
        lake: ['firehose', { IntervalInSeconds: 0 }],
        uploads: ['s3'],
      },
      wires: [
        ['camera', 'uploads', { keyPrefix: 'images/', keySuffix: '.jpg' }],
        ['clicks', 'lake'],
        ['lake', 'uploads'],
      ],
    }),
  )
  sim.advance(fromSeconds(30))
  const { index } = sim.world.nodes.find(({ name }) => name === 'uploads')!
  const { messages } = sim.behaviours[index]!.stored!.page(sim, index, 'objects', 0, 100)
  const keys = messages.map(({ subject }) => subject!)
  expect(keys.filter((key) => /^images\/\d+\.jpg$/.test(key))).toHaveLength(3)
  expect(keys.some((key) => key.startsWith('2026/01/01/00/lake-1-'))).toBe(true)
  expect(totalsOf(sim).invariants.broken).toEqual([])
})

test('books: every object and every event is accounted for', () => {
  const keys = fc.constantFrom('a', 'b', 'c', 'd')
  const steps = fc.array(
    fc.record({ what: fc.constantFrom('put', 'delete', 'wait', 'removeQueue'), key: keys }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), (script, chance) => {
      const sim = world({}, {}, { eventDuplicateChance: chance, eventDelayMs: 1000 })
      for (const { what, key } of script) {
        if (what === 'put') put(sim, key)
        else if (what === 'delete') s3(sim, 'DeleteObject', { Key: key })
        else if (what === 'wait') sim.advance(sim.nowUs + fromSeconds(1))
        else if (sim.world.nodes[1].alive) sim.removeNode(1)
        expect(totalsOf(sim).invariants.broken).toEqual([])
      }
    }),
    { numRuns: 60 },
  )
})

type Rule = readonly [event: string, prefix: string, suffix: string]

const configuration = (...rules: readonly Rule[]) => ({
  NotificationConfiguration: {
    QueueConfigurations: rules.map(([event, prefix, suffix]) => ({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:jobs',
      Events: [event],
      Filter: {
        Key: {
          FilterRules: [
            { Name: 'prefix', Value: prefix },
            { Name: 'suffix', Value: suffix },
          ],
        },
      },
    })),
  },
})

test('FACTS 15.3: filters that overlap for the same event are refused in S3’s words', () => {
  const sim = world()
  const ask = (...rules: readonly Rule[]) =>
    s3(sim, 'PutBucketNotificationConfiguration', configuration(...rules)).error
  const created = 's3:ObjectCreated:*'
  expect(ask([created, 'a/', '.jpg'], ['s3:ObjectCreated:Put', 'a/b', '.jpg'])).toMatchObject({
    code: 'InvalidArgument',
    message: expect.stringContaining('Configuration is ambiguously defined.') as string,
  })
  expect(ask([created, 'a/', '.jpg'], [created, 'a/b', '.png'])).toBeUndefined()
  expect(ask([created, 'a', ''], ['s3:ObjectRemoved:*', 'a', ''])).toBeUndefined()
})

test('FACTS 15.3: a notification configuration is the wires that leave, and is told again', () => {
  const sim = world()
  const rule: Rule = ['s3:ObjectCreated:Put', 'in/', '.csv']
  s3(sim, 'PutBucketNotificationConfiguration', configuration(rule))
  expect(sim.world.scenario.wires).toMatchObject([
    { to: 'jobs', config: { event: rule[0], prefix: 'in/', suffix: '.csv' } },
  ])
  expect(s3(sim, 'GetBucketNotificationConfiguration', {}).output).toMatchObject({
    QueueConfigurations: [
      { QueueArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', Events: [rule[0]] },
    ],
  })
  put(sim, 'in/a.csv')
  put(sim, 'out/a.csv')
  sim.advance(sim.nowUs)
  expect(names(drain(sim)).filter((name) => name !== 's3:TestEvent')).toEqual([
    'ObjectCreated:Put in/a.csv',
  ])
})

test('as recorded: events of one configuration keep its ID, in the configuration and in what is told', () => {
  const sim = world()
  const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:jobs'
  const one = {
    Id: 'both',
    QueueArn,
    Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete'],
    Filter: { Key: { FilterRules: [{ Name: 'Suffix', Value: '.csv' }] } },
  }
  s3(sim, 'PutBucketNotificationConfiguration', {
    NotificationConfiguration: { QueueConfigurations: [one] },
  })
  expect(s3(sim, 'GetBucketNotificationConfiguration', {}).output).toEqual({
    QueueConfigurations: [one],
  })
  put(sim, 'a.csv')
  sim.advance(sim.nowUs)
  const event = drain(sim).find(({ Records }) => Records)
  expect(event).toMatchObject({
    Records: [
      {
        userIdentity: { principalId: expect.any(String) as string },
        requestParameters: { sourceIPAddress: expect.any(String) as string },
        responseElements: { 'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/) as string },
        s3: {
          configurationId: 'both',
          bucket: { ownerIdentity: { principalId: expect.any(String) as string } },
        },
      },
    ],
  })
})

test.each([
  ['The ARN could not be parsed', [{ QueueArn: 'no' }, { QueueArn: 'arn:aws:sqs:us-east-1:1:x' }]],
  [
    'Unable to validate the following destination configurations',
    [{ QueueArn: 'arn:aws:sqs:us-east-1:000000000000:nobody' }],
  ],
  [
    'filter rule name must be either prefix or suffix',
    [
      {
        QueueArn: 'arn:aws:sqs:us-east-1:000000000000:jobs',
        Events: ['s3:ObjectCreated:*'],
        Filter: { Key: { FilterRules: [{ Name: 'INVALID', Value: 'a' }] } },
      },
    ],
  ],
])('as recorded: a configuration is refused: %s', (message, QueueConfigurations) => {
  const sim = world()
  const { wires } = sim.world.scenario
  const input = { NotificationConfiguration: { QueueConfigurations } }
  expect(s3(sim, 'PutBucketNotificationConfiguration', input).error).toMatchObject({
    code: 'InvalidArgument',
    message,
  })
  expect(sim.world.scenario.wires).toBe(wires)
})

test('buckets are made and listed, objects are listed by key and page', () => {
  const sim = world()
  expect(s3(sim, 'CreateBucket', { Bucket: 'lake' }).output).toEqual({ Location: '/lake' })
  expect(s3(sim, 'CreateBucket', {}).error).toMatchObject({ code: 'BucketAlreadyOwnedByYou' })
  expect(s3(sim, 'CreateBucket', { Bucket: 'A_B' }).error).toMatchObject({
    code: 'InvalidBucketName',
  })
  expect(s3(sim, 'ListBuckets', {}).output).toMatchObject({
    Buckets: [{ Name: 'lake' }, { Name: 'uploads' }],
  })
  for (const key of ['b', 'a/2', 'a/1']) put(sim, key)
  const first = s3(sim, 'ListObjectsV2', { Prefix: 'a/', MaxKeys: 1 }).output
  expect(first).toMatchObject({ Contents: [{ Key: 'a/1' }], IsTruncated: true, KeyCount: 1 })
  const { NextContinuationToken: ContinuationToken } = first as { NextContinuationToken: string }
  expect(s3(sim, 'ListObjectsV2', { Prefix: 'a/', ContinuationToken }).output).toMatchObject({
    Contents: [{ Key: 'a/2' }],
    IsTruncated: false,
  })
})

test('FACTS 15.3: a notification that is lost says who refused it', () => {
  const sim = world({}, { MaximumMessageSize: 1024 })
  put(sim, 'k'.repeat(1000))
  sim.advance(fromSeconds(5))
  const lost = logPage(sim, 0, 50, {}).rows.find(
    ({ operation }) => operation === '(event notification lost)',
  )!
  expect(whyOf(sim, { row: lost.row })?.because).toContain(
    'jobs refused it with InvalidParameterValue',
  )
})
