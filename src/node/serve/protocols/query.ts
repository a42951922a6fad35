/** The Query protocol, SQS's older one: a form or query string in, XML out. */
import type { ApiError } from '../../../engine/calls.ts'
import { faultOf, isObject, legacyCode, type HttpReply, type Protocol } from './protocol.ts'
import { OPERATIONS, type Shape, type Structure } from './shapes.ts'
import { DECLARATION, element, namespaced, textElement, writeMembers } from './xml.ts'

export const query: Protocol = {
  decode({ path, queryString, body }) {
    const parameters = readTree([queryString, body])
    const operation = parameters.children.get('Action')?.value
    if (operation === undefined) return { error: MISSING_ACTION }
    const shape = OPERATIONS.get(operation)
    if (!shape) return { error: invalidAction(operation) }
    try {
      const input = readStructure(parameters, shape.input)
      // A request sent to the queue's own address need not name the queue again.
      if ('QueueUrl' in shape.input.members && input.QueueUrl === undefined && path !== '/') {
        input.QueueUrl = `http://localhost${path}`
      }
      return { operation, shape, input }
    } catch (problem) {
      if (problem instanceof NotAnInteger) return { error: problem.error }
      throw problem
    }
  },

  output({ operation, shape }, output, { requestId, origin }) {
    const members = shape.output
      ? element(
          `${operation}Result`,
          isObject(output) ? writeMembers(output, shape.output, origin) : '',
        )
      : ''
    const metadata = element('ResponseMetadata', textElement('RequestId', requestId))
    return reply(200, requestId, namespaced(`${operation}Response`, members + metadata))
  },

  error(error, { requestId }) {
    const inside =
      textElement('Type', faultOf(error)) +
      textElement('Code', legacyCode(error)) +
      textElement('Message', QUERY_TEXTS.get(error.code) ?? error.message) +
      '<Detail/>'
    const body = element('Error', inside) + textElement('RequestId', requestId)
    return reply(error.status, requestId, namespaced('ErrorResponse', body))
  },
}

const reply = (status: number, requestId: string, body: string): HttpReply => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: DECLARATION + body,
})

/** Where AWS's words differ from those of the JSON protocol (FACTS 1.2). */
const QUERY_TEXTS: ReadonlyMap<string, string> = new Map([
  ['QueueDoesNotExist', 'The specified queue does not exist for this wsdl version.'],
])

const MISSING_ACTION: ApiError = {
  code: 'MissingAction',
  status: 400,
  message: 'The request must contain the parameter Action.',
}

const invalidAction = (operation: string): ApiError => ({
  code: 'InvalidAction',
  status: 400,
  message: `The action ${operation} is not valid for this endpoint.`,
})

/** `A.1.B=x` as A -> 1 -> B, so that shapes can be read off it. */
interface Tree {
  value?: string
  readonly children: Map<string, Tree>
}

function readTree(texts: readonly string[]): Tree {
  const root: Tree = { children: new Map() }
  for (const text of texts) {
    for (const [name, value] of new URLSearchParams(text)) {
      let place = root
      for (const part of name.split('.')) {
        let child = place.children.get(part)
        if (!child) place.children.set(part, (child = { children: new Map() }))
        place = child
      }
      place.value = value
    }
  }
  return root
}

class NotAnInteger extends Error {
  readonly error: ApiError
  constructor(name: string, value: string) {
    super(name)
    this.error = {
      code: 'InvalidParameterValueException',
      legacyCode: 'InvalidParameterValue',
      status: 400,
      message: `Value ${value} for parameter ${name} is invalid. Reason: Must be an integer.`,
    }
  }
}

function readStructure(tree: Tree, shape: Structure): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(shape.members)) {
    const value = readMember(tree, name, member)
    if (value !== undefined) read[name] = value
  }
  return read
}

function readMember(tree: Tree, name: string, shape: Shape): unknown {
  if (shape.type === 'list') {
    const elements = elementsOf(tree, shape.element)
    return elements && elements.map((element) => readValue(element, name, shape.of))
  }
  if (shape.type === 'map') {
    const entries = elementsOf(tree, shape.element)?.map((entry) => [
      entry.children.get(shape.key)?.value ?? '',
      readMember(entry, shape.value, shape.of) ?? '',
    ])
    return entries && Object.fromEntries(entries)
  }
  const child = tree.children.get(name)
  return child && readValue(child, name, shape)
}

function readValue(tree: Tree, name: string, shape: Shape): unknown {
  if (shape.type === 'structure') return readStructure(tree, shape)
  const text = tree.value
  if (text === undefined) return undefined
  if (shape.type === 'integer') {
    if (!/^[+-]?\d{1,15}$/.test(text)) throw new NotAnInteger(name, text)
    return Number(text)
  }
  return shape.type === 'boolean' ? text === 'true' : text
}

/** `Tag.1`, `Tag.2` in order of their numbers; a sole one may go without: `Tag.Key=...`. */
function elementsOf(tree: Tree, name: string): Tree[] | undefined {
  const found = tree.children.get(name)
  if (!found) return undefined
  const numbered = [...found.children].filter(([part]) => /^\d+$/.test(part))
  if (numbered.length === 0) return [found]
  return numbered.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child)
}
