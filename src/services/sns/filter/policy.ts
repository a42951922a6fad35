/**
 * Filter policies (FACTS 4.4): read from JSON with AWS's limits and texts, into plain data that is
 * quick to match. `$or` is multiplied out, so that a policy is alternatives of clauses.
 */
import { utf8Length } from '../../../base/utf8.ts'
import { jsonComplaint, jsonPlace, jsonSource } from '../json.ts'
import { columnAfter, type Place } from './place.ts'

export type FilterScope = 'MessageAttributes' | 'MessageBody'

/** What one value is compared with. */
export type Rule =
  | { readonly type: 'exact'; readonly value: string | number | boolean | null }
  | { readonly type: 'prefix' | 'suffix' | 'equals-ignore-case'; readonly text: string }
  | { readonly type: 'wildcard'; readonly text: string }
  | { readonly type: 'cidr'; readonly network: readonly number[]; readonly bits: number }
  | { readonly type: 'numeric'; readonly bounds: readonly Bound[] }
  | { readonly type: 'exists'; readonly wanted: boolean }
  | { readonly type: 'anything-but'; readonly none: readonly Rule[] }

export interface Bound {
  readonly operator: '<' | '<=' | '=' | '>' | '>='
  readonly value: number
}

/** One key: its value must fit one of the rules. */
export interface Clause {
  /** As the policy writes it, levels joined by dots. */
  readonly key: string
  readonly rules: readonly Rule[]
}

/** A message passes when all clauses of one alternative hold. */
export interface FilterPolicy {
  readonly scope: FilterScope
  readonly alternatives: readonly (readonly Clause[])[]
  /** Leaf keys, of at most `MOST_KEYS`. */
  readonly keys: number
  /** Rules times level, multiplied over keys and summed over `$or`, of at most `MOST_COMBINATIONS`. */
  readonly combinations: number
}

/** Why a policy is refused, in AWS's words without their prefix. */
export class BadPolicy extends Error {
  /** Names of members and numbers of elements on the way to what is refused; empty for all of it. */
  path: readonly string[] = []
  /** What was read last, from where this is thrown; absent where AWS tells of no place. */
  seen?: Place
  /** What AWS adds of where in the text it had come to. */
  source = ''

  constructor(message: string, seen?: readonly string[], isRead?: boolean) {
    super(message)
    if (seen) this.seen = { path: seen, isRead }
  }
}

export const MOST_KEYS = 5
export const MOST_COMBINATIONS = 150
const MOST_BYTES = 262_144
const MOST_WILDCARD_POINTS = 100
/** Deeper JSON than any policy needs. */
const MOST_LEVELS = 50

/**
 * Null for `{}`, which is no policy.
 * @throws BadPolicy
 */
export function readPolicy(text: string, scope: FilterScope): FilterPolicy | null {
  if (utf8Length(text) > MOST_BYTES) {
    throw new BadPolicy('FilterPolicy: Filter policy is too large')
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    const problem = new BadPolicy(`FilterPolicy: failed to parse JSON. ${jsonComplaint(text)}`)
    problem.source = jsonSource(text)
    throw problem
  }
  if (!isObject(json)) {
    throw new BadPolicy('FilterPolicy: failed to parse JSON. Filter is not an object')
  }
  if (Object.keys(json).length === 0) return null
  const reader: Reader = { keys: new Set(), wildcardPoints: 0, isNested: false }
  const { alternatives, combinations } = placed(json, () => readObject(json, '', 1, reader))
  if (reader.isNested && scope === 'MessageAttributes') {
    throw new BadPolicy(
      'Filter policy scope MessageAttributes does not support nested filter policy',
    )
  }
  if (reader.keys.size > MOST_KEYS) {
    throw new BadPolicy('FilterPolicy: Filter policy can not have more than 5 keys')
  }
  if (combinations > MOST_COMBINATIONS || reader.wildcardPoints > MOST_WILDCARD_POINTS) {
    throw new BadPolicy('FilterPolicy: Filter policy is too complex')
  }
  return { scope, alternatives, keys: reader.keys.size, combinations }
}

/** Tells of a refusal in what is read here where in the policy it is. */
function placed<T>(policy: unknown, read: () => T): T {
  try {
    return read()
  } catch (problem) {
    if (problem instanceof BadPolicy && problem.seen) {
      problem.source = jsonPlace(1, columnAfter(policy, problem.seen))
    }
    throw problem
  }
}

interface Reader {
  readonly keys: Set<string>
  wildcardPoints: number
  isNested: boolean
}

interface Read {
  readonly alternatives: readonly (readonly Clause[])[]
  readonly combinations: number
}

