// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'
import { Problem } from './run.mjs'

/**
 * What `bench/<folder>/run.mjs` exports. `quick` asks for a run of seconds that proves that the
 * benchmark works, not a figure to quote. Progress goes to stderr: stdout may be JSON.
 * @typedef {object} Bench
 * @property {string} name
 * @property {string} summary one line: what is measured
 * @property {(options: { quick: boolean }) => Promise<Result>} run
 */
/** @typedef {{ name: string, rows: Row[], ratios: Ratio[] }} Result */
/** @typedef {{ label: string, value: number, unit: string }} Row */
/**
 * A figure that does not depend on the machine, with the target that it must reach.
 * @typedef {{ label: string, value: number, target: number, bound: 'atLeast' | 'atMost', pass: boolean }} Ratio
 */

/** @returns {Promise<Bench[]>} by name */
export async function findBenches() {
  const folder = join(root, 'bench')
  const files = readdirSync(folder)
    .map((name) => join(folder, name, 'run.mjs'))
    .filter((file) => existsSync(file))
  /** @type {Bench[]} */
  const benches = await Promise.all(files.map((file) => import(pathToFileURL(file).href)))
  return benches.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Runs one benchmark here, several each in a process of its own: the heap and the compiled code
 * that one leaves behind would change the next one's figures.
 * @param {readonly Bench[]} benches
 * @param {{ quick: boolean, json: boolean }} options `json`: print no tables
 * @returns {Promise<Result[]>}
 */
export async function runBenches(benches, options) {
  /** @type {Result[]} */
  const results = []
  for (const bench of benches) {
    console.error(`running ${bench.name}: ${bench.summary}`)
    const result = benches.length === 1 ? await bench.run(options) : runApart(bench, options.quick)
    if (!options.json) console.log(tableOf(result))
    results.push(result)
  }
  return results
}

/**
 * @param {Bench} bench
 * @param {boolean} quick
 * @returns {Result}
 */
function runApart(bench, quick) {
  const script = join(root, 'scripts', 'bench.mjs')
  const args = [...process.execArgv, script, bench.name, '--json', ...(quick ? ['--quick'] : [])]
  // Its own exit code only says whether targets were met, which the result says too.
  const ended = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (!ended.stdout) throw new Problem(`The benchmark ${bench.name} did not finish.`)
  return JSON.parse(ended.stdout)[0]
}

/**
 * @param {Result} result
 * @returns {string} the rows, then the ratios with their targets
 */
export function tableOf({ name, rows, ratios }) {
  const figures = rows.map(({ label, value, unit }) => ({
    label,
    value: figure(value),
    rest: unit,
  }))
  const targets = ratios.map(({ label, value, target, bound, pass }) => ({
    label,
    value: figure(value),
    rest: `${bound === 'atLeast' ? 'at least' : 'at most'} ${figure(target)}: ${pass ? 'met' : 'MISSED'}`,
  }))
  const all = [...figures, ...targets]
  const labelWidth = Math.max(...all.map((row) => row.label.length))
  const valueWidth = Math.max(...all.map((row) => row.value.length))
  const lines = all.map(
    ({ label, value, rest }) =>
      `  ${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}  ${rest}`,
  )
  return [`\n${name}`, ...lines].join('\n')
}

/**
 * Four significant digits, thousands apart: 1 234 567, 12.35.
 * @param {number} value
 */
function figure(value) {
  if (Math.abs(value) < 1000) return String(Number(value.toPrecision(4)))
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ')
}
