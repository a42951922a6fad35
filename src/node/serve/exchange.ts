/** A request's other end: who asked, and waits for the answer. */
import type { Shape } from '../../services/api.ts'
import type { Response } from './listen.ts'
import type { PayloadFormat } from './protocols/eventStream.ts'
import type { HttpReply, ReplyContext } from './protocols/protocol.ts'
import { openStream, type Stream } from './stream.ts'

export interface Exchange {
  /** The whole answer. */
  send(reply: HttpReply): void
  /** Calls `gone` if the caller goes away before the answer. */
  onGone(gone: () => void): void
  /** Begins an answer that goes on; absent where none can. @param shape of its events */
  stream?(context: ReplyContext, shape?: Shape, format?: PayloadFormat): Stream
}

/** By Node's server. */
export const exchangeOf = (response: Response): Exchange => ({
  send: (reply) => sendReply(response, reply),
  onGone: (gone) => response.once('close', gone),
  stream: (context, shape, format) => openStream(response, context, shape, format),
})

export function sendReply(
  response: Response,
  { status, headers, body, encoding }: HttpReply,
): void {
  if (response.destroyed) return
  const bytes = Buffer.from(body, encoding)
  response.writeHead(status, { 'content-length': bytes.length, ...headers })
  response.end(bytes)
}
