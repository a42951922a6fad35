/** The extended client from end to end: producer, queue, bucket and fleet (FACTS 2.9). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { hashWorld } from '../../engine/snapshot.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { traceOf, whyOf } from '../../engine/trace.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import type { Config, ScenarioDiff } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { connectionOf } from '../schemas.ts'

const MIB = 1_048_576
const LARGE: Config = { sizeDistribution: 'fixed', sizeBytes: 5 * MIB }
const ON: Config = { extendedClient: 'large' }

interface Parts {
  readonly producer?: Config
  readonly queue?: Config
  readonly fleet?: Config
  /** Of the queue's wire to the dead-letter queue. */
  readonly redrive?: Config
  readonly without?: readonly ('bucket' | 'fleet' | 'reading')[]
  readonly seed?: number
}

/** camera -> jobs -> encoder, with the bucket `media` between camera and encoder. */
function world({ producer, queue, fleet, redrive, without = [], seed }: Parts): Simulation {
  const has = (part: 'bucket' | 'fleet' | 'reading') => !without.includes(part)
  return simulate(
    design({
      ...(seed !== undefined && { seed }),
      nodes: {
        camera: ['producer', { ...LARGE, ...ON, stopAfterCount: 1, ...producer }],
        jobs: ['sqs', { ...CERTAIN, ...queue }],
        dlq: ['sqs', CERTAIN],
        ...(has('bucket') && { media: ['s3', {}] as const }),
        ...(has('fleet') && { encoder: ['consumer', { extendedClient: true, ...fleet }] as const }),
      },
      wires: [
        ['camera', 'jobs'],
        ['jobs', 'dlq', { maxReceiveCount: 1000, ...redrive }],
        ...(has('bucket') ? [['camera', 'media', { keyPrefix: 'jobs/' }] as const] : []),
        ...(has('fleet') ? [['jobs', 'encoder'] as const] : []),
        ...(has('bucket') && has('reading') && has('fleet') ? [['media', 'encoder'] as const] : []),
      ],
    }),
  )
}

function booksOf(sim: Simulation): Record<string, Record<string, number>> {
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, node.totals]))
}

function digestOf(sim: Simulation, name: string) {
  const { index } = sim.world.nodes.find((node) => node.name === name)!
  return sim.behaviours[index]!.digest(sim, index)
}

function listOf(sim: Simulation, Bucket = 'media'): { Key: string; Size: number }[] {
  const { output } = sim.callFromOutside('s3api', 'ListObjectsV2', { Bucket })
  return (output as { Contents?: { Key: string; Size: number }[] }).Contents ?? []
}

/** Contents and size of messages that are in the queue. */
function messagesIn(sim: Simulation, name = 'jobs') {
  const { index } = sim.world.nodes.find((node) => node.name === name)!
  const { slots } = sim.behaviours[index]!.page!(sim, index, 'visible', 0, 100)
  return slots.map((slot) => ({
    ...sim.contentOf(slot),
    bytes: sim.world.messages.sizeBytes[slot],
  }))
}

/** What was called, in order, among these operations. */
const called = (sim: Simulation, ...operations: string[]): string[] =>
  logPage(sim, 0, 200, {})
    .rows.map(({ operation }) => operation)
    .filter((operation) => operations.includes(operation))
    .toReversed()

test('FACTS 2.9: a large body goes to the bucket, its message is a pointer with the size as attribute', () => {
  const sim = world({ without: ['fleet'] })
  sim.advance(fromSeconds(1))
  const [object] = listOf(sim)
  expect(object).toMatchObject({ Size: 5 * MIB })
  expect(object.Key).toMatch(/^jobs\/[0-9a-f-]{36}$/)
  const [{ body, attributes, bytes }] = messagesIn(sim)
  expect(JSON.parse(body)).toEqual([
    'software.amazon.payloadoffloading.PayloadS3Pointer',
    { s3BucketName: 'media', s3Key: object.Key },
  ])
  expect(attributes).toEqual({
    SQSLargePayloadSize: { DataType: 'Number', StringValue: String(5 * MIB) },
  })
  expect(bytes).toBe(body.length + 'SQSLargePayloadSizeNumber5242880'.length)
  expect(booksOf(sim).camera).toMatchObject({ made: 1, sent: 1, stored: 1, failed: 0 })
})

