// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/lib/root.mjs'
import { bundle, loadTs } from '../lib/loadTs.mjs'

/** A package that emulates SQS. */
const PEER = 'fauxqs@1.9.2'

export const name = 'engine'
export const summary = 'messages a second, memory and snapshots of the simulator'

/** @param {{ quick: boolean }} options */
export async function run({ quick }) {
  const product = await loadTs('bench/engine/product.ts')
  const naive = await loadTs('bench/engine/naive.ts')
  const messages = quick ? 50_000 : 500_000
  const reps = quick ? 1 : 5

  /** @type {Record<string, number[]>} */
  const rates = { product: [], watched: [], naive: [], simpy: [] }
  // Once before, so that no run is measured whose code is still being compiled.
  product.runProduct(messages / 2)
  naive.runNaive(messages / 2, 1, true)
  naive.runNaive(messages / 2, 1)
  for (let rep = 0; rep < reps; rep++) {
    rates.product.push(rateOf(messages, () => product.runProduct(messages)))
    rates.watched.push(rateOf(messages, () => naive.runNaive(messages, 1, true)))
    rates.naive.push(rateOf(messages, () => naive.runNaive(messages, 1)))
    const simpy = simpyRate(quick ? 10_000 : 100_000)
    if (simpy) rates.simpy.push(simpy)
  }
  const ours = median(rates.product)
  const rows = [
    { label: 'Switchyard, SQS-1 model', value: ours, unit: 'messages/s' },
    {
      label: 'naive closures and objects, with log, hops, books and metrics',
      value: median(rates.watched),
      unit: 'messages/s',
    },
    {
      label: 'naive closures and objects, recording nothing',
      value: median(rates.naive),
      unit: 'messages/s',
    },
    {
      label: 'Switchyard to the naive version that records nothing',
      value: ours / median(rates.naive),
      unit: 'times',
    },
  ]
  /** @type {import('../../scripts/lib/benches.mjs').Ratio[]} */
  const ratios = [
    atLeast('times the naive version that records the same', ours / median(rates.watched), 8),
  ]
  if (rates.simpy.length > 0) {
    rows.push({ label: 'SimPy 3', value: median(rates.simpy), unit: 'messages/s' })
    ratios.push(atLeast('times SimPy', ours / median(rates.simpy), 60))
  }

  const { table, ratio } = await inProcess(quick ? 10_000 : 100_000, quick ? 1 : 9)
  rows.push(...table)
  if (ratio) ratios.push(ratio)

  const waiting = quick ? 100_000 : 1_000_000
  const bytes = bytesPerMessage(product, waiting)
  rows.push({ label: `memory of a waiting message (${waiting} wait)`, value: bytes, unit: 'bytes' })
  ratios.push(atMost('bytes per waiting message', bytes, 200))

  const few = costPerMessage(product, 1_000, messages / 5, reps)
  const many = costPerMessage(product, waiting, messages / 5, reps)
  rows.push(
    { label: 'a message with 1 000 waiting', value: few, unit: 'ns' },
    { label: `a message with ${waiting} waiting`, value: many, unit: 'ns' },
  )
  ratios.push(atMost('times the cost with a million waiting', many / few, 1.5))

  const { before, after } = costAfterGoingBack(product, messages / 5, reps)
  rows.push({ label: 'a message after the run went back', value: after, unit: 'ns' })
  ratios.push(atMost('times the cost after the run went back', after / before, 1.5))

  const world = product.withBacklog(100_000)
  const objects = product.asObjects(100_000)
  // What the measurements before left behind is not collected while this one is made.
  global.gc?.()
  const snapshotMs = median(times(quick ? 3 : 15, () => world.snapshot()))
  const cloneMs = median(times(quick ? 1 : 5, () => structuredClone(objects)))
  rows.push(
    { label: 'snapshot of 100 000 messages', value: snapshotMs, unit: 'ms' },
    { label: 'structuredClone of the same as objects', value: cloneMs, unit: 'ms' },
  )
  ratios.push(atMost('ms for a snapshot of 100 000 messages', snapshotMs, 5))
  return { name, rows, ratios }
}

/**
 * One message after the other sent, received and deleted on a quiet queue, without HTTP: by AWS's JSON, which
 * is read, checked and written, and by the engine's own calls. Beside it what a package that emulates SQS
 * has for the same two levels.
 * @param {number} count @param {number} reps
 */
