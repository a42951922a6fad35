import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromMs, fromSeconds } from '../base/units.ts'
import { addLatency, createLatencies, percentilesInto, type Latencies } from './latency.ts'

const SHARES = [0.5, 0.9, 0.99]

function percentiles(latencies: Latencies, nowUs: number): number[] {
  const into = new Float64Array(3)
  percentilesInto(latencies, nowUs, SHARES, into, 0)
  return [...into]
}

test('percentiles are those of the sorted values, to an eighth', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 300 }), (values) => {
      const latencies = createLatencies()
      for (const ms of values) addLatency(latencies, fromSeconds(5), fromMs(ms))
      const sorted = values.toSorted((a, b) => a - b)
      percentiles(latencies, fromSeconds(6)).forEach((got, i) => {
        const exact = sorted[Math.ceil(SHARES[i] * sorted.length) - 1]
        expect(Math.abs(got - exact)).toBeLessThanOrEqual(exact / 8)
      })
    }),
  )
})

test('small values are exact, and nothing is 0', () => {
  const latencies = createLatencies()
  expect(percentiles(latencies, 0)).toEqual([0, 0, 0])
  for (const ms of [1, 2, 3, 4, 5, 6, 7, 7, 7, 7]) addLatency(latencies, 0, fromMs(ms))
  expect(percentiles(latencies, 0)).toEqual([5, 7, 7])
})

test('what is older than 80 seconds does not count, however long nothing came', () => {
  const latencies = createLatencies()
  addLatency(latencies, fromSeconds(1), fromMs(5))
  expect(percentiles(latencies, fromSeconds(59))[0]).toBe(5)
  expect(percentiles(latencies, fromSeconds(81))[0]).toBe(0)
  addLatency(latencies, fromSeconds(70), fromMs(3))
  expect(percentiles(latencies, fromSeconds(75))).toEqual([3, 5, 5])
  addLatency(latencies, fromSeconds(1_000), fromMs(2))
  expect(percentiles(latencies, fromSeconds(1_001))).toEqual([2, 2, 2])
})
