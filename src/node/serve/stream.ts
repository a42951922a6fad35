/** An answer that goes on: events as they come, until the service or the caller ends it. */
import type { StreamEvent } from '../../engine/calls.ts'
import type { Shape } from '../../services/api.ts'
import type { Response } from './listen.ts'
import type { Answer } from './liveWorld.ts'
import {
  EVENT_STREAM_TYPE,
  JSON_PAYLOADS,
  eventMessage,
  exceptionMessage,
  initialResponse,
  type PayloadFormat,
} from './protocols/eventStream.ts'
import type { ReplyContext } from './protocols/protocol.ts'

/** A caller that reads so much slower than events come is cut off. */
const MAX_UNSENT_BYTES = 32 * 1024 * 1024

export interface Stream {
  /** Whether an event was told: an error before that is an ordinary reply. */
  hasBegun(): boolean
  event(event: StreamEvent): void
  /** The last of it. */
  end(answer: Answer): void
}

/** @param shape of what an event carries */
export function openStream(
  response: Response,
  { requestId }: ReplyContext,
  shape: Shape | undefined,
  format: PayloadFormat = JSON_PAYLOADS,
): Stream {
  let begun = false
  function write(bytes: Buffer): void {
    if (response.destroyed) return
    // The overloads of HTTP/1's and HTTP/2's `write` differ, what they do with bytes does not.
    ;(response as { write(bytes: Buffer): boolean }).write(bytes)
    if (response.writableLength > MAX_UNSENT_BYTES) response.destroy()
  }
  return {
    hasBegun: () => begun,
    event(event) {
      if (!begun) {
        begun = true
        response.writeHead(200, {
          'content-type': EVENT_STREAM_TYPE,
          'x-amzn-requestid': requestId,
        })
        write(initialResponse(format))
      }
      write(eventMessage(event, format, shape))
    },
    end(answer) {
      if ('error' in answer) write(exceptionMessage(answer.error, format))
      response.end()
    },
  }
}
