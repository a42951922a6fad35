/** The bill of a run: sums, a month like it, and what does not change it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { fromSeconds } from '../base/units.ts'
import { gallery } from '../lessons/gallery.ts'
import type { Config, Intervention } from '../scenario/scenario.ts'
import { kinds } from '../services/kinds.ts'
import { schemas } from '../services/schemas.ts'
import { design, simulate } from '../services/lab.ts'
import { costsOf } from './costs.ts'
import { prepare } from './prepare.ts'
import { createPast, type Past } from './past.ts'
import type { Costs } from './frame.ts'
import type { Simulation } from './simulation.ts'

beforeAll(() => prepare(kinds, schemas.keys()) ?? undefined)

const HOUR_S = 3600

const alarmed = () =>
  simulate(
    design({
      nodes: {
        load: ['producer', { ratePerSecond: 1, pattern: 'constant' }],
        orders: ['sqs'],
        long: ['alarm'],
      },
      wires: [
        ['load', 'orders'],
        ['orders', 'long'],
      ],
    }),
  )

/** Quantities by part and item. */
const quantities = ({ parts }: Costs): Record<string, number> =>
  Object.fromEntries(
    parts.flatMap(({ node, charges }) =>
      charges.map(({ item, quantity }) => [`${node} ${item}`, quantity]),
    ),
  )

describe('FACTS 16: the bill of a run', () => {
  it('has a sum a part, a total, and names what is not counted', () => {
    const sim = alarmed()
    sim.advance(fromSeconds(HOUR_S))
    const costs = costsOf(sim)
    expect(costs.notCounted).toEqual(['load'])
    const [queue, alarm] = costs.parts
    // One at the very beginning, and one a second.
    expect(queue.charges[0].quantity).toBe(HOUR_S + 1)
    expect(queue.usd).toBeCloseTo(((HOUR_S + 1) / 1e6) * 0.4, 12)
    expect(alarm.usd).toBeCloseTo(0.1 / 730, 12)
    expect(costs.usd).toBeCloseTo(queue.usd + alarm.usd, 12)
  })

  it('a month is 730 hours that go on like the run', () => {
    const sim = alarmed()
    sim.advance(fromSeconds(HOUR_S / 2))
    const { usd, monthUsd, parts } = costsOf(sim)
    expect(parts[1].monthUsd).toBeCloseTo(0.1, 12)
    expect(monthUsd).toBeCloseTo(usd * 2 * 730, 9)
  })

  it('has no month before time has passed', () => {
    expect(costsOf(alarmed())).toMatchObject({ elapsedUs: 0, usd: 0, monthUsd: null })
  })

  it('a part that was removed costs what it did, and no more', () => {
    const sim = alarmed()
    sim.advance(fromSeconds(HOUR_S))
    sim.removeNode(2)
    sim.advance(fromSeconds(2 * HOUR_S))
    const { parts } = costsOf(sim)
    expect(parts[1]).toMatchObject({ name: 'long', removed: true })
    expect(parts[1].usd).toBeCloseTo(0.1 / 730, 12)
  })
})

/** What runs for half a minute, in steps of any length: every gallery scenario with a price in it. */
/** A stream that is resharded, changes its mode and goes, all by hand. */
const interventions: readonly Intervention[] = [
  edit(2, 'clicks', { ShardCount: 3 }),
  edit(24, 'clicks', { ShardCount: 1, RetentionPeriodHours: 48 }),
  edit(30, 'clicks', { StreamMode: 'ON_DEMAND' }),
  edit(33, 'clicks', null),
]

function edit(atS: number, id: string, config: Config | null): Intervention {
  const node = { id, kind: 'kinesis', name: id, x: 0, y: 0, config: config ?? {} }
  const nodes = { [id]: config ? node : null }
  return { atUs: fromSeconds(atS), type: 'edit', diff: { nodes, wires: {} } }
}

const edited = design({
  nodes: { load: ['producer'], clicks: ['kinesis'] },
  wires: [['load', 'clicks']],
})

const priced = gallery.filter(({ scenario }) =>
  scenario.nodes.some(({ kind }) => kinds.behaviour(kind)?.charges),
)
const END_S = 40

function stepped(sim: Simulation, past: Past, stepsS: readonly number[]): Costs[] {
  const seen: Costs[] = []
  for (let atS = 0, n = 0; atS < END_S; n++) {
    atS = Math.min(END_S, atS + stepsS[n % stepsS.length])
    sim.advance(fromSeconds(atS))
    past.note()
    seen.push(costsOf(sim))
  }
  return seen
}

describe('FACTS 16: charges of the gallery', () => {
  it.each([
    ...priced.map(({ title, scenario }) => [title, scenario, []] as const),
    ['a stream that is edited as it runs', edited, interventions] as const,
  ])(
    'of “%s” only grow, are those of the moment, and the same after going back',
    (_title, scenario, steps) => {
      const whole = simulate(scenario, steps)
      whole.advance(fromSeconds(END_S))
      const end = costsOf(whole)
      const sim = simulate(scenario, steps)
      const past = createPast(sim, { eventsBetween: 300 })
      let before: Record<string, number> = {}
      const seen = stepped(sim, past, [0.7, 3.1, 9])
      for (const costs of seen) {
        const now = quantities(costs)
        for (const [item, quantity] of Object.entries(before)) {
          expect(now[item], item).toBeGreaterThanOrEqual(quantity)
        }
        before = now
      }
      expect(seen.at(-1)).toEqual(end)
      past.approach(fromSeconds(END_S / 2))
      sim.advance(fromSeconds(END_S / 2))
      const there = simulate(scenario, steps)
      there.advance(fromSeconds(END_S / 2))
      expect(costsOf(sim)).toEqual(costsOf(there))
      sim.advance(fromSeconds(END_S))
      expect(costsOf(sim)).toEqual(end)
    },
  )
})
