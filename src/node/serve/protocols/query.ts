/**
 * The Query protocol, SNS's only one and SQS's older one: a form or query string in, XML out, or JSON
 * for who accepts it.
 */
import type { ApiError } from '../../../engine/calls.ts'
import type { Structure } from '../../../services/api.ts'
import type { Api } from '../../../services/apis.ts'
import {
  faultOf,
  isAddress,
  isObject,
  legacyCode,
  type HttpReply,
  type Protocol,
} from './protocol.ts'
import { WrongType, readForm, readStructure } from './form.ts'
import { jsonMembers } from './queryJson.ts'
import { queryService } from './services.ts'
import { DECLARATION, element, namespaced, textElement, writeMembers } from './xml.ts'

export const query: Protocol = {
  decode(request) {
    const { path, queryString, body } = request
    const parameters = readForm([queryString, body])
    const action = parameters.children.get('Action')?.value
    const api = queryService(parameters.children.get('Version')?.value, action, request)
    if (action === undefined) return { api, error: MISSING_ACTION }
    const operation = api.operations.find(({ name }) => name === action)
    if (!operation || (operation.onAccount && PART.test(path))) {
      return { api, error: invalidAction(action) }
    }
    try {
      const input = readStructure(parameters, operation.input)
      // A request sent to the queue's own address need not name the queue again.
      const address = addressIn(operation.input)
      if (address !== undefined && input[address] === undefined && path !== '/') {
        input[address] = `http://localhost${path}`
      }
      return { api, operation, input }
    } catch (problem) {
      if (problem instanceof WrongType) return { api, error: problem.error }
      throw problem
    }
  },

  output({ api, operation: { name, output: shape } }, output, { requestId, origin, acceptsJson }) {
    if (acceptsJson) {
      const given = isObject(output) ? output : {}
      return jsonReply(200, requestId, {
        [`${name}Response`]: {
          ...(shape && {
            [`${name}Result`]: jsonMembers(given, shape, origin, api.query?.jsonNames),
          }),
          ResponseMetadata: { RequestId: requestId },
        },
      })
    }
    const members = shape
      ? element(`${name}Result`, isObject(output) ? writeMembers(output, shape, origin) : '')
      : ''
    const metadata = element('ResponseMetadata', textElement('RequestId', requestId))
    return reply(api, 200, requestId, `${name}Response`, members + metadata)
  },

  error(api, error, { requestId, acceptsJson }) {
    const Type = faultOf(error)
    const Code = legacyCode(error)
    const Message = api.query?.errorTexts?.[error.code] ?? error.message
    if (acceptsJson) {
      const Error = { Code, Message, Type }
      return jsonReply(error.status, requestId, { Error, RequestId: requestId })
    }
    const inside =
      textElement('Type', Type) +
      textElement('Code', Code) +
      textElement('Message', Message) +
      (api.query?.errorDetail ? '<Detail/>' : '')
    const body = element('Error', inside) + textElement('RequestId', requestId)
    return reply(api, error.status, requestId, 'ErrorResponse', body)
  },
}

const reply = (
  { query }: Api,
  status: number,
  requestId: string,
  root: string,
  xml: string,
): HttpReply => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: DECLARATION + namespaced(root, query?.namespace ?? '', xml),
})

const jsonReply = (status: number, requestId: string, body: unknown): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
  body: JSON.stringify(body),
})

/** The path of a part's own address. */
const PART = /^\/\d{12}\/[^/]+$/

/** The member that names what the request is about by its address, QueueUrl. */
const addressIn = ({ members }: Structure): string | undefined =>
  Object.keys(members).find((name) => isAddress(members[name]))

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
