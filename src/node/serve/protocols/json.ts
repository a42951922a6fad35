/** AWS JSON 1.0, what SDKs speak today: `X-Amz-Target: AmazonSQS.SendMessage`, the input as body. */
import type { ApiError } from '../../../engine/calls.ts'
import {
  faultOf,
  isObject,
  legacyCode,
  withOrigin,
  type HttpReply,
  type Protocol,
} from './protocol.ts'
import { OPERATIONS, type Shape, type Structure } from './shapes.ts'

const CONTENT_TYPE = 'application/x-amz-json-1.0'
const TARGET_PREFIX = 'AmazonSQS.'

export const json: Protocol = {
  decode({ headers, body }) {
    const target = String(headers['x-amz-target'] ?? '')
    const operation = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : ''
    const shape = OPERATIONS.get(operation)
    if (!shape) return { error: UNKNOWN_OPERATION }
    try {
      const input: unknown = body === '' ? {} : JSON.parse(body)
      return { operation, shape, input: readStructure(input, shape.input) }
    } catch (problem) {
      if (problem instanceof Mismatch) return { error: serialization(problem.message) }
      if (problem instanceof SyntaxError) return { error: serialization('') }
      throw problem
    }
  },

  output({ shape }, output, { requestId, origin }) {
    const body = shape.output && isObject(output) ? withOrigins(output, shape.output, origin) : {}
    return reply(200, requestId, shape.output ? JSON.stringify(body) : '')
  },

  error(error, { requestId }) {
    const message = error.message === '' ? {} : { message: error.message }
    const sent = reply(
      error.status,
      requestId,
      JSON.stringify({ __type: `${namespaceOf(error)}#${error.code}`, ...message }),
    )
    const legacy = `${legacyCode(error)};${faultOf(error)}`
    return { ...sent, headers: { ...sent.headers, 'x-amzn-query-error': legacy } }
  },
}

const reply = (status: number, requestId: string, body: string): HttpReply => ({
  status,
  headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
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

/** Errors of every AWS service, which SQS's own model does not name. */
const GENERIC_ERRORS = new Set([
  'AccessDeniedException',
  'InternalFailure',
  'InvalidParameterValueException',
  'MissingRequiredParameterException',
  'SerializationException',
  'UnknownOperationException',
])

const namespaceOf = (error: ApiError): string =>
  GENERIC_ERRORS.has(error.code) ? 'com.amazon.coral.service' : 'com.amazonaws.sqs'

/** A value of another type than the operation's; the message is AWS's. */
class Mismatch extends Error {}

/** The members that the operation knows, others left out as AWS does; null counts as left out. */
function readStructure(value: unknown, shape: Structure): Record<string, unknown> {
  if (!isObject(value)) throw mismatch(value, 'a structure')
  const read: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(shape.members)) {
    const given = Object.hasOwn(value, name) ? value[name] : null
    if (given !== null) read[name] = readValue(given, member)
  }
  return read
}

function readValue(value: unknown, shape: Shape): unknown {
  switch (shape.type) {
    case 'structure':
      return readStructure(value, shape)
    case 'list':
      if (!Array.isArray(value)) throw mismatch(value, 'a List')
      return value.map((element) => readValue(element, shape.of))
    case 'map':
      if (!isObject(value)) throw mismatch(value, 'a Map')
      return Object.fromEntries(
        Object.entries(value).map(([key, element]) => [key, readValue(element, shape.of)]),
      )
    case 'integer':
      if (typeof value !== 'number') throw mismatch(value, 'an Integer')
      return Math.trunc(value)
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch(value, 'a Boolean')
      return value
    case 'string':
    case 'queueUrl':
      if (typeof value !== 'string') throw mismatch(value, 'a String')
      return value
  }
}

function mismatch(value: unknown, wanted: string): Mismatch {
  if (isObject(value) || Array.isArray(value)) {
    return new Mismatch('Start of structure or map found where not expected.')
  }
  const given = value === true ? 'TRUE_VALUE' : value === false ? 'FALSE_VALUE' : null
  return new Mismatch(
    `${given ?? (typeof value === 'number' ? 'NUMBER_VALUE' : 'STRING_VALUE')} can not be converted to ${wanted}`,
  )
}

/** Queue URLs are only ever at the top of an output. */
function withOrigins(
  output: Record<string, unknown>,
  shape: Structure,
  origin: string,
): Record<string, unknown> {
  let changed = output
  for (const [name, member] of Object.entries(shape.members)) {
    const value = output[name]
    if (member.type === 'queueUrl' && typeof value === 'string') {
      changed = { ...changed, [name]: withOrigin(value, origin) }
    } else if (member.type === 'list' && member.of.type === 'queueUrl' && Array.isArray(value)) {
      changed = { ...changed, [name]: value.map((url) => withOrigin(String(url), origin)) }
    }
  }
  return changed
}
