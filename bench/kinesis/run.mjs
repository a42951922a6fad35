// @ts-check
import { loadTs } from '../lib/loadTs.mjs'

export const name = 'kinesis'
export const summary =
  'records a second through a thousand shards, bytes a retained record, resharding'

/** @param {{ quick: boolean }} options */
export async function run({ quick }) {
  const product = await loadTs('bench/kinesis/product.ts')
  const records = quick ? 100_000 : 1_000_000
  const reps = quick ? 1 : 3
  const put = medianMs(reps, () => product.putRecords(records))
  const both = medianMs(reps, () => product.putAndGetRecords(records))

  const retained = quick ? 500_000 : 10_000_000
  const before = used()
  const world = product.putRecords(retained)
  const bytes = (used() - before) / retained
  const snapshotMs = medianMs(quick ? 1 : 5, () => world.snapshot())
  const reshardMs = medianMs(1, () => product.reshard(world))
  return {
    name,
    rows: [
      {
        label: 'PutRecords of 500 over 1 000 shards',
        value: perSecond(records, put),
        unit: 'records/s',
      },
      {
        label: 'the same, each read once by GetRecords',
        value: perSecond(records, both),
        unit: 'records/s',
      },
      { label: `memory of a retained record (${retained} kept)`, value: bytes, unit: 'bytes' },
      { label: `snapshot with ${retained} records kept`, value: snapshotMs, unit: 'ms' },
      { label: 'UpdateShardCount from 1 000 to 2 000', value: reshardMs, unit: 'ms' },
    ],
    ratios: [
      {
        label: 'bytes per retained record',
        value: bytes,
        target: 40,
        bound: 'atMost',
        pass: bytes <= 40,
      },
    ],
  }
}

/** @param {number} count @param {number} ms */
const perSecond = (count, ms) => (count / ms) * 1000

function used() {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** @param {number} reps @param {() => unknown} work */
function medianMs(reps, work) {
  const times = []
  for (let rep = 0; rep < reps; rep++) {
    const start = performance.now()
    work()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]
}
