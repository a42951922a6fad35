// @ts-check
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Problem } from './run.mjs'

/** @typedef {{ file: string, gzipBytes: number }} Sized */
/** @typedef {Record<string, { file: string, imports?: string[], css?: string[] }>} Manifest */

const PRELOADED = /<link rel="modulepreload"[^>]* href="\.\/([^"]+)"/g

/**
 * Sorts a build's files by when a visitor loads them: `initial` is the entry's JavaScript with all
 * that it imports statically and what else the page asks for at once (the kinds of the first picture),
 * `workers` what Vite's manifest does not know (workers are bundled
 * apart), `lazy` the rest of the JavaScript.
 * @param {string} dist the folder `vite build` wrote
 * @returns {{ initial: Sized[], styles: Sized[], workers: Sized[], lazy: Sized[] }}
 * @throws {Problem} when there is no build
 */
export function measure(dist) {
  const path = join(dist, 'files.json')
  if (!existsSync(path)) throw new Problem('There is no build to measure: run `npm run build`.')
  /** @type {Manifest} */
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  const keys = staticClosure(manifest, 'index.html')
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const preloaded = [...page.matchAll(PRELOADED)].map(([, file]) => file)
  const initial = new Set([...keys.map((key) => manifest[key].file), ...preloaded])
  const styles = new Set(keys.flatMap((key) => manifest[key].css ?? []))
  const known = new Set(Object.values(manifest).map((chunk) => chunk.file))
  const scripts = readdirSync(join(dist, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => `assets/${name}`)

  const sized = (/** @type {Iterable<string>} */ files) =>
    [...files]
      .map((file) => ({ file, gzipBytes: gzipSync(readFileSync(join(dist, file))).length }))
      .sort((a, b) => b.gzipBytes - a.gzipBytes)
  return {
    initial: sized(initial),
    styles: sized(styles),
    workers: sized(scripts.filter((file) => !known.has(file))),
    lazy: sized(scripts.filter((file) => known.has(file) && !initial.has(file))),
  }
}

/**
 * @param {Manifest} manifest
 * @param {string} entry
 */
function staticClosure(manifest, entry) {
  const seen = new Set([entry])
  for (const key of seen) for (const next of manifest[key].imports ?? []) seen.add(next)
  return [...seen]
}
