/**
 * REST-XML, what S3 speaks: method, path and query string say the operation, and a body is either what is
 * stored or an XML document. Paths alone could be anybody's, so such requests are known by what they
 * are signed for. The bucket is in the path, or before '.localhost' in the host's name.
 */
import { SaxesParser } from 'saxes'
import type { ApiError } from '../../../engine/calls.ts'
import type { ApiOperation, RestRoute, Shape, Structure } from '../../../services/api.ts'
import { apis, type Api } from '../../../services/apis.ts'
import { withoutChunks } from './awsChunked.ts'
import { readerOf, WrongInput } from './json.ts'
import {
  isObject,
  type HttpReply,
  type HttpRequest,
  type Protocol,
  type RequestHeaders,
} from './protocol.ts'
import { signedFor } from './services.ts'
import { element, namespaced, textElement, writeMembers } from './xml.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

interface Route {
  readonly api: Api
  readonly operation: ApiOperation
  readonly rest: RestRoute
  readonly pattern: RegExp
}

/** Those that ask for a key of the query string come first. */
const ROUTES: readonly Route[] = apis
  .flatMap((api) =>
    api.operations.flatMap((operation): Route[] => {
      const { rest } = operation
      if (!rest || !api.restXml) return []
      const path = rest.path
        .replaceAll(/\{(\w+)\+\}/g, '(?<$1>.+)')
        .replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')
      return [{ api, operation, rest, pattern: new RegExp(`^${path}$`) }]
    }),
  )
  .toSorted((a, b) => Number(b.rest.queryKey !== undefined) - Number(a.rest.queryKey !== undefined))

const apiSignedFor = (headers: RequestHeaders, queryString: string): Api | undefined => {
  const service = signedFor(headers, queryString)
  return service === undefined
    ? undefined
    : apis.find(({ restXml }) => restXml?.signedFor === service)
}

/** Whether a request is one of these. */
export const isRestXml = (headers: RequestHeaders, queryString: string): boolean =>
  apiSignedFor(headers, queryString) !== undefined

export const restXml: Protocol = {
  decode(request) {
    const api = apiSignedFor(request.headers, request.queryString)!
    try {
      const route = routeOf(api, request)
      if (!route) return { api, error: NOT_IMPLEMENTED }
      return { api, operation: route.operation, input: inputOf(route, request) }
    } catch (problem) {
      const isKnown = problem instanceof WrongInput || problem instanceof MalformedXml
      if (!isKnown && !(problem instanceof URIError)) throw problem
      return { api, error: MALFORMED }
    }
  },

  output({ api, operation }, output, { requestId, origin }) {
    const told = isObject(output) ? output : {}
    const { status = 200, payload, headers = {}, root, method } = operation.rest!
    const named = Object.entries(headers).flatMap(([header, member]): [string, string][] => {
      const value = told[member]
      if (value === undefined || (header === 'content-length' && method !== 'HEAD')) return []
      return [[header, header === 'last-modified' ? httpDate(String(value)) : String(value)]]
    })
    const bears = Object.fromEntries(named)
    if (payload !== undefined && told[payload] !== undefined) {
      const type = { 'content-type': 'binary/octet-stream' }
      return reply(status, requestId, String(told[payload]), { ...type, ...bears })
    }
    if (root === undefined) return reply(status, requestId, '', bears)
    const members = writeMembers(told, operation.output!, origin)
    const body = DECLARATION + namespaced(root, api.restXml!.namespace, members)
    return reply(status, requestId, body, { ...XML, ...bears })
  },

  error(_api, error, { requestId }) {
    const body = element(
      'Error',
      textElement('Code', error.code) +
        textElement('Message', error.message) +
        textElement('RequestId', requestId),
    )
    return reply(error.status, requestId, DECLARATION + body, XML)
  },
}

const XML = { 'content-type': 'application/xml' }

const NOT_IMPLEMENTED: ApiError = {
  code: 'NotImplemented',
  status: 501,
  message: 'A header you provided implies functionality that is not implemented',
}
const MALFORMED: ApiError = {
  code: 'MalformedXML',
  status: 400,
  message:
    'The XML you provided was not well-formed or did not validate against our published schema',
}

const httpDate = (iso: string): string => new Date(iso).toUTCString()

