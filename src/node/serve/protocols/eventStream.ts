/**
 * application/vnd.amazon.eventstream: answers that go on, one framed message after another. A
 * message is its length, its headers' length, a checksum of these, the headers, the payload, and a
 * checksum of all; numbers are big-endian.
 */
import { crc32 } from 'node:zlib'
import type { ApiError, StreamEvent } from '../../../engine/calls.ts'
import type { Shape } from '../../../services/api.ts'

export const EVENT_STREAM_TYPE = 'application/vnd.amazon.eventstream'

/** Where the headers begin, and what follows the payload. */
const PRELUDE_BYTES = 12
const CHECKSUM_BYTES = 4
/** The only type of header value that is used here. */
const TEXT = 7

/** How a protocol writes what events carry. */
export interface PayloadFormat {
  readonly contentType: string
  /** @param shape of the value, where it is known */
  write(value: unknown, shape?: Shape): Buffer
}

export const JSON_PAYLOADS: PayloadFormat = {
  contentType: 'application/json',
  write: (value) => Buffer.from(JSON.stringify(value)),
}

/** What an operation gives besides its events; comes before them. */
export const initialResponse = (format: PayloadFormat): Buffer =>
  eventMessage({ type: 'initial-response', payload: {} }, format)

/** @param shape of the payload */
export const eventMessage = (
  { type, payload }: StreamEvent,
  { contentType, write }: PayloadFormat,
  shape?: Shape,
): Buffer =>
  frame(
    { ':message-type': 'event', ':event-type': type, ':content-type': contentType },
    write(payload, shape),
  )

export const exceptionMessage = (
  { code, message }: ApiError,
  { contentType, write }: PayloadFormat,
): Buffer =>
  frame(
    { ':message-type': 'exception', ':exception-type': code, ':content-type': contentType },
    write({ message }),
  )

function frame(headers: Readonly<Record<string, string>>, body: Buffer): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => header(name, value)))
  const message = Buffer.alloc(PRELUDE_BYTES + head.length + body.length + CHECKSUM_BYTES)
  message.writeUInt32BE(message.length, 0)
  message.writeUInt32BE(head.length, 4)
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8)
  head.copy(message, PRELUDE_BYTES)
  body.copy(message, PRELUDE_BYTES + head.length)
  const end = message.length - CHECKSUM_BYTES
  message.writeUInt32BE(crc32(message.subarray(0, end)), end)
  return message
}

function header(name: string, value: string): Buffer {
  const nameBytes = Buffer.from(name)
  const valueBytes = Buffer.from(value)
  const size = Buffer.alloc(2)
  size.writeUInt16BE(valueBytes.length)
  return Buffer.concat([Buffer.of(nameBytes.length), nameBytes, Buffer.of(TEXT), size, valueBytes])
}
