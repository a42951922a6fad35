/**
 * One port for HTTP/1.1 and for HTTP/2 without TLS, which the SDK for JavaScript speaks to Kinesis.
 * Node's HTTP/2 server takes HTTP/1 only over TLS, so a connection's first bytes decide; they also
 * tell what may be plain enough for `plainHttp.ts`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { servePlain, type PlainHandler } from './plainHttp.ts'

export type Request = IncomingMessage | Http2ServerRequest
export type Response = ServerResponse | Http2ServerResponse

export interface Listening {
  readonly port: number
  /** The one of HTTP/1.1, for upgrades to WebSockets. */
  readonly server: Server
  close(): Promise<void>
}

/** Longer than SDKs keep idle connections, so that it is never us who close under a new request. */
const KEEP_ALIVE_MS = 75_000

/** How an HTTP/2 client begins; no HTTP/1 request does. */
const PREFACE = 'PRI * HTTP/2.0'

/** @throws when the port cannot be had */
export async function listen(
  port: number,
  host: string,
  plain: PlainHandler,
  handle: (request: Request, response: Response) => void,
): Promise<Listening> {
  const server = createServer(handle)
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.headersTimeout = KEEP_ALIVE_MS + 1000
  const http2 = createHttp2Server(handle)
  const sessions = new Set<ServerHttp2Session>()
  http2.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  chooseByFirstBytes(server, plain, (socket) => http2.emit('connection', socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const session of sessions) session.destroy()
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Nothing of a connection is read for whoever gets it. */
function chooseByFirstBytes(
  server: Server,
  plain: PlainHandler,
  serveHttp2: (socket: Socket) => void,
): void {
  const [nodes, ...others] = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  for (const listener of others) server.on('connection', listener)
  const serveHttp1 = (socket: Socket) => nodes.call(server, socket)
  server.on('connection', (socket: Socket) => {
    const fail = () => socket.destroy()
    socket.once('error', fail)
    socket.setTimeout(KEEP_ALIVE_MS, fail)
    socket.once('readable', () => {
      socket.off('error', fail)
      socket.setTimeout(0)
      socket.off('timeout', fail)
      const first = socket.read() as Buffer | null
      if (first === null) {
        fail()
        return
      }
      socket.unshift(first)
      const beginning = first.toString('latin1', 0, PREFACE.length)
      if (beginning === PREFACE) serveHttp2(socket)
      else if (beginning.startsWith('POST ')) servePlain(socket, plain, serveHttp1)
      else serveHttp1(socket)
    })
  })
}
