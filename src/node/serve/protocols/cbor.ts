/**
 * application/x-amz-cbor-1.1, what the SDK for Java speaks to Kinesis: AWS JSON in CBOR, where blobs are
 * bytes and points in time are milliseconds. Request and reply carry the bytes as Latin-1 characters.
 */
import { Token, Type, decode, encode, type EncodeOptions } from 'cborg'
import type { Shape } from '../../../services/api.ts'
import { json } from './json.ts'
import { isObject, type HttpReply, type Protocol, type RequestHeaders } from './protocol.ts'

const CONTENT_TYPE = 'application/x-amz-cbor-1.1'
const EPOCH_TAG = 1
const MS_PER_S = 1000

export const isCbor = (headers: RequestHeaders): boolean =>
  (headers['content-type'] ?? '').startsWith(CONTENT_TYPE)

export const cbor: Protocol = {
  decode(request) {
    return json.decode({ ...request, body: textOf(request.body) })
  },

  output(call, output, context) {
    const { operation } = call
    return packed(json.output(call, output, context), operation.output)
  },

  error(api, error, context) {
    return packed(json.error(api, error, context))
  },

  payloads: { contentType: CONTENT_TYPE, write: bytesOf },
}

/** As JSON; what is no CBOR is told as what is no JSON. */
function textOf(body: string): string {
  if (body === '') return ''
  try {
    const input: unknown = decode(Buffer.from(body, 'latin1'), {
      tags: { [EPOCH_TAG]: (read) => Number(read()) / MS_PER_S },
    })
    return JSON.stringify(input, (_key, value: unknown) => {
      if (typeof value === 'bigint') return Number(value)
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
    })
  } catch {
    return 'no CBOR'
  }
}

function packed(reply: HttpReply, shape?: Shape): HttpReply {
  return {
    ...reply,
    headers: { ...reply.headers, 'content-type': CONTENT_TYPE },
    body: reply.body === '' ? '' : bytesOf(JSON.parse(reply.body), shape).toString('latin1'),
    encoding: 'latin1',
  }
}

function bytesOf(value: unknown, shape?: Shape): Buffer {
  return Buffer.from(encode(shaped(value, shape), ENCODING))
}

/** Blobs as bytes, points in time as dates. */
function shaped(value: unknown, shape: Shape | undefined): unknown {
  if (shape?.type === 'blob') return Buffer.from(String(value), 'base64')
  if (shape?.type === 'timestamp') return new Date(Number(value) * MS_PER_S)
  if (Array.isArray(value)) {
    const of = shape?.type === 'list' ? shape.of : undefined
    return value.map((item) => shaped(item, of))
  }
  if (!isObject(value)) return value
  const shapeOf = (name: string): Shape | undefined => {
    if (shape?.type === 'map') return shape.of
    return shape?.type === 'structure' ? shape.members[name] : undefined
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, shaped(member, shapeOf(name))]),
  )
}

const ENCODING: EncodeOptions = {
  typeEncoders: {
    Date: (date: Date) => [
      new Token(Type.tag, EPOCH_TAG),
      new Token(Type.uint, Math.round(date.getTime())),
    ],
  },
}
