// @ts-check
// `npm run bench -- browsers`: the same runs in Node and in every browser engine of this machine.
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { findChromium } from '../../scripts/lib/findChromium.mjs'
import { root } from '../../scripts/lib/root.mjs'
import { capture, Problem } from '../../scripts/lib/run.mjs'
import { bundle } from '../lib/loadTs.mjs'

export const name = 'browsers'
export const summary =
  'the same runs in Node, Chromium, Firefox and JavaScriptCore (Bun), bit by bit'

const PORT = 5306
const TIMEOUT_MS = 5 * 60_000
const ENTRY = 'bench/browsers/fingerprints.ts'
const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
})

/** @typedef {{ runs: Record<string, string>, ms: number }} Outcome */

/**
 * @param {{ quick: boolean }} options
 * @returns {Promise<import('../../scripts/lib/benches.mjs').Result>}
 */
export async function run({ quick }) {
  const file = await bundle(ENTRY)
  /** @type {Record<string, Outcome>} */
  const outcomes = { Node: inRuntime(process.execPath, file, quick) }
  const browsers = browsersHere()
  if (browsers.length > 0) {
    const site = await serve()
    try {
      for (const { engine, command } of browsers) {
        console.error(`  ${engine} ...`)
        outcomes[engine] = await inBrowser(site, command, quick)
      }
    } finally {
      site.close()
    }
  }
  if (capture('bun', ['--version']).ok) outcomes['JavaScriptCore'] = inRuntime('bun', file, quick)

  const expected = outcomes.Node.runs
  let disagreements = 0
  for (const [engine, { runs }] of Object.entries(outcomes)) {
    for (const [what, print] of Object.entries(expected)) {
      if (runs[what] === print) continue
      disagreements++
      console.error(`  ${engine}: ${what} ends as ${runs[what]}, in Node as ${print}`)
    }
  }
  const rows = Object.entries(outcomes).map(([engine, { runs, ms }]) => ({
    label: `${engine}: ${Object.keys(runs).length} runs`,
    value: ms,
    unit: 'ms',
  }))
  return {
    name,
    rows,
    ratios: [
      {
        label: 'runs that end otherwise than in Node',
        value: disagreements,
        target: 0,
        bound: 'atMost',
        pass: disagreements === 0,
      },
    ],
  }
}

/**
 * @param {string} program
 * @param {string} file
 * @param {boolean} quick
 * @returns {Outcome}
 */
function inRuntime(program, file, quick) {
  const script = `import { fingerprints } from ${JSON.stringify(file)}
    const start = performance.now()
    const runs = await fingerprints(${quick})
    console.log(JSON.stringify({ runs, ms: performance.now() - start }))`
  const flags = program === process.execPath ? ['--input-type=module', '-e'] : ['-e']
  const ended = spawnSync(program, [...flags, script], { encoding: 'utf8', timeout: TIMEOUT_MS })
  if (ended.status !== 0) throw new Problem(`${program} did not finish: ${ended.stderr}`)
  return JSON.parse(ended.stdout)
}

/** @returns {{ engine: string, command: (address: string, profile: string) => string[] }[]} */
function browsersHere() {
  const here = []
  const chromium = findChromium()
  if (chromium) {
    const quiet = [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ]
    const flags = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet
    here.push({
      engine: 'Chromium',
      /** @param {string} address @param {string} profile */
      command: (address, profile) => [chromium, ...flags, `--user-data-dir=${profile}`, address],
    })
  }
  const firefox = ['firefox', 'firefox-esr'].find((program) => capture(program, ['--version']).ok)
  if (firefox) {
    here.push({
      engine: 'Firefox',
      /** @param {string} address @param {string} profile */
      command: (address, profile) => [firefox, '--headless', '--profile', profile, address],
    })
  }
  return here
}

/** The page, and whoever waits for what it found. */
async function serve() {
  const outDir = join(root, 'node_modules', '.cache', 'switchyard-bench', 'browsers')
  await build({
    root: join(root, 'bench', 'browsers'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
  })
  /** @type {((outcome: Outcome) => void) | undefined} */
  let tell
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = ''
      request.on('data', (part) => (body += part))
      request.on('end', () => {
        response.end()
        tell?.(JSON.parse(body))
      })
      return
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    try {
      const content = readFileSync(join(outDir, pathname === '/' ? 'index.html' : pathname))
      const type = TYPES[extname(pathname) || '.html'] ?? 'application/octet-stream'
      response.writeHead(200, { 'content-type': type }).end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(PORT, '127.0.0.1', () => resolve(undefined)))
  return {
    /** @returns {Promise<Outcome>} */
    next: () => new Promise((resolve) => (tell = resolve)),
    close: () => server.close(),
  }
}

/**
 * @param {Awaited<ReturnType<typeof serve>>} site
 * @param {(address: string, profile: string) => string[]} command
 * @param {boolean} quick
 */
async function inBrowser(site, command, quick) {
  const profile = mkdtempSync(join(tmpdir(), 'switchyard-browser-'))
  const [program, ...args] = command(`http://127.0.0.1:${PORT}/${quick ? '?quick' : ''}`, profile)
  const child = spawn(program, args, { stdio: 'ignore' })
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Problem(`${program} did not answer.`)), TIMEOUT_MS)
  })
  try {
    return /** @type {Outcome} */ (await Promise.race([site.next(), late]))
  } finally {
    clearTimeout(timer)
    child.kill()
    await new Promise((resolve) => child.once('exit', resolve))
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
