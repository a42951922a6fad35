/**
 * REST-JSON, what Lambda and Kinesis Video Streams speak (FACTS 7, 10): method and path say the operation and some members of its
 * input, the query string and headers others, the body the rest.
 */
import type { ApiOperation, RestRoute } from '../../../services/api.ts'
import { apis, type Api } from '../../../services/apis.ts'
import { WrongInput, addressesIn, readerOf, withOrigins, type Read } from './json.ts'
import { isObject, type HttpReply, type HttpRequest, type Protocol } from './protocol.ts'

interface Route {
  readonly api: Api
  readonly operation: ApiOperation
  readonly rest: RestRoute
  /** Of the path; its groups are named as members. */
  readonly pattern: RegExp
  readonly read: Read
}

const ROUTES: readonly Route[] = apis.flatMap((api) =>
  api.operations.flatMap((operation): Route[] => {
    const { rest, input } = operation
    if (!rest || api.restXml) return []
    const path = rest.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')
    return [{ api, operation, rest, pattern: new RegExp(`^${path}/?$`), read: readerOf(input) }]
  }),
)

const routeOf = (method: string, path: string): Route | undefined =>
  ROUTES.find(({ rest, pattern }) => rest.method === method && pattern.test(path))

/** Whether a request is one of these. */
export const isRest = (method: string, path: string): boolean => routeOf(method, path) !== undefined

export const rest: Protocol = {
  decode(request) {
    const route = routeOf(request.method ?? 'POST', request.path)!
    const { api, operation, read } = route
    try {
      return { api, operation, input: read(inputOf(route, request)) as Record<string, unknown> }
    } catch (problem) {
      const isKnown =
        problem instanceof WrongInput ||
        problem instanceof SyntaxError ||
        problem instanceof URIError
      if (!isKnown) throw problem
      return {
        api,
        error: { code: 'InvalidRequestContentException', status: 400, message: problem.message },
      }
    }
  },

  output({ operation }, output, { requestId, origin }) {
    const told = isObject(output) ? withOrigins(output, addressesIn(operation.output), origin) : {}
    const { status = 200, payload, headers = {} } = operation.rest!
    const named = Object.entries(headers).filter(([, member]) => told[member] !== undefined)
    return reply(
      typeof told.StatusCode === 'number' ? told.StatusCode : status,
      requestId,
      payload === undefined ? JSON.stringify(told) : textOf(told[payload]),
      Object.fromEntries(named.map(([header, member]) => [header, String(told[member])])),
    )
  },

  error({ upperMessage = [] }, error, { requestId }) {
    const isUpper = upperMessage === 'all' || upperMessage.includes(error.code)
    const body = {
      Type: error.status < 500 ? 'User' : 'Server',
      [isUpper ? 'Message' : 'message']: error.message,
    }
    return reply(error.status, requestId, JSON.stringify(body), { 'x-amzn-errortype': error.code })
  },
}

/** @throws SyntaxError, URIError */
function inputOf(
  { rest: { payload, headers = {} }, pattern }: Route,
  { path, queryString, headers: given, body }: HttpRequest,
): Record<string, unknown> {
  const inPath = Object.entries(pattern.exec(path)?.groups ?? {})
  const inHeaders = Object.entries(headers).map(([header, member]) => [
    member,
    (given as Readonly<Record<string, unknown>>)[header],
  ])
  const inBody: unknown = payload === undefined && body !== '' ? JSON.parse(body) : {}
  if (!isObject(inBody)) throw new SyntaxError('The body is no JSON object.')
  return {
    ...inBody,
    ...(payload !== undefined && { [payload]: body }),
    ...Object.fromEntries(new URLSearchParams(queryString)),
    ...Object.fromEntries(inHeaders),
    ...Object.fromEntries(inPath.map(([name, text]) => [name, decodeURIComponent(text)])),
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '')

const reply = (
  status: number,
  requestId: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers },
  body,
})
