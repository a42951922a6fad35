// @ts-check
import { connect } from 'node:net'

/**
 * A client of AWS JSON that costs as little as a client can, over one connection: what is measured
 * should be the server.
 * @typedef {object} Client
 * @property {(operation: string, input: object) => Promise<any>} call the output; throws for an error
 * @property {() => void} close
 */

/**
 * @param {number} port on 127.0.0.1
 * @returns {Promise<Client>}
 */
export async function connectClient(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let received = Buffer.alloc(0)
  /** @type {{ resolve: (text: string) => void, reject: (error: Error) => void } | null} */
  let waiting = null
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const body = wholeBody(received)
    if (body === null) return
    received = Buffer.alloc(0)
    waiting?.resolve(body)
  })
  socket.on('error', (error) => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error('the server closed the connection')))

  // Looks for the answer without sleeping: to be woken takes a virtual machine longer than the answer took.
  let isOpen = true
  const look = () => isOpen && setImmediate(look)
  look()

  return {
    async call(operation, input) {
      const body = JSON.stringify(input)
      const text = await new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(
          `POST / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-amz-json-1.0\r\nx-amz-target: AmazonSQS.${operation}\r\n${AUTHORIZATION}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        )
      })
      const output = text === '' ? {} : JSON.parse(text)
      if (output.__type) throw new Error(`${operation}: ${output.__type} ${output.message}`)
      return output
    },
    close() {
      isOpen = false
      socket.destroy()
    },
  }
}

/** As SDKs send it; neither server checks it, but one reads the region from it. */
const AUTHORIZATION =
  'authorization: AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0\r\n'

/**
 * The body of the answer once it is all there; null before.
 * @param {Buffer} answer
 * @returns {string | null}
 */
function wholeBody(answer) {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return null
  const length = /content-length: *(\d+)/i.exec(answer.toString('latin1', 0, end))
  if (!length) throw new Error('an answer without a length')
  const body = answer.subarray(end + 4)
  return body.length < Number(length[1]) ? null : body.toString('utf8')
}
