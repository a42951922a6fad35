/** AWS JSON, what most SDKs speak: `X-Amz-Target: AmazonSQS.SendMessage`, the input as body. */
import { base64Fault } from '../../../base/base64.ts'
import type { ApiError } from '../../../engine/calls.ts'
import type { ApiOperation, Shape, Structure } from '../../../services/api.ts'
import { apis, type Api } from '../../../services/apis.ts'
import {
  faultOf,
  isAddress,
  isObject,
  legacyCode,
  withOrigin,
  type HttpReply,
  type Protocol,
  type RequestHeaders,
} from './protocol.ts'
import { jsonService } from './services.ts'

/** An operation with what follows from its description. */
interface Target {
  readonly api: Api
  readonly operation: ApiOperation
  readonly read: Read
  readonly addresses: readonly string[]
}

const TARGETS: ReadonlyMap<string, Target> = new Map(
  apis.flatMap((api) =>
    (api.json ? api.operations : []).map((operation): [string, Target] => [
      `${api.json?.target}.${operation.name}`,
      {
        api,
        operation,
        read: readerOf(operation.input),
        addresses: addressesIn(operation.output),
      },
    ]),
  ),
)

export const json: Protocol & {
  /** Whether a request is of an operation here whose answer is one whole. */
  isWhole(headers: RequestHeaders): boolean
} = {
  isWhole(headers) {
    const target = TARGETS.get(String(headers['x-amz-target']))
    return target !== undefined && !target.operation.streams
  },

  decode({ headers, body }) {
    const name = String(headers['x-amz-target'] ?? '')
    const target = TARGETS.get(name)
    if (!target) {
      const api = jsonService(name, String(headers['content-type'] ?? ''))
      return { api, error: UNKNOWN_OPERATION }
    }
    const { api, operation, read } = target
    try {
      return { api, operation, input: read(documentOf(body)) as Record<string, unknown> }
    } catch (problem) {
      if (problem instanceof WrongInput) return { api, error: serialization(problem.message) }
      if (problem instanceof SyntaxError) return { api, error: serialization('') }
      throw problem
    }
  },

  output({ api, operation }, output, { requestId, origin }) {
    if (!operation.output) return reply(api, 200, requestId, '')
    const addresses = TARGETS.get(`${api.json?.target}.${operation.name}`)?.addresses ?? []
    const body = isObject(output) ? withOrigins(output, addresses, origin) : {}
    return reply(api, 200, requestId, JSON.stringify(body))
  },

  error(api, error, { requestId }) {
    const key = error.code === 'SerializationException' ? 'Message' : 'message'
    const body = {
      __type: typeOf(api, error),
      ...(error.message !== '' && { [key]: error.message }),
    }
    const sent = reply(api, error.status, requestId, JSON.stringify(body))
    if (!api.json?.queryCompatible) return sent
    const legacy = `${legacyCode(error)};${faultOf(error)}`
    return { ...sent, headers: { ...sent.headers, 'x-amzn-query-error': legacy } }
  },
}

const reply = ({ json }: Api, status: number, requestId: string, body: string): HttpReply => ({
  status,
  headers: {
    'content-type': `application/x-amz-json-${json?.version}`,
    'x-amzn-requestid': requestId,
  },
  body,
})

/** Has no message on AWS. */
const UNKNOWN_OPERATION: ApiError = {
  code: 'UnknownOperationException',
  legacyCode: 'InvalidAction',
  status: 400,
  message: '',
}

const serialization = (message: string): ApiError => ({
  code: 'SerializationException',
  legacyCode: 'MalformedInput',
  status: 400,
  message,
})

/** Errors of every AWS service, which a service's own model does not name. */
const GENERIC_ERRORS = new Set([
  'AccessDeniedException',
  'InternalFailure',
  'InvalidParameterValueException',
  'MissingRequiredParameterException',
  'SerializationException',
  'UnknownOperationException',
])

