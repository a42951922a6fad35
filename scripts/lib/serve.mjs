// @ts-check
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensurePackages } from './ensurePackages.mjs'
import { root } from './root.mjs'
import { main, Problem } from './run.mjs'

const DEFAULT_PORT = 5173
/** Whatever the built page is made from. */
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']

/**
 * The whole of `npm start`: installs, builds, serves, prints the address.
 *
 * It serves the built page, not Vite's development server: the build takes a few seconds once and
 * is then reused until a source changes, the page starts much faster, and what is shown is what is
 * published. Whoever edits the code uses `npm run dev`.
 */
export const serve = () =>
  main(async () => {
    const { port, host, chosen } = readOptions(process.argv.slice(2), process.env)
    ensurePackages()
    const vite = await import('vite')
    if (buildIsStale()) {
      console.log('Building the playground ...')
      await vite.build({ root, logLevel: 'warn' })
    }
    const server = await vite
      .preview({ root, logLevel: 'warn', preview: { port, host, strictPort: chosen } })
      .catch((error) => {
        throw new Problem(`Could not serve on port ${port}: ${error.message}`)
      })
    const urls = server.resolvedUrls ?? { local: [], network: [] }
    for (const url of [...urls.local, ...urls.network]) console.log(`Switchyard is at ${url}`)
    console.log('Ctrl+C stops it.')
  })

/**
 * --port N or PORT (a port that was asked for must be free; the default one may move up), --host.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ port: number, host: string | undefined, chosen: boolean }}
 * @throws {Problem} for an unknown option or a port that is none
 */
export function readOptions(args, env) {
  const values = parseOptions(args)
  const text = values.port ?? env.PORT
  if (!text) return { port: DEFAULT_PORT, host: values.host, chosen: false }
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(`"${text}" is not a port: use a whole number from 1 to 65535.`)
  }
  return { port, host: values.host, chosen: true }
}

/** @param {string[]} args */
function parseOptions(args) {
  try {
    return parseArgs({ args, options: { port: { type: 'string' }, host: { type: 'string' } } })
      .values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Problem(`${reason}\nUsage: npm start [-- --port N] [-- --host ADDRESS]`)
  }
}

function buildIsStale() {
  const built = join(root, 'dist', 'index.html')
  if (!existsSync(built)) return true
  const builtAt = statSync(built).mtimeMs
  return SOURCES.some((name) => newestChange(join(root, name)) > builtAt)
}

/**
 * The latest change in a file or folder, ms since 1970; 0 when it is not there. A folder's own
 * time counts too: it is all that tells of a deleted file.
 * @param {string} path
 * @returns {number}
 */
function newestChange(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const inside = readdirSync(path).map((name) => newestChange(join(path, name)))
  return Math.max(stat.mtimeMs, ...inside)
}
