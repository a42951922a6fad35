/** AWS's errors of DynamoDB: codes and texts (FACTS 15.4). */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'

/** Refusals that only the table's state can tell. */
export const ERRORS: readonly ApiError[] = [
  {
    code: 'ConditionalCheckFailedException',
    status: 400,
    message: 'The conditional request failed',
  },
  {
    code: 'ProvisionedThroughputExceededException',
    status: 400,
    message:
      'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
  },
]

/** Result codes, in the order of ERRORS. */
export const RESULT = { conditionFailed: FIRST_ERROR, throttled: FIRST_ERROR + 1 } as const

export const validation = (message: string): ApiError => ({
  code: 'ValidationException',
  status: 400,
  message,
})

export const required = (at: string): ApiError =>
  validation(
    `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`,
  )

/** Of operations on items, and what callers get whose table was removed. */
export const NOT_FOUND: ApiError = {
  code: 'ResourceNotFoundException',
  status: 400,
  message: 'Requested resource not found',
}

export const tableNotFound = (name: string): ApiError => ({
  ...NOT_FOUND,
  message: `Requested resource not found: Table: ${name} not found`,
})

export const tableExists = (name: string): ApiError => ({
  code: 'ResourceInUseException',
  status: 400,
  message: `Table already exists: ${name}`,
})
