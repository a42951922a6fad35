// @ts-check
// Messages a second of processor time, sent, received and deleted in process: ours, and those of fauxqs, where npx has put
// it beside this command. In turn, so that a machine that is now quick and now slow treats both alike; each goes on
// with the queue that it has.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [ours, count, reps] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const { closedLoop, outside } = await import(ours)
const loops = { json: outside(), calls: closedLoop() }

const folder = (process.env.PATH ?? '')
  .split(delimiter)
  .map((bin) => join(bin, '..', 'fauxqs', 'dist', 'sqs'))
  .find((path) => existsSync(path))

/** @type {Record<string, (count: number) => unknown>} */
const works = {
  json: (count) => loops.json.run(count),
  calls: (count) => loops.calls.run(count),
  ...(folder && (await peerIn(folder))),
}
/** As many as take about as long with each. @type {Record<string, number>} */
const SHARES = { json: 1, calls: 2, operations: 1, store: 1 }

/** @param {string} folder where the package has its SQS */
async function peerIn(folder) {
  /** @param {string} file @returns {Promise<Record<string, any>>} */
  const load = (file) => import(pathToFileURL(join(folder, file)).href)
  const { SqsStore } = await load('sqsStore.js')
  const { sendMessage } = await load('actions/sendMessage.js')
  const { receiveMessage } = await load('actions/receiveMessage.js')
  const { deleteMessage } = await load('actions/deleteMessage.js')
  const store = new SqsStore()
  const QueueUrl = 'http://localhost/000000000000/bench'
  const queue = store.createQueue('bench', QueueUrl, 'arn:aws:sqs:us-east-1:000000000000:bench')
  return {
    /** The operations, which check their inputs. @param {number} count */
    async operations(count) {
      for (let n = 0; n < count; n++) {
        sendMessage({ QueueUrl, MessageBody: `message ${n}` }, store)
        const { Messages } = await receiveMessage({ QueueUrl }, store)
        deleteMessage({ QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle }, store)
      }
    },
    /** The store below them. @param {number} count */
    async store(count) {
      for (let n = 0; n < count; n++) {
        queue.enqueue(SqsStore.createMessage(`message ${n}`, {}))
        const [{ ReceiptHandle }] = queue.dequeue(1)
        queue.deleteMessage(ReceiptHandle)
      }
    },
  }
}

/** @param {string} name */
async function rateOf(name) {
  const times = count * SHARES[name]
  // What the one before left behind is not collected on this one's time.
  global.gc?.()
  const before = process.cpuUsage()
  await works[name](times)
  const { user, system } = process.cpuUsage(before)
  return (times / (user + system)) * 1e6
}

/** @type {Record<string, number[]>} */
const rates = { json: [], calls: [], operations: [], store: [] }
// Once before, so that no code is measured that is still being compiled.
for (const name of Object.keys(works)) await works[name](2 * count)
for (let rep = 0; rep < reps; rep++) {
  for (const name of ['json', 'operations', 'calls', 'store']) {
    if (works[name]) rates[name].push(await rateOf(name))
  }
}
console.log(JSON.stringify(rates))
