/** AWS's errors of Kinesis: codes and texts (FACTS 5). */
import { FIRST_ERROR, type ApiError } from '../../engine/calls.ts'
import { ACCOUNT } from '../aws.ts'
import { shardId } from './stream.ts'

const error = (code: string, message: string): ApiError => ({ code, status: 400, message })

/** Refusals that a stream's state makes; texts are filled in when somebody reads them. */
export const ERRORS: readonly ApiError[] = [
  error(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for shard {shard} in stream {stream} under account ${ACCOUNT}.`,
  ),
  error('ResourceNotFoundException', `Stream {stream} under account ${ACCOUNT} not found.`),
  error(
    'ExpiredIteratorException',
    'Iterator expired. The iterator was created at time {created} while right now it is {now} which is further in the future than the tolerated delay of 300000 milliseconds.',
  ),
  error(
    'ValidationException',
    "1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to {limit}",
  ),
  error(
    'ResourceInUseException',
    'Another active subscription exists for this consumer: {subscription}',
  ),
  error('InternalFailure', 'Internal Service Failure'),
  error(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for Shard - ${ACCOUNT}/{stream}/{shard}`,
  ),
]

/** Result codes of calls and items, in the order of ERRORS. */
export const RESULT = {
  /** Of writes; reads are told in other words. */
  throttled: FIRST_ERROR,
  notFound: FIRST_ERROR + 1,
  expiredIterator: FIRST_ERROR + 2,
  tooLarge: FIRST_ERROR + 3,
  alreadySubscribed: FIRST_ERROR + 4,
  internal: FIRST_ERROR + 5,
  readThrottled: FIRST_ERROR + 6,
} as const

export const invalidArgument = (message: string): ApiError =>
  error('InvalidArgumentException', message)
export const validation = (message: string): ApiError => error('ValidationException', message)
export const resourceNotFound = (message: string): ApiError =>
  error('ResourceNotFoundException', message)
export const resourceInUse = (message: string): ApiError => error('ResourceInUseException', message)
export const limitExceeded = (message: string): ApiError => error('LimitExceededException', message)

export const streamNotFound = (name: string): ApiError =>
  resourceNotFound(`Stream ${name} under account ${ACCOUNT} not found.`)

/** Of what is no id of a shard, or, of splits and merges, of one that is not there. */
export const shardNotFound = (shard: string, stream: string): ApiError =>
  resourceNotFound(`Could not find shard ${shard} in stream ${stream} under account ${ACCOUNT}.`)

/** Of a shard that is read. */
export const shardDoesNotExist = (index: number, stream: string): ApiError =>
  resourceNotFound(
    `Shard ${shardId(index)} in stream ${stream} under account ${ACCOUNT} does not exist`,
  )
