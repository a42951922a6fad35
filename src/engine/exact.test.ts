/** Exact checks of ENGINE.md part 8, with real producers, queues and fleets on an instant network. */
import { expect, test } from 'vitest'
import { US_PER_S, fromMs, fromSeconds } from '../base/units.ts'
import type { Config, Scenario } from '../scenario/scenario.ts'
import { CERTAIN, design, simulate, simulateWatched } from '../services/lab.ts'
import { totalsOf } from './totals.ts'

interface Parts {
  readonly source: Config
  readonly queue?: Config
  readonly fleet: Config
  /** Absent: the dead-letter queue is not connected. */
  readonly maxReceiveCount?: number
}

function line({ source, queue, fleet, maxReceiveCount }: Parts): Scenario {
  const scenario = design({
    nodes: {
      source: ['producer', source],
      queue: ['sqs', { ...CERTAIN, ...queue }],
      fleet: ['consumer', fleet],
      dead: ['sqs', CERTAIN],
    },
    wires: [
      ['source', 'queue'],
      ['queue', 'fleet'],
      ['queue', 'dead', { maxReceiveCount }],
    ],
  })
  if (maxReceiveCount !== undefined) return scenario
  return { ...scenario, wires: scenario.wires.slice(0, 2) }
}

/** When messages were received until `untilS`, in seconds after the first was sent; and the books. */
function receives(scenario: Scenario, untilS: number) {
  const timesUs: number[] = []
  const waitsUs: number[] = []
  const serials: number[] = []
  const sim = simulateWatched(scenario, ({ world }, slot, serial) => {
    timesUs.push(world.nowUs)
    waitsUs.push(world.nowUs - world.messages.sentUs[slot])
    serials.push(serial)
  })
  sim.advance(fromSeconds(untilS))
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return { timesUs, waitsUs, serials, nodes, sim }
}

const once = (count: number): Config => ({ pattern: 'once', onceAtS: 1, onceCount: count })
/** Seconds after the one message of `once(1)` was sent. */
const sinceSent = (timesUs: readonly number[]): number[] => timesUs.map((us) => us / US_PER_S - 1)

test('X3: D/D/1 at 100/s and 9 ms never waits', () => {
  const { waitsUs } = receives(
    line({ source: { ratePerSecond: 100 }, fleet: { serviceTimeMs: 9 } }),
    10,
  )
  expect(waitsUs.length).toBeGreaterThan(990)
  expect(waitsUs.every((us) => us === 0)).toBe(true)
})

test('X3: D/D/1 at 100/s and 12 ms: the n-th waits (n - 1) x 2 ms', () => {
  const { waitsUs } = receives(
    line({ source: { ratePerSecond: 100 }, fleet: { serviceTimeMs: 12 } }),
    10,
  )
  expect(waitsUs.length).toBeGreaterThan(800)
  expect(waitsUs.map((us, n) => us - fromMs(2 * n)).every((us) => us === 0)).toBe(true)
})

test('X4: a backlog of 1 000 at 10 workers of 10 ms is done after exactly 1 s', () => {
  const scenario = line({ source: once(1000), fleet: { instances: 10, serviceTimeMs: 10 } })
  const { nodes, timesUs } = receives(scenario, 2 - 0.000_001)
  expect(nodes.fleet.totals.processed).toBe(990)
  expect(sinceSent(timesUs).at(-1)).toBeCloseTo(0.99, 9)
  expect(receives(scenario, 2).nodes.fleet.totals.processed).toBe(1000)
})

test('X5: a delayed message is received exactly when its delay ends', () => {
  const byQueue = line({ source: once(1), queue: { DelaySeconds: 7 }, fleet: {} })
  expect(sinceSent(receives(byQueue, 30).timesUs)).toEqual([7])
  const byMessage = line({
    source: { ...once(1), DelaySeconds: 3 },
    queue: { DelaySeconds: 7 },
    fleet: {},
  })
  expect(sinceSent(receives(byMessage, 30).timesUs)).toEqual([3])
})

test('X6: always failing, m receives at intervals of V, then the dead-letter queue for good', () => {
  const scenario = line({
    source: once(1),
    queue: { VisibilityTimeout: 5 },
    fleet: { instances: 2, failureChance: 1, serviceTimeMs: 700 },
    maxReceiveCount: 4,
  })
  const { timesUs, nodes } = receives(scenario, 300)
  expect(sinceSent(timesUs)).toEqual([0, 5, 10, 15])
  expect(nodes.queue.totals.movedOut).toBe(1)
  expect(nodes.dead.totals.movedIn).toBe(1)
})

test('X7: work of 10 s, V = 4 s: deletes come too late until the dead-letter queue has it', () => {
  const scenario = line({
    source: once(1),
    queue: { VisibilityTimeout: 4 },
    fleet: { instances: 20, serviceTimeMs: 10_000 },
    maxReceiveCount: 5,
  })
  const { timesUs, nodes } = receives(scenario, 300)
  expect(sinceSent(timesUs)).toEqual([0, 4, 8, 12, 16])
  expect(nodes.queue.totals).toMatchObject({ deleted: 0, movedOut: 1 })
  expect(nodes.fleet.totals.processed).toBe(5)
})

test('X8: with a heartbeat to 4 s every 3 s the same work is done once', () => {
  const scenario = line({
    source: once(1),
    queue: { VisibilityTimeout: 4 },
    fleet: { instances: 20, serviceTimeMs: 10_000, heartbeatEveryS: 3, heartbeatToS: 4 },
  })
  const { timesUs, nodes } = receives(scenario, 300)
  expect(sinceSent(timesUs)).toEqual([0])
  expect(nodes.queue.totals.deleted).toBe(1)
})

test('X9: a message is gone at the end of its retention, to the microsecond', () => {
  const scenario = design({
    nodes: {
      source: ['producer', once(1)],
      queue: ['sqs', { ...CERTAIN, MessageRetentionPeriod: 60 }],
    },
    wires: [['source', 'queue']],
  })
  const expiredAt = (us: number): number => {
    const sim = simulate(scenario)
    sim.advance(us)
    return totalsOf(sim).nodes.queue.totals.expired
  }
  expect(expiredAt(61 * US_PER_S - 1)).toBe(0)
  expect(expiredAt(61 * US_PER_S)).toBe(1)
})

test('X15: 1 000 timers of one instant go off in the order in which they were set', () => {
  const scenario = line({
    source: once(1000),
    queue: { DelaySeconds: 5 },
    fleet: { serviceTimeMs: 1 },
  })
  const { serials } = receives(scenario, 20)
  expect(serials).toEqual(Array.from({ length: 1000 }, (_, n) => n + 1))
})

test('X13: with every rate doubled and every time halved, all happens in half the time', () => {
  const at = (speed: number) =>
    receives(
      line({
        source: { pattern: 'poisson', ratePerSecond: 80 * speed },
        queue: { VisibilityTimeout: 40 / speed, DelaySeconds: 4 / speed },
        fleet: { serviceTime: 'exponential', serviceTimeMs: 10 / speed },
      }),
      60 / speed,
    )
  const slow = at(1)
  const fast = at(2)
  const both = Math.min(slow.serials.length, fast.serials.length)
  expect(both).toBeGreaterThan(4_000)
  expect(fast.serials.slice(0, both)).toEqual(slow.serials.slice(0, both))
  // Each arrival and each piece of work was rounded to a microsecond once.
  const offBy = slow.timesUs
    .slice(0, both)
    .map((us, n) => Math.abs(us - 2 * fast.timesUs[n]) / (2 * (n + 1)))
  expect(Math.max(...offBy)).toBeLessThanOrEqual(1)
})
