/** Which service a request means. */
import type { Api } from '../../../services/apis.ts'
import { apiOf, apis } from '../../../services/apis.ts'
import type { HttpRequest, RequestHeaders } from './protocol.ts'

/** Where nothing in a request names a service: the one whose addresses need no more than a path. */
const FALLBACK = apiOf('sqs')!

/** The service of a signature: `Credential=AKID/20260101/us-east-1/sns/aws4_request`. */
const SCOPE = /Credential=[^/]*\/\d{8}\/[^/]*\/([a-z0-9-]+)\/aws4_request/

/** Whom a request is signed for, in its header or its address; undefined when it is not signed. */
export function signedFor(
  { authorization = '' }: RequestHeaders,
  queryString: string,
): string | undefined {
  const inAddress = queryString.includes('X-Amz-Credential=')
    ? `Credential=${new URLSearchParams(queryString).get('X-Amz-Credential')}`
    : ''
  return SCOPE.exec(authorization || inAddress)?.[1]
}

/** Of a Query request: by its version, else who knows the action, else by whom it was signed for. */
export function queryService(
  version: string | undefined,
  action: string | undefined,
  { headers }: HttpRequest,
): Api {
  const known = apis.filter((api) => api.query)
  const byVersion = known.filter(({ query }) => query?.version === version)
  if (byVersion.length === 1) return byVersion[0]
  const byAction = known.filter(({ operations }) => operations.some(({ name }) => name === action))
  if (byAction.length === 1) return byAction[0]
  const scope = SCOPE.exec(String(headers.authorization ?? ''))?.[1]
  return known.find(({ service }) => service === scope) ?? FALLBACK
}

/** Of a JSON request whose target nobody knows. */
export function jsonService(target: string, contentType: string): Api {
  const prefix = target.slice(0, target.indexOf('.') + 1)
  const byTarget = apis.find(({ json }) => json && `${json.target}.` === prefix)
  if (byTarget) return byTarget
  const byVersion = apis.find(({ json }) => json && contentType.endsWith(`json-${json.version}`))
  return contentType.endsWith(`json-${FALLBACK.json?.version}`) ? FALLBACK : (byVersion ?? FALLBACK)
}