test.each([
  [{ sizeBytes: 262_144 }, 0],
  [{ sizeBytes: 262_145 }, 1],
  [{ sizeBytes: 262_144, attributes: '{"a":{"DataType":"String","StringValue":"b"}}' }, 1],
  [{ sizeBytes: 1_000, payloadThresholdBytes: 999 }, 1],
  [{ sizeBytes: 1, extendedClient: 'always' }, 1],
  [{ sizeBytes: 2_147_483_648 }, 1],
])(
  'FACTS 2.9: above 256 KB of body and attributes, or always: %o stores %i',
  (producer, stored) => {
    const sim = world({ producer, without: ['fleet'] })
    sim.advance(fromSeconds(1))
    expect(booksOf(sim).camera).toMatchObject({ sent: 1, stored })
    expect(listOf(sim).map(({ Size }) => Size)).toEqual(stored === 1 ? [producer.sizeBytes] : [])
  },
)

test('FACTS 2.9: either name of the attribute is read; others of the message stay', () => {
  for (const payloadAttribute of ['SQSLargePayloadSize', 'ExtendedPayloadSize']) {
    const attributes = '{"type":{"DataType":"String","StringValue":"video"}}'
    const sim = world({ producer: { payloadAttribute, attributes } })
    sim.advance(fromSeconds(0.5))
    const encoder = sim.world.nodes.find(({ name }) => name === 'encoder')!
    const { hands, literals } = encoder.state as {
      hands: { sizeBytes: Uint32Array }
      literals: Map<number, { body: string; attributes: object }>
    }
    const { body, attributes: own } = literals.get(0)!
    expect(body).toContain('"order":1')
    expect(own).toEqual({ type: { DataType: 'String', StringValue: 'video' } })
    expect(hands.sizeBytes[0]).toBe(5 * MIB + 'typeStringvideo'.length)
  }
})

test('FACTS 2.9: the receiver reads the body, and deletes the object before the message', () => {
  const sim = world({})
  sim.advance(fromSeconds(10))
  const operations = ['PutObject', 'SendMessage', 'GetObject', 'DeleteObject', 'DeleteMessage']
  expect(called(sim, ...operations)).toEqual(operations)
  expect(listOf(sim)).toEqual([])
  expect(booksOf(sim)).toMatchObject({
    media: { put: 1, deleted: 1, getRequests: 1, putBytes: 5 * MIB },
    jobs: { deleted: 1 },
    encoder: { processed: 1, failed: 0 },
  })
})

test('the life of a message tells of its body too, which is a copy with a name of its own', () => {
  const sim = world({})
  sim.advance(fromSeconds(10))
  const { steps, copies } = traceOf(sim, 1)
  expect(steps.map(({ operation }) => operation)).toEqual([
    'SendMessage',
    'ReceiveMessage',
    'GetObject',
    'DeleteObject',
    'DeleteMessage',
  ])
  expect(copies).toEqual([2])
  const [first] = traceOf(sim, 2).steps.filter(({ operation }) => operation === 'PutObject')
  expect(logEntry(sim, first.row)?.request).toMatchObject({
    Bucket: 'media',
    ContentLength: 5 * MIB,
  })
})

test('objects travel: the body goes to the bucket and comes from it', () => {
  const sim = world({})
  sim.advance(fromSeconds(10))
  const wires = sim.world.wires.map(({ from, to }) =>
    [from, to].map((node) => sim.world.nodes[node].name).join('-'),
  )
  const { facts, count } = sim.records.hops
  const along = Array.from({ length: count }, (_, n) => wires[facts[n * 4]])
  expect(along).toEqual([
    'camera-media',
    'camera-jobs',
    'jobs-encoder',
    'media-encoder',
    'media-encoder',
    'jobs-encoder',
  ])
})

