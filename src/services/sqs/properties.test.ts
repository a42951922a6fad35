/** Whatever is done to queues, in any order and at any time: books, receipts, timers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Simulation } from '../../engine/simulation.ts'
import { hashWorld } from '../../engine/snapshot.ts'
import { fromSeconds } from '../../base/units.ts'
import { kinds } from '../kinds.ts'
import { ReferenceQueue } from './reference.ts'
import { Testbed, draw } from './testbed.ts'

type Step =
  | { do: 'send'; delay: number }
  | { do: 'receive'; max: number; timeout: number | undefined }
  | { do: 'delete'; which: number }
  | { do: 'change'; which: number; timeout: number }
  | { do: 'wait'; seconds: number }

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('send' as const), delay: fc.constantFrom(0, 0, 0, 1, 5, 20) }),
    fc.record({
      do: fc.constant('receive' as const),
      max: fc.integer({ min: 1, max: 10 }),
      timeout: fc.constantFrom(undefined, undefined, 0, 1, 3, 40),
    }),
    fc.record({ do: fc.constant('delete' as const), which: fc.nat() }),
    fc.record({
      do: fc.constant('change' as const),
      which: fc.nat(),
      timeout: fc.constantFrom(0, 1, 2, 9, 43_190, 43_200),
    }),
    fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 1, 2, 3, 10, 30) }),
  ),
  { minLength: 20, maxLength: 120 },
)

describe('a standard queue against a plain array of objects', () => {
  it.each([0, 1, 3])(
    'FACTS 2.2-2.5: agrees on every receive, count, deletion and move (maxReceiveCount %i)',
    (maxReceiveCount) => {
      fc.assert(
        fc.property(steps, (steps) => playAgainstReference(steps, maxReceiveCount)),
        { numRuns: 150 },
      )
    },
  )
})

function playAgainstReference(steps: readonly Step[], maxReceiveCount: number): void {
  const settings = { visibility: 7, retention: 60, maxReceiveCount }
  const bed = new Testbed({
    queues: { q: { VisibilityTimeout: 7, MessageRetentionPeriod: 60 }, dead: {} },
    redrive: maxReceiveCount > 0 ? { q: ['dead', maxReceiveCount] } : {},
  })
  const reference = new ReferenceQueue(settings)
  const handles: { id: string; handle: string }[] = []
  const movedOut = () => bed.books('q').movedOut

  for (const step of steps) {
    if (step.do === 'send') {
      reference.send(bed.send('q', 'x', { DelaySeconds: step.delay }), step.delay)
    } else if (step.do === 'receive') {
      const receivable = reference.receivable()
      const spent = reference.messages.length - receivable.length
      const before = movedOut()
      const got = bed
        .receive('q', {
          MaxNumberOfMessages: step.max,
          ...(step.timeout !== undefined && { VisibilityTimeout: step.timeout }),
        })
        .map((message) => ({ id: message.MessageId, handle: message.ReceiptHandle }))
      expect(got.length).toBe(Math.min(step.max, receivable.length))
      for (const { id } of got) expect(receivable).toContain(id)
      expect(new Set(got.map(({ id }) => id)).size).toBe(got.length)
      const moved = movedOut() - before
      expect(moved).toBeLessThanOrEqual(spent)
      reference.receive(got, lastDead(bed, moved), step.timeout)
      handles.push(...got)
    } else if (step.do === 'wait') {
      reference.advance(step.seconds)
      bed.wait(step.seconds)
    } else if (handles.length > 0) {
      const { id, handle } = handles[step.which % handles.length]
      if (step.do === 'delete') {
        bed.delete('q', handle)
        reference.delete(handle)
      } else {
        const ticket = bed.sim.callFromOutside('sqs', 'ChangeMessageVisibility', {
          QueueUrl: 'q',
          ReceiptHandle: handle,
          VisibilityTimeout: step.timeout,
        })
        expect(ticket.error === undefined).toBe(reference.change(id, step.timeout))
      }
    }
    expect(bed.counts('q')).toEqual(reference.counts())
  }
  expect(bed.books('dead').movedIn).toBe(reference.dead.length)
}

/** MessageIds of the messages that came to the dead-letter queue last. */
function lastDead(bed: Testbed, count: number): string[] {
  const { messages, nodes } = bed.sim.world
  const { arrivals } = nodes[bed.index('dead')].state as {
    arrivals: { tail: number }
  }
  const ids: string[] = []
  for (let slot = arrivals.tail; ids.length < count; slot = messages.newerThan[slot]) {
    ids.push(bed.sim.messageId(messages.serial[slot]))
  }
  return ids
}

/** Anything at all, with every chance on, two queues and a chain of dead-letter queues. */
const wild = fc.array(
  fc.record({
    queue: fc.constantFrom('a', 'b', 'c'),
    operation: fc.constantFrom(
      'send',
      'batch',
      'receive',
      'poll',
      'delete',
      'change',
      'purge',
      'set',
    ),
    number: fc.nat({ max: 50 }),
    waitMs: fc.constantFrom(0, 0, 1, 250, 1_000, 20_000),
  }),
  { minLength: 30, maxLength: 200 },
)
type Wild = (typeof wild extends fc.Arbitrary<infer T> ? T : never)[number]

