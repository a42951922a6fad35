/** Whatever is done to a FIFO queue: order within groups, one run of a group at a time, books. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../engine/simulation.ts'
import { hashWorld } from '../../../engine/snapshot.ts'
import { fromSeconds } from '../../../base/units.ts'
import { kinds } from '../../kinds.ts'
import { Testbed, draw } from '../testbed.ts'

const QueueUrl = 'q.fifo'

type Step =
  | { do: 'send'; group: string; id: number }
  | { do: 'receive'; max: number; timeout: number | undefined }
  | { do: 'delete'; which: number }
  | { do: 'change'; which: number; timeout: number }
  | { do: 'wait'; seconds: number }

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        group: fc.constantFrom('a', 'b', 'c'),
        id: fc.nat({ max: 30 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('receive' as const),
        max: fc.integer({ min: 1, max: 10 }),
        timeout: fc.constantFrom(undefined, undefined, 0, 1, 3, 40),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('change' as const),
        which: fc.nat(),
        timeout: fc.constantFrom(0, 1, 9),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        seconds: fc.constantFrom(1, 2, 3, 10, 100),
      }),
    },
  ),
  { minLength: 20, maxLength: 120 },
)

/** Everything the rules of FIFO queues say, in an array that is looked through every time. */
class Reference {
  now = 0
  messages: { id: string; group: string; hiddenUntil: number; handle: string }[] = []
  memory = new Map<string, { id: string; until: number }>()

  /** The id that the sender is told, given the one a new message would get. */
  send(group: string, key: string, id: string): string {
    const known = this.memory.get(key)
    if (known && known.until > this.now) return known.id
    this.memory.set(key, { id, until: this.now + 300 })
    this.messages.push({ id, group, hiddenUntil: 0, handle: '' })
    return id
  }

  /** What of a group may be received: from its head to the first that is hidden. */
  run(group: string): string[] {
    const all = this.messages.filter((message) => message.group === group)
    const end = all.findIndex(({ hiddenUntil }) => hiddenUntil > this.now)
    return (end < 0 ? all : all.slice(0, end)).map(({ id }) => id)
  }

  counts(): number[] {
    const hidden = this.messages.filter(({ hiddenUntil }) => hiddenUntil > this.now).length
    return [this.messages.length - hidden, hidden, 0]
  }
}

function play(steps: readonly Step[]): void {
  const bed = new Testbed({ queues: { [QueueUrl]: { FifoQueue: true, VisibilityTimeout: 7 } } })
  const reference = new Reference()
  const handles: string[] = []
  for (const step of steps) {
    if (step.do === 'send') {
      const key = `${step.group}${step.id}`
      const known = reference.memory.get(key)
      const told = bed.send(QueueUrl, 'x', {
        MessageGroupId: step.group,
        MessageDeduplicationId: key,
      })
      const isNew = !known || known.until <= reference.now
      expect(reference.send(step.group, key, told)).toBe(told)
      expect(isNew && told === known?.id, 'a new message has a new id').toBe(false)
    } else if (step.do === 'receive') {
      receiveBoth(bed, reference, step.max, step.timeout, handles)
    } else if (step.do === 'wait') {
      reference.now += step.seconds
      bed.wait(step.seconds)
    } else if (handles.length > 0) {
      const handle = handles[step.which % handles.length]
      const message = reference.messages.find((known) => known.handle === handle)
      const isOut = message !== undefined && message.hiddenUntil > reference.now
      if (step.do === 'change') {
        bed.ask('ChangeMessageVisibility', {
          QueueUrl,
          ReceiptHandle: handle,
          VisibilityTimeout: step.timeout,
        })
        if (isOut) message.hiddenUntil = reference.now + step.timeout
      } else {
        bed.ask('DeleteMessage', { QueueUrl, ReceiptHandle: handle })
        if (isOut) reference.messages = reference.messages.filter((known) => known !== message)
      }
    }
    expect(bed.counts(QueueUrl)).toEqual(reference.counts())
    bed.books(QueueUrl)
  }
}

/** A receive brings beginnings of runs, each whole but the last, and as many messages as asked for. */
function receiveBoth(
  bed: Testbed,
  reference: Reference,
  max: number,
  timeout: number | undefined,
  handles: string[],
): void {
  const runs = new Map(['a', 'b', 'c'].map((group) => [group, reference.run(group)]))
  const available = [...runs.values()].reduce((sum, run) => sum + run.length, 0)
  const got = bed.receive(QueueUrl, {
    MaxNumberOfMessages: max,
    ...(timeout !== undefined && { VisibilityTimeout: timeout }),
  })
  expect(got).toHaveLength(Math.min(max, available))
  const groups = got.map(({ Attributes }) => Attributes!.MessageGroupId)
  const visited = groups.filter((group, n) => group !== groups[n - 1])
  expect(new Set(visited).size, 'a group comes in one piece').toBe(visited.length)
  for (const [n, group] of visited.entries()) {
    const brought = got.filter(({ Attributes }) => Attributes!.MessageGroupId === group)
    const run = runs.get(group)!
    expect(brought.map(({ MessageId }) => MessageId)).toEqual(run.slice(0, brought.length))
    if (n < visited.length - 1) expect(brought).toHaveLength(run.length)
  }
  for (const { MessageId, ReceiptHandle } of got) {
    const message = reference.messages.find(({ id }) => id === MessageId)!
    message.handle = ReceiptHandle
    message.hiddenUntil = reference.now + (timeout ?? 7)
    // With a timeout of 0 it may only be deleted within this millisecond.
    if (timeout !== 0) handles.push(ReceiptHandle)
  }
}

