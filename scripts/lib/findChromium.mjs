// @ts-check
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { capture, npm, Problem, run } from './run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000

/**
 * What the search asks of the machine; tests put their own in its place.
 * @typedef {object} Machine
 * @property {NodeJS.ProcessEnv} env
 * @property {(path: string) => boolean} works whether this program starts and tells its version
 * @property {() => string | undefined} playwrights where Playwright would keep its own Chromium
 * @property {(program: string, args: string[]) => boolean} run
 * @property {boolean} isRoot
 * @property {(line: string) => void} say
 */

/**
 * A Chromium to test with, or undefined: SWITCHYARD_CHROMIUM, else the system's, else Playwright's.
 * @param {Machine} [machine]
 * @returns {string | undefined}
 * @throws {Problem} when SWITCHYARD_CHROMIUM names no working browser
 */
export function findChromium(machine = thisMachine) {
  const chosen = machine.env.SWITCHYARD_CHROMIUM
  if (chosen) {
    if (machine.works(chosen)) return chosen
    throw new Problem(`SWITCHYARD_CHROMIUM is "${chosen}", which does not start as a browser.`)
  }
  const folders = (machine.env.PATH ?? '').split(delimiter).filter(Boolean)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  const playwrights = machine.playwrights()
  const candidates = [...onPath, MAC, ...(playwrights ? [playwrights] : [])]
  return candidates.find((path) => machine.works(path))
}

/**
 * As `findChromium`; installs one where there is none. Playwright's download comes first because
 * it leaves the system alone; PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD, Playwright's own switch, skips it.
 * @param {Machine} [machine]
 * @returns {string}
 * @throws {Problem} saying what to do, when nothing worked
 */
export function ensureChromium(machine = thisMachine) {
  const found = findChromium(machine)
  if (found) return found
  if (!machine.env.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD) {
    machine.say('No Chromium found: letting Playwright download one ...')
    const installed = machine.run(...npm(['exec', '--', 'playwright', 'install', 'chromium']))
    const downloaded = installed && findChromium(machine)
    if (downloaded) return downloaded
  }
  machine.say("Installing Chromium with the system's package manager ...")
  const packaged = installByApt(machine) && findChromium(machine)
  if (packaged) return packaged
  throw new Problem(
    'The browser tests need Chromium, and none could be found or installed. Any one of these helps:\n' +
      '  - install it: `sudo apt-get install chromium` (Debian, Ubuntu), or Google Chrome\n' +
      '  - let Playwright download it: `npx playwright install --with-deps chromium`\n' +
      '  - name one that you have: `SWITCHYARD_CHROMIUM=/path/to/chromium npm test`\n' +
      'Without a browser, `npm run check -- types lint format:check unit build budget` runs the rest.',
  )
}

/** @param {Machine} machine */
function installByApt(machine) {
  // `sudo -n` never asks for a password: a test run must not stop at a question.
  const prefix = machine.isRoot ? [] : ['sudo', '-n']
  const apt = (/** @type {string[]} */ ...args) => {
    const [program, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
    return machine.run(program, [...rest, ...args])
  }
  return apt('update', '-q') && apt('install', '-q', '-y', '--no-install-recommends', 'chromium')
}

/** @type {Machine} */
const thisMachine = {
  env: process.env,
  works,
  playwrights,
  run: (program, args) => run(program, args, { timeoutMs: DOWNLOAD_TIMEOUT_MS }),
  isRoot: process.getuid?.() === 0,
  say: (line) => console.log(line),
}

/**
 * Being there is not enough: Ubuntu's `chromium-browser` is a note that asks for a snap, and a
 * downloaded browser may lack the system's libraries.
 * @param {string} path
 */
function works(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  return capture(path, ['--version'], { timeoutMs: 20_000 }).ok
}

function playwrights() {
  try {
    /** @type {typeof import('@playwright/test')} */
    const playwright = createRequire(import.meta.url)('@playwright/test')
    return playwright.chromium.executablePath()
  } catch {
    return undefined
  }
}
