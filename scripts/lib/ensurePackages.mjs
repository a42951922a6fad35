// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'
import { capture, npm, Problem } from './run.mjs'

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} LockFile */

const OPTIONS = [
  '--no-fund',
  '--no-audit',
  // NODE_ENV=production in the environment would leave the tools out.
  '--include=dev',
  // `npm start --silent` would pass its silence on, and with it the reason for a failure.
  '--loglevel=error',
  // Without a network npm would go on trying for more than a minute.
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
]

/** Installs what package-lock.json asks for, when it is not installed already. */
export function ensurePackages() {
  if (packagesAreInstalled(root)) return
  console.log('Installing packages (npm ci) ...')
  const [program, args] = npm(['ci', ...OPTIONS])
  const result = capture(program, args)
  if (!result.ok) throw new Problem(explainInstallFailure(result.stderr || result.stdout))
}

/**
 * Compares what is installed with the lock file by version, not by time: a fresh checkout has
 * meaningless file times. Packages for other platforms are optional and may be missing.
 * @param {string} folder
 */
export function packagesAreInstalled(folder) {
  const installedPath = join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(installedPath)) return false
  const wanted = readLock(join(folder, 'package-lock.json'))
  const installed = readLock(installedPath)
  return Object.entries(wanted.packages).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.devOptional ||
      installed.packages[path]?.version === entry.version,
  )
}

/**
 * @param {string} path
 * @returns {LockFile}
 */
function readLock(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/**
 * @param {string} output what npm printed
 * @returns {string} what happened and what to do, above npm's own words
 */
export function explainInstallFailure(output) {
  const words = output.trim().split('\n').slice(0, 12).join('\n')
  return `${adviceFor(output)}\n\nnpm's own words:\n${words}`
}

/** @param {string} output */
function adviceFor(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output)) {
    return (
      'npm could not reach its package registry. Packages are needed once: connect to the\n' +
      'network (or set the registry and proxy that your network uses with `npm config set`),\n' +
      'then run this again.'
    )
  }
  if (/EUSAGE|in sync/.test(output)) {
    return 'package-lock.json does not fit package.json. Run `npm install`, then this again.'
  }
  if (/ENOSPC/.test(output)) return 'The disk is full: packages need about 300 MB.'
  return 'npm could not install the packages.'
}
