/**
 * Queueing theory against real producers, queues and fleets on an instant network (ENGINE.md part 8).
 * One run each of N messages, the first tenth discarded. Seed 20 was chosen before the first look.
 * Tolerances are ENGINE.md's for N = 1e6 (about four standard deviations) times sqrt(2).
 */
import { expect, test, vi } from 'vitest'
import { fromSeconds } from '../base/units.ts'
import type { Config } from '../scenario/scenario.ts'
import { CERTAIN, design, simulateWatched } from '../services/lab.ts'
import { totalsOf } from './totals.ts'

vi.setConfig({ testTimeout: 300_000 })

const N = 500_000
const SEED = 20

interface Measured {
  /** Mean time from visible to received. */
  readonly waitMs: number
  /** Share of receives that had to wait. */
  readonly delayed: number
  readonly receivesPerMessage: number
}

const VISIBILITY_S = 30

function measure(ratePerSecond: number, fleet: Config): Measured {
  const scenario = design({
    seed: SEED,
    nodes: {
      source: ['producer', { pattern: 'poisson', ratePerSecond, stopAfterCount: N }],
      queue: ['sqs', { ...CERTAIN, VisibilityTimeout: VISIBILITY_S }],
      fleet: ['consumer', fleet],
    },
    wires: [
      ['source', 'queue'],
      ['queue', 'fleet'],
    ],
  })
  const visibleUs = new Float64Array(N + 1)
  let waits = 0
  let delayed = 0
  let sumUs = 0
  const sim = simulateWatched(scenario, ({ world }, slot, serial) => {
    const since = visibleUs[serial] > 0 ? visibleUs[serial] : world.messages.sentUs[slot]
    visibleUs[serial] = world.nowUs + fromSeconds(VISIBILITY_S)
    if (serial <= N / 10) return
    waits++
    sumUs += world.nowUs - since
    if (world.nowUs > since) delayed++
  })
  sim.advance(fromSeconds((N / ratePerSecond) * 1.05 + 1000))
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  expect(nodes.fleet.totals.processed).toBe(N)
  return {
    waitMs: sumUs / waits / 1000,
    delayed: delayed / waits,
    receivesPerMessage: nodes.fleet.totals.received / N,
  }
}

/** Within a share of what theory says. */
function expectNear(measured: number, theory: number, tolerance: number): void {
  expect(Math.abs(measured / theory - 1), `${measured} for ${theory}`).toBeLessThan(tolerance)
}

const exponential = { serviceTime: 'exponential', serviceTimeMs: 10 }

test('M/M/1, 80/s at 100/s: Wq 40 ms, P(wait) 0.8', () => {
  const { waitMs, delayed, receivesPerMessage } = measure(80, exponential)
  expectNear(waitMs, 40, 0.062)
  expectNear(delayed, 0.8, 0.0092)
  expect(receivesPerMessage).toBe(1)
})

test('M/M/10, 800/s at 10 times 100/s: Wq 2.0459 ms, P(wait) 0.40918 (Erlang C)', () => {
  const { waitMs, delayed } = measure(800, { ...exponential, instances: 5, concurrency: 2 })
  expectNear(waitMs, 2.0459, 0.11)
  expectNear(delayed, 0.40918, 0.04)
})

test('M/D/1, 80/s at 10 ms each: Wq 20 ms', () => {
  expectNear(measure(80, { serviceTimeMs: 10 }).waitMs, 20, 0.047)
})

/**
 * A failed message is hidden until its timeout ends and then queues again. Such a constant delay
 * between the two changes nothing at the station, which sees 60 / (1 - 0.2) = 75/s: Wq = 30 ms.
 */
test('M/M/1, 60/s at 100/s, a fifth of the attempts fail: Wq 30 ms, 1.25 receives', () => {
  const { waitMs, receivesPerMessage } = measure(60, { ...exponential, failureChance: 0.2 })
  expectNear(waitMs, 30, 0.043)
  expectNear(receivesPerMessage, 1.25, 0.0029)
})
