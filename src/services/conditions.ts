/**
 * Conditions of a policy's statement: IAM's operators, and the keys that a simulated call has values for
 * (FACTS 2.10). Pure. An operator that is not known never holds, so that an allow with it allows nothing.
 */
import { parseIsoTime } from '../base/calendar.ts'
import type { Caller } from '../engine/behaviour.ts'
import { ACCOUNT, REGION } from './aws.ts'

/** What the keys of conditions stand for: a call by somebody at a time. */
export interface Circumstances {
  readonly caller: Caller
  /** Milliseconds since 1970. */
  readonly atMs: number
}

type Json = Readonly<Record<string, unknown>>

/** All operators, all keys of each; of the values of one key any, of a negated operator none. */
export function conditionsHold(conditions: unknown, circumstances: Circumstances): boolean {
  if (conditions === undefined) return true
  if (!isObject(conditions)) return false
  return Object.entries(conditions).every(
    ([operator, keys]) =>
      isObject(keys) &&
      Object.entries(keys).every(([key, values]) =>
        holds(operator, asList(values).map(String), valueOf(key, circumstances)),
      ),
  )
}

/** "ForAnyValue:StringNotLikeIfExists" in its parts. */
const OPERATOR = /^(ForAnyValue:|ForAllValues:)?(\w+?)(IfExists)?$/

function holds(operator: string, wanted: readonly string[], actual: string | undefined): boolean {
  const [, quantifier, name, ifExists] = OPERATOR.exec(operator) ?? []
  if (name === undefined) return false
  if (name === 'Null') return wanted.includes(String(actual === undefined))
  const isNegated = /Not(?=[A-Z])/.test(name)
  const compare = COMPARISONS[name.replace(/Not(?=[A-Z])/, '')]
  if (!compare) return false
  if (actual === undefined) {
    // Of no values all fulfil anything, and none does.
    if (quantifier !== undefined) return quantifier === 'ForAllValues:'
    return ifExists !== undefined || isNegated
  }
  return wanted.some((value) => compare(actual, value)) !== isNegated
}

type Comparison = (actual: string, wanted: string) => boolean

const byNumber =
  (holds: (actual: number, wanted: number) => boolean): Comparison =>
  (actual, wanted) =>
    holds(numberIn(actual), numberIn(wanted))

const byDate =
  (holds: (actual: number, wanted: number) => boolean): Comparison =>
  (actual, wanted) =>
    holds(dateIn(actual), dateIn(wanted))

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: isLike,
  // IAM compares ARNs alike by both names.
  ArnEquals: isArnLike,
  ArnLike: isArnLike,
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  IpAddress: isInNetwork,
  NumericEquals: byNumber((a, b) => a === b),
  NumericLessThan: byNumber((a, b) => a < b),
  NumericLessThanEquals: byNumber((a, b) => a <= b),
  NumericGreaterThan: byNumber((a, b) => a > b),
  NumericGreaterThanEquals: byNumber((a, b) => a >= b),
  DateEquals: byDate((a, b) => a === b),
  DateLessThan: byDate((a, b) => a < b),
  DateLessThanEquals: byDate((a, b) => a <= b),
  DateGreaterThan: byDate((a, b) => a > b),
  DateGreaterThanEquals: byDate((a, b) => a >= b),
}

/** NaN, which is like nothing, for what is no number. */
const numberIn = (text: string): number => (text.trim() === '' ? NaN : Number(text))

/** Milliseconds since 1970; IAM writes dates as ISO 8601 or as seconds since 1970. */
function dateIn(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  return parseIsoTime(isDay ? `${text}T00:00:00Z` : text) ?? NaN
}

/** What a condition's key stands for; keys have no case. Undefined: the call has no such thing. */
function valueOf(key: string, { caller, atMs }: Circumstances): string | undefined {
  const { account, arn, service, address } = caller
  const bySource = service !== undefined
  switch (key.toLowerCase()) {
    case 'aws:sourcearn':
      return bySource ? arn : undefined
    case 'aws:sourceaccount':
    case 'aws:sourceowner':
      return bySource ? account : undefined
    case 'aws:principalarn':
      return bySource ? undefined : arn
    case 'aws:principalaccount':
      return bySource ? undefined : account
    case 'aws:principaltype':
      return bySource ? undefined : 'User'
    case 'aws:username':
      return bySource ? undefined : arn.slice(arn.lastIndexOf('/') + 1)
    case 'aws:principalisawsservice':
      return String(bySource)
    case 'aws:sourceip':
      return bySource ? undefined : address
    case 'aws:currenttime':
    case 'aws:epochtime':
      return String(Math.floor(atMs / 1000))
    case 'aws:requestedregion':
      return REGION
    case 'aws:resourceaccount':
      return ACCOUNT
    case 'aws:viaawsservice':
      return 'false'
    case 'aws:securetransport':
      return 'true'
    default:
      return undefined
  }
}

/** `*` stands for any characters, `?` for one. */
export function isLike(text: string, pattern: string): boolean {
  let [t, p, star, mark] = [0, 0, -1, 0]
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      mark = t
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      t++
      p++
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** Each of the six parts between colons alone: a star does not reach into the next one. */
function isArnLike(text: string, pattern: string): boolean {
  if (pattern === '*') return true
  const [parts, patterns] = [arnParts(text), arnParts(pattern)]
  return (
    parts.length === patterns.length && parts.every((part, index) => isLike(part, patterns[index]))
  )
}

/** The sixth part, the resource, may have colons of its own. */
function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':')
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

/** IPv4: "203.0.113.0/24", or one address. */
function isInNetwork(address: string, network: string): boolean {
  const [base, length = '32'] = network.split('/')
  const [a, b] = [ipv4(address), ipv4(base)]
  if (a === null || b === null || !/^\d{1,2}$/.test(length) || Number(length) > 32) return false
  const hostBits = 32 - Number(length)
  return hostBits === 32 || a >>> hostBits === b >>> hostBits
}

function ipv4(text: string): number | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null
  const bytes = text.split('.').map(Number)
  return bytes.some((byte) => byte > 255) ? null : bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

export const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
