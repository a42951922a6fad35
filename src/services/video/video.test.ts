/** Cameras, video streams and viewers together: time, retention, limits. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { totalsOf } from '../../engine/totals.ts'
import { logPage } from '../../engine/views.ts'
import type { Config } from '../../scenario/scenario.ts'
import { findMessage } from '../../engine/views.ts'
import { design, simulate } from '../lab.ts'

const S = 1_000_000
const MINUTE = 60 * S

interface Parts {
  readonly camera?: Config
  readonly stream?: Config
  /** One viewer each. */
  readonly viewers?: readonly Config[]
  /** More cameras on the same stream. */
  readonly others?: readonly Config[]
}

function bed({ camera = {}, stream = {}, viewers = [{}], others = [] }: Parts = {}) {
  const cameras = Object.fromEntries(
    others.map((config, n) => [`c${n + 1}`, ['camera', config] as const]),
  )
  const watching = Object.fromEntries(
    viewers.map((config, n) => [`v${n}`, ['viewer', config] as const]),
  )
  const sim = simulate(
    design({
      nodes: {
        c: ['camera', camera],
        s: ['video', { DataRetentionInHours: 24, ...stream }],
        ...watching,
        ...cameras,
      },
      wires: [
        ['c', 's'],
        ...Object.keys(watching).map((name) => ['s', name] as const),
        ...Object.keys(cameras).map((name) => [name, 's'] as const),
      ],
      network: 'realistic',
    }),
  )
  const totals = () => totalsOf(sim).nodes
  return {
    sim,
    totals,
    broken: () => totalsOf(sim).invariants.broken,
    behindS: (viewer = 'v0') => totals()[viewer].metrics.millisBehindLive / 1000,
    act: (node: string, action: string, args = {}) =>
      sim.intervene({ type: 'action', atUs: sim.nowUs, node, action, args }),
    edit(node: string, config: Config) {
      const drawn = sim.world.scenario.nodes.find(({ id }) => id === node)!
      const changed = { ...drawn, config: { ...drawn.config, ...config } }
      sim.intervene({
        type: 'edit',
        atUs: sim.nowUs,
        diff: { nodes: { [node]: changed }, wires: {} },
      })
    },
    errors: () =>
      new Set(
        logPage(sim, 0, 200, { failedOnly: true }).rows.map(
          ({ from, operation, error }) => `${from} ${operation} ${error}`,
        ),
      ),
  }
}

test('FACTS 10: a fragment is cut at the first key frame after its time; it is put when it is filmed', () => {
  const { sim, totals, broken } = bed({ camera: { fragmentMs: 2500, keyFrameMs: 1000 } })
  sim.advance(2.9 * S)
  expect(totals().s.totals.put).toBe(0)
  sim.advance(3.1 * S)
  expect(totals().s.totals).toMatchObject({ put: 1, putBytes: 750_000 })
  const info = findMessage(sim, 1)
  expect(JSON.parse(info!.body)).toEqual({
    fragment: 1,
    producerTimestampS: 0,
    durationS: 3,
    keyFrames: 3,
  })
  expect(info).toMatchObject({ node: 's', messageId: 'fragment 0' })
  sim.advance(MINUTE)
  expect(totals().s.totals.put).toBe(19)
  expect(broken()).toEqual([])
})

test('FACTS 10: NOW begins with the newest fragment, EARLIEST with the oldest that is kept', () => {
  const { sim, totals, act, behindS } = bed({ viewers: [{ workMs: 1000 }] })
  sim.advance(10 * MINUTE)
  const live = behindS()
  // A fragment is put when it is filmed, and played as long as it lasts.
  expect(live).toBeGreaterThanOrEqual(2)
  expect(live).toBeLessThan(3)
  const { fragments } = totals().v0.totals
  act('v0', 'earliest')
  sim.advance(11 * MINUTE)
  // A player stays behind by as much.
  expect(behindS()).toBeGreaterThan(9.9 * 60)
  expect(totals().v0.totals.again).toBeGreaterThan(25)
  act('v0', 'now')
  sim.advance(11 * MINUTE + 10 * S)
  expect(behindS()).toBeLessThan(5)
  expect(totals().v0.totals.fragments).toBeGreaterThan(fragments)
})

