// @ts-check
// `npm run bench [-- NAME...] [-- --quick] [-- --json]`: runs bench/*/run.mjs and prints their tables.
import { parseArgs } from 'node:util'
import { findBenches, runBenches } from './lib/benches.mjs'
import { main, Problem } from './lib/run.mjs'

await main(async () => {
  const { values, positionals: names } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, quick: { type: 'boolean' } },
  })
  const benches = await findBenches()
  const known = benches.map((bench) => `  ${bench.name.padEnd(12)} ${bench.summary}`).join('\n')
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name))
  if (unknown) throw new Problem(`There is no benchmark "${unknown}". There are:\n${known}`)
  const chosen = benches.filter((bench) => names.length === 0 || names.includes(bench.name))
  if (chosen.length === 0) throw new Problem('There is no benchmark in bench/ yet.')

  const results = await runBenches(chosen, {
    quick: values.quick ?? false,
    json: values.json ?? false,
  })
  if (values.json) console.log(JSON.stringify(results, null, 2))
  const missed = results.flatMap((result) => result.ratios).filter((ratio) => !ratio.pass).length
  if (missed > 0) {
    console.error(`${missed} of the targets missed`)
    process.exitCode = 1
  }
})
