// @ts-check
// How many messages a second of processor time fauxqs sends, receives and deletes in process: run by npx, which has put
// the package where its command is found.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const count = Number(process.argv[2])
const folder = (process.env.PATH ?? '')
  .split(delimiter)
  .map((bin) => join(bin, '..', 'fauxqs', 'dist', 'sqs'))
  .find((path) => existsSync(path))
if (!folder) throw new Error('npx has not installed it')

/** @param {string} file @returns {Promise<Record<string, any>>} */
const load = (file) => import(pathToFileURL(join(folder, file)).href)
const { SqsStore } = await load('sqsStore.js')
const { sendMessage } = await load('actions/sendMessage.js')
const { receiveMessage } = await load('actions/receiveMessage.js')
const { deleteMessage } = await load('actions/deleteMessage.js')

const store = new SqsStore()
const QueueUrl = 'http://localhost/000000000000/bench'
const queue = store.createQueue('bench', QueueUrl, 'arn:aws:sqs:us-east-1:000000000000:bench')

/** The operations, which check their inputs. */
async function byOperations() {
  for (let n = 0; n < count; n++) {
    sendMessage({ QueueUrl, MessageBody: `message ${n}` }, store)
    const { Messages } = await receiveMessage({ QueueUrl }, store)
    deleteMessage({ QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle }, store)
  }
}

/** The store below them. */
async function byStore() {
  for (let n = 0; n < count; n++) {
    queue.enqueue(SqsStore.createMessage(`message ${n}`, {}))
    const [{ ReceiptHandle }] = queue.dequeue(1)
    queue.deleteMessage(ReceiptHandle)
  }
}

/** @param {() => Promise<void>} work */
async function rateOf(work) {
  await work()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (count / (user + system)) * 1e6
}

console.log(JSON.stringify([await rateOf(byOperations), await rateOf(byStore)]))