test('FACTS 10: a producer timestamp is the camera’s time, a server timestamp that of the arrival', () => {
  const { sim, act } = bed()
  act('c', 'cut')
  sim.advance(20 * S)
  act('c', 'reconnect')
  sim.advance(30.5 * S)
  // Fragment 5 was filmed from 8 to 10 s; all 15 came after 20 s.
  const seenFrom = (selector: string): string => {
    act('v0', 'rewind', { minutes: 21 / 60, selector })
    sim.advance(sim.nowUs + 100_000)
    const { rows } = logPage(sim, 0, 50, { operation: 'GetMedia' })
    return rows.find(({ input }) => input.startsWith(selector))!.output
  }
  expect(seenFrom('PRODUCER_TIMESTAMP')).toBe('11 fragments')
  expect(seenFrom('SERVER_TIMESTAMP')).toBe('15 fragments')
})

test('FACTS 10: with no retention nothing is stored, but for the service’s buffer', () => {
  const stored = bed({ stream: { DataRetentionInHours: 1 } })
  const live = bed({ stream: { DataRetentionInHours: 0 } })
  for (const { sim } of [stored, live]) sim.advance(2 * 60 * MINUTE)
  const kept = ({ totals }: typeof live) => totals().s.totals.put - totals().s.totals.expired
  expect(kept(stored)).toBe(1800)
  expect(kept(live)).toBe(150)
  // 200 MB are 16 fragments of 12.5 MB.
  const large = bed({
    stream: { DataRetentionInHours: 0 },
    camera: { kilobitsPerSecond: 50_000, fragmentMs: 2000 },
  })
  large.sim.advance(4 * MINUTE)
  expect(kept(large)).toBe(16)
  for (const { broken } of [stored, live, large]) expect(broken()).toEqual([])
})

test('FACTS 10: fragments last 1 to 20 s and have 50 MB at most', () => {
  const refused = (camera: Config) => {
    const { sim, errors, totals, broken } = bed({ camera, viewers: [] })
    sim.advance(2 * MINUTE)
    expect(totals().s.totals.put).toBe(0)
    expect(totals().c.totals.lost).toBeGreaterThan(0)
    expect(broken()).toEqual([])
    return [...errors()]
  }
  expect(refused({ fragmentMs: 500, keyFrameMs: 100 })).toEqual([
    'c PutMedia MIN_FRAGMENT_DURATION_REACHED',
  ])
  expect(refused({ fragmentMs: 21_000 })).toEqual(['c PutMedia MAX_FRAGMENT_DURATION_REACHED'])
  expect(refused({ fragmentMs: 20_000, kilobitsPerSecond: 20_001 })).toEqual([
    'c PutMedia MAX_FRAGMENT_SIZE_REACHED',
  ])
})

test('FACTS 10: a stream takes 12.5 MB a second', () => {
  const { sim, errors, totals, broken } = bed({
    camera: { fragmentMs: 1000, kilobitsPerSecond: 150_000, bufferS: 3600 },
    viewers: [],
  })
  sim.advance(5 * MINUTE)
  expect(errors()).toEqual(new Set(['c PutMedia ClientLimitExceededException']))
  expect(totals().s.totals.putBytes / 300).toBeLessThan(13_000_000)
  expect(totals().c.totals.lost).toBe(0)
  expect(broken()).toEqual([])
})