async function inProcess(count, reps) {
  const rates = beside(await bundle('bench/engine/inProcess.ts'), count, reps)
  const unit = 'messages/s of processor time'
  const table = [
    { label: "a quiet queue by AWS's JSON, without HTTP", value: median(rates.json), unit },
    { label: "a quiet queue by the engine's own calls", value: median(rates.calls), unit },
  ]
  if (rates.store.length === 0) return { table, ratio: null }
  const checked = `the same by ${PEER}'s operations, which check their input`
  const [json, calls] = [ofPairs(rates.json, rates.operations), ofPairs(rates.calls, rates.store)]
  table.push(
    { label: checked, value: median(rates.operations), unit },
    { label: `the same by ${PEER}'s store`, value: median(rates.store), unit },
    { label: `AWS's JSON to ${PEER}'s operations`, value: json, unit: 'times' },
  )
  return { table, ratio: atLeast(`times ${PEER}'s store, by the engine's own calls`, calls, 2) }
}

/** The middle of the ratios of what was measured one right after the other. @param {number[]} ours @param {number[]} theirs */
const ofPairs = (ours, theirs) => median(ours.map((rate, rep) => rate / theirs[rep]))

/**
 * Messages a second, ours and those of the package, which npx fetches for this run and measures in turn with
 * ours; ours alone where it cannot.
 * @param {string} ours address of our bundle @param {number} count @param {number} reps
 * @returns {Record<'json' | 'calls' | 'operations' | 'store', number[]>}
 */
function beside(ours, count, reps) {
  const args = [
    '--expose-gc',
    join(root, 'bench', 'engine', 'inTurn.mjs'),
    ours,
    `${count}`,
    `${reps}`,
  ]
  // Outside the repository, so that nothing of it is found there.
  const options = /** @type {const} */ ({ cwd: tmpdir(), encoding: 'utf8' })
  const both = spawnSync('npx', ['--yes', '--package', PEER, '--', 'node', ...args], options)
  const { stdout } = both.status === 0 ? both : spawnSync(process.execPath, args, options)
  return JSON.parse(stdout)
}

/** @param {number} count @param {() => unknown} work */
function rateOf(count, work) {
  const start = performance.now()
  work()
  return (count / (performance.now() - start)) * 1000
}

/** Debian's python3-simpy3, where it is installed. @param {number} count */
function simpyRate(count) {
  const python = '/usr/bin/python3'
  if (!existsSync(python)) return null
  const script = join(root, 'bench', 'engine', 'sqs1.py')
  const result = spawnSync(python, [script, String(count)], { encoding: 'utf8' })
  return result.status === 0 ? Number(result.stdout.split(' ')[0]) : null
}

/** @param {Record<string, any>} product @param {number} waiting */
function bytesPerMessage(product, waiting) {
  if (!global.gc) throw new Error('run with node --expose-gc, as npm run bench does')
  global.gc()
  const before = memory()
  const world = product.withBacklog(waiting)
  global.gc()
  const bytes = (memory() - before) / waiting
  world.run(0)
  return bytes
}

const memory = () => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** @param {Record<string, any>} product @param {number} waiting @param {number} count @param {number} reps */
function costPerMessage(product, waiting, count, reps) {
  const world = product.withBacklog(waiting)
  world.run(count)
  return (median(times(reps, () => world.run(count))) / count) * 1e6
}

/** In ns a message. @param {Record<string, any>} product @param {number} count @param {number} reps */
function costAfterGoingBack(product, count, reps) {
  const world = product.underWay(count * (4 * reps + 4))
  const costs = () => (median(times(reps, () => world.run(count))) / count) * 1e6
  world.run(2 * count)
  const before = costs()
  world.goBack()
  world.run(2 * count)
  return { before, after: costs() }
}

/** @param {number} reps @param {() => unknown} work @returns {number[]} milliseconds */
function times(reps, work) {
  return Array.from({ length: reps }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
}

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

/** @param {string} label @param {number} value @param {number} target */
const atLeast = (label, value, target) =>
  /** @type {const} */ ({ label, value, target, bound: 'atLeast', pass: value >= target })
/** @param {string} label @param {number} value @param {number} target */
const atMost = (label, value, target) =>
  /** @type {const} */ ({ label, value, target, bound: 'atMost', pass: value <= target })
