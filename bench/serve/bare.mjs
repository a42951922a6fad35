// @ts-check
// What Node's own HTTP server takes with no service behind it: reads the body, answers the same few bytes.
import { createServer } from 'node:http'

/** By operation: answers as long as those of a service. @type {Record<string, object>} */
const ANSWERS = {
  CreateQueue: { QueueUrl: 'http://127.0.0.1/000000000000/bench' },
  SendMessage: { MessageId: 'x'.repeat(36), MD5OfMessageBody: 'x'.repeat(32) },
  ReceiveMessage: {
    Messages: [
      {
        MessageId: 'x'.repeat(36),
        ReceiptHandle: 'x'.repeat(36),
        MD5OfBody: 'x'.repeat(32),
        Body: 'hello',
      },
    ],
  },
  DeleteMessage: {},
}

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString())
    const operation = String(request.headers['x-amz-target']).split('.')[1]
    const body = JSON.stringify(ANSWERS[operation])
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': body.length,
    })
    response.end(body)
  })
})
server.listen(Number(process.argv[2]), '127.0.0.1')
