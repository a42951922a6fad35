// @ts-check
import { freePort } from './freePort.mjs'
import { npm, Problem, run } from './run.mjs'

/**
 * What a change must pass, in order, cheapest first. Each is the npm script of that name; one with
 * `needs` is pointless, and counted as failed, after that one failed.
 * @type {readonly { name: string, needs?: string }[]}
 */
const STEPS = [
  { name: 'types' },
  { name: 'lint' },
  { name: 'format:check' },
  { name: 'unit' },
  { name: 'build' },
  { name: 'e2e', needs: 'build' },
  { name: 'budget', needs: 'build' },
]

/**
 * Runs the steps named (none: all), goes on after a failure, and closes with a line of counts.
 * Sets the process's exit code.
 * @param {readonly string[]} names
 * @throws {Problem} for a name that is no step
 */
export async function runSteps(names) {
  const known = STEPS.map((step) => step.name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown) throw new Problem(`There is no step "${unknown}". Steps: ${known.join(', ')}.`)

  // A port left taken by something else must not fail the browser tests.
  process.env.SWITCHYARD_E2E_PORT ??= String(await freePort())

  /** @type {Map<string, { ok: boolean, line: string }>} */
  const results = new Map()
  for (const { name, needs } of STEPS) {
    if (names.length > 0 && !names.includes(name)) continue
    console.log(`\n── ${name}`)
    const skipped = needs !== undefined && results.get(needs)?.ok === false
    const began = performance.now()
    const ok = !skipped && run(...npm(['run', '--silent', name]))
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const time = skipped ? `not run: ${needs} failed` : `${seconds} s`
    const line = `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${time}`
    results.set(name, { ok, line })
    console.log(line)
  }
  const passed = [...results.values()].filter((result) => result.ok).length
  const failed = results.size - passed
  console.log(`\n── summary`)
  for (const { line } of results.values()) console.log(line)
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}
