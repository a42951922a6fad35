import { request } from 'node:http'
import { connect } from 'node:http2'
import { connect as connectSocket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listen, type Listening } from './listen.ts'

let listening: Listening
const NOT_PLAIN = { accepts: () => false, answer: () => {} }

beforeEach(async () => {
  listening = await listen(0, '127.0.0.1', NOT_PLAIN, (asked, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' })
    response.end(`${asked.method} ${asked.url} over ${asked.httpVersion}`)
  })
})
afterEach(() => listening.close())

function overHttp2(path: string): Promise<string> {
  const session = connect(`http://127.0.0.1:${listening.port}`)
  return new Promise<string>((resolve, reject) => {
    session.on('error', reject)
    const stream = session.request({ ':method': 'POST', ':path': path })
    let text = ''
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => (text += part))
    stream.on('end', () => resolve(text))
    stream.on('error', reject)
    stream.end('{}')
  }).finally(() => session.close())
}

const overHttp1 = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const asked = request(
      { port: listening.port, host: '127.0.0.1', path, method: 'POST' },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('end', () => resolve(text))
      },
    )
    asked.on('error', reject)
    asked.end('{}')
  })

test('one port answers both versions of HTTP', async () => {
  expect(await overHttp1('/a')).toBe('POST /a over 1.1')
  expect(await overHttp2('/b')).toBe('POST /b over 2.0')
  expect(await overHttp1('/c')).toBe('POST /c over 1.1')
})

test('a caller that goes away without a word does no harm', async () => {
  for (const word of ['', 'P', 'PRI * HTTP/2.0 but not quite\r\n\r\n']) {
    await new Promise<void>((resolve) => {
      const socket = connectSocket(listening.port, '127.0.0.1', () => socket.end(word))
      socket.on('error', () => {})
      socket.on('close', () => resolve())
      socket.resume()
    })
  }
  expect(await overHttp1('/a')).toBe('POST /a over 1.1')
})
