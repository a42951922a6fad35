/** MessageGroupId, MessageDeduplicationId and ReceiveRequestAttemptId as callers write them (FACTS 1.3). */
import { Refusal, invalidValue } from '../errors.ts'

const ID = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/

/** Undefined when it is not given. @throws Refusal with AWS's error */
export function readId(input: Readonly<Record<string, unknown>>, parameter: string) {
  const value = input[parameter]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && ID.test(value)) return value
  throw new Refusal(
    invalidValue(
      parameter,
      value,
      `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    ),
  )
}
