/** AWS's errors of SNS: codes, statuses and texts (FACTS 3.1). */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'
import { Refusal } from '../refusal.ts'

const invalid = (reason: string): ApiError => ({
  code: 'InvalidParameter',
  status: 400,
  message: `Invalid parameter: ${reason}`,
})

export const refused = (reason: string): Refusal => new Refusal(invalid(reason))

/** Where AWS does not begin its words with "Invalid parameter". */
export const invalidParameter = (message: string): Refusal =>
  new Refusal({ code: 'InvalidParameter', status: 400, message })

/** A value that the API's model does not allow. */
export const validation = (message: string): Refusal =>
  new Refusal({ code: 'ValidationError', status: 400, message })

/** Something that the API's model wants. */
export const missing = (member: string): Refusal =>
  validation(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  )

export const parameterValueInvalid = (message: string): Refusal =>
  new Refusal({ code: 'ParameterValueInvalid', status: 400, message })

export const notFound = (what: string): ApiError => ({
  code: 'NotFound',
  status: 404,
  message: `${what} does not exist`,
})
export const TOPIC_NOT_FOUND = notFound('Topic')

/** Ours, of a button. */
export const NOTHING_TO_LOG: ApiError = {
  code: 'NothingToLog',
  status: 400,
  message:
    'SNS logs deliveries to queues, functions, Firehose, web servers and mobile apps, and none of them subscribes.',
}

export const batchError = (code: string, message: string): Refusal =>
  new Refusal({ code, status: 400, message })

function unauthorized(why: string): ApiError {
  const message = `User: {caller} is not authorized to perform: {action} on resource: {arn} ${why}`
  return { code: 'AuthorizationError', status: 403, message, isDenial: true }
}

const EXPLICIT_DENY = unauthorized('with an explicit deny in a resource-based policy')

/** The refusal of an operation that the topic's policy denies. */
export const deniedTo = (caller: string, action: string, resource: string): Refusal =>
  new Refusal({
    ...EXPLICIT_DENY,
    message: EXPLICIT_DENY.message
      .replace('{caller}', caller)
      .replace('{action}', action)
      .replace('{arn}', resource),
  })

/** Refusals that only the topic's state can tell. */
export const ERRORS: readonly ApiError[] = [
  invalid('Message too long'),
  invalid('The MessageGroupId parameter is required for FIFO topics'),
  invalid(
    'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  ),
  { code: 'Throttled', status: 429, message: 'Rate exceeded' },
  EXPLICIT_DENY,
  unauthorized('because no resource-based policy allows the {action} action'),
]
export const RESULT = {
  tooLong: FIRST_ERROR,
  noGroup: FIRST_ERROR + 1,
  noDeduplication: FIRST_ERROR + 2,
  throttled: FIRST_ERROR + 3,
  deniedByPolicy: FIRST_ERROR + 4,
  notAllowed: FIRST_ERROR + 5,
} as const