const WILD_SCENARIO = {
  queues: {
    a: {
      VisibilityTimeout: 3,
      MessageRetentionPeriod: 120,
      duplicateChance: 0.3,
      reorderChance: 0.3,
      servers: 4,
    },
    b: { VisibilityTimeout: 1, MessageRetentionPeriod: 60, duplicateChance: 0.2, servers: 2 },
    c: { DelaySeconds: 2, MessageRetentionPeriod: 90 },
  },
  redrive: { a: ['b', 2], b: ['c', 3] },
} as const

function act(bed: Testbed, handles: Map<string, string[]>, step: Wild): void {
  const QueueUrl = step.queue
  const known = handles.get(QueueUrl) ?? []
  const ReceiptHandle = known[step.number % Math.max(1, known.length)] ?? ''
  const n = step.number
  switch (step.operation) {
    case 'send':
      bed.ask('SendMessage', {
        QueueUrl,
        MessageBody: `m${n}`,
        DelaySeconds: n % 3,
        ...(n % 4 > 0 && { MessageGroupId: `tenant-${n % 4}` }),
      })
      break
    case 'batch':
      bed.ask('SendMessageBatch', {
        QueueUrl,
        Entries: Array.from({ length: n % 11 }, (_, i) => ({ Id: `e${i}`, MessageBody: 'x' })),
      })
      break
    case 'receive':
      for (const message of bed.receive(QueueUrl, { VisibilityTimeout: n % 5 })) {
        known.push(message.ReceiptHandle)
      }
      handles.set(QueueUrl, known)
      break
    case 'poll':
      bed.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: n % 21, MaxNumberOfMessages: 3 })
      break
    case 'delete':
      bed.ask('DeleteMessage', { QueueUrl, ReceiptHandle })
      break
    case 'change':
      bed.ask('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: n % 7 })
      break
    case 'purge':
      if (n === 0) bed.ask('PurgeQueue', { QueueUrl })
      break
    default:
      bed.ask('SetQueueAttributes', {
        QueueUrl,
        Attributes: { MessageRetentionPeriod: String(60 + n), VisibilityTimeout: String(n % 6) },
      })
  }
}

describe('conservation', () => {
  it('DESIGN 2.4: sent + moved in = deleted + expired + purged + moved out + here, at every moment', () => {
    fc.assert(
      fc.property(wild, fc.nat(), (steps, seed) => {
        const bed = new Testbed({ ...WILD_SCENARIO, seed })
        const handles = new Map<string, string[]>()
        for (const step of steps) {
          act(bed, handles, step)
          bed.books(step.queue)
          bed.wait(step.waitMs / 1_000)
          bed.books(step.queue)
        }
        const here = ['a', 'b', 'c'].reduce((sum, queue) => {
          const { sent, movedIn, deleted, expired, purged, movedOut } = bed.books(queue)
          return sum + sent + movedIn - deleted - expired - purged - movedOut
        }, 0)
        expect(bed.sim.world.messages.live).toBe(here)
        bed.wait(300)
        expect(bed.sim.world.messages.live).toBe(0)
      }),
      { numRuns: 100 },
    )
  })

  it('removing all queues leaves nothing behind', () => {
    fc.assert(
      fc.property(wild, (steps) => {
        const bed = new Testbed(WILD_SCENARIO)
        const handles = new Map<string, string[]>()
        for (const step of steps) {
          act(bed, handles, step)
          bed.wait(step.waitMs / 1_000)
        }
        bed.sim.edit({
          nodes: { 'id-a': null, 'id-b': null, 'id-c': null },
          wires: { 'redrive-a': null, 'redrive-b': null },
        })
        const { messages, calls } = bed.sim.world
        expect(messages.live).toBe(0)
        expect(messages.literals.every((content) => !content)).toBe(true)
        expect(calls.outside.every((ticket) => !ticket)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})

describe('time', () => {
  it('DESIGN 2.1: the run does not depend on the size of steps, nor on a snapshot in between', () => {
    fc.assert(
      fc.property(wild, fc.array(fc.nat({ max: 4_000_000 }), { maxLength: 20 }), (steps, cuts) => {
        const interventions = interventionsOf(steps)
        const untilUs = fromSeconds(300)
        const scenario = draw(WILD_SCENARIO)
        const straight = new Simulation(scenario, interventions, kinds)
        straight.advance(untilUs)
        const pieces = new Simulation(scenario, interventions, kinds)
        for (const cut of cuts) {
          pieces.advance(pieces.nowUs + cut)
          pieces.restore(pieces.snapshot())
        }
        pieces.advance(untilUs)
        expect(pieces.world.logHash).toBe(straight.world.logHash)
        expect(hashWorld(pieces.world)).toBe(hashWorld(straight.world))
      }),
      { numRuns: 30 },
    )
  })
})

/** The same wild steps as recorded calls; those that need a handle are left out. */
function interventionsOf(steps: readonly Wild[]) {
  let atUs = 0
  return steps.flatMap((step) => {
    atUs += step.waitMs * 1_000
    const QueueUrl = step.queue
    const n = step.number
    const inputs: Record<string, [string, Record<string, unknown>]> = {
      send: ['SendMessage', { QueueUrl, MessageBody: 'x', DelaySeconds: n % 4 }],
      receive: ['ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 + (n % 10) }],
      poll: ['ReceiveMessage', { QueueUrl, WaitTimeSeconds: n % 21, VisibilityTimeout: n % 5 }],
    }
    const input = inputs[step.operation]
    if (!input) return []
    return [{ atUs, type: 'call' as const, service: 'sqs', operation: input[0], input: input[1] }]
  })
}
