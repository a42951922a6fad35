/** What Lambda answers instead of doing it (FACTS 7; texts of the service's API). */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'
import { PAYLOAD_BYTES } from '../transform.ts'

/** AWS gives the reason in a field of its own beside "Rate Exceeded."; our errors have only their text. */
const tooManyRequests = (reason: string): ApiError => ({
  code: 'TooManyRequestsException',
  status: 429,
  message: `Rate Exceeded. Reason: ${reason}`,
})

export const tooLarge = (limit: number): ApiError => ({
  code: 'RequestTooLargeException',
  status: 413,
  message: `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
})

export const ERRORS: readonly ApiError[] = [
  tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded'),
  tooManyRequests('ConcurrentInvocationLimitExceeded'),
  tooLarge(PAYLOAD_BYTES),
]

/** Throttled by the function's own limit or by the account's; an event that is too large. */
export const RESULT = {
  reserved: FIRST_ERROR,
  account: FIRST_ERROR + 1,
  requestTooLarge: FIRST_ERROR + 2,
} as const

export const notFound = (arn: string): ApiError => ({
  code: 'ResourceNotFoundException',
  status: 404,
  message: `Function not found: ${arn}`,
})

export const invalidParameter = (message: string): ApiError => ({
  code: 'InvalidParameterValueException',
  status: 400,
  message,
})

/** Of a value that its member may not have. */
export const validation = (message: string): ApiError => ({
  code: 'ValidationException',
  status: 400,
  message,
})

export const GONE = notFound('it was removed')
