/** MessageGroupId, MessageDeduplicationId and ReceiveRequestAttemptId as callers write them (FACTS 1.3). */
import { FNV_START, fnvMixWord } from '../../../base/hash.ts'
import { hash32 } from '../../../base/random.ts'
import { invalidValue } from '../errors.ts'
import { Refusal } from '../../refusal.ts'

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

/** An unsigned 32-bit number that follows from an id. */
export function hashOf(id: string): number {
  let hash = FNV_START
  for (let n = 0; n < id.length; n++) hash = fnvMixWord(hash, id.charCodeAt(n))
  return hash32(hash, id.length)
}
