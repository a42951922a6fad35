/** A reader of a stream: everything once, in order of each key, whatever becomes of the shards. */
import { expect, test } from 'vitest'
import { totalsOf } from '../../engine/totals.ts'
import type { Config } from '../../scenario/scenario.ts'
import { design, simulate } from '../lab.ts'
import behaviour from './behaviour.ts'

const S = 1_000_000

function bed(reader: Config = {}, stream: Config = { ShardCount: 2 }, producer: Config = {}) {
  const sim = simulate(
    design({
      nodes: {
        p: ['producer', { ratePerSecond: 200, recordsPerCall: 50, keys: 30, ...producer }],
        s: ['kinesis', stream],
        r: ['reader', reader],
      },
      wires: [
        ['p', 's'],
        ['s', 'r'],
      ],
      network: 'realistic',
    }),
  )
  return {
    sim,
    totals: () => totalsOf(sim).nodes,
    broken: () => totalsOf(sim).invariants.broken,
    act: (node: string, action: string, args = {}) =>
      sim.intervene({ type: 'action', atUs: 0, node, action, args }),
  }
}

test.each([['shared'], ['fanOut']])('%s: it reads everything once', (readMode) => {
  const { sim, totals, broken } = bed({ readMode }, undefined, { stopAfterCount: 4_000 })
  sim.advance(40 * S)
  expect(totals().s.totals.IncomingRecords).toBe(4_000)
  expect(totals().r.totals).toMatchObject({ records: 4_000, again: 0 })
  expect(broken()).toEqual([])
})

test('FACTS 6.6: a push takes about 70 ms, a shared read as long as the reader waits', () => {
  const lag = (readMode: string): number => {
    const { sim, totals } = bed({ readMode, everyMs: 1000 })
    let most = 0
    for (let second = 20; second < 40; second += 1) {
      sim.advance(second * S + 137_000)
      most = Math.max(most, totals().s.metrics['GetRecords.IteratorAgeMilliseconds'])
    }
    return most
  }
  expect(lag('fanOut')).toBeLessThan(90)
  expect(lag('shared')).toBeGreaterThan(5)
})

test('FACTS 6.5: the card tells how old records are when they come: a push is faster than a poll', () => {
  const ageMs = (readMode: string): number => {
    const { sim } = bed({ readMode, everyMs: 1000 })
    sim.advance(60 * S)
    return behaviour.digest(sim, 2).figures.ageUs / 1000
  }
  expect(ageMs('fanOut')).toBeGreaterThan(60)
  expect(ageMs('fanOut')).toBeLessThan(150)
  expect(ageMs('shared')).toBeGreaterThan(400)
  expect(ageMs('shared')).toBeLessThan(1100)
})

test('FACTS 6.4: after splits and merges the parent is read to its end before its children', () => {
  const { sim, totals, act, broken } = bed({}, undefined, { stopAfterCount: 20_000 })
  sim.advance(10 * S)
  act('s', 'splitHottest')
  sim.advance(40 * S)
  act('s', 'mergeColdest')
  sim.advance(130 * S)
  expect(totals().s.totals.resharded).toBe(3)
  expect(totals().r.totals).toMatchObject({ records: 20_000, again: 0 })
  expect(broken()).toEqual([])
})

test('FACTS 6.3: a replay reads again what is kept, and nothing is lost or doubled in the stream', () => {
  const { sim, totals, act } = bed({}, undefined, { stopAfterCount: 2_000 })
  sim.advance(30 * S)
  act('r', 'replayAll')
  sim.advance(60 * S)
  expect(totals().r.totals).toMatchObject({ records: 4_000, again: 2_000 })
  act('r', 'replay', { minutes: 0.5 })
  sim.advance(90 * S)
  expect(totals().r.totals.records).toBe(4_000)
  expect(totals().s.totals.expired).toBe(0)
})

test('FACTS 6.5: many shared readers are refused, one with enhanced fan-out is not', () => {
  const nodes: Record<string, [string, Config]> = {
    p: ['producer', { ratePerSecond: 50 }],
    s: ['kinesis', { ShardCount: 1 }],
    pushed: ['reader', { readMode: 'fanOut' }],
  }
  const wires: [string, string][] = [
    ['p', 's'],
    ['s', 'pushed'],
  ]
  for (let n = 0; n < 6; n++) {
    nodes[`shared${n}`] = ['reader', { everyMs: 500 }]
    wires.push(['s', `shared${n}`])
  }
  const sim = simulate(design({ nodes, wires, network: 'realistic' }))
  sim.advance(60 * S)
  const { pushed, s } = totalsOf(sim).nodes
  expect(s.totals.ReadProvisionedThroughputExceeded).toBeGreaterThan(0)
  expect(pushed.totals.throttled).toBe(0)
  expect(s.totals.IncomingRecords - pushed.totals.records).toBeLessThan(20)
})