function readObject(
  json: Record<string, unknown>,
  above: string,
  level: number,
  reader: Reader,
): Read {
  if (level > MOST_LEVELS) throw new BadPolicy('FilterPolicy: Filter policy is too complex')
  let alternatives: readonly (readonly Clause[])[] = [[]]
  let combinations = 1
  for (const [name, value] of Object.entries(json)) {
    const read = under(name, () => readMember(name, value, above, level, reader))
    combinations *= read.combinations
    if (combinations > MOST_COMBINATIONS) {
      throw new BadPolicy('FilterPolicy: Filter policy is too complex')
    }
    alternatives = alternatives.flatMap((clauses) =>
      read.alternatives.map((more) => [...clauses, ...more]),
    )
  }
  return { alternatives, combinations }
}

function readMember(
  name: string,
  value: unknown,
  above: string,
  level: number,
  reader: Reader,
): Read {
  const key = above === '' ? name : `${above}.${name}`
  if (name === '$or' && isOr(value)) return readOr(value, above, level, reader)
  if (Array.isArray(value)) return readRules(value, key, level, reader)
  if (isObject(value)) return readNested(value, key, level, reader)
  throw new BadPolicy(`FilterPolicy: "${name}" must be an object or an array`, [])
}

/** Tells of a refusal in what is read here that it lies below `name`. */
function under<T>(name: string, read: () => T): T {
  try {
    return within(name, read)
  } catch (problem) {
    if (problem instanceof BadPolicy) problem.path = [name, ...problem.path]
    throw problem
  }
}

/** Tells so of what was read last only: people are shown all of a rule. */
function within<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (problem) {
    if (problem instanceof BadPolicy && problem.seen) {
      problem.seen = { ...problem.seen, path: [name, ...problem.seen.path] }
    }
    throw problem
  }
}

function readNested(
  json: Record<string, unknown>,
  key: string,
  level: number,
  reader: Reader,
): Read {
  reader.isNested = true
  return readObject(json, key, level + 1, reader)
}

function readRules(values: readonly unknown[], key: string, level: number, reader: Reader): Read {
  if (values.length === 0) throw new BadPolicy('FilterPolicy: Empty arrays are not allowed', ['0'])
  reader.keys.add(key)
  const rules = values.map((value, place) => under(String(place), () => readRule(value, reader)))
  return { alternatives: [[{ key, rules }]], combinations: values.length * level }
}

/** Two objects or more, none of which looks like a rule; else `$or` is a key like any other. */
const isOr = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) &&
  value.length >= 2 &&
  value.every((one) => isObject(one) && !Object.keys(one).some((key) => OPERATORS.has(key)))

function readOr(
  objects: readonly Record<string, unknown>[],
  above: string,
  level: number,
  reader: Reader,
): Read {
  const branches = objects.map((one, place) =>
    under(String(place), () => readObject(one, above, level, reader)),
  )
  return {
    alternatives: branches.flatMap(({ alternatives }) => alternatives),
    combinations: branches.reduce((sum, branch) => sum + branch.combinations, 0),
  }
}

const OPERATORS = new Set([
  'prefix',
  'suffix',
  'wildcard',
  'equals-ignore-case',
  'cidr',
  'numeric',
  'exists',
  'anything-but',
])

function readRule(value: unknown, reader: Reader): Rule {
  if (isSimple(value)) return { type: 'exact', value }
  if (!isObject(value)) {
    throw new BadPolicy(
      'FilterPolicy: Match value must be String, number, true, false, or null',
      [],
    )
  }
  const [operator, operand] = onlyEntry(value)
  switch (operator) {
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      return { type: operator, text: textFor(operator, operand) }
    case 'wildcard':
      return readWildcard(operand, reader)
    case 'anything-but':
      return { type: operator, none: within(operator, () => readNone(operand, reader)) }
    case 'exists':
      if (typeof operand !== 'boolean') {
        throw new BadPolicy('FilterPolicy: exists match pattern must be either true or false.', [
          operator,
        ])
      }
      return { type: operator, wanted: operand }
    case 'numeric':
      return { type: operator, bounds: within(operator, () => readBounds(operand)) }
    case 'cidr':
      return readCidr(operand)
    default:
      throw new BadPolicy(`FilterPolicy: Unrecognized match type ${operator}`, [operator])
  }
}

/** @throws BadPolicy */
function onlyEntry(value: Record<string, unknown>): [string, unknown] {
  const [first, ...more] = Object.entries(value)
  if (first !== undefined && more.length === 0) return first
  throw new BadPolicy('FilterPolicy: Only one key allowed in match expression', [
    more[0]?.[0] ?? '',
  ])
}

function textFor(operator: string, operand: unknown): string {
  if (typeof operand === 'string') return operand
  throw new BadPolicy(`FilterPolicy: ${operator} match pattern must be a string`, [operator])
}

const MOST_STARS = 3

function readWildcard(operand: unknown, reader: Reader, isNegated = false): Rule {
  const text = textFor('wildcard', operand)
  const stars = text.split('*').length - 1
  if (stars > MOST_STARS || text.includes('**')) {
    throw new BadPolicy('FilterPolicy: Filter policy is too complex')
  }
  reader.wildcardPoints += isNegated || stars <= 1 ? 1 : 3
  return { type: 'wildcard', text }
}

