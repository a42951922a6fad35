// @ts-check
// `npm run budget [-- --json]`: the size of what a first visit loads, from the last build.
import { join } from 'node:path'
import { measure } from './lib/measure.mjs'
import { root } from './lib/root.mjs'
import { main } from './lib/run.mjs'

const LIMIT_KB = 300

await main(() => {
  const { initial, styles, workers, lazy } = measure(join(root, 'dist'))
  const initialKb = kb(initial)
  const ok = initialKb <= LIMIT_KB
  if (process.argv.includes('--json')) {
    const figures = { initialKb, limitKb: LIMIT_KB, ok, stylesKb: kb(styles) }
    console.log(JSON.stringify({ ...figures, workersKb: kb(workers), lazyKb: kb(lazy), initial }))
  } else {
    console.log(`JavaScript before the first picture  ${initialKb} KB gzip (limit ${LIMIT_KB})`)
    for (const { file, gzipBytes } of initial) console.log(`  ${kb([{ gzipBytes }])} KB  ${file}`)
    console.log(`styles                               ${kb(styles)} KB gzip`)
    console.log(`workers                              ${kb(workers)} KB gzip`)
    console.log(`loaded only when needed              ${kb(lazy)} KB gzip`)
    if (!ok) console.error(`Over the limit: load something with import() instead.`)
  }
  if (!ok) process.exitCode = 1
})

/**
 * Kilobytes of 1 000 bytes, one decimal.
 * @param {readonly { gzipBytes: number }[]} files
 */
function kb(files) {
  return Math.round(files.reduce((sum, file) => sum + file.gzipBytes, 0) / 100) / 10
}
