import { createServer as createNodeServer, type Server as NodeServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Exchange } from './exchange.ts'
import { listen, type Listening } from './listen.ts'
import type { HttpRequest } from './protocols/protocol.ts'

let listening: Listening
let waiting: Exchange[]
let gone: number

beforeEach(async () => {
  waiting = []
  gone = 0
  const answer = (request: HttpRequest, exchange: Exchange) => {
    if (request.path === '/wait') {
      waiting.push(exchange)
      exchange.onGone(() => gone++)
    } else {
      const body = `plain ${request.path} ${request.body}`
      exchange.send({ status: 200, headers: { 'x-amzn-requestid': 'r' }, body })
    }
  }
  const accepts = (headers: HttpRequest['headers']) => headers['x-amz-target'] === 'A.B'
  listening = await listen(0, '127.0.0.1', { accepts, answer }, (request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => response.end(`node ${request.url} ${body}`))
  })
})
afterEach(() => listening.close())

const plain = (path: string, body: string, more = '') =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Amz-Target: A.B\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

/** What came on a connection until a text did, or until its end. */
function talk(parts: readonly (string | Buffer)[], until: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(listening.port, '127.0.0.1', () => sendNext(socket, [...parts]))
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
      if (text.includes(until)) socket.destroy()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

/** Each part in a packet of its own. */
function sendNext(socket: Socket, parts: (string | Buffer)[]): void {
  const part = parts.shift()
  if (part !== undefined) socket.write(part, () => setImmediate(() => sendNext(socket, parts)))
}

const bodies = (text: string): string[] =>
  [...text.matchAll(/(?:plain|node) [^\r\n]*?(?=HTTP\/1\.1|$)/g)].map(([body]) => body)

describe('a plain request', () => {
  test('is answered without Node’s server, one after another', async () => {
    const text = await talk([plain('/a?b', 'é') + plain('/c', '2'), plain('/d', '3')], 'plain /d 3')
    expect(bodies(text)).toEqual(['plain /a é', 'plain /c 2', 'plain /d 3'])
    expect(text).toContain('HTTP/1.1 200 OK\r\nx-amzn-requestid: r\r\ncontent-length: 11\r\ndate: ')
  })

  test('may come in pieces, also within a character', async () => {
    const whole = Buffer.from(plain('/a', 'é'))
    const text = await talk([whole.subarray(0, -1), whole.subarray(-1)], 'plain /a é')
    expect(bodies(text)).toEqual(['plain /a é'])
  })

  test('waits for the answer of the one before it', async () => {
    const told = talk([plain('/wait', ''), plain('/b', '2')], 'plain /b 2')
    await expect.poll(() => waiting.length).toBe(1)
    waiting[0].send({ status: 200, headers: {}, body: 'plain /wait' })
    expect(bodies(await told)).toEqual(['plain /wait', 'plain /b 2'])
    expect(gone).toBe(0)
  })

  test('whose caller goes away is told', async () => {
    const socket = connect(listening.port, '127.0.0.1', () => socket.write(plain('/wait', '')))
    await expect.poll(() => waiting.length).toBe(1)
    socket.destroy()
    await expect.poll(() => gone).toBe(1)
    waiting[0].send({ status: 200, headers: {}, body: '' })
  })
})

describe('whatever else goes to Node’s server', () => {
  test.each([
    ['another target', plain('/a', 'x').replace('A.B', 'C.D')],
    [
      'chunks',
      plain('/a', '1\r\nx\r\n0\r\n\r\n').replace(
        /Content-Length: \d+/,
        'Transfer-Encoding: chunked',
      ),
    ],
    ['a connection to close', plain('/a', 'x', 'Connection: close\r\n')],
    ['a header twice that is read', plain('/a', 'x', 'X-Amz-Target: A.B\r\n')],
    [
      'an older HTTP',
      plain('/a', 'x', 'Connection: keep-alive\r\n').replace('HTTP/1.1', 'HTTP/1.0'),
    ],
  ])('%s', async (_, request) => {
    expect(bodies(await talk([request], 'node /a x'))).toEqual(['node /a x'])
  })

  test('after plain ones, and stays there', async () => {
    const other = plain('/b', 'x').replace('A.B', 'C.D')
    const text = await talk([plain('/a', '1') + other, plain('/c', '3')], 'node /c 3')
    expect(bodies(text)).toEqual(['plain /a 1', 'node /b x', 'node /c 3'])
  })

  test.each([
    ['two lengths', plain('/a', 'x', 'Content-Length: 5\r\n')],
    ['a length and chunks', plain('/a', '0\r\n\r\n', 'Transfer-Encoding: chunked\r\n')],
    ['a folded header', plain('/a', 'x', 'X-Y: 1\r\n 2\r\n')],
    ['a bare line feed', plain('/a', 'x', 'X-Y: 1\nX-Z: 2\r\n')],
    ['no host', plain('/a', 'x').replace('Host: x\r\n', '')],
  ])('which judges %s', async (_, request) => {
    const judge: NodeServer = createNodeServer((asked, response) => {
      asked.resume()
      asked.on('end', () => response.end('node'))
    })
    await new Promise<void>((resolve) => judge.listen(0, '127.0.0.1', resolve))
    const status = (port: number): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(request))
        socket.once('data', (part: Buffer) => {
          resolve(part.toString('latin1', 9, 12))
          socket.destroy()
        })
      })
    const wanted = await status((judge.address() as AddressInfo).port)
    expect(await status(listening.port)).toBe(wanted)
    judge.close()
  })
})
