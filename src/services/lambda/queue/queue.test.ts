/** Event source mappings of queues (FACTS 7). */
import { describe, expect, test } from 'vitest'
import type { Config } from '../../../scenario/scenario.ts'
import { FUNCTION, queueBed } from '../testbed.ts'

/** Every fifth order cannot be processed. */
const poisonous = (config: Config = {}): Config => ({
  poison: 'field',
  poisonField: 'n',
  poisonOperator: '=',
  poisonValue: '3',
  ...config,
})
const NUMBERED = { template: '{"n":{{n}}}' }

test('FACTS 7: messages are received in batches and deleted when the function has returned', () => {
  const bed = queueBed({}, {}, { messages: 40 })
  bed.until(20)
  expect(bed.of()).toMatchObject({ received: 40, processed: 40, returned: 0, Errors: 0 })
  expect(bed.of('orders')).toMatchObject({ received: 40, deleted: 40 })
  const sizes = bed.calls('DeleteMessageBatch').map(({ request }) => (request.Entries as []).length)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(10)
})

test('FACTS 7: an error fails the whole batch, which comes back after the visibility timeout', () => {
  const bed = queueBed(
    poisonous(),
    {},
    {
      messages: 5,
      queue: { VisibilityTimeout: 30 },
      producer: { ...NUMBERED, batchSize: 10 },
      deadLetters: true,
    },
  )
  bed.until(29)
  expect(bed.of()).toMatchObject({ Errors: 1, processed: 0, returned: 5 })
  expect(bed.of('orders').deleted).toBe(0)
  bed.until(200)
  // Those that come back without number 3 in their batch are done then.
  expect(bed.of('dead').movedIn).toBeGreaterThan(0)
  expect(bed.of('dead').movedIn + bed.of('orders').deleted).toBe(5)
})

test('FACTS 7: with ReportBatchItemFailures only what failed comes back', () => {
  const bed = queueBed(
    poisonous(),
    { ReportBatchItemFailures: true },
    { messages: 5, producer: { ...NUMBERED, batchSize: 10 }, deadLetters: true },
  )
  bed.until(29)
  expect(bed.of()).toMatchObject({ Errors: 0, processed: 4, returned: 1 })
  expect(bed.of('orders').deleted).toBe(4)
  bed.until(200)
  expect(bed.of()).toMatchObject({ processed: 4, returned: 2 })
  expect(bed.of('dead').movedIn).toBe(1)
})

test('FACTS 7: a FIFO queue’s function stops at the first failure, and all from it on comes back', () => {
  const bed = queueBed(
    poisonous(),
    { ReportBatchItemFailures: true },
    {
      messages: 6,
      queue: { FifoQueue: true },
      producer: { ...NUMBERED, batchSize: 10, keys: 1 },
    },
  )
  bed.until(20)
  expect(bed.of()).toMatchObject({ Invocations: 1, processed: 2, returned: 4 })
})

describe('pollers', () => {
  test('FACTS 7: five batches at once to begin with, five more for each second that all are busy', () => {
    const bed = queueBed(
      { serviceTimeMs: 60_000, Timeout: 120 },
      { BatchSize: 1 },
      {
        messages: 200,
        queue: { VisibilityTimeout: 600 },
      },
    )
    bed.until(1.5)
    expect(bed.of().ConcurrentExecutions).toBe(5)
    bed.until(2.5)
    expect(bed.of().ConcurrentExecutions).toBe(10)
    bed.until(11.5)
    expect(bed.of().ConcurrentExecutions).toBe(55)
  })

  test('FACTS 7: they go back to five when there is nothing to do', () => {
    const bed = queueBed({ serviceTimeMs: 3000, Timeout: 10 }, { BatchSize: 1 }, { messages: 200 })
    bed.until(10)
    expect(bed.figures.pollers).toBeGreaterThan(20)
    bed.until(120)
    expect(bed.figures.pollers).toBe(5)
  })

  test('FACTS 7: MaximumConcurrency is never exceeded', () => {
    const bed = queueBed(
      { serviceTimeMs: 5000, Timeout: 10 },
      { BatchSize: 1, MaximumConcurrency: 3 },
      { messages: 40 },
    )
    for (let second = 2; second < 40; second++) {
      bed.until(second + 0.5)
      expect(bed.of().ConcurrentExecutions).toBeLessThanOrEqual(3)
    }
    expect(bed.of().Throttles).toBe(0)
  })

  test('FACTS 7: a throttled batch is tried until its messages are visible again', () => {
    const bed = queueBed(
      { ReservedConcurrentExecutions: 0 },
      {},
      { messages: 1, queue: { VisibilityTimeout: 20 } },
    )
    bed.until(20)
    expect(bed.of()).toMatchObject({ received: 1, returned: 1, Invocations: 0, Throttles: 5 })
    bed.until(45)
    expect(bed.of('orders').received).toBeGreaterThan(1)
  })
})

test('FACTS 7: a batching window gathers up to the batch size', () => {
  const bed = queueBed(
    { Timeout: 20, serviceTimeMs: 1 },
    { BatchSize: 100, MaximumBatchingWindowInSeconds: 5 },
    {
      messages: 300,
      queue: { VisibilityTimeout: 150 },
      producer: { pattern: 'constant', ratePerSecond: 30, stopAfterCount: 300 },
    },
  )
  bed.until(40)
  expect(bed.of().processed).toBe(300)
  expect(bed.of().Invocations).toBeLessThan(20)
})

test.each([
  [
    {},
    {},
    { VisibilityTimeout: 2 },
    'Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds',
  ],
  [{}, { BatchSize: 11 }, {}, 'Maximum batch window in seconds must be greater than 0'],
  [{}, { BatchSize: 11, MaximumBatchingWindowInSeconds: 1 }, { FifoQueue: true }, 'Batch'],
])(
  'FACTS 7: mapping %#: AWS does not make it, and the card says why',
  (config, mapping, queue, why) => {
    const bed = queueBed(config, mapping, { queue })
    bed.until(30)
    expect(bed.advice.join()).toContain(why)
    expect(bed.of().received).toBe(0)
  },
)

test('a wire that is taken away gives what was in hand back to the queue', () => {
  const bed = queueBed(
    { serviceTimeMs: 10_000, Timeout: 20 },
    {},
    { messages: 3, queue: { VisibilityTimeout: 60 } },
  )
  bed.until(2)
  expect(bed.of().ConcurrentExecutions).toBeGreaterThan(0)
  bed.sim.edit({ nodes: {}, wires: { 'orders-fn': null } })
  bed.until(100)
  expect(bed.of()).toMatchObject({ received: 3, returned: 3, processed: 0 })
})

test('as recorded: a mapping that is disabled receives nothing, and goes on when it is enabled', () => {
  const bed = queueBed(
    { serviceTimeMs: 5 },
    {},
    { producer: { pattern: 'constant', ratePerSecond: 10, stopAfterCount: 1200 } },
  )
  const enable = (Enabled: boolean) => {
    const [wire] = bed.sim.world.scenario.wires.filter(({ to }) => to === FUNCTION)
    bed.sim.edit({
      nodes: {},
      wires: { [wire.id]: { ...wire, config: { ...wire.config, Enabled } } },
    })
  }
  bed.until(20)
  enable(false)
  bed.until(30)
  const { received, processed } = bed.of()
  expect(processed).toBe(received)
  bed.until(60)
  expect(bed.of()).toMatchObject({ received, processed })
  enable(true)
  bed.until(180)
  expect(bed.of()).toMatchObject({ received: 1200, processed: 1200 })
})