test('FACTS 2.9: told to keep payloads, the receiver deletes the message alone', () => {
  const sim = world({ fleet: { keepPayload: true } })
  sim.advance(fromSeconds(10))
  expect(called(sim, 'DeleteObject', 'DeleteMessage')).toEqual(['DeleteMessage'])
  expect(booksOf(sim).jobs.deleted).toBe(1)
  expect(digestOf(sim, 'media').figures).toMatchObject({ objects: 1, orphaned: 1 })
})

test('FACTS 2.9: a receiver without the extended client works on the pointer, the object is orphaned', () => {
  const sim = world({ fleet: { extendedClient: false } })
  sim.advance(fromSeconds(10))
  expect(booksOf(sim)).toMatchObject({ encoder: { processed: 1 }, media: { getRequests: 0 } })
  const { figures, advice } = digestOf(sim, 'media')
  expect(figures).toMatchObject({ objects: 1, orphaned: 1 })
  expect(advice[0]).toContain('1 payload is orphaned')
  expect(digestOf(sim, 'encoder').advice[0]).toContain('extended client is off')
})

test('FACTS 2.9: once the object is deleted and the message is not, the next receive finds no object', () => {
  const sim = world({
    queue: { VisibilityTimeout: 3 },
    fleet: { serviceTimeMs: 4_000, instances: 2 },
    redrive: { maxReceiveCount: 3 },
  })
  // At 4 s the first worker deletes the object, too late for the message, which the second has by then.
  sim.advance(fromSeconds(60))
  const books = booksOf(sim)
  expect(books.media).toMatchObject({ put: 1, deleted: 1 })
  expect(books.jobs).toMatchObject({ deleted: 0, movedOut: 1 })
  expect(books.encoder).toMatchObject({ received: 3, processed: 2, failed: 1 })
  const row = logPage(sim, 0, 200, {}).rows.find(({ operation }) =>
    /payload not found/.test(operation),
  )
  expect(whyOf(sim, { row: row!.row })?.because).toContain('an earlier attempt deleted the object')
})

test('FACTS 2.4, 2.9: a message that expires leaves its object behind', () => {
  const sim = world({ queue: { MessageRetentionPeriod: 60 }, without: ['fleet'] })
  sim.advance(fromSeconds(59))
  expect(digestOf(sim, 'media').figures).toMatchObject({ objects: 1, orphaned: 0 })
  sim.advance(fromSeconds(62))
  expect(booksOf(sim).jobs.expired).toBe(1)
  expect(digestOf(sim, 'media').figures).toMatchObject({ objects: 1, orphaned: 1 })
})

test('without a bucket the card says so, and the queue refuses what is too large', () => {
  const sim = world({ without: ['bucket'] })
  sim.advance(fromSeconds(5))
  expect(digestOf(sim, 'camera').advice[0]).toContain('has no bucket')
  expect(digestOf(sim, 'encoder').advice[0]).toContain('has no bucket')
  expect(booksOf(sim).camera).toMatchObject({ made: 1, sent: 0, failed: 1, stored: 0 })
})

test('a fleet that is not connected to the bucket cannot read the body', () => {
  const sim = world({ without: ['reading'] })
  sim.advance(fromSeconds(10))
  expect(booksOf(sim).encoder).toMatchObject({ received: 1, failed: 1, processed: 0 })
  const rows = logPage(sim, 0, 200, {}).rows.map(({ operation }) => operation)
  expect(rows).toContain('(failed: not connected to the bucket of the payload)')
})

