/**
 * HTTP/1.1 as SDKs speak it to AWS: a POST with its length, one after another over a connection that
 * stays. Node's own server takes as long for such a request as all the rest together, so these are
 * read and answered here. Whatever is not exactly that goes to Node's server, with nothing of it read,
 * and so does all that follows on its connection.
 */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { createAwake } from './awake.ts'
import { MAX_BODY_BYTES } from './body.ts'
import type { Exchange } from './exchange.ts'
import { readHead, type Head } from './plainHead.ts'
import type { HttpReply, HttpRequest, RequestHeaders } from './protocols/protocol.ts'

export interface PlainHandler {
  /** Whether `answer` takes a request with these headers. */
  accepts(headers: RequestHeaders): boolean
  /** Sends one answer, now or later. */
  answer(request: HttpRequest, exchange: Exchange): void
}

/** A connection that is idle so long is closed. */
const IDLE_MS = 75_000
/** What a caller may send ahead of answers. */
const MAX_AHEAD_BYTES = 2 * MAX_BODY_BYTES

const NOTHING = Buffer.alloc(0)
const stayAwake = createAwake()

/** @param handOver takes the connection as it is, with all that was received and not answered */
export function servePlain(
  socket: Socket,
  handler: PlainHandler,
  handOver: (socket: Socket) => void,
): void {
  /** Received, and no part of a request that was taken. */
  let received: Buffer = NOTHING
  /** Of the request at the beginning of `received`, once it is read. */
  let head: Head | null = null
  let isWaiting = false
  /** While requests are taken, an answer at once must not begin to take them too. */
  let isTaking = false
  let gone: (() => void) | null = null

  const exchange: Exchange = {
    send(reply) {
      gone = null
      isWaiting = false
      if (!socket.destroyed) writeReply(socket, reply)
      stayAwake()
      if (!isTaking) takeRequests()
    },
    onGone(tell) {
      if (isWaiting) gone = tell
    },
  }

  function take(chunk: Buffer): void {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    if (isWaiting && received.length > MAX_AHEAD_BYTES) socket.destroy()
    else takeRequests()
  }

  function takeRequests(): void {
    isTaking = true
    while (!isWaiting && received.length > 0 && takeRequest());
    isTaking = false
  }

  /** False when there is nothing more to take: the rest is not there yet, or Node's. */
  function takeRequest(): boolean {
    head ??= readHead(received)
    if (!head || !handler.accepts(head.headers)) {
      leave()
      return false
    }
    const end = head.bodyStart + head.bodyBytes
    if (received.length < end) return false
    const { path, queryString, headers } = head
    const body = received.toString('utf8', head.bodyStart, end)
    received = received.length === end ? NOTHING : received.subarray(end)
    head = null
    isWaiting = true
    handler.answer({ path, queryString, headers, body }, exchange)
    return true
  }

  function leave(): void {
    socket.off('data', take)
    socket.off('end', end)
    socket.off('error', destroy)
    socket.off('close', close)
    socket.off('timeout', timeout)
    socket.setTimeout(0)
    socket.unshift(received)
    handOver(socket)
  }

  const end = () => socket.end()
  const destroy = () => socket.destroy()
  const timeout = () => {
    if (!isWaiting) socket.destroy()
  }
  const close = () => gone?.()

  socket.setTimeout(IDLE_MS)
  socket.on('data', take)
  socket.on('end', end)
  socket.on('error', destroy)
  socket.on('close', close)
  socket.on('timeout', timeout)
}

function writeReply(socket: Socket, { status, headers, body }: HttpReply): void {
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`
  for (const name of Object.keys(headers)) text += `${name}: ${headers[name]}\r\n`
  const bytes = Buffer.byteLength(body)
  text += `content-length: ${bytes}\r\ndate: ${dateText()}\r\n\r\n${body}`
  // Latin-1 is the quickest way to write ASCII.
  socket.write(text, bytes === body.length ? 'latin1' : 'utf8')
}

let date = ''
let dateEndsMs = 0

/** For the second that it is. */
function dateText(): string {
  const nowMs = Date.now()
  if (nowMs >= dateEndsMs || nowMs < dateEndsMs - 1000) {
    date = new Date(nowMs).toUTCString()
    dateEndsMs = nowMs - (nowMs % 1000) + 1000
  }
  return date
}
