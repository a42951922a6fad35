/**
 * AWS's generic checks of an input: "1 validation error detected: Value '...' at 'shardCount' failed to
 * satisfy constraint: ...". All that is wrong is told at once, in the order of the rules, which is AWS's
 * where that is known.
 */
import { validation } from '../errors.ts'
import { Refusal } from '../../refusal.ts'

export type Input = Readonly<Record<string, unknown>>

export interface Rule {
  /** It must be there. */
  readonly required?: boolean
  /** It must be there unless one of these is, its neighbours. */
  readonly unless?: readonly string[]
  readonly pattern?: string
  /** Of a text or a list. */
  readonly minLength?: number
  readonly maxLength?: number
  /** Of a number. */
  readonly min?: number
  readonly max?: number
  readonly oneOf?: readonly string[]
  /** Rules of a structure's members, of a list's elements, of a map's keys and values. */
  readonly members?: Rules
  readonly each?: Rule
  readonly keys?: Rule
  readonly values?: Rule
}
export type Rules = Readonly<Record<string, Rule>>

/** @throws Refusal with a ValidationException */
export function check(input: Input, rules: Rules): void {
  const problems: string[] = []
  checkMembers(input, rules, '', problems)
  if (problems.length === 0) return
  const count =
    problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`
  throw new Refusal(validation(`${count} detected: ${problems.slice(0, MOST_TOLD).join('; ')}`))
}

const MOST_TOLD = 10

function checkMembers(input: Input, rules: Rules, path: string, problems: string[]): void {
  for (const [name, rule] of Object.entries(rules)) {
    const required =
      rule.required || rule.unless?.every((other) => input[other] === undefined) || false
    checkValue(
      input[name],
      { ...rule, required },
      path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`,
      problems,
    )
  }
}

const lowerFirst = (name: string): string => {
  const capitals = /^[A-Z]+(?=[A-Z][a-z]|$)/.exec(name)?.[0]
  return capitals
    ? capitals.toLowerCase() + name.slice(capitals.length)
    : name.charAt(0).toLowerCase() + name.slice(1)
}

function checkValue(value: unknown, rule: Rule, path: string, problems: string[]): void {
  if (value === undefined || value === null) {
    if (rule.required) problems.push(`Value null at '${path}' ${FAILED} Member must not be null`)
    return
  }
  const fail = (constraint: string): void => {
    problems.push(`Value '${shown(value)}' at '${path}' ${FAILED} Member must ${constraint}`)
  }
  if (rule.pattern !== undefined && !new RegExp(`^(?:${rule.pattern})$`).test(String(value))) {
    fail(`satisfy regular expression pattern: ${rule.pattern}`)
  }
  checkSize(value, rule, fail)
  if (rule.oneOf && !rule.oneOf.includes(String(value))) {
    fail(`satisfy enum value set: [${rule.oneOf.join(', ')}]`)
  }
  if (rule.members) checkMembers(value as Input, rule.members, path, problems)
  if (rule.each && Array.isArray(value)) {
    value.forEach((item, n) => checkValue(item, rule.each!, `${path}.${n + 1}.member`, problems))
  }
  checkMap(value, rule, path, problems)
}

function checkSize(value: unknown, rule: Rule, fail: (constraint: string) => void): void {
  const length = lengthOf(value)
  if (rule.minLength !== undefined && length < rule.minLength) {
    fail(`have length greater than or equal to ${rule.minLength}`)
  }
  if (rule.maxLength !== undefined && length > rule.maxLength) {
    fail(`have length less than or equal to ${rule.maxLength}`)
  }
  if (rule.min !== undefined && Number(value) < rule.min) {
    fail(`have value greater than or equal to ${rule.min}`)
  }
  if (rule.max !== undefined && Number(value) > rule.max) {
    fail(`have value less than or equal to ${rule.max}`)
  }
}

function checkMap(value: unknown, { keys, values }: Rule, path: string, problems: string[]): void {
  if (!keys && !values) return
  for (const [key, item] of Object.entries(value as Input)) {
    if (keys) checkValue(key, keys, path, problems)
    if (values) checkValue(item, values, `${path}.${key}.member`, problems)
  }
}

const FAILED = 'failed to satisfy constraint:'
const LONGEST_SHOWN = 1_000

const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value)
    ? value.length
    : Object.keys(value as object).length

/** As AWS writes a value that it refuses. */
function shown(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text
}

export const STREAM_NAME: Rule = {
  pattern: '[a-zA-Z0-9_.-]+',
  minLength: 1,
  maxLength: 128,
}
export const STREAM_ARN: Rule = {
  pattern: 'arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+',
  minLength: 1,
  maxLength: 2048,
}
export const CONSUMER_ARN: Rule = {
  pattern:
    '^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+',
  minLength: 1,
  maxLength: 2048,
}
/** How most operations name the stream. */
export const STREAM: Rules = {
  StreamName: { ...STREAM_NAME, unless: ['StreamARN'] },
  StreamARN: STREAM_ARN,
}
export const SHARD_ID: Rule = { pattern: '[a-zA-Z0-9_.-]+', minLength: 1, maxLength: 128 }
export const HASH_KEY: Rule = { pattern: '0|([1-9]\\d{0,38})' }
export const SEQUENCE_NUMBER: Rule = { pattern: '0|([1-9]\\d{0,128})' }
