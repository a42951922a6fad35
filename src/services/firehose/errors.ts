/** AWS's errors of Firehose: codes and texts (FACTS 8). */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'
import { ACCOUNT } from '../aws.ts'

/** Refusals that only the stream's state can tell. */
export const ERRORS: readonly ApiError[] = [
  { code: 'ServiceUnavailableException', status: 503, message: 'Slow down.' },
  invalidArgument('This operation is not permitted on KinesisStreamAsSource delivery stream type.'),
  invalidArgument('This operation is not permitted on MSKAsSource delivery stream type.'),
]

/** Result codes, in the order of ERRORS. */
export const RESULT = {
  slowDown: FIRST_ERROR,
  readsStream: FIRST_ERROR + 1,
  readsTopic: FIRST_ERROR + 2,
} as const

export function invalidArgument(message: string): ApiError {
  return { code: 'InvalidArgumentException', status: 400, message }
}

/** "1 validation error detected: Value '...' at '...' failed to satisfy constraint: ..." */
export const validation = (value: string, at: string, constraint: string): ApiError => ({
  code: 'ValidationException',
  status: 400,
  message: `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: ${constraint}`,
})

/** What is missing, all at once. */
export const required = (...at: string[]): ApiError => ({
  code: 'ValidationException',
  status: 400,
  message: `${at.length} validation error${at.length > 1 ? 's' : ''} detected: ${at
    .map(
      (member) => `Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    )
    .join('; ')}`,
})

export const notFound = (name: string): ApiError => ({
  code: 'ResourceNotFoundException',
  status: 400,
  message: `Firehose ${name} under account ${ACCOUNT} not found.`,
})

export const unknownOperation = (): ApiError => ({
  code: 'UnknownOperationException',
  status: 400,
  message: '',
})

export const GONE: ApiError = {
  code: 'ResourceNotFoundException',
  status: 400,
  message: 'The delivery stream was removed.',
}

export const inUse = (name: string): ApiError => ({
  code: 'ResourceInUseException',
  status: 400,
  message: `Firehose ${name} under accountId ${ACCOUNT} already exists`,
})

export const staleVersion = (name: string, current: string, given: string): ApiError => ({
  code: 'ConcurrentModificationException',
  status: 400,
  message: `Cannot update firehose: ${name} since the current version id: ${current} and specified version id: ${given} do not match`,
})
