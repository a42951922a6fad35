/**
 * The HTTP endpoint: AWS's API in its protocols, our own few addresses, and the playground. No
 * input makes it fail: what cannot be understood gets an answer that AWS's clients understand.
 */
import { randomUUID } from 'node:crypto'
import type { WebReply } from '../../engine/behaviour.ts'
import type { ApiError } from '../../engine/calls.ts'
import { prepare } from '../../engine/prepare.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { kinds } from '../../services/kinds.ts'
import { schemas } from '../../services/schemas.ts'
import { ADMIN_PATH, answerAdmin } from './admin.ts'
import { MAX_BODY_BYTES, readBody } from './body.ts'
import type { Clock } from './clock.ts'
import { exchangeOf, sendReply, type Exchange } from './exchange.ts'
import { serveLive, withLiveMark } from './live.ts'
import { listen, type Request, type Response } from './listen.ts'
import { createLiveWorld, type LiveWorld } from './liveWorld.ts'
import type { PlainHandler } from './plainHttp.ts'
import { cbor, isCbor } from './protocols/cbor.ts'
import { json } from './protocols/json.ts'
import type {
  ApiCall,
  HttpReply,
  HttpRequest,
  RequestHeaders,
  Protocol,
  ReplyContext,
} from './protocols/protocol.ts'
import { query } from './protocols/query.ts'
import { isRest, rest } from './protocols/rest.ts'
import { isRestXml, restXml } from './protocols/restXml.ts'
import { readSiteFile, siteHeaders } from './site.ts'
import { createWebhooks } from './webhooks.ts'

export interface ServeOptions {
  readonly scenario: Scenario
  readonly clock: Clock['kind']
  /** 0 = any that is free. */
  readonly port: number
  readonly host: string
  /** Folder of the built playground. */
  readonly site: string
}

export interface Endpoint {
  /** 'http://127.0.0.1:4566' */
  readonly url: string
  readonly world: LiveWorld
  close(): Promise<void>
}

/** @throws when the port cannot be had */
export async function startEndpoint(options: ServeOptions): Promise<Endpoint> {
  // Whoever looks at the world may add a part of any kind to it.
  await prepare(kinds, schemas.keys())
  const webhooks = createWebhooks(() => `http://localhost:${listening.port}`)
  const world = createLiveWorld(options.scenario, options.clock, webhooks.send)
  const plain: PlainHandler = {
    accepts: (headers) => json.isWhole(headers) && !isCbor(headers),
    answer: (request, exchange) => answerApi(world, json, request, exchange),
  }
  const listening = await listen(options.port, options.host, plain, (request, response) => {
    handle(world, options.site, request, response)
  })
  const live = serveLive(listening.server, world, options.host)
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    url: `http://${host}:${listening.port}`,
    world,
    close: () => {
      world.close()
      webhooks.close()
      live.close()
      return listening.close()
    },
  }
}

function handle(world: LiveWorld, site: string, request: Request, response: Response): void {
  const { headers, method = 'GET' } = request
  const { path, queryString } = splitUrl(request.url ?? '/')
  const isAdmin = path.startsWith(ADMIN_PATH)
  const reads = method === 'GET' || method === 'HEAD'
  const isXml = isRestXml(headers, queryString)
  const isRoute = isXml || isRest(method, path)
  if (!isAdmin && !isRoute && reads && !hasAction(queryString)) {
    const reply = world.web({ method, path, queryString, body: '' })
    if (reply) sendWeb(response, reply)
    else {
      sendSite(world, site, path, method, response).catch((problem: unknown) =>
        fail(response, problem),
      )
    }
    return
  }
  const protocol = isXml ? restXml : isRoute ? rest : isAdmin || reads ? query : protocolOf(headers)
  const exchange = exchangeOf(response)
  readBody(request, protocol === cbor || isXml ? 'latin1' : 'utf8', (body) => {
    const whole: HttpRequest = { method, path, queryString, headers, body: body ?? '' }
    if (body === null) {
      // The rest of the body is not read, so the connection is of no more use.
      response.setHeader('connection', 'close')
      const { api } = protocol.decode(whole)
      exchange.send(protocol.error(api, TOO_LARGE, contextOf(whole)))
    } else if (isAdmin) {
      const { status, body: answer } = answerAdmin(world, method, path, body)
      exchange.send({ status, headers: JSON_HEADERS, body: JSON.stringify(answer) })
    } else {
      answerApi(world, protocol, whole, exchange)
    }
  })
}