describe('a FIFO queue against a plain array of objects', () => {
  it('FACTS 2.8: agrees on order, locks, duplicates and counts', () => {
    fc.assert(fc.property(steps, play), { numRuns: 200 })
  })
})

const wild = fc.array(
  fc.record({
    queue: fc.constantFrom('q.fifo', 'dead.fifo'),
    operation: fc.constantFrom('send', 'batch', 'receive', 'poll', 'purge', 'delay'),
    n: fc.nat({ max: 50 }),
    waitMs: fc.constantFrom(0, 0, 1, 250, 1_000, 20_000),
  }),
  { minLength: 30, maxLength: 150 },
)

const FIFO = { FifoQueue: true, ContentBasedDeduplication: true }
const WILD = {
  queues: {
    'q.fifo': { ...FIFO, VisibilityTimeout: 3, MessageRetentionPeriod: 120, DelaySeconds: 1 },
    'dead.fifo': { ...FIFO, DeduplicationScope: 'messageGroup', MessageRetentionPeriod: 60 },
  },
  redrive: { 'q.fifo': ['dead.fifo', 2] },
} as const

type Wild = (typeof wild extends fc.Arbitrary<infer T> ? T : never)[number]

const callOf = ({ queue, operation, n }: Wild): [string, Record<string, unknown>] => {
  const base = { QueueUrl: queue }
  const message = { MessageBody: `b${n}`, MessageGroupId: `g${n % 6}` }
  const entries = Array.from({ length: 1 + (n % 10) }, (_, i) => ({
    Id: `e${i}`,
    MessageBody: `b${n}-${i}`,
    MessageGroupId: `g${i % 4}`,
  }))
  switch (operation) {
    case 'send':
      return ['SendMessage', { ...base, ...message }]
    case 'batch':
      return ['SendMessageBatch', { ...base, Entries: entries }]
    case 'receive':
      return [
        'ReceiveMessage',
        { ...base, MaxNumberOfMessages: 1 + (n % 10), VisibilityTimeout: n % 5 },
      ]
    case 'poll':
      return ['ReceiveMessage', { ...base, MaxNumberOfMessages: 3, WaitTimeSeconds: n % 21 }]
    case 'purge':
      return n === 0
        ? ['PurgeQueue', base]
        : ['ReceiveMessage', { ...base, ReceiveRequestAttemptId: `t${n % 3}` }]
    default:
      return ['SetQueueAttributes', { ...base, Attributes: { DelaySeconds: String(n % 4) } }]
  }
}

describe('conservation and time', () => {
  it('DESIGN 2.4: the books add up at every moment, and nothing is left in the end', () => {
    fc.assert(
      fc.property(wild, (steps) => {
        const bed = new Testbed(WILD)
        for (const step of steps) {
          bed.ask(...callOf(step))
          bed.books(step.queue)
          bed.wait(step.waitMs / 1_000)
          bed.books(step.queue)
        }
        bed.wait(300)
        expect(bed.sim.world.messages.live).toBe(0)
      }),
      { numRuns: 80 },
    )
  })

  it('DESIGN 2.1: the run does not depend on steps, snapshots or who looks', () => {
    fc.assert(
      fc.property(wild, fc.array(fc.nat({ max: 4_000_000 }), { maxLength: 20 }), (steps, cuts) => {
        let atUs = 0
        const interventions = steps.map((step) => {
          atUs += step.waitMs * 1_000
          const [operation, input] = callOf(step)
          return { atUs, type: 'call' as const, service: 'sqs', operation, input }
        })
        const scenario = draw(WILD)
        const straight = new Simulation(scenario, interventions, kinds)
        straight.advance(fromSeconds(200))
        const pieces = new Simulation(scenario, interventions, kinds)
        for (const cut of cuts) {
          pieces.advance(pieces.nowUs + cut)
          pieces.restore(pieces.snapshot())
          pieces.behaviours[0]!.digest(pieces, 0)
        }
        pieces.advance(fromSeconds(200))
        expect(pieces.world.logHash).toBe(straight.world.logHash)
        expect(hashWorld(pieces.world)).toBe(hashWorld(straight.world))
      }),
      { numRuns: 30 },
    )
  })
})
