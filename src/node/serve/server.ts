/**
 * The HTTP endpoint: AWS's API in its protocols, our own few addresses, and the playground. No
 * input makes it fail: what cannot be understood gets an answer that AWS's clients understand.
 */
import { randomUUID } from 'node:crypto'
import type { WebReply } from '../../engine/behaviour.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { ADMIN_PATH, answerAdmin } from './admin.ts'
import { MAX_BODY_BYTES, readBody } from './body.ts'
import type { Clock } from './clock.ts'
import { serveLive, withLiveMark } from './live.ts'
import { listen, type Request, type Response } from './listen.ts'
import { createLiveWorld, type LiveWorld } from './liveWorld.ts'
import { json } from './protocols/json.ts'
import type { HttpReply, HttpRequest, Protocol, ReplyContext } from './protocols/protocol.ts'
import { query } from './protocols/query.ts'
import { SITE_HEADERS, readSiteFile } from './site.ts'
import { openStream } from './stream.ts'

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
  const world = createLiveWorld(options.scenario, options.clock)
  const listening = await listen(options.port, options.host, (request, response) => {
    handle(world, options.site, request, response)
  })
  const live = serveLive(listening.server, world, options.host)
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    url: `http://${host}:${listening.port}`,
    world,
    close: () => {
      world.close()
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
  if (!isAdmin && reads && !hasAction(queryString)) {
    const reply = world.web({ method, path, queryString, body: '' })
    if (reply) sendWeb(response, reply)
    else {
      sendSite(world, site, path, method, response).catch((problem: unknown) =>
        fail(response, problem),
      )
    }
    return
  }
  const protocol = isAdmin || reads ? query : protocolOf(headers)
  const context: ReplyContext = {
    requestId: randomUUID(),
    origin: `http://${headers.host ?? headers[':authority'] ?? 'localhost'}`,
  }
  readBody(request, (body) => {
    const whole: HttpRequest = { path, queryString, headers, body: body ?? '' }
    if (body === null) {
      // The rest of the body is not read, so the connection is of no more use.
      response.setHeader('connection', 'close')
      const { api } = protocol.decode(whole)
      send(response, protocol.error(api, TOO_LARGE, context))
    } else if (isAdmin) {
      const { status, body: answer } = answerAdmin(world, method, path, body)
      send(response, { status, headers: JSON_HEADERS, body: JSON.stringify(answer) })
    } else {
      answerApi(world, protocol, whole, context, response)
    }
  })
}

function answerApi(
  world: LiveWorld,
  protocol: Protocol,
  request: HttpRequest,
  context: ReplyContext,
  response: Response,
): void {
  const call = protocol.decode(request)
  const { api } = call
  try {
    if ('error' in call) {
      send(response, protocol.error(api, call.error, context))
      return
    }
    const { operation } = call
    const trace = request.headers['x-amzn-trace-id']
    const input =
      operation.trace && typeof trace === 'string' ? operation.trace(call.input, trace) : call.input
    const stream = operation.streams ? openStream(response, context) : null
    const hangUp = world.call(
      api.service,
      operation.name,
      input,
      (answer) => {
        if (stream?.hasBegun()) stream.end(answer)
        else if ('error' in answer) send(response, protocol.error(api, answer.error, context))
        else send(response, protocol.output(call, answer.output, context))
      },
      stream?.event,
    )
    if (!response.writableEnded) response.once('close', hangUp)
  } catch (problem) {
    report(problem)
    send(response, protocol.error(api, INTERNAL, context))
  }
}

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

function send(response: Response, { status, headers, body }: HttpReply): void {
  if (response.destroyed) return
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

const sendWeb = (response: Response, { status, contentType, body }: WebReply): void =>
  send(response, { status, headers: { 'content-type': contentType }, body })

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
    send(response, { status: 404, headers: { 'content-type': 'text/plain' }, body })
    return
  }
  const { contentType } = file
  const content = contentType.startsWith('text/html')
    ? Buffer.from(withLiveMark(file.content.toString(), world.clock))
    : file.content
  response.writeHead(200, {
    ...SITE_HEADERS,
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
  else send(response, { status: 500, headers: {}, body: '' })
}

function report(problem: unknown): void {
  console.error(problem instanceof Error ? (problem.stack ?? problem.message) : problem)
}
