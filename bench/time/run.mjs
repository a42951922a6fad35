// @ts-check
import { loadTs } from '../lib/loadTs.mjs'

export const name = 'time'
export const summary = 'another moment of an hour at 1 000 messages a second, and one event back'

/** @param {{ quick: boolean }} options */
export async function run({ quick }) {
  const { openHour } = await loadTs('bench/time/hour.ts')
  const hour = openHour()
  const lengthS = quick ? 300 : 3_600
  const start = performance.now()
  hour.play(lengthS)
  const playedMs = performance.now() - start
  // The same moments in every run of the benchmark.
  let state = 1
  const someS = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state / 2 ** 32) * lengthS
  }
  let hops = 0
  const seeks = measure(quick ? 100 : 1_000, () => {
    hops += hour.seek(someS())
  })
  if (hops === 0) throw new Error('nothing was on the wires')
  hour.seek(lengthS / 2)
  const steps = measure(quick ? 20 : 200, () => hour.stepBack())
  const memoryMb = process.memoryUsage().arrayBuffers / 1e6
  const rows = [
    { label: `${lengthS} s simulated, snapshots included`, value: playedMs / 1000, unit: 's' },
    { label: 'to a random moment, median', value: at(seeks, 0.5), unit: 'ms' },
    { label: 'to a random moment, 95th percentile', value: at(seeks, 0.95), unit: 'ms' },
    { label: 'to a random moment, slowest', value: at(seeks, 1), unit: 'ms' },
    { label: 'one event back, 95th percentile', value: at(steps, 0.95), unit: 'ms' },
    { label: 'memory of columns, snapshots included', value: memoryMb, unit: 'MB' },
  ]
  const value = at(seeks, 0.95)
  /** @type {import('../../scripts/lib/benches.mjs').Ratio[]} */
  const ratios = [
    {
      label: 'ms to any moment of the hour, 95th percentile',
      value,
      target: 50,
      bound: 'atMost',
      pass: value <= 50,
    },
  ]
  return { name, rows, ratios }
}

/** @param {number} times @param {() => void} work @returns {number[]} ms, ascending */
function measure(times, work) {
  const all = []
  for (let n = 0; n < times; n++) {
    const start = performance.now()
    work()
    all.push(performance.now() - start)
  }
  return all.sort((a, b) => a - b)
}

/** @param {number[]} sorted @param {number} share */
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