function answerApi(
  world: LiveWorld,
  protocol: Protocol,
  request: HttpRequest,
  exchange: Exchange,
): void {
  const context = contextOf(request)
  try {
    const decoded = protocol.decode(request)
    if ('error' in decoded) exchange.send(protocol.error(decoded.api, decoded.error, context))
    else answerCall(world, protocol, decoded, request, exchange, context)
  } catch (problem) {
    report(problem)
    exchange.send({ status: 500, headers: {}, body: '' })
  }
}

function answerCall(
  world: LiveWorld,
  protocol: Protocol,
  call: ApiCall,
  { headers }: HttpRequest,
  exchange: Exchange,
  context: ReplyContext,
): void {
  const { api, operation } = call
  const stream = operation.streams
    ? exchange.stream?.(context, operation.output, protocol.payloads)
    : undefined
  let isAnswered = false
  const answer = (reply: HttpReply): void => {
    isAnswered = true
    exchange.send(reply)
  }
  try {
    const hangUp = world.call(
      api.service,
      operation.name,
      inputOf(call, headers),
      (result) => {
        if (stream?.hasBegun()) stream.end(result)
        else if ('error' in result) answer(protocol.error(api, result.error, context))
        else answer(protocol.output(call, result.output, context))
      },
      stream?.event,
    )
    if (!isAnswered) exchange.onGone(hangUp)
  } catch (problem) {
    report(problem)
    if (!isAnswered) exchange.send(protocol.error(api, INTERNAL, context))
  }
}

/** With what the headers say besides. */
function inputOf({ operation, input }: ApiCall, headers: RequestHeaders): ApiCall['input'] {
  const trace = headers['x-amzn-trace-id']
  const traced =
    operation.trace && typeof trace === 'string' ? operation.trace(input, trace) : input
  const isSigned = headers.authorization !== undefined
  return operation.unsigned && !isSigned ? operation.unsigned(traced) : traced
}

const contextOf = ({ headers }: HttpRequest): ReplyContext => ({
  requestId: randomUUID(),
  origin: `http://${String(headers.host ?? headers[':authority'] ?? 'localhost')}`,
  acceptsJson: (headers.accept ?? '').includes('application/json'),
})

const JSON_HEADERS = { 'content-type': 'application/json' }

const TOO_LARGE: ApiError = {
  code: 'RequestEntityTooLarge',
  status: 413,
  message: `A request can have at most ${MAX_BODY_BYTES} bytes.`,
}

const INTERNAL: ApiError = {
  code: 'InternalFailure',
  status: 500,
  message: 'The request processing has failed because of an unknown error.',
}

function protocolOf(headers: Request['headers']): Protocol {
  if (isCbor(headers)) return cbor
  const isJson =
    headers['x-amz-target'] !== undefined ||
    (headers['content-type'] ?? '').startsWith('application/x-amz-json')
  return isJson ? json : query
}

const hasAction = (queryString: string): boolean => /(?:^|&)Action=/.test(queryString)

function splitUrl(url: string): { path: string; queryString: string } {
  const mark = url.indexOf('?')
  return mark < 0
    ? { path: url, queryString: '' }
    : { path: url.slice(0, mark), queryString: url.slice(mark + 1) }
}

const sendWeb = (response: Response, { status, contentType, body }: WebReply): void =>
  sendReply(response, { status, headers: { 'content-type': contentType }, body })

async function sendSite(
  world: LiveWorld,
  site: string,
  path: string,
  method: string,
  response: Response,
): Promise<void> {
  const file = await readSiteFile(site, path)
  if (!file) {
    const body = `There is nothing at ${path}.\n`
    sendReply(response, { status: 404, headers: { 'content-type': 'text/plain' }, body })
    return
  }
  const { contentType } = file
  const content = contentType.startsWith('text/html')
    ? Buffer.from(withLiveMark(file.content.toString(), world.clock))
    : file.content
  response.writeHead(200, {
    ...siteHeaders(contentType),
    'content-type': contentType,
    'content-length': content.length,
  })
  if (method === 'HEAD') response.end()
  else response.end(content)
}

/** Only for what nobody foresaw, such as a disk that fails. */
function fail(response: Response, problem: unknown): void {
  if (response.destroyed) return
  report(problem)
  if (response.headersSent) response.destroy()
  else sendReply(response, { status: 500, headers: {}, body: '' })
}

function report(problem: unknown): void {
  console.error(problem instanceof Error ? (problem.stack ?? problem.message) : problem)
}
