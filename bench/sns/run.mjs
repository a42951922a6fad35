// @ts-check
import { loadTs } from '../lib/loadTs.mjs'

export const name = 'sns'
export const summary = 'filter policies and fan-out: the cost of a match and of a delivery'

/** @param {{ quick: boolean }} options */
export async function run({ quick }) {
  const topic = await loadTs('bench/sns/topic.ts')
  const reps = quick ? 3 : 15
  const match = fastest(reps * 10, topic.matcher(1_000))
  const sizes = quick ? [100, 1_000] : [100, 1_000, 10_000]
  const perDelivery = sizes.map((queues) => {
    const { publish, check } = topic.topicWith(queues)
    const ms = fastest(Math.max(3, Math.min(10 * reps, 50_000 / queues)), publish)
    check()
    return (ms / queues) * 1e6
  })
  const rows = [
    { label: 'one message against 1 000 filter policies', value: match * 1000, unit: 'us' },
    ...sizes.map((queues, n) => ({
      label: `a delivery, of ${queues} for each message`,
      value: perDelivery[n],
      unit: 'ns',
    })),
  ]
  // Beside the size before: few queues fit into the processor's caches, many do not.
  const [many, most] = sizes.slice(-2)
  const growth = perDelivery[sizes.length - 1] / perDelivery[sizes.length - 2]
  const label = `times the cost of a delivery with ${most} queues as with ${many}`
  /** @type {import('../../scripts/lib/benches.mjs').Ratio[]} */
  const ratios = [{ label, value: growth, target: 2, bound: 'atMost', pass: growth <= 2 }]
  return { name, rows, ratios }
}

/**
 * The fastest of some runs: what the machine does besides only adds.
 * @param {number} reps @param {() => unknown} work @returns {number} milliseconds
 */
function fastest(reps, work) {
  let best = Infinity
  for (let rep = 0; rep < reps; rep++) {
    const start = performance.now()
    work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}
