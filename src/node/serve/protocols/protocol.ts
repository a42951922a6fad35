/** What the protocols of AWS's services (FACTS 1.1, 3, 5) have in common. */
import type { ApiError } from '../../../engine/calls.ts'
import type { ApiOperation, Shape } from '../../../services/api.ts'
import type { Api } from '../../../services/apis.ts'
import type { PayloadFormat } from './eventStream.ts'

/** The headers that anybody reads; `plainHead.ts` finds no others. Lower-case names. */
export interface RequestHeaders {
  readonly host?: string
  readonly ':authority'?: string
  readonly accept?: string
  readonly authorization?: string
  readonly 'content-encoding'?: string
  readonly 'content-type'?: string
  readonly 'x-amz-target'?: string | string[]
  readonly 'x-amzn-trace-id'?: string | string[]
}

/** A request as it came, body read. */
export interface HttpRequest {
  /** POST unless given. */
  readonly method?: string
  /** Without the query string. */
  readonly path: string
  /** After the '?', or ''. */
  readonly queryString: string
  readonly headers: RequestHeaders
  /** Text, or of CBOR and of objects the bytes as Latin-1. */
  readonly body: string
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How the body becomes bytes; absent: as UTF-8. */
  readonly encoding?: 'latin1'
}

/** What a request asks for, whichever protocol it spoke. */
export interface ApiCall {
  readonly api: Api
  readonly operation: ApiOperation
  /** AWS's JSON input, its types checked. */
  readonly input: Readonly<Record<string, unknown>>
}

/** A request that no operation sees; the service is known or, as nothing names another, guessed. */
export interface Misread {
  readonly api: Api
  readonly error: ApiError
}

/** What a reply needs to know of the request. */
export interface ReplyContext {
  readonly requestId: string
  /** 'http://localhost:4566': addresses in answers begin with the one the caller used. */
  readonly origin: string
  /** The Query protocol answers in JSON then. */
  readonly acceptsJson?: boolean
}

export interface Protocol {
  decode(request: HttpRequest): ApiCall | Misread
  output(call: ApiCall, output: unknown, context: ReplyContext): HttpReply
  error(api: Api, error: ApiError, context: ReplyContext): HttpReply
  /** Of answers that stream events; JSON unless given. */
  readonly payloads?: PayloadFormat
}

/** What SDKs show as the code of an error. */
export const legacyCode = (error: ApiError): string => error.legacyCode ?? error.code

/** AWS says whether the caller or the service is to blame. */
export const faultOf = (error: ApiError): 'Sender' | 'Receiver' =>
  error.status < 500 ? 'Sender' : 'Receiver'

/** Whether a text names a part by the address under which the caller reached us. */
export const isAddress = (shape: Shape): boolean =>
  shape.type === 'string' && shape.refers?.as === 'url'

/** A part's URL with the scheme and host replaced by the caller's own. */
export const withOrigin = (url: string, origin: string): string =>
  url.replace(/^https?:\/\/[^/]*/, origin)

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