function routeOf(api: Api, request: HttpRequest): Route | undefined {
  const keys = new URLSearchParams(request.queryString)
  /** A key without a value is another resource than the bucket or the object: 'acl', 'tagging'. */
  const asksForMore = [...keys.values()].includes('')
  const path = pathOf(request)
  return ROUTES.find(
    ({ api: owner, rest, pattern }) =>
      owner === api &&
      rest.method === (request.method ?? 'POST') &&
      (rest.queryKey === undefined ? !asksForMore : keys.has(rest.queryKey)) &&
      pattern.test(path),
  )
}

/** With the bucket in it, whichever way the request names it. */
function pathOf({ path, headers }: HttpRequest): string {
  const bucket = /^(.+)\.localhost(?::\d+)?$/.exec(headers.host ?? '')?.[1]
  const whole = bucket === undefined ? path : `/${bucket}${path}`
  return whole.length > 1 && /^\/[^/]+\/$/.test(whole) ? whole.slice(0, -1) : whole
}

/** @throws WrongInput, MalformedXml, URIError */
function inputOf(
  { operation, rest, pattern }: Route,
  request: HttpRequest,
): Record<string, unknown> {
  const { groups = {} } = pattern.exec(pathOf(request)) ?? {}
  const inPath = Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)])
  const asked = [...new URLSearchParams(request.queryString)].map(([name, value]) => [
    memberNamed(name),
    value,
  ])
  const members = operation.input.members
  const known = asked.filter(
    ([name]) => members[name] !== undefined && members[name].type !== 'structure',
  )
  const given = { ...Object.fromEntries(known), ...Object.fromEntries(inPath) }
  const read = readerOf({ type: 'structure', members: withoutPayload(members, rest.payload) })
  const input = read(withNumbers(given, operation.input)) as Record<string, unknown>
  const { payload = '' } = rest
  const shape = members[payload]
  if (!shape) return input
  const body = withoutChunks(request)
  return { ...input, [payload]: shape.type === 'structure' ? readXml(body, shape) : body }
}

const withoutPayload = (members: Structure['members'], payload: string | undefined) =>
  Object.fromEntries(Object.entries(members).filter(([name]) => name !== payload))

/** 'max-keys' is MaxKeys. */
const memberNamed = (key: string): string =>
  key.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

/** A query string knows texts only. */
const withNumbers = (given: Readonly<Record<string, string>>, { members }: Structure) =>
  Object.fromEntries(
    Object.entries(given).map(([name, text]) => [
      name,
      members[name]?.type === 'integer' ? Number(text) : text,
    ]),
  )

class MalformedXml extends Error {}

interface Element {
  readonly name: string
  text: string
  readonly children: Element[]
}

const MOST_DEPTH = 20

/** @throws MalformedXml */
function readXml(text: string, shape: Structure): unknown {
  const top: Element = { name: '', text: '', children: [] }
  const open = [top]
  const parser = new SaxesParser()
  parser.on('error', (problem) => {
    throw new MalformedXml(problem.message)
  })
  parser.on('doctype', () => {
    throw new MalformedXml('A document type is not allowed.')
  })
  parser.on('opentag', ({ name }) => {
    if (open.length > MOST_DEPTH) throw new MalformedXml('Too deep.')
    const made: Element = { name, text: '', children: [] }
    open.at(-1)!.children.push(made)
    open.push(made)
  })
  parser.on('text', (words) => {
    open.at(-1)!.text += words
  })
  parser.on('closetag', () => open.pop())
  parser.write(text).close()
  return valueOf(top.children[0], shape)
}

/** What an element says, by the shape of it; lists are flat where S3 reads them. */
function valueOf({ text, children }: Element, shape: Shape): unknown {
  if (shape.type !== 'structure') return text
  const found: Record<string, unknown> = {}
  for (const [member, inner] of Object.entries(shape.members)) {
    const name = inner.type === 'list' && inner.flat ? inner.flat : (inner.xmlName ?? member)
    const elements = children.filter((child) => child.name === name)
    if (elements.length === 0) continue
    found[member] =
      inner.type === 'list'
        ? elements.map((one) => valueOf(one, inner.of))
        : valueOf(elements[0], inner)
  }
  return found
}

const reply = (
  status: number,
  requestId: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): HttpReply => ({ status, headers: { 'x-amz-request-id': requestId, ...headers }, body })
