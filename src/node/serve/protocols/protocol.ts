/** What the two protocols of SQS (FACTS 1.1) have in common. */
import type { ApiError } from '../../../engine/calls.ts'
import type { OperationShape } from './shapes.ts'

/** A request as it came, body read. */
export interface HttpRequest {
  /** Without the query string. */
  readonly path: string
  /** After the '?', or ''. */
  readonly queryString: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a request asks for, whichever protocol it spoke. */
export interface ApiCall {
  readonly operation: string
  readonly shape: OperationShape
  /** AWS's JSON input, its types checked. */
  readonly input: Readonly<Record<string, unknown>>
}

/** What a reply needs to know of the request. */
export interface ReplyContext {
  readonly requestId: string
  /** 'http://localhost:4566': queue URLs in answers begin with the address the caller used. */
  readonly origin: string
}

export interface Protocol {
  decode(request: HttpRequest): ApiCall | { readonly error: ApiError }
  output(call: ApiCall, output: unknown, context: ReplyContext): HttpReply
  error(error: ApiError, context: ReplyContext): HttpReply
}

/** What SDKs show as the code of an error. */
export const legacyCode = (error: ApiError): string =>
  error.legacyCode ?? error.code.replace(/Exception$/, '')

/** AWS says whether the caller or the service is to blame. */
export const faultOf = (error: ApiError): 'Sender' | 'Receiver' =>
  error.status < 500 ? 'Sender' : 'Receiver'

/** A queue's URL with the scheme and host replaced by the caller's own. */
export const withOrigin = (url: string, origin: string): string =>
  url.replace(/^https?:\/\/[^/]*/, origin)

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
