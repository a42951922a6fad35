// @ts-check
import { basename, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { root } from '../../scripts/lib/root.mjs'

/**
 * Bundles a TypeScript entry with everything of ours that it imports (import.meta.glob included,
 * packages left outside) and imports the result. What is measured is therefore what is published:
 * the same bundler, no transpiling while running.
 * @param {string} entry path from the repository's folder, as 'bench/engine/world.ts'
 * @returns {Promise<Record<string, any>>} the entry's exports
 */
export const loadTs = async (entry) => import(await bundle(entry))

/**
 * @param {string} entry
 * @returns {Promise<string>} the address of the bundle, to be imported
 */
export async function bundle(entry) {
  const outDir = join(
    root,
    'node_modules',
    '.cache',
    'switchyard-bench',
    entry.replaceAll('/', '_'),
  )
  const file = `${basename(entry, extname(entry))}.mjs`
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: join(root, entry),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: file, topLevelVar: false } },
    },
  })
  return pathToFileURL(join(outDir, file)).href
}