function typeOf({ json }: Api, { code }: ApiError): string {
  if (json?.errorNamespace === undefined) return code
  return `${GENERIC_ERRORS.has(code) ? 'com.amazon.coral.service' : json.errorNamespace}#${code}`
}

/** A value of another type than the operation's; the message is AWS's. */
export class WrongInput extends Error {}

export type Read = (value: unknown) => unknown

/** @throws SyntaxError for what is no object or list: AWS has no words for that */
function documentOf(body: string): unknown {
  const document: unknown = JSON.parse(body)
  if (typeof document === 'object' && document !== null) return document
  throw new SyntaxError()
}

/** Made once for each shape, since every request is read. */
export function readerOf(shape: Shape): Read {
  switch (shape.type) {
    case 'structure':
      return structureReader(shape)
    case 'list': {
      const read = readerOf(shape.of)
      return (value) => {
        if (!Array.isArray(value)) throw mismatch(value, 'Expected list or null')
        return value.map(read)
      }
    }
    case 'map': {
      const read = readerOf(shape.of)
      return (value) => {
        if (!isObject(value)) throw mismatch(value, 'Expected map or null')
        return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, read(of)]))
      }
    }
    case 'integer':
      return (value) => Math.trunc(asNumber(value, 'an Integer'))
    case 'number':
      return (value) => asNumber(value, 'a Double')
    case 'timestamp':
      return (value) => asNumber(value, 'a Timestamp')
    case 'boolean':
      return (value) => {
        if (typeof value !== 'boolean') throw notA(value, 'a Boolean')
        return value
      }
    case 'string':
      return (value) => {
        if (typeof value !== 'string') throw notA(value, 'a String')
        return value
      }
    case 'blob':
      return (value) => {
        if (typeof value !== 'string') throw notA(value, 'a Blob')
        const fault = base64Fault(value)
        if (fault) throw new WrongInput(`'${value}' can not be converted to a Blob: ${fault}`)
        return value
      }
  }
}

/** The members that the structure knows, others left out as AWS does; null counts as left out. */
function structureReader({ members }: Structure): Read {
  const readers = Object.entries(members).map(([name, member]) => ({
    name,
    read: readerOf(member),
  }))
  return (value) => {
    if (!isObject(value)) throw mismatch(value, 'Expected null')
    const found: Record<string, unknown> = {}
    for (const { name, read } of readers) {
      const given = value[name]
      if (given !== undefined && given !== null) found[name] = read(given)
    }
    return found
  }
}

function asNumber(value: unknown, wanted: string): number {
  if (typeof value !== 'number') throw notA(value, wanted)
  return value
}

function notA(value: unknown, wanted: string): WrongInput {
  const given =
    value === null || typeof value === 'boolean'
      ? String(value).toUpperCase()
      : (typeof value).toUpperCase()
  return mismatch(value, `${given}_VALUE can not be converted to ${wanted}`)
}

/** @param message what AWS says of single values */
function mismatch(value: unknown, message: string): WrongInput {
  if (Array.isArray(value)) return new WrongInput('Start of list found where not expected')
  if (isObject(value)) return new WrongInput('Start of structure or map found where not expected.')
  return new WrongInput(message)
}

/** Members of an output that are addresses, or lists of them: only ever at its top. */
export function addressesIn(output: Structure | undefined): readonly string[] {
  const members = Object.entries(output?.members ?? {})
  return members.flatMap(([name, member]) =>
    isAddress(member) || (member.type === 'list' && isAddress(member.of)) ? [name] : [],
  )
}

export function withOrigins(
  output: Record<string, unknown>,
  addresses: readonly string[],
  origin: string,
): Record<string, unknown> {
  let changed = output
  for (const name of addresses) {
    const value = output[name]
    if (value === undefined) continue
    const written = Array.isArray(value)
      ? value.map((url) => withOrigin(String(url), origin))
      : withOrigin(String(value), origin)
    changed = { ...changed, [name]: written }
  }
  return changed
}
