// @ts-check
import { spawnSync } from 'node:child_process'
import { root } from './root.mjs'

/** A failure that is the user's to mend: shown as its message alone, without a stack. */
export class Problem extends Error {}

/**
 * Runs a program in the repository's folder with this terminal's output and no input.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ timeoutMs?: number, env?: NodeJS.ProcessEnv }} [options]
 * @returns {boolean} whether it ended with 0
 */
export function run(program, args, options = {}) {
  const ended = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: options.timeoutMs,
    env: options.env ?? process.env,
  })
  return ended.status === 0
}

/**
 * Runs a program and keeps what it prints.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ timeoutMs?: number }} [options]
 * @returns {{ ok: boolean, stdout: string, stderr: string }}
 */
export function capture(program, args, options = {}) {
  const ended = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: options.timeoutMs,
  })
  return { ok: ended.status === 0, stdout: ended.stdout ?? '', stderr: ended.stderr ?? '' }
}

/**
 * The command that starts npm: the very npm that runs us where there is one, else the one on PATH.
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export function npm(args) {
  const script = process.env.npm_execpath
  return script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', [...args]]
}

/**
 * Runs a script's body: a `Problem` is shown as one message, anything else with its stack.
 * @param {() => Promise<void> | void} body
 */
export async function main(body) {
  try {
    await body()
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}
