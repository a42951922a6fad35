/** The model of ENGINE.md part 2 (SQS-1), built from the product's own nodes: log, hops, books and metrics on. */
import { Simulation } from '../../src/engine/simulation.ts'
import { snapshot } from '../../src/engine/snapshot.ts'
import type { World } from '../../src/engine/world.ts'
import { totalsOf } from '../../src/engine/totals.ts'
import { emptyScenario, type Config, type Scenario } from '../../src/scenario/scenario.ts'
import { kinds } from '../../src/services/kinds.ts'

const node = (id: string, kind: string, config: Config) =>
  ({ id, kind, name: id, x: 0, y: 0, config }) as const

/** Poisson 1 000/s, 10 long-polling workers, Exp(8 ms), visibility 2 s, 1 % poison, dead-letter queue after 3. */
export function sqs1(count: number): Scenario {
  return {
    ...emptyScenario('SQS-1'),
    seed: 7,
    settings: { network: 'instant', limits: 'today' },
    nodes: [
      node('source', 'producer', {
        pattern: 'poisson',
        ratePerSecond: 1000,
        stopAfterCount: count,
      }),
      node('orders', 'sqs', {
        VisibilityTimeout: 2,
        MessageRetentionPeriod: 60,
        duplicateChance: 0,
        reorderChance: 0,
      }),
      node('dead', 'sqs', {}),
      node('workers', 'consumer', {
        instances: 10,
        serviceTime: 'exponential',
        serviceTimeMs: 8,
        poison: 'share',
        poisonShare: 0.01,
      }),
    ],
    wires: [
      { id: 'w1', from: 'source', to: 'orders', config: {} },
      { id: 'w2', from: 'orders', to: 'workers', config: {} },
      { id: 'w3', from: 'orders', to: 'dead', config: { maxReceiveCount: 3 } },
    ],
  }
}

/** Runs `count` messages to the end. Throws when a book does not add up. */
export function runProduct(count: number): { processed: number; deadLettered: number } {
  const sim = new Simulation(sqs1(count), [], kinds)
  sim.advance((count / 1000 + 10) * 1e6)
  const { nodes, invariants } = totalsOf(sim)
  if (!invariants.ok) throw new Error(invariants.broken.join(' '))
  return {
    processed: nodes.workers.totals.processed,
    deadLettered: nodes.orders.totals.movedOut,
  }
}

/** The same model under way, to run on from snapshots of it. */
export function underWay(count: number): {
  /** Runs so many further life cycles. */
  run(count: number): void
  /** Goes on from a snapshot of the present moment. */
  goBack(): void
} {
  const sim = new Simulation(sqs1(count), [], kinds)
  return {
    run: (count) => void sim.advance(sim.nowUs + (count / 1000) * 1e6),
    goBack: () => sim.restore(sim.snapshot()),
  }
}

/** A queue that already holds `waiting` messages, with `count` more sent, received and deleted. */
export function withBacklog(waiting: number): {
  /** Runs so many further life cycles. */
  run(count: number): void
  /** Takes a snapshot in place of the one before, as a run does whose budget of memory is used up. */
  snapshot(): void
} {
  const scenario: Scenario = {
    ...emptyScenario('backlog'),
    seed: 7,
    settings: { network: 'instant', limits: 'today' },
    nodes: [
      node('filler', 'producer', { pattern: 'once', onceAtS: 0, onceCount: waiting }),
      node('source', 'producer', { pattern: 'constant', ratePerSecond: 1000, startAfterS: 10 }),
      node('orders', 'sqs', { duplicateChance: 0, reorderChance: 0 }),
      node('workers', 'consumer', {
        instances: 10,
        serviceTime: 'constant',
        serviceTimeMs: 10,
      }),
    ],
    wires: [
      { id: 'w0', from: 'filler', to: 'orders', config: {} },
      { id: 'w1', from: 'source', to: 'orders', config: {} },
    ],
  }
  const sim = new Simulation(scenario, [], kinds)
  sim.advance(9_000_000)
  sim.intervene({
    atUs: 0,
    type: 'edit',
    diff: { nodes: {}, wires: { w2: { id: 'w2', from: 'orders', to: 'workers', config: {} } } },
  })
  let last: World | undefined
  return {
    run: (count) => void sim.advance(sim.nowUs + (count / 1000) * 1e6),
    snapshot() {
      last = snapshot(sim.world, last)
    },
  }
}

/** The same number of waiting messages as plain objects, for `structuredClone`. */
export function asObjects(waiting: number): unknown {
  return Array.from({ length: waiting }, (_, n) => ({
    id: n,
    messageId: `m-${n}`,
    body: { order: n, amount: n % 500 },
    attributes: { type: { DataType: 'String', StringValue: 'order' } },
    sentUs: n * 1000,
    firstReceivedUs: 0,
    dueUs: 0,
    receives: 0,
    receipt: null,
    state: 'visible',
    sizeBytes: 64,
    hue: n % 8,
  }))
}
