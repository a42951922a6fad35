/** Whatever happens to a function, its books add up and no message is lost from the world unseen. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Config } from '../../scenario/scenario.ts'
import { totalsOf } from '../../engine/totals.ts'
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

const parts = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  config,
  queueMapping,
  fifo: fc.boolean(),
  sync: fc.boolean(),
  visibilityS: fc.integer({ min: 5, max: 20 }),
})

interface Parts {
  readonly seed: number
  readonly config: Config
  readonly queueMapping: Config
  readonly fifo: boolean
  readonly sync: boolean
  readonly visibilityS: number
}

const built = ({ seed, config, queueMapping, fifo, sync, visibilityS }: Parts) =>
  simulate(
    design({
      seed,
      network: 'realistic',
      nodes: {
        source: ['producer', { pattern: 'poisson', ratePerSecond: 4, stopAfterCount: 100 }],
        orders: ['sqs', { ...CERTAIN, FifoQueue: fifo, VisibilityTimeout: visibilityS }],
        dead: ['sqs', { ...CERTAIN, FifoQueue: fifo }],
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
        if (at > second) sim.edit({ nodes: {}, wires: { 'orders-fn': null } })
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