function readNone(operand: unknown, reader: Reader): Rule[] {
  if (Array.isArray(operand)) {
    if (operand.length === 0) {
      throw new BadPolicy('FilterPolicy: Empty arrays are not allowed', ['0'])
    }
    return operand.map((one, place) => {
      if (isTextOrNumber(one)) return { type: 'exact', value: one }
      throw new BadPolicy(
        'FilterPolicy: Inside anything but list, start|null|boolean is not supported.',
        [String(place)],
      )
    })
  }
  if (isTextOrNumber(operand)) return [{ type: 'exact', value: operand }]
  if (!isObject(operand)) {
    throw new BadPolicy(
      'FilterPolicy: Value of anything-but must be an array or single string/number value.',
      [],
    )
  }
  const [pattern, inner] = onlyEntry(operand)
  const texts = Array.isArray(inner) ? inner : [inner]
  if (pattern === 'wildcard') return texts.map((one) => readWildcard(one, reader, true))
  if (pattern === 'prefix' || pattern === 'suffix' || pattern === 'equals-ignore-case') {
    return texts.map((one) => ({ type: pattern, text: textFor(pattern, one) }))
  }
  throw new BadPolicy(`FilterPolicy: Unsupported anything-but pattern: ${pattern}`, [pattern])
}

const isTextOrNumber = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

const NUMERIC_OPERATORS: readonly string[] = ['<', '<=', '=', '>', '>=']

function readBounds(operand: unknown): Bound[] {
  if (!Array.isArray(operand)) {
    throw new BadPolicy('FilterPolicy: Value of numeric must be an array.', [])
  }
  if (operand.length === 0) {
    throw new BadPolicy('FilterPolicy: Invalid member in numeric match: ]', ['0'])
  }
  const [operator, value, second, top, ...more] = operand as unknown[]
  if (typeof operator !== 'string') {
    throw new BadPolicy(`FilterPolicy: Invalid member in numeric match: ${String(operator)}`, ['0'])
  }
  if (!NUMERIC_OPERATORS.includes(operator)) {
    throw new BadPolicy(`FilterPolicy: Unrecognized numeric range operator: ${operator}`, ['1'])
  }
  const low = numberFor(operator, value, '1')
  const first = { operator: operator as Bound['operator'], value: low }
  if (operand.length <= 2) return [first]
  if (operator !== '>' && operator !== '>=') {
    throw new BadPolicy('FilterPolicy: Too many elements in numeric expression', ['2'])
  }
  if (typeof second !== 'string') {
    throw new BadPolicy(`FilterPolicy: Bad value in numeric range: ${String(second)}`, ['2'])
  }
  if (second !== '<' && second !== '<=') {
    throw new BadPolicy(`FilterPolicy: Bad numeric range operator: ${second}`, ['2'], true)
  }
  const high = numberFor(second, top, '3')
  if (more.length > 0) {
    throw new BadPolicy('FilterPolicy: Too many terms in numeric range expression', ['4'])
  }
  if (high <= low) throw new BadPolicy('FilterPolicy: Bottom must be less than top', ['4'])
  return [first, { operator: second, value: high }]
}

const MOST_NUMBER = 1e9

function numberFor(operator: string, value: unknown, place: string): number {
  if (typeof value === 'number') {
    if (Math.abs(value) <= MOST_NUMBER) return value
    throw new BadPolicy('FilterPolicy: Value must be between -1.0E9 and 1.0E9, inclusive', [place])
  }
  throw new BadPolicy(
    `FilterPolicy: Value of ${operator === '=' ? 'equals' : operator} must be numeric`,
    [place],
  )
}

function readCidr(operand: unknown): Rule {
  const text = textFor('prefix', operand)
  const parts = text.split('/')
  if (parts.length !== 2) throw new BadPolicy("FilterPolicy: Malformed CIDR, one '/' required")
  const network = readAddress(parts[0])
  if (!network) throw new BadPolicy(`FilterPolicy: Nonstandard IP address: ${parts[0]}`)
  if (!/^\d+$/.test(parts[1]) || Number(parts[1]) > network.length * 8) {
    throw new BadPolicy('FilterPolicy: Malformed CIDR, mask bits must be an integer')
  }
  return { type: 'cidr', network, bits: Number(parts[1]) }
}

/** The bytes of an IPv4 or IPv6 address, or null. */
export function readAddress(text: string): number[] | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const bytes = text.split('.').map(Number)
    return bytes.every((byte) => byte <= 255) ? bytes : null
  }
  if (!/^[0-9a-fA-F:]+$/.test(text) || !text.includes(':')) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - left.length - (right?.length ?? 0)
  if (right === undefined ? missing !== 0 : missing < 1) return null
  const groups = right ? [...left, ...Array<string>(missing).fill('0'), ...right] : left
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null
  return groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255])
}

const isSimple = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
