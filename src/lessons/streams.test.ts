/** The scenarios about streams show what they say they show. */
import { beforeAll, expect, test } from 'vitest'
import { US_PER_S } from '../base/units.ts'
import { Simulation } from '../engine/simulation.ts'
import { totalsOf } from '../engine/totals.ts'
import { kinds } from '../services/kinds.ts'
import { gallery } from './gallery.ts'
import { prepare } from '../engine/prepare.ts'
import { schemas } from '../services/schemas.ts'

beforeAll(() => prepare(kinds, schemas.keys()) ?? undefined)

function begin(id: string) {
  const { scenario } = gallery.find((entry) => entry.id === id)!
  const sim = new Simulation(scenario, [], kinds)
  return {
    sim,
    after(seconds: number) {
      sim.advance(seconds * US_PER_S)
      const { nodes, invariants } = totalsOf(sim)
      expect(invariants.broken).toEqual([])
      return nodes
    },
    act: (node: string, action: string) =>
      sim.intervene({ type: 'action', atUs: 0, node, action, args: {} }),
  }
}

test('hot partition: one key is refused, its three cures are not', () => {
  const { hot, spread, aggregated, auto } = begin('hot-partition').after(20)
  expect(hot.totals.WriteProvisionedThroughputExceeded).toBeGreaterThan(5_000)
  for (const cured of [spread, aggregated, auto]) {
    expect(cured.totals.WriteProvisionedThroughputExceeded).toBe(0)
  }
  expect(spread.totals.IncomingRecords).toBeGreaterThan(35_000)
})

test('trucks: both readers get every position', () => {
  const { positions, map, geofence } = begin('trucks').after(60)
  expect(positions.totals.IncomingRecords).toBeGreaterThan(1_000)
  expect(map.totals.records).toBeGreaterThan(positions.totals.IncomingRecords - 100)
  expect(geofence.totals.records).toBeGreaterThan(positions.totals.IncomingRecords - 250)
})

test('shared or fan-out: shared readers are refused, pushed ones get everything', () => {
  const nodes = begin('enhanced-fan-out').after(60)
  expect(nodes.shared.totals.ReadProvisionedThroughputExceeded).toBeGreaterThan(50)
  expect(nodes['fan-out'].totals.ReadProvisionedThroughputExceeded).toBe(0)
  expect(nodes['alerts-2'].totals.records).toBeGreaterThan(2_000)
})

test('resharding: a split in time keeps the stream from refusing; on-demand splits by itself', () => {
  const { after, act } = begin('resharding')
  after(5)
  act('provisioned', 'splitHottest')
  const early = after(60)
  expect(early.provisioned.totals.WriteProvisionedThroughputExceeded).toBe(0)
  expect(early.provisioned.metrics.openShards).toBe(2)
  const late = after(200)
  expect(late['on-demand'].metrics.openShards).toBeGreaterThan(4)
  expect(late['reader-2'].totals.again).toBe(0)
})

test('replay: everything is read again, and nobody else notices', () => {
  const { after, act } = begin('replay')
  const before = after(60)
  act('totals', 'replayAll')
  const later = after(120)
  expect(later.totals.totals.again).toBeGreaterThan(before.totals.totals.records - 5)
  expect(later.mailer.totals.again).toBe(0)
})

test('KCL workers: two share four shards; after a crash the other takes over and does some again', () => {
  const { after, act } = begin('kcl-workers')
  const calm = after(90)
  expect(calm['clicks-app'].metrics).toMatchObject({ CurrentLeases: 4, NumWorkers: 2 })
  act('clicks-app', 'crashWorker')
  after(140)
  act('clicks', 'splitHottest')
  const late = after(260)
  expect(late['clicks-app'].metrics).toMatchObject({ CurrentLeases: 5, NumWorkers: 1 })
  const { processed, again, missed } = late['clicks-app'].totals
  expect(again).toBeGreaterThan(calm['clicks-app'].totals.again)
  expect(missed).toBe(0)
  expect(late.clicks.totals.IncomingRecords - (processed - again)).toBeLessThan(60)
})

test('clickstream to a lake: every click is delivered, dropped, put aside or still on its way', () => {
  const { after, act } = begin('clickstream-to-lake')
  const { 'to-lake': firehose, lake } = after(120)
  const { delivered, dropped, notTransformed, IncomingRecords } = firehose.totals
  expect(IncomingRecords).toBeGreaterThan(4_000)
  expect(delivered).toBeGreaterThan(2_000)
  expect(dropped / IncomingRecords).toBeGreaterThan(0.2)
  expect(notTransformed).toBeGreaterThan(10)
  expect(lake.totals.put).toBeGreaterThan(3)
  expect(act('to-lake', 'flush').error).toBeUndefined()
})

test('orders per minute: tumbling counts each order once, sliding six times, stagger once', () => {
  const { orders, tumbling, sliding, stagger, trends } = begin('orders-per-minute').after(190)
  expect(tumbling.totals.windows).toBe(3)
  expect(sliding.totals.windows).toBeGreaterThan(15)
  expect(stagger.totals.windows).toBeGreaterThan(10)
  for (const { totals } of [tumbling, sliding, stagger]) {
    expect(totals).toMatchObject({ failedWindows: 0, notJson: 0, dropped: 0, lost: 0 })
    expect(totals.numRecordsIn).toBeGreaterThan(orders.totals.IncomingRecords - 40)
  }
  expect(trends.totals.IncomingRecords).toBeGreaterThan(60)
})

test('late events: by arrival none is late, an impatient watermark drops them, a patient one does not', () => {
  const apps = begin('late-events').after(240)
  const dropped = (name: string) => apps[name].totals.numLateRecordsDropped
  expect(dropped('by-arrival')).toBe(0)
  expect(dropped('impatient')).toBeGreaterThan(40)
  expect(dropped('patient')).toBe(0)
  expect(apps.patient.totals.windows).toBeGreaterThanOrEqual(5)
})
