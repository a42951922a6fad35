/** AWS's errors of SQS: codes, statuses and texts (FACTS 1.2, 1.3). */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'

/** AWS's words, for a positive delay of one message (FACTS 1.3). */
export const NOT_FOR_FIFO = 'The request include parameter that is not valid for this queue type.'

/** Refusals that only the queue's state can tell; texts are filled in when somebody reads them. */
export const ERRORS: readonly ApiError[] = [
  invalidParameter(
    'One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes.',
  ),
  {
    code: 'BatchRequestTooLong',
    legacyCode: 'AWS.SimpleQueueService.BatchRequestTooLong',
    status: 400,
    message:
      'Batch requests cannot be longer than {batchLimit} bytes. You have sent {bytes} bytes.',
  },
  {
    code: 'OverLimit',
    status: 403,
    message:
      'The maximum number of in flight messages is reached: 120000. Delete messages after they were processed.',
  },
  {
    code: 'PurgeQueueInProgress',
    legacyCode: 'AWS.SimpleQueueService.PurgeQueueInProgress',
    status: 403,
    message: 'Only one PurgeQueue operation on {queue} is allowed every 60 seconds.',
  },
  invalidParameter(
    'Value {handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.',
  ),
  invalidParameter(
    'Value {seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
  ),
  invalidParameter('The entry was refused.'),
  { code: 'RequestThrottled', status: 400, message: 'Rate exceeded' },
  missingParameter('MessageGroupId'),
  invalidParameter('The request must contain the parameter MessageGroupId.'),
  invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  ),
  invalidValue('DelaySeconds', '{seconds}', NOT_FOR_FIFO),
  invalidParameter(
    'Value {handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
  ),
  accessDenied('Access to the resource {url} is denied.'),
  accessDenied(
    'User: {caller} is not authorized to perform: {action} on resource: {arn} with an explicit deny in a resource-based policy',
  ),
  accessDenied(
    'User: {caller} is not authorized to perform: {action} on resource: {arn} because no resource-based policy allows the {action} action',
  ),
]

/** Result codes of calls and items, in the order of ERRORS. */
export const RESULT = {
  tooLong: FIRST_ERROR,
  batchTooLong: FIRST_ERROR + 1,
  overLimit: FIRST_ERROR + 2,
  purgeInProgress: FIRST_ERROR + 3,
  notAvailable: FIRST_ERROR + 4,
  beyondLimit: FIRST_ERROR + 5,
  /** An entry of an outside batch that was refused before the queue saw it; see `OutsideCall.failures`. */
  refusedEntry: FIRST_ERROR + 6,
  /** FIFO queues: over the rate of calls; no group; neither id nor content-based; a delay; too late. */
  throttled: FIRST_ERROR + 7,
  noGroup: FIRST_ERROR + 8,
  noGroupInBatch: FIRST_ERROR + 9,
  noDeduplication: FIRST_ERROR + 10,
  noDelay: FIRST_ERROR + 11,
  expiredHandle: FIRST_ERROR + 12,
  /** One of AWS's services; a user, by an explicit deny; one of another account, for want of an allow. */
  accessDenied: FIRST_ERROR + 13,
  deniedByPolicy: FIRST_ERROR + 14,
  notAllowed: FIRST_ERROR + 15,
} as const

function accessDenied(message: string): ApiError {
  return { code: 'AccessDenied', status: 403, message, isDenial: true }
}

export function invalidParameter(message: string): ApiError {
  return {
    code: 'InvalidParameterValueException',
    legacyCode: 'InvalidParameterValue',
    status: 400,
    message,
  }
}

/** "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: ..." */
export function invalidValue(parameter: string, value: unknown, reason: string): ApiError {
  return invalidParameter(
    `Value ${asText(value)} for parameter ${parameter} is invalid. Reason: ${reason}`,
  )
}

export function missingParameter(parameter: string): ApiError {
  return {
    code: 'MissingRequiredParameterException',
    legacyCode: 'MissingParameter',
    status: 400,
    message: `The request must contain the parameter ${parameter}.`,
  }
}

export const invalidAttributeName = (message: string): ApiError => ({
  code: 'InvalidAttributeName',
  status: 400,
  message,
})

export const unknownAttribute = (attribute: string): ApiError =>
  invalidAttributeName(`Unknown Attribute ${attribute}.`)

export const invalidAttributeValue = (attribute: string, reason = ''): ApiError => ({
  code: 'InvalidAttributeValue',
  status: 400,
  message: `Invalid value for the parameter ${attribute}.${reason && ` Reason: ${reason}`}`,
})

export const invalidHandle = (handle: unknown): ApiError => ({
  code: 'ReceiptHandleIsInvalid',
  status: 400,
  message: `The input receipt handle "${asText(handle)}" is not a valid receipt handle.`,
})

export const QUEUE_DOES_NOT_EXIST: ApiError = {
  code: 'QueueDoesNotExist',
  legacyCode: 'AWS.SimpleQueueService.NonExistentQueue',
  status: 400,
  message: 'The specified queue does not exist.',
}

export const INVALID_CONTENTS: ApiError = {
  code: 'InvalidMessageContents',
  status: 400,
  message:
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
}

/** An error of batch requests as such. */
export const batchError = (code: string, message: string): ApiError => ({
  code,
  legacyCode: `AWS.SimpleQueueService.${code}`,
  status: 400,
  message,
})

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null')
}
