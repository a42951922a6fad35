/** However a run is gone through, each moment of it is the same: world, records and picture. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { fromSeconds } from '../base/units.ts'
import type { Intervention } from '../scenario/scenario.ts'
import { gallery } from '../lessons/gallery.ts'
import { kinds } from '../services/kinds.ts'
import { design } from '../services/lab.ts'
import { hopsBetween } from './hops.ts'
import { seriesOf } from './metrics.ts'
import { createPast } from './past.ts'
import { Simulation } from './simulation.ts'
import { hashWorld } from './snapshot.ts'
import { logPage } from './views.ts'
import { prepare } from './prepare.ts'
import { schemas } from '../services/schemas.ts'

beforeAll(() => prepare(kinds, schemas.keys()) ?? undefined)

const busy = design({
  seed: 11,
  network: 'stretched',
  nodes: {
    shop: ['producer', { pattern: 'poisson', ratePerSecond: 20 }],
    orders: ['sqs', { VisibilityTimeout: 3, duplicateChance: 0.05 }],
    dead: ['sqs'],
    workers: ['consumer', { instances: 3, serviceTimeMs: 200, failureChance: 0.2 }],
  },
  wires: [
    ['shop', 'orders'],
    ['orders', 'workers'],
    ['orders', 'dead', { maxReceiveCount: 2 }],
  ],
})
const orders = busy.nodes.find(({ id }) => id === 'orders')!
const interventions: readonly Intervention[] = [
  { atUs: fromSeconds(12), type: 'action', node: 'workers', action: 'crashOne', args: {} },
  {
    atUs: fromSeconds(20),
    type: 'edit',
    diff: { nodes: { orders: { ...orders, config: { VisibilityTimeout: 9 } } }, wires: {} },
  },
]
const UNTIL_US = fromSeconds(40)

const begin = () => new Simulation(busy, interventions, kinds)

/** All that a screen could show of a moment. */
function look(sim: Simulation): unknown {
  const { world, records } = sim
  const { hops, notables } = records
  return {
    world: hashWorld(world),
    hops: hopsBetween(hops, world.nowUs, world.nowUs, world.wires.length),
    log: rowsOf(sim),
    notable: notables.count,
    metrics: world.nodes.map(({ index }) => {
      const { metrics } = sim.behaviours[index]!
      return seriesOf(records.historyOf(index, metrics.length), metrics, 0, Infinity, 1)
    }),
  }
}

/** What callers sent and got word for word is kept of the latest rows only. */
const rowsOf = (sim: Simulation) =>
  logPage(sim, 0, 200, {}).rows.map(({ row, atUs, from, operation, to, error }) => ({
    row,
    atUs,
    from,
    operation,
    to,
    error,
  }))

/** The run at a moment, gone to directly. */
function fresh(atUs: number): Simulation {
  const sim = begin()
  sim.advance(atUs)
  return sim
}

function goTo(sim: Simulation, past: ReturnType<typeof createPast>, atUs: number): void {
  past.approach(atUs)
  while (!sim.advance(atUs, 100)) past.note()
}

const aMoment = fc.integer({ min: 0, max: UNTIL_US })

describe('going through time', () => {
  test('shows each moment as it was, whatever was seen before', () => {
    const moments = fc.array(aMoment, { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(moments, fc.integer({ min: 50, max: 3000 }), (moments, eventsBetween) => {
        const sim = begin()
        const past = createPast(sim, { eventsBetween })
        for (const atUs of moments) {
          goTo(sim, past, atUs)
          expect(look(sim)).toEqual(look(fresh(atUs)))
        }
      }),
      { numRuns: 12 },
    )
  })

  test('a thousand moments back and forth are the worlds of a run that goes straight on', () => {
    const STEPS = 400
    const straight = begin()
    const expected = Array.from({ length: STEPS + 1 }, (_, n) => {
      straight.advance((n * UNTIL_US) / STEPS)
      return hashWorld(straight.world)
    })
    const sim = begin()
    const past = createPast(sim, { eventsBetween: 150 })
    let state = 99
    for (let n = 0; n < 1_000; n++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      const step = Math.floor((state / 2 ** 32) * (STEPS + 1))
      goTo(sim, past, (step * UNTIL_US) / STEPS)
      if (hashWorld(sim.world) !== expected[step]) throw new Error(`another world, seek ${n}`)
    }
    expect(past.size.snapshots).toBeGreaterThan(4)
  })

  test.each([250_000, 2_500_000])(
    '%i bytes for snapshots are used again and again',
    (budgetBytes) => {
      const moments = Array.from({ length: 40 }, (_, n) => fromSeconds(10 * (n + 1)))
      const straight = begin()
      const expected = moments.map((atUs) => {
        straight.advance(atUs)
        return hashWorld(straight.world)
      })
      const sim = begin()
      const past = createPast(sim, { eventsBetween: 60, budgetBytes })
      const unlimited = begin()
      const roomy = createPast(unlimited, { eventsBetween: 60 })
      goTo(sim, past, moments[39])
      goTo(unlimited, roomy, moments[39])
      expect(past.size.snapshots).toBeLessThan(roomy.size.snapshots)
      // Backwards, so that what comes next is not kept anew on the way.
      for (let n = 39; n >= 0; n--) {
        past.approach(moments[n])
        sim.advance(moments[n])
        expect(hashWorld(sim.world)).toBe(expected[n])
      }
    },
  )

  test('back by steps is forward by steps, backwards', () => {
    const sim = begin()
    const past = createPast(sim, { eventsBetween: 500 })
    goTo(sim, past, fromSeconds(11.5))
    const there: string[] = []
    for (let n = 0; n < 40; n++) {
      sim.step()
      past.note()
      there.push(hashWorld(sim.world))
    }
    const back: string[] = []
    for (let n = 0; n < 40; n++) {
      back.push(hashWorld(sim.world))
      past.stepBack()
    }
    expect(back.toReversed()).toEqual(there)
  })

  test('back by a step ends at the beginning', () => {
    const sim = begin()
    const past = createPast(sim)
    for (let n = 0; n < 5; n++) sim.step()
    for (let n = 0; n < 9; n++) past.stepBack()
    expect(look(sim)).toEqual(look(begin()))
  })

  test('something done in the past replaces the future, and only that', () => {
    const sim = begin()
    const past = createPast(sim, { eventsBetween: 100 })
    goTo(sim, past, UNTIL_US)
    goTo(sim, past, fromSeconds(15))
    const burst: Intervention = {
      atUs: 0,
      type: 'action',
      node: 'shop',
      action: 'sendBurst',
      args: { count: 30 },
    }
    sim.intervene(burst)
    past.cut()
    goTo(sim, past, UNTIL_US)
    const other = fresh(fromSeconds(15))
    other.intervene(burst)
    other.advance(UNTIL_US)
    expect(look(sim)).toEqual(look(other))
    expect(sim.interventions.map(({ type }) => type)).toEqual(['action', 'action'])
    goTo(sim, past, fromSeconds(9))
    expect(look(sim)).toEqual(look(fresh(fromSeconds(9))))
  })

  test('is the same in every scenario of the gallery', () => {
    for (const { title, scenario } of gallery) {
      const run = () => new Simulation(scenario, [], kinds)
      const sim = run()
      const past = createPast(sim, { eventsBetween: 150 })
      goTo(sim, past, fromSeconds(20))
      for (const seconds of [13.21, 4.4]) {
        goTo(sim, past, fromSeconds(seconds))
        const direct = run()
        direct.advance(fromSeconds(seconds))
        expect(look(sim), `${title} at ${seconds} s`).toEqual(look(direct))
      }
    }
  })
})
