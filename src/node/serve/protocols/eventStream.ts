/**
 * application/vnd.amazon.eventstream: answers that go on, one framed message after another. A
 * message is its length, its headers' length, a checksum of these, the headers, the payload, and a
 * checksum of all; numbers are big-endian.
 */
import { crc32 } from 'node:zlib'
import type { ApiError, StreamEvent } from '../../../engine/calls.ts'

export const EVENT_STREAM_TYPE = 'application/vnd.amazon.eventstream'

/** Where the headers begin, and what follows the payload. */
const PRELUDE_BYTES = 12
const CHECKSUM_BYTES = 4
/** The only type of header value that is used here. */
const TEXT = 7

/** What an operation of a JSON protocol gives besides its events; comes before them. */
export const initialResponse = (output: unknown): Buffer =>
  eventMessage({ type: 'initial-response', payload: output })

export const eventMessage = ({ type, payload }: StreamEvent): Buffer =>
  frame(
    { ':message-type': 'event', ':event-type': type, ':content-type': JSON_CONTENT },
    JSON.stringify(payload),
  )

export const exceptionMessage = ({ code, message }: ApiError): Buffer =>
  frame(
    { ':message-type': 'exception', ':exception-type': code, ':content-type': JSON_CONTENT },
    JSON.stringify({ message }),
  )

const JSON_CONTENT = 'application/json'

function frame(headers: Readonly<Record<string, string>>, payload: string): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => header(name, value)))
  const body = Buffer.from(payload)
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
