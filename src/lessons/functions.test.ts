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

test('stalled shard: all shards stop at a poison record, or go on without it', () => {
  const early = after('lambda-stalled-shard', 60)
  const late = after('lambda-stalled-shard', 600)
  expect(late.patient.metrics.IteratorAge).toBeGreaterThan(300_000)
  expect(late.patient.totals.processed).toBeLessThan(late.halving.totals.processed / 2)
  expect(late.halving.totals.processed).toBeGreaterThan(early.halving.totals.processed)
  expect(late.halving.metrics.IteratorAge).toBeLessThan(60_000)
  const { discarded, toDestination } = late.halving.totals
  expect(discarded).toBeGreaterThan(10)
  // All but what is on its way just now.
  expect(toDestination).toBeGreaterThan(discarded - 3)
  expect(late['given-up'].totals.sent).toBeGreaterThanOrEqual(toDestination)
})
