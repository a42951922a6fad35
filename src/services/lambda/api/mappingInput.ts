/** Reads what CreateEventSourceMapping and UpdateEventSourceMapping are given, as AWS checks it (FACTS 7). */
import type { ApiError } from '../../../engine/calls.ts'
import { simUs } from '../../aws.ts'
import { US_PER_S } from '../../../base/units.ts'
import type { Config } from '../../../scenario/scenario.ts'
import type { Input } from '../../plainOperation.ts'
import { Refusal } from '../../refusal.ts'
import type { Field } from '../../schema.ts'
import { invalidParameter, validation } from '../errors.ts'

const refuse = (error: ApiError): never => {
  throw new Refusal(error)
}

const POSITIONS = ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON']
const RESPONSE_TYPES = ['ReportBatchItemFailures']

/** Bounds of AWS's numbers. */
const BOUNDS: readonly (readonly [member: string, min: number, max: number])[] = [
  ['BatchSize', 1, 10_000],
  ['MaximumBatchingWindowInSeconds', 0, 300],
  ['ParallelizationFactor', 1, 10],
  ['MaximumRecordAgeInSeconds', -1, 604_800],
  ['MaximumRetryAttempts', -1, 10_000],
]
const CONCURRENCY = [2, 1_000] as const

/** All that is of no allowed value, told at once. @throws Refusal */
export function checkValues(input: Input): void {
  const problems = [
    ...BOUNDS.map(([member, min, max]) => outside(lowerFirst(member), input[member], min, max)),
    outside(
      'scalingConfig.maximumConcurrency',
      (input.ScalingConfig as Input | undefined)?.MaximumConcurrency,
      ...CONCURRENCY,
    ),
    noneOf('startingPosition', input.StartingPosition),
    unknownTypes(input.FunctionResponseTypes),
  ].filter((problem) => problem !== '')
  if (problems.length === 0) return
  const count = `${problems.length} validation error${problems.length > 1 ? 's' : ''} detected: `
  refuse(validation(count + problems.join('; ')))
}

const failed = (value: unknown, path: string, constraint: string): string =>
  `Value '${String(value)}' at '${path}' failed to satisfy constraint: Member must ${constraint}`

const lowerFirst = (name: string): string => name[0].toLowerCase() + name.slice(1)

function outside(path: string, given: unknown, min: number, max: number): string {
  if (given === undefined) return ''
  const value = Number(given)
  if (value < min) return failed(value, path, `have value greater than or equal to ${min}`)
  return value > max ? failed(value, path, `have value less than or equal to ${max}`) : ''
}

const noneOf = (path: string, given: unknown): string =>
  given === undefined || POSITIONS.includes(String(given))
    ? ''
    : failed(given, path, `satisfy enum value set: [${POSITIONS.join(', ')}]`)

function unknownTypes(given: unknown): string {
  if (!Array.isArray(given) || given.every((type) => RESPONSE_TYPES.includes(type))) return ''
  const known = `[Member must satisfy enum value set: [${RESPONSE_TYPES.join(', ')}], Member must not be null]`
  return failed(`[${given.join(', ')}]`, 'functionResponseTypes', `satisfy constraint: ${known}`)
}

/** Where a stream is read from, as settings of the wire. @throws Refusal */
export function startOfStream({ StartingPosition, StartingPositionTimestamp }: Input): Config {
  if (StartingPosition === undefined) {
    refuse(
      invalidParameter(
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      ),
    )
  }
  if (StartingPosition !== 'AT_TIMESTAMP') {
    if (StartingPositionTimestamp !== undefined) {
      refuse(invalidParameter('Timestamp only valid with StartingPosition AT_TIMESTAMP'))
    }
    return { StartingPosition: String(StartingPosition) }
  }
  const seconds = Number(StartingPositionTimestamp)
  if (!(seconds >= 0)) {
    refuse(
      invalidParameter(
        'Received Exception while reading from provided stream. class java.lang.Long can not be converted to a Timestamp',
      ),
    )
  }
  return { StartingPosition, startAtS: Math.max(0, simUs(seconds) / US_PER_S) }
}

/** @throws Refusal */
export function noStartOfQueue({ StartingPosition }: Input): Config {
  if (StartingPosition !== undefined) {
    refuse(invalidParameter('StartingPosition is not valid for SQS event sources.'))
  }
  return {}
}

/** The settings of a wire that an input names. */
export function settingsIn(input: Input, fields: readonly Field[]): Config {
  const { FunctionResponseTypes: types, ScalingConfig } = input
  const given: Input = {
    ...input,
    ...(Array.isArray(types) && { ReportBatchItemFailures: types.includes(RESPONSE_TYPES[0]) }),
    ...(ScalingConfig !== undefined && {
      MaximumConcurrency: (ScalingConfig as Input).MaximumConcurrency ?? 0,
    }),
  }
  const named = fields.filter(({ id, fixed }) => !fixed && given[id] !== undefined)
  return Object.fromEntries(named.map(({ id }) => [id, given[id] as Config[string]]))
}
