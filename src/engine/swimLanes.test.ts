/** Swim lanes say of every message where it was, and agree with the books at every moment. */
import { beforeAll, describe, expect, it, test } from 'vitest'
import { fromSeconds } from '../base/units.ts'
import { gallery } from '../lessons/gallery.ts'
import { kinds } from '../services/kinds.ts'
import { design, simulate } from '../services/lab.ts'
import type { Stay } from './frame.ts'
import { Simulation } from './simulation.ts'
import { swimLanesOf } from './swimLanes.ts'
import { totalsOf } from './totals.ts'
import { prepare } from './prepare.ts'
import { schemas } from '../services/schemas.ts'

beforeAll(() => prepare(kinds, schemas.keys()) ?? undefined)

const shop = (work: Record<string, number | string>, queue: Record<string, number> = {}) =>
  simulate(
    design({
      network: 'instant',
      nodes: {
        shop: ['producer', { pattern: 'constant', ratePerSecond: 0.01 }],
        orders: ['sqs', { duplicateChance: 0, reorderChance: 0, VisibilityTimeout: 5, ...queue }],
        dead: ['sqs'],
        workers: ['consumer', { serviceTime: 'constant', ...work }],
      },
      wires: [
        ['shop', 'orders'],
        ['orders', 'workers'],
        ['orders', 'dead', { maxReceiveCount: 2 }],
      ],
    }),
  )

/** "orders inFlight 1..2 s" of the first message, in order. */
function staysOfFirst(sim: Simulation): string[] {
  sim.advance(fromSeconds(150))
  const { stays, nodes } = swimLanesOf(sim, 0, sim.nowUs)
  const first = Math.min(...stays.map(({ message }) => message))
  const start = Math.min(...stays.map(({ fromUs }) => fromUs))
  const at = (us: number) => Math.round((us - start) / 1e5) / 10
  return stays
    .filter(({ message, fromUs, toUs }) => message === first && toUs > fromUs)
    .sort((a, b) => a.fromUs - b.fromUs || a.node - b.node)
    .map(({ node, state, fromUs, toUs, isOpen }) => {
      const until = isOpen ? 'now' : at(toUs)
      return `${nodes[node].replace('id-', '')} ${state} ${at(fromUs)}..${until}`
    })
}

describe('the stays of a message', () => {
  it('FACTS 2.2: in flight while it is worked on, until it is deleted', () => {
    expect(staysOfFirst(shop({ serviceTimeMs: 2_000 }))).toEqual([
      'orders inFlight 0..2',
      'workers working 0..2',
    ])
  })

  it('FACTS 2.3: a delayed message waits hollow until its delay is over', () => {
    const sim = shop({ serviceTimeMs: 2_000 }, { DelaySeconds: 3 })
    expect(staysOfFirst(sim)).toEqual([
      'orders delayed 0..3',
      'orders inFlight 3..5',
      'workers working 3..5',
    ])
    const { stays } = swimLanesOf(sim, 0, sim.nowUs)
    expect(new Set(stays.map(({ state, end }) => `${state} ${end}`))).toContain('inFlight done')
  })

  it('FACTS 2.5: comes back twice, then stays in the dead-letter queue', () => {
    expect(staysOfFirst(shop({ serviceTimeMs: 100, failureChance: 1 }))).toEqual([
      'orders inFlight 0..5',
      'workers working 0..0.1',
      'orders inFlight 5..10',
      'workers working 5..5.1',
      'dead waiting 10..now',
    ])
  })
})

const states = (stays: readonly Stay[], node: number, state: Stay['state']) =>
  stays.filter((stay) => stay.isOpen && stay.node === node && stay.state === state).length

test.each(gallery.map((entry) => [entry.id, entry.scenario] as const))(
  '%s: as many messages wait and are in flight as the queues count',
  (_, scenario) => {
    const sim = new Simulation(scenario, [], kinds)
    for (const second of [3.3, 11, 31.7, 64]) {
      sim.advance(fromSeconds(second))
      const { stays, nodes, density, sinceUs } = swimLanesOf(sim, sim.nowUs, sim.nowUs)
      if (density || sinceUs > 0) return
      for (const { id, kind, metrics } of Object.values(totalsOf(sim).nodes)) {
        if (kind !== 'sqs') continue
        const node = nodes.indexOf(id)
        const {
          ApproximateNumberOfMessagesVisible: visible,
          ApproximateNumberOfMessagesDelayed: delayed,
          ApproximateNumberOfMessagesNotVisible: notVisible,
        } = metrics
        expect(states(stays, node, 'inFlight'), `${id} in flight at ${second} s`).toBe(notVisible)
        expect(states(stays, node, 'waiting'), `${id} waiting at ${second} s`).toBe(visible)
        expect(states(stays, node, 'delayed'), `${id} delayed at ${second} s`).toBe(delayed)
      }
    }
  },
)
