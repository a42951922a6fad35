// @ts-check
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../../scripts/lib/root.mjs'
import { connectClient } from './client.mjs'

export const name = 'serve'
export const summary = 'SendMessage + ReceiveMessage + DeleteMessage over HTTP, beside fauxqs'

/** A package that emulates SQS; fetched by npx for this run only. */
const PEER = 'fauxqs@1.9.2'
const START_TIMEOUT_MS = 60_000

/** @param {{ quick: boolean }} options */
export async function run({ quick }) {
  const roundTrips = quick ? 300 : 1_000
  const reps = quick ? 1 : 21
  const ours = await startOurs()
  const peer = await startPeer().catch((error) => {
    console.error(`${PEER} is left out: ${error.message}`)
    return null
  })
  const bare = await startBare()
  try {
    /** @type {{ ours: number[], peer: number[], bare: number[] }} */
    const rates = { ours: [], peer: [], bare: [] }
    for (const server of [ours, peer, bare]) if (server) await rateOf(server.port, roundTrips / 2)
    // Turn about, and each compared with its neighbour, so that both met the same other load.
    for (let rep = 0; rep < reps; rep++) {
      rates.ours.push(await rateOf(ours.port, roundTrips))
      if (peer) rates.peer.push(await rateOf(peer.port, roundTrips))
      rates.bare.push(await rateOf(bare.port, roundTrips))
    }
    const unit = 'round trips/s'
    const rows = [
      { label: 'Switchyard', value: median(rates.ours), unit },
      { label: "Node's HTTP server with no service behind it", value: median(rates.bare), unit },
    ]
    /** @type {import('../../scripts/lib/benches.mjs').Ratio[]} */
    const ratios = []
    if (peer) {
      rows.push({ label: PEER, value: median(rates.peer), unit })
      const value = median(rates.ours.map((rate, rep) => rate / rates.peer[rep]))
      const label = `times ${PEER}, one keep-alive connection`
      ratios.push({ label, value, target: 1.5, bound: 'atLeast', pass: value >= 1.5 })
    }
    return { name, rows, ratios }
  } finally {
    ours.stop()
    peer?.stop()
    bare.stop()
  }
}

/**
 * @param {number} port
 * @param {number} count round trips
 * @returns {Promise<number>} round trips a second
 */
async function rateOf(port, count) {
  const client = await connectClient(port)
  const { QueueUrl } = await client.call('CreateQueue', { QueueName: 'bench' })
  const start = performance.now()
  for (let n = 0; n < count; n++) {
    await client.call('SendMessage', { QueueUrl, MessageBody: 'hello' })
    const { Messages } = await client.call('ReceiveMessage', { QueueUrl })
    const { ReceiptHandle } = Messages[0]
    await client.call('DeleteMessage', { QueueUrl, ReceiptHandle })
  }
  const seconds = (performance.now() - start) / 1000
  client.close()
  return count / seconds
}

/** @typedef {{ port: number, stop: () => void }} Server */

/**
 * The command as it is published, built from the present sources.
 * @returns {Promise<Server>}
 */
async function startOurs() {
  await build({ root, configFile: join(root, 'vite.node.config.ts'), logLevel: 'warn' })
  const port = await freePort()
  const args = [join(root, 'bin', 'switchyard.mjs'), 'serve', '--port', String(port)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  await untilListening(port)
  return { port, stop: () => child.kill() }
}

/** @returns {Promise<Server>} */
async function startBare() {
  const port = await freePort()
  const script = join(root, 'bench', 'serve', 'bare.mjs')
  const child = spawn(process.execPath, [script, String(port)], { stdio: 'ignore' })
  await untilListening(port)
  return { port, stop: () => child.kill() }
}

/**
 * @returns {Promise<Server>}
 * @throws when it cannot be fetched or does not start
 */
async function startPeer() {
  const port = await freePort()
  const child = spawn('npx', ['--yes', PEER], {
    // Outside the repository, so that nothing of it is found there; a group, since npx has children.
    cwd: tmpdir(),
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      FAUXQS_PORT: String(port),
      FAUXQS_HOST: '127.0.0.1',
      FAUXQS_LOGGER: 'false',
    },
  })
  const { pid } = child
  const stop = () => {
    if (pid && child.exitCode === null) process.kill(-pid)
  }
  const ended = new Promise((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`npx ended with ${code}`)))
  })
  try {
    await Promise.race([ended, untilListening(port)])
  } catch (error) {
    stop()
    throw error
  }
  ended.catch(() => {})
  return { port, stop }
}

/** @param {number} port */
async function untilListening(port) {
  const end = performance.now() + START_TIMEOUT_MS
  while (!(await isListening(port))) {
    if (performance.now() > end) throw new Error('it does not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** @param {number} port @returns {Promise<boolean>} */
const isListening = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
