/** Topics and groups together: keys, offsets, rebalance, retention. */
import { expect, test } from 'vitest'
import { utf8 } from '../../base/utf8.ts'
import { totalsOf } from '../../engine/totals.ts'
import { whyOf } from '../../engine/trace.ts'
import { findMessage, logPage } from '../../engine/views.ts'
import type { Config } from '../../scenario/scenario.ts'
import { design, simulate } from '../lab.ts'
import { murmur2 } from './partitioner.ts'
import { topicOf } from './topic.ts'

const S = 1_000_000

function bed(group: Config = {}, topic: Config = {}, producer: Config = {}) {
  const sim = simulate(
    design({
      nodes: {
        p: ['producer', { ratePerSecond: 100, keys: 30, ...producer }],
        t: ['msk', topic],
        g: ['mskgroup', { recordMs: 1, ...group }],
        other: ['mskgroup', { recordMs: 1 }],
      },
      wires: [
        ['p', 't'],
        ['t', 'g'],
        ['t', 'other'],
      ],
      network: 'realistic',
    }),
  )
  const totals = () => totalsOf(sim).nodes
  const act = (action: string) =>
    sim.intervene({ type: 'action', atUs: sim.nowUs, node: 'g', action, args: {} })
  return { sim, totals, act, broken: () => totalsOf(sim).invariants.broken }
}

test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
])('FACTS 12: a key’s hash is that of Kafka’s own partitioner (%s)', (key, hash) => {
  expect(murmur2(utf8(key))).toBe(hash)
})

test('FACTS 12: every group reads each record once, and the lag goes back to nothing', () => {
  const { sim, totals, broken } = bed({}, {}, { stopAfterCount: 1000 })
  sim.advance(30 * S)
  expect(totals().t.totals).toMatchObject({ produced: 1000, expired: 0 })
  expect(totals().g.totals).toMatchObject({ records: 1000, again: 0 })
  expect(totals().other.totals).toMatchObject({ records: 1000, again: 0 })
  const committed = topicOf(sim, 1).partitions.map((one) => Object.values(one.committed))
  const ends = topicOf(sim, 1).partitions.map(({ log }) => [log.end, log.end])
  expect(committed).toEqual(ends)
  expect(broken()).toEqual([])
})

test('FACTS 12: one partition has one member; more members than partitions are idle', () => {
  const { sim } = bed({ members: 5 }, { partitions: 3 })
  sim.advance(5 * S)
  const digest = sim.behaviours[2]!.digest(sim, 2)
  expect(digest.figures).toMatchObject({ alive: 5, idle: 2 })
})

test('FACTS 12: after a crash partitions wait for the session timeout, then records are done again', () => {
  const { sim, totals, act } = bed(
    { members: 2, recordMs: 30, sessionTimeoutMs: 10_000 },
    { partitions: 2 },
    { stopAfterCount: 2000 },
  )
  sim.advance(10 * S)
  act('crash')
  sim.advance(19 * S)
  expect(totals().g.totals.rebalances).toBe(1)
  sim.advance(120 * S)
  const { records, again, rebalances } = totals().g.totals
  expect(rebalances).toBe(2)
  expect(again).toBeGreaterThan(0)
  // What the crashed member had not committed counts once, when it is done again.
  expect(records).toBe(2000)
})

test('FACTS 12: retention deletes what is older; without a limit nothing', () => {
  const load = { ratePerSecond: 1, stopAfterCount: 60 }
  for (const unlimited of [false, true]) {
    const { sim, totals, broken } = bed({}, { retentionHours: 1, unlimited }, load)
    sim.advance(4_500 * S)
    expect(totals().t.totals.expired).toBe(unlimited ? 0 : 60)
    expect(broken()).toEqual([])
  }
})

test('FACTS 12: partitions are only added; a group finds them within five minutes', () => {
  const { sim, totals } = bed()
  const partitions = (count: number) => {
    const node = { ...sim.world.scenario.nodes[1], config: { partitions: count } }
    sim.intervene({ type: 'edit', atUs: sim.nowUs, diff: { nodes: { t: node }, wires: {} } })
  }
  sim.advance(10 * S)
  partitions(6)
  sim.advance(20 * S)
  expect(topicOf(sim, 1).partitions).toHaveLength(6)
  expect(totals().g.totals.rebalances).toBe(1)
  sim.advance(310 * S)
  expect(totals().g.totals.rebalances).toBe(2)
  partitions(2)
  sim.advance(320 * S)
  expect(topicOf(sim, 1).partitions).toHaveLength(6)
  expect(topicOf(sim, 1).partitions.every(({ log }) => log.end > 0)).toBe(true)
})

test('FACTS 12: a message above max.message.bytes is refused', () => {
  const { sim, totals } = bed(
    {},
    { maxMessageBytes: 1024 },
    { sizeDistribution: 'fixed', sizeBytes: 4096, stopAfterCount: 3 },
  )
  sim.advance(10 * S)
  expect(totals().t.totals.produced).toBe(0)
  expect(totals().t.totals.refused).toBeGreaterThan(0)
})

test('FACTS 12: a record is found by its partition and offset; a crash and what follows are explained', () => {
  const { sim, act } = bed({ sessionTimeoutMs: 6000 }, { partitions: 2 }, { stopAfterCount: 300 })
  sim.advance(5 * S)
  const page = sim.behaviours[1]!.stored!.page(sim, 1, 'records', 0, 1000)
  expect(page.total).toBe(300)
  const [newest] = page.messages
  const { end } = topicOf(sim, 1).partitions[0].log
  expect(newest).toMatchObject({
    list: 'partition 0',
    messageId: `partition 0, offset ${end - 1}`,
  })
  expect(findMessage(sim, newest.message)).toEqual(newest)
  act('crash')
  sim.advance(12 * S)
  const { rows } = logPage(sim, 0, 200, { node: 'g' })
  const why = (operation: string) =>
    whyOf(sim, { row: rows.find((one) => one.operation === operation)!.row })?.because
  expect(why('(member crashed)')).toContain('read again')
  expect(why('(partitions shared out anew)')).toContain('committed offset')
})
