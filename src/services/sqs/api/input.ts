/** Reads AWS's JSON inputs; everything here throws a Refusal with AWS's error. */
import { batchError, invalidParameter, invalidValue, missingParameter } from '../errors.ts'
import { Refusal } from '../../refusal.ts'

export type Input = Readonly<Record<string, unknown>>

/** A whole number within a range, or undefined when it is not given. */
export function wholeNumber(
  input: Input,
  name: string,
  min: number,
  max: number,
  reason: string,
): number | undefined {
  const value = input[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new Refusal(invalidValue(name, value, reason))
  }
  return value
}

/** The same from 1, where AWS does not repeat the value that it refuses. */
export function numberUpTo(
  input: Input,
  name: string,
  max: number,
  reason: string,
): number | undefined {
  const value = input[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max) {
    return value
  }
  throw new Refusal(invalidParameter(`Value for parameter ${name} is invalid. Reason: ${reason}`))
}

/** The name of a queue, whatever it may be. */
export function queueName(input: Input): string {
  const { QueueName } = input
  if (typeof QueueName === 'string' && QueueName !== '') return QueueName
  throw new Refusal(
    invalidParameter(
      'Value for parameter QueueName is invalid. Reason: Must specify a queue name.',
    ),
  )
}

/** A text that must be there and not be empty. */
export function requiredText(input: Input, name: string): string {
  const value = input[name]
  if (value === undefined || value === null || value === '') {
    throw new Refusal(missingParameter(name))
  }
  if (typeof value !== 'string') throw new Refusal(invalidValue(name, value, 'Must be a string.'))
  return value
}

const NONE: readonly string[] = []

/** A list of texts, empty when it is not given. */
export function textList(input: Input, name: string): readonly string[] {
  const value = input[name]
  if (value === undefined || value === null) return NONE
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new Refusal(invalidValue(name, value, 'Must be a list of strings.'))
  }
  return value
}

const MAX_ENTRIES = 10
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/

/** The entries of a batch: one to ten, each with an id of its own (FACTS 1.2). */
export function batchEntries(input: Input, operation: string): readonly Input[] {
  const entries = input.Entries
  if (!Array.isArray(entries) || entries.length === 0) {
    throw new Refusal(
      batchError(
        'EmptyBatchRequest',
        `There should be at least one ${operation}RequestEntry in the request.`,
      ),
    )
  }
  if (entries.length > MAX_ENTRIES) {
    throw new Refusal(
      batchError(
        'TooManyEntriesInBatchRequest',
        `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
      ),
    )
  }
  const ids = new Set<string>()
  for (const entry of entries) {
    const { Id: id } = (entry ?? {}) as Input
    if (id === undefined) throw new Refusal(missingParameter('Id'))
    if (typeof id !== 'string' || !ENTRY_ID.test(id)) {
      throw new Refusal(
        batchError(
          'InvalidBatchEntryId',
          'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
        ),
      )
    }
    if (ids.has(id)) throw new Refusal(batchError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`))
    ids.add(id)
  }
  return entries as readonly Input[]
}

/** A text, or '' when it is not given. */
export function textOf(input: Input, name: string): string {
  const value = input[name]
  return typeof value === 'string' ? value : ''
}