test('batches, groups and duplicate sends carry pointers too', () => {
  const sim = simulate(
    design({
      nodes: {
        camera: [
          'producer',
          { ...LARGE, ...ON, pattern: 'once', onceCount: 20, batchSize: 10, duplicateShare: 1 },
        ],
        'jobs.fifo': ['sqs', { ...CERTAIN, FifoQueue: true }],
        media: ['s3'],
        encoder: ['consumer', { extendedClient: true, batchDelete: true, MaxNumberOfMessages: 10 }],
      },
      wires: [
        ['camera', 'jobs.fifo'],
        ['camera', 'media'],
        ['jobs.fifo', 'encoder'],
        ['media', 'encoder'],
      ],
    }),
  )
  sim.advance(fromSeconds(120))
  const books = booksOf(sim)
  expect(books.camera).toMatchObject({ made: 40, sent: 40, stored: 40, failed: 0 })
  expect(books['jobs.fifo']).toMatchObject({ sent: 20, deduplicated: 20, deleted: 20 })
  expect(books.encoder).toMatchObject({ processed: 20, failed: 0 })
  // A refused duplicate had its body stored before anybody could know.
  expect(digestOf(sim, 'media').figures).toMatchObject({ objects: 20, orphaned: 20 })
})

test('field conditions look at the body, not at the pointer', () => {
  const poison = { poison: 'field', poisonField: 'order', poisonOperator: '=', poisonValue: '1' }
  const sim = world({ fleet: poison })
  sim.advance(fromSeconds(10))
  expect(booksOf(sim).encoder).toMatchObject({ failed: 1, processed: 0 })
})

test('the wire to the bucket says what it is for', () => {
  const [camera, media, encoder] = ['producer', 's3', 'consumer'].map((kind) => ({
    ...design({ nodes: { [kind]: [kind] }, wires: [] }).nodes[0],
    config: kind === 'producer' ? ON : {},
  }))
  const label = (from: typeof camera, to: typeof camera) => {
    const connection = connectionOf(from, to)
    return connection.ok && connection.label({})
  }
  expect(label(camera, media)).toBe('payloads')
  expect(label(media, encoder)).toBe('payloads')
  expect(label({ ...camera, config: {} }, media)).toBe('')
})

test('a bucket or producer that is removed meanwhile takes nothing along silently', () => {
  for (const part of ['media', 'camera']) {
    const sim = simulate(
      design({
        nodes: {
          camera: ['producer', { ...LARGE, ...ON, ratePerSecond: 20, stopAfterCount: 40 }],
          jobs: ['sqs', CERTAIN],
          media: ['s3'],
        },
        wires: [
          ['camera', 'jobs'],
          ['camera', 'media'],
        ],
        network: 'stretched',
      }),
    )
    sim.advance(fromSeconds(2))
    const wires = sim.world.scenario.wires.filter(({ from, to }) => from === part || to === part)
    const diff: ScenarioDiff = {
      nodes: { [part]: null },
      wires: Object.fromEntries(wires.map(({ id }) => [id, null])),
    }
    sim.intervene({ atUs: 0, type: 'edit', diff })
    sim.advance(fromSeconds(5))
    booksOf(sim)
    const { messages } = sim.world
    const travelling = Array.from(messages.state.subarray(0, messages.top)).filter((s) => s === 1)
    expect(travelling, part).toHaveLength(0)
  }
})

/** Keys that messages point to, read from their words. */
function keysPointedTo(sim: Simulation): Set<string> {
  const { messages } = sim.world
  const keys = new Set<string>()
  for (let slot = 0; slot < messages.top; slot++) {
    if (messages.serial[slot] === 0 || messages.recipe[slot] !== 0) continue
    const [, key] = /"s3Key":"([^"]+)"/.exec(sim.contentOf(slot).body) ?? []
    if (key) keys.add(key)
  }
  return keys
}

