import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromMs, fromSeconds, US_PER_MS } from '../base/units.ts'
import { totalsOf } from '../engine/totals.ts'
import type { Config } from '../scenario/scenario.ts'
import { CERTAIN, design, simulate } from './lab.ts'
import { addLatency, createLatencies, latenciesInto, type Latencies } from './latency.ts'

/** The last is the longest. */
const SHARES = [0.5, 0.9, 0.99, 1]

function percentiles(latencies: Latencies, nowUs: number): number[] {
  const into = new Float64Array(4)
  latenciesInto(latencies, nowUs, into, 0)
  return [...into]
}

test('percentiles are those of the sorted values, to an eighth', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 300 }), (values) => {
      const latencies = createLatencies()
      for (const ms of values) addLatency(latencies, fromSeconds(5), fromMs(ms))
      const sorted = values.toSorted((a, b) => a - b)
      const found = percentiles(latencies, fromSeconds(6))
      expect(found[3]).toBe(sorted.at(-1))
      expect(found).toEqual(found.toSorted((a, b) => a - b))
      found.forEach((got, i) => {
        const exact = sorted[Math.ceil(SHARES[i] * sorted.length) - 1]
        expect(Math.abs(got - exact)).toBeLessThanOrEqual(exact / 8)
      })
    }),
  )
})

test('small values are exact, and nothing is 0', () => {
  const latencies = createLatencies()
  expect(percentiles(latencies, 0)).toEqual([0, 0, 0, 0])
  for (const ms of [1, 2, 3, 4, 5, 6, 7, 7, 7, 7]) addLatency(latencies, 0, fromMs(ms))
  expect(percentiles(latencies, 0)).toEqual([5, 7, 7, 7])
})

test('what is older than 80 seconds does not count, however long nothing came', () => {
  const latencies = createLatencies()
  addLatency(latencies, fromSeconds(1), fromMs(5))
  expect(percentiles(latencies, fromSeconds(59))[0]).toBe(5)
  expect(percentiles(latencies, fromSeconds(81))[0]).toBe(0)
  addLatency(latencies, fromSeconds(70), fromMs(3))
  expect(percentiles(latencies, fromSeconds(75))).toEqual([3, 5, 5, 5])
  addLatency(latencies, fromSeconds(1_000), fromMs(2))
  expect(percentiles(latencies, fromSeconds(1_001))).toEqual([2, 2, 2, 2])
})

type Drawn = Parameters<typeof design>[0]

/** One message at 1 s; every worker takes a second for it. */
const source: [string, Config] = ['producer', { pattern: 'once', onceAtS: 1, onceCount: 1 }]
const queue: [string, Config] = ['sqs', { ...CERTAIN }]
const work: Config = { serviceTime: 'constant', serviceTimeMs: 1_000 }

/** The longest that each part knows of. */
function longest(drawn: Drawn): (name: string) => number {
  const sim = simulate(design(drawn))
  sim.advance(fromSeconds(20))
  const { nodes } = totalsOf(sim)
  return (name) => nodes[name].metrics.endToEndLatencyMax
}

test('end to end is from the first send on, through queues, results and functions', () => {
  const of = longest({
    nodes: {
      source,
      first: queue,
      workers: ['consumer', work],
      second: queue,
      resize: ['lambda', { ...work, coldStartMs: 0 }],
      third: queue,
      last: ['consumer', work],
    },
    wires: [
      ['source', 'first'],
      ['first', 'workers'],
      ['workers', 'second'],
      ['second', 'resize'],
      ['resize', 'third'],
      ['third', 'last'],
    ],
  })
  expect(of('workers')).toBe(1_000)
  expect(of('resize')).toBeGreaterThanOrEqual(2_000)
  // A queue's own age begins anew at each queue; what is measured does not.
  expect(of('last')).toBeGreaterThanOrEqual(of('resize') + 1_000)
  expect(of('last')).toBeLessThan(4_000)
})

test('a copy that a topic makes is as old as what was published', () => {
  const drawn = (network: 'instant' | 'stretched'): Drawn => ({
    network,
    nodes: {
      source,
      topic: ['sns', {}],
      page: ['endpoint', { protocol: 'https', confirmsItself: true, responseMs: 500 }],
    },
    wires: [
      ['source', 'topic'],
      ['topic', 'page'],
    ],
  })
  const wayMs = simulate(design(drawn('stretched'))).world.network.carryUs / US_PER_MS
  expect(wayMs).toBeGreaterThan(100)
  expect(longest(drawn('instant'))('page')).toBeLessThan(500 + wayMs)
  // To the topic and on to the endpoint.
  expect(longest(drawn('stretched'))('page')).toBeGreaterThanOrEqual(500 + 2 * wayMs)
})