test('FACTS 10: one camera puts at a time, and its connection ends after 45 minutes', () => {
  const { sim, errors, totals, act, broken } = bed({ others: [{}], viewers: [] })
  sim.advance(10 * S)
  expect(errors()).toEqual(new Set(['c1 PutMedia ConnectionLimitExceededException']))
  act('c', 'cut')
  sim.advance(2 * MINUTE)
  expect(totals().c1.totals.put).toBeGreaterThan(30)
  const alone = bed({ viewers: [] })
  alone.sim.advance(46 * MINUTE)
  expect(alone.errors()).toEqual(new Set(['c PutMedia MAX_CONNECTION_DURATION_REACHED']))
  // It connects again at once: nothing is late or lost.
  expect(alone.totals().s.totals.put).toBe(46 * 30 - 1)
  expect([...broken(), ...alone.broken()]).toEqual([])
})

test('FACTS 10: a stream serves three viewers; a fourth is refused until one goes', () => {
  const { sim, totals, errors } = bed({ viewers: [{}, {}, {}, {}] })
  sim.advance(20 * S)
  expect(errors()).toEqual(new Set(['v3 GetMedia ConnectionLimitExceededException']))
  expect(totals().v3.totals.fragments).toBe(0)
  sim.intervene({ type: 'edit', atUs: sim.nowUs, diff: { nodes: {}, wires: { 's-v0': null } } })
  sim.advance(40 * S)
  expect(totals().v3.totals.fragments).toBeGreaterThan(5)
})

test('FACTS 10: a viewer gets 25 MB a second', () => {
  const { sim, totals, act } = bed({
    camera: { fragmentMs: 4000, kilobitsPerSecond: 40_000 },
    viewers: [{ workMs: 0 }],
  })
  sim.advance(5 * MINUTE)
  const before = totals().s.totals.gotBytes
  act('v0', 'earliest')
  sim.advance(5 * MINUTE + 20 * S)
  const got = totals().s.totals.gotBytes - before
  // One fragment may go beyond a second's share; the next seconds pay for it.
  expect(got).toBeGreaterThan(19 * 25_000_000)
  expect(got).toBeLessThan(21 * 25_000_000 + 20_000_000)
})

test('FACTS 10: a camera that was cut off sends what it kept, with the times when it was filmed', () => {
  const { sim, totals, act, behindS, broken } = bed({ camera: { bufferS: 60 } })
  sim.advance(MINUTE)
  act('c', 'cut')
  sim.advance(3 * MINUTE)
  expect(totals().c.totals.lost).toBe(30)
  act('c', 'reconnect')
  sim.advance(3 * MINUTE + 2 * S)
  expect(behindS()).toBeGreaterThan(10)
  sim.advance(4 * MINUTE + S)
  expect(behindS()).toBeLessThan(1)
  expect(totals().s.totals.put).toBe(4 * 30 - 30)
  expect(broken()).toEqual([])
})

test('FACTS 10: whatever is done, the books balance and a viewer sees no fragment it was not due', () => {
  const step = fc.record({
    afterS: fc.integer({ min: 0, max: 90 }),
    act: fc.constantFrom(
      ['c', 'cut'],
      ['c', 'reconnect'],
      ['v0', 'earliest'],
      ['v0', 'now'],
      ['v1', 'rewind'],
      ['c', 'edit'],
      ['s', 'edit'],
    ),
    number: fc.integer({ min: 0, max: 5 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
      const { sim, totals, act, edit, broken } = bed({
        viewers: [{ workMs: 1000 }, { StartSelectorType: 'EARLIEST' }],
        camera: { bufferS: 20 },
      })
      for (const {
        afterS,
        act: [node, action],
        number,
      } of steps) {
        sim.advance(sim.nowUs + afterS * S)
        if (action !== 'edit') act(node, action, { minutes: number })
        else if (node === 'c') edit('c', { fragmentMs: 1000 + number * 500 })
        else edit('s', { DataRetentionInHours: number % 2 })
        expect(broken()).toEqual([])
      }
      sim.advance(sim.nowUs + MINUTE)
      const { s, v0, v1 } = totals()
      for (const { totals: seen } of [v0, v1]) {
        expect(seen.fragments - seen.again).toBeLessThanOrEqual(s.totals.put)
      }
      expect(broken()).toEqual([])
    }),
    { numRuns: 40 },
  )
})