test('FACTS 2.5, 2.9: a message that is redriven or passed on is another one, and still points to its body', () => {
  const sim = simulate(
    design({
      nodes: {
        camera: ['producer', { ...LARGE, ...ON, stopAfterCount: 2 }],
        jobs: ['sqs', CERTAIN],
        dlq: ['sqs', CERTAIN],
        sorter: ['consumer', { failureChance: 1 }],
        sorted: ['sqs', CERTAIN],
        media: ['s3'],
      },
      wires: [
        ['camera', 'jobs'],
        ['camera', 'media'],
        ['jobs', 'dlq', { maxReceiveCount: 1 }],
        ['jobs', 'sorter'],
        ['sorter', 'sorted'],
      ],
    }),
  )
  sim.advance(fromSeconds(90))
  expect(booksOf(sim).dlq.movedIn).toBe(2)
  const sorter = sim.world.scenario.nodes.find(({ id }) => id === 'sorter')!
  const mended = { nodes: { sorter: { ...sorter, config: {} } }, wires: {} }
  sim.intervene({ atUs: 0, type: 'edit', diff: mended })
  sim.intervene({ atUs: 0, type: 'action', node: 'dlq', action: 'redrive', args: {} })
  sim.advance(fromSeconds(100))
  expect(booksOf(sim)).toMatchObject({ jobs: { deleted: 2 }, sorted: { sent: 2 } })
  expect(digestOf(sim, 'media').figures).toMatchObject({ objects: 2, orphaned: 0 })
  sim.callFromOutside('sqs', 'PurgeQueue', { QueueUrl: 'sorted' })
  expect(digestOf(sim, 'media').figures).toMatchObject({ objects: 2, orphaned: 2 })
})

test('whatever goes wrong, an object is pointed to, deleted, or counted as orphaned', () => {
  const chance = fc.constantFrom(0, 0.2, 0.5)
  const design = fc.record({
    producer: fc.record({
      extendedClient: fc.constantFrom('large', 'always'),
      sizeBytes: fc.constantFrom(1_000, 300_000, 3 * MIB),
      batchSize: fc.constantFrom(1, 3),
      duplicateShare: chance,
      ratePerSecond: fc.constantFrom(1, 5),
      stopAfterCount: fc.constant(40),
    }),
    queue: fc.record({
      VisibilityTimeout: fc.constantFrom(1, 5, 30),
      MessageRetentionPeriod: fc.constantFrom(60, 345_600),
      duplicateChance: chance,
    }),
    fleet: fc.record({
      extendedClient: fc.boolean(),
      keepPayload: fc.boolean(),
      instances: fc.constantFrom(1, 3),
      concurrency: fc.constantFrom(1, 2),
      MaxNumberOfMessages: fc.constantFrom(1, 10),
      batchDelete: fc.boolean(),
      failureChance: chance,
      crashChance: chance,
      forgetDeleteChance: chance,
      serviceTimeMs: fc.constantFrom(100, 2_000),
    }),
    redrive: fc.record({ maxReceiveCount: fc.constantFrom(1, 3, 1000) }),
    seed: fc.nat(1000),
  })
  fc.assert(
    fc.property(design, (parts) => {
      const sim = world(parts)
      for (let s = 3; s <= 90; s += 3) {
        sim.advance(fromSeconds(s))
        if (s % 15 === 0) {
          sim.intervene({ atUs: 0, type: 'action', node: 'dlq', action: 'redrive', args: {} })
        }
        const { media } = booksOf(sim)
        const keys = listOf(sim).map(({ Key }) => Key)
        expect(media.put).toBe(media.deleted + keys.length)
        const pointedTo = keysPointedTo(sim)
        const orphaned = keys.filter((key) => !pointedTo.has(key)).length
        expect(digestOf(sim, 'media').figures.orphaned).toBe(orphaned)
      }
    }),
    { numRuns: 40 },
  )
})

test('going on from a copy of the world gives the same run', () => {
  const parts: Parts = {
    producer: { ratePerSecond: 10, stopAfterCount: 0 },
    fleet: { crashChance: 0.1, concurrency: 4 },
  }
  const sim = world(parts)
  sim.advance(fromSeconds(5))
  const saved = sim.snapshot()
  sim.advance(fromSeconds(20))
  const end = hashWorld(sim.world)
  sim.restore(saved)
  sim.advance(fromSeconds(20))
  expect(hashWorld(sim.world)).toBe(end)
  expect(logEntry(sim, 0)).not.toBeNull()
})
