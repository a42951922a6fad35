/** Whatever happens to a function, its books add up and no message is lost from the world unseen. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Config } from '../../scenario/scenario.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import { CERTAIN, design, simulate } from '../lab.ts'

const chance = fc.constantFrom(0, 0.1, 0.5)
const config = fc.record({
  Timeout: fc.integer({ min: 1, max: 5 }),
  serviceTime: fc.constantFrom('constant', 'exponential'),
  serviceTimeMs: fc.integer({ min: 0, max: 2000 }),
  failureChance: chance,
  poison: fc.constantFrom('none', 'share'),
  poisonShare: chance,
  ReservedConcurrentExecutions: fc.constantFrom(-1, 0, 1, 4),
  MaximumRetryAttempts: fc.integer({ min: 0, max: 2 }),
})
const queueMapping = fc.record({
  BatchSize: fc.integer({ min: 1, max: 25 }),
  MaximumBatchingWindowInSeconds: fc.integer({ min: 0, max: 4 }),
  ReportBatchItemFailures: fc.boolean(),
  MaximumConcurrency: fc.constantFrom(0, 2, 8),
})

const streamMapping = fc.record({
  BatchSize: fc.integer({ min: 1, max: 30 }),
  MaximumBatchingWindowInSeconds: fc.integer({ min: 0, max: 4 }),
  ParallelizationFactor: fc.integer({ min: 1, max: 4 }),
  MaximumRetryAttempts: fc.integer({ min: -1, max: 2 }),
  MaximumRecordAgeInSeconds: fc.constantFrom(-1, 60),
  BisectBatchOnFunctionError: fc.boolean(),
  ReportBatchItemFailures: fc.boolean(),
})

const parts = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  config,
  queueMapping,
  streamMapping,
  fifo: fc.boolean(),
  sync: fc.boolean(),
  visibilityS: fc.integer({ min: 5, max: 20 }),
})

interface Parts {
  readonly seed: number
  readonly config: Config
  readonly queueMapping: Config
  readonly streamMapping: Config
  readonly fifo: boolean
  readonly sync: boolean
  readonly visibilityS: number
}

const built = ({ seed, config, queueMapping, streamMapping, fifo, sync, visibilityS }: Parts) =>
  simulate(
    design({
      seed,
      network: 'realistic',
      nodes: {
        source: ['producer', { pattern: 'poisson', ratePerSecond: 4, stopAfterCount: 100 }],
        orders: ['sqs', { ...CERTAIN, FifoQueue: fifo, VisibilityTimeout: visibilityS }],
        dead: ['sqs', { ...CERTAIN, FifoQueue: fifo }],
        clicks: ['kinesis', { ShardCount: 2 }],
        topic: ['sns'],
        caller: ['producer', { pattern: 'poisson', ratePerSecond: 1, stopAfterCount: 30 }],
        fn: ['lambda', config],
        results: ['sqs', CERTAIN],
        failures: ['sqs', CERTAIN],
      },
      wires: [
        ['source', 'orders'],
        ['orders', 'fn', queueMapping],
        ['orders', 'dead', { maxReceiveCount: 3 }],
        ['source', 'clicks'],
        ['clicks', 'fn', streamMapping],
        ['source', 'topic'],
        ['topic', 'fn'],
        ['caller', 'fn', { InvocationType: sync ? 'RequestResponse' : 'Event' }],
        ['fn', 'results'],
        ['fn', 'failures', { use: 'onFailure' }],
      ],
    }),
  )

test('books add up at any time, with the function taken away and back or not', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 60 }), (drawn, second) => {
      const sim = built(drawn)
      for (let at = 1; at <= 60; at += 7) {
        sim.advance(at * 1_000_000)
        expect(totalsOf(sim).invariants.broken).toEqual([])
        if (at > second) sim.edit({ nodes: {}, wires: { 'orders-fn': null, 'clicks-fn': null } })
      }
      const saved = sim.snapshot()
      sim.advance(500_000_000)
      const { logHash, invariants } = totalsOf(sim)
      expect(invariants.broken).toEqual([])
      sim.restore(saved)
      sim.advance(500_000_000)
      expect(totalsOf(sim).logHash).toBe(logHash)
    }),
    { numRuns: 40 },
  )
})

test('each key’s records are worked on in the order in which they were put', () => {
  const lanes = fc.integer({ min: 1, max: 10 })
  fc.assert(
    fc.property(streamMapping, lanes, config, (mapping, ParallelizationFactor, drawn) => {
      const sim = simulate(
        design({
          nodes: {
            source: [
              'producer',
              {
                pattern: 'poisson',
                ratePerSecond: 10,
                stopAfterCount: 150,
                keys: 5,
                template: TEMPLATE,
              },
            ],
            clicks: ['kinesis', { ShardCount: 2 }],
            fn: ['lambda', { ...drawn, ReservedConcurrentExecutions: -1 }],
            done: ['sqs', CERTAIN],
          },
          wires: [
            ['source', 'clicks'],
            ['clicks', 'fn', { ...mapping, ParallelizationFactor }],
            ['fn', 'done'],
          ],
        }),
      )
      sim.advance(400_000_000)
      const highest = new Map<string, number>()
      const seen = new Set<number>()
      for (const MessageBody of sentBy(sim)) {
        const { key, n } = JSON.parse(MessageBody) as { key: string; n: number }
        // Tried again, earlier ones of a batch come again; new ones never come out of order.
        if (seen.has(n)) continue
        seen.add(n)
        expect(n).toBeGreaterThan(highest.get(key) ?? 0)
        highest.set(key, n)
      }
    }),
    { numRuns: 25 },
  )
})

/** What was sent to queues, oldest first. */
function sentBy(sim: Simulation): string[] {
  const bodies: string[] = []
  for (let before = 0; ;) {
    const { rows } = logPage(sim, before, 200, { operation: 'SendMessage' })
    for (const { row } of rows) {
      bodies.push((logEntry(sim, row)!.request as { MessageBody: string }).MessageBody)
    }
    before = rows.at(-1)?.row ?? 0
    if (before === 0) return bodies.toReversed()
  }
}

const TEMPLATE = '{"key":"{{key}}","n":{{n}}}'
