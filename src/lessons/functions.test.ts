/** The scenarios about Lambda show what they say they show. */
import { expect, test } from 'vitest'
import { US_PER_S } from '../base/units.ts'
import { Simulation } from '../engine/simulation.ts'
import { totalsOf } from '../engine/totals.ts'
import { kinds } from '../services/kinds.ts'
import { gallery } from './gallery.ts'

function after(id: string, seconds: number) {
  const { scenario } = gallery.find((entry) => entry.id === id)!
  const sim = new Simulation(scenario, [], kinds)
  sim.advance(seconds * US_PER_S)
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return nodes
}

test('partial batches: without them good orders are done again, or die with the bad ones', () => {
  const nodes = after('lambda-partial-batches', 300)
  const { totals: throwing } = nodes.throws
  const { totals: reporting } = nodes.reports
  expect(throwing.sentOn - throwing.processed).toBeGreaterThan(20)
  expect(nodes['dlq-1'].totals.movedIn).toBeGreaterThan(20)
  expect(reporting.sentOn).toBe(reporting.processed)
  expect(reporting.processed + nodes['dlq-2'].totals.movedIn).toBe(200)
})
