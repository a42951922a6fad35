/** Whether a message passes a filter policy, and which clause decided (FACTS 4.4). */
import type { Content, MessageAttribute } from '../../../engine/messages.ts'
import { readAddress, type Clause, type FilterPolicy, type Rule } from './policy.ts'

export type Simple = string | number | boolean | null

/** What a message offers to policies, read once for all of its topic's subscriptions. */
export interface Matchable {
  readonly content: Content
  /** Undefined until asked for; null when one of them cannot be read. */
  attributes?: ReadonlyMap<string, readonly Simple[]> | null
  /** Undefined until asked for; null when the body is no JSON object. */
  body?: Readonly<Record<string, unknown>> | null
}

/** Why a message did not pass; CloudWatch counts them apart (FACTS 4.6). */
export type Refused =
  | 'MessageAttributes'
  | 'MessageBody'
  | 'NoMessageAttributes'
  | 'InvalidAttributes'
  | 'InvalidMessageBody'

export type Verdict =
  | { readonly passes: true }
  /** `clause`: the first that does not hold, of the first alternative. */
  | { readonly passes: false; readonly why: Refused; readonly clause?: Clause }

export const PASSES: Verdict = { passes: true }

export function matches(policy: FilterPolicy | null, message: Matchable): Verdict {
  if (!policy) return PASSES
  const isBody = policy.scope === 'MessageBody'
  const failing = isBody ? inBody(message) : inAttributes(message)
  if (!failing) return { passes: false, why: isBody ? 'InvalidMessageBody' : 'InvalidAttributes' }
  let clause: Clause | undefined
  for (const clauses of policy.alternatives) {
    const found = failing(clauses)
    if (!found) return PASSES
    clause ??= found
  }
  const bare = !isBody && message.attributes!.size === 0
  return { passes: false, why: bare ? 'NoMessageAttributes' : policy.scope, clause }
}

/** A clause, and whether a message fits it. */
export interface Judged {
  readonly clause: Clause
  readonly holds: boolean
}

/**
 * Every clause of every alternative, for people. The clauses of an alternative may hold one by one
 * and yet not for one and the same element of an array: `matches` decides. Null when the body is no
 * JSON object, or an attribute cannot be read.
 */
export function judge(policy: FilterPolicy, message: Matchable): (readonly Judged[])[] | null {
  const failing = policy.scope === 'MessageBody' ? inBody(message) : inAttributes(message)
  if (!failing) return null
  return policy.alternatives.map((clauses) =>
    clauses.map((clause) => ({ clause, holds: !failing([clause]) })),
  )
}

/**
 * The values that a key finds in a message that was matched before; none when it is not there.
 * @param key as a clause has it
 */
export function valuesAt({ scope }: FilterPolicy, message: Matchable, key: string): Simple[] {
  return scope === 'MessageBody'
    ? leavesAt(message.body, key)
    : [...(message.attributes?.get(key) ?? [])]
}

function leavesAt(value: unknown, key: string): Simple[] {
  if (Array.isArray(value)) return value.flatMap((element) => leavesAt(element, key))
  if (key === '') return isSimple(value) ? [value] : []
  const name = nameIn(value, key)
  if (name === undefined) return []
  return leavesAt((value as Record<string, unknown>)[name], key.slice(name.length + 1))
}

/** The first clause that does not hold, if any. */
type Failing = (clauses: readonly Clause[]) => Clause | undefined

function inAttributes(message: Matchable): Failing | null {
  if (message.attributes === undefined) message.attributes = readValues(message.content)
  const { attributes } = message
  if (!attributes) return null
  return (clauses) => clauses.find(({ key, rules }) => !holds(rules, attributes.get(key)))
}

/**
 * Null when one of them is a String.Array and no JSON array: Publish takes it, policies on attributes
 * then let nothing pass, even those that do not ask for it. Binary attributes are not seen.
 */
function readValues({ attributes }: Content): Map<string, readonly Simple[]> | null {
  const found = new Map<string, readonly Simple[]>()
  for (const [name, attribute] of Object.entries(attributes)) {
    if (attribute.DataType.split('.')[0] === 'Binary') continue
    const values = valuesIn(attribute)
    if (!values) return null
    found.set(name, values)
  }
  return found
}

function valuesIn({ DataType, StringValue = '' }: MessageAttribute): Simple[] | null {
  if (DataType.split('.')[0] === 'Number') return [Number(StringValue)]
  if (!DataType.startsWith('String.Array')) return [StringValue]
  try {
    const elements: unknown = JSON.parse(StringValue)
    return Array.isArray(elements) ? elements.filter(isSimple) : null
  } catch {
    return null
  }
}

function inBody(message: Matchable): Failing | null {
  if (message.body === undefined) message.body = readBody(message.content.body)
  const { body } = message
  if (!body) return null
  return (clauses) =>
    failingIn(
      body,
      clauses.map((clause) => ({ clause, key: clause.key })),
    )
}

function readBody(text: string): Record<string, unknown> | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** A clause and what is left of its key at this depth of the body. */
interface Wanted {
  readonly clause: Clause
  readonly key: string
}

/**
 * The first clause that does not hold in a value. Of an array one element must satisfy all clauses
 * that look into it. Only leaves have values; "a.b" is also b within a.
 */
function failingIn(value: unknown, wanted: readonly Wanted[]): Clause | undefined {
  if (Array.isArray(value) && value.length > 0) {
    let first: Clause | undefined
    for (const element of value) {
      const found = failingIn(element, wanted)
      if (!found) return undefined
      first ??= found
    }
    return first
  }
  const below = new Map<string, Wanted[]>()
  for (const one of wanted) {
    const name = one.key === '' ? undefined : nameIn(value, one.key)
    if (name === undefined) {
      const isLeaf = one.key === '' && isSimple(value)
      if (!holds(one.clause.rules, isLeaf ? [value] : undefined)) return one.clause
      continue
    }
    const rest = { clause: one.clause, key: one.key.slice(name.length + 1) }
    const together = below.get(name)
    if (together) together.push(rest)
    else below.set(name, [rest])
  }
  for (const [name, together] of below) {
    const found = failingIn((value as Record<string, unknown>)[name], together)
    if (found) return found
  }
  return undefined
}

/** The longest beginning of a key, up to a dot or its end, that an object has as a name. */
function nameIn(value: unknown, key: string): string | undefined {
  if (!isObject(value)) return undefined
  for (let dot = key.length; dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
    const name = key.slice(0, dot)
    if (Object.hasOwn(value, name)) return name
  }
  return undefined
}

/** Whether one of the rules fits one of the values; undefined = the key is not there. */
function holds(rules: readonly Rule[], values: readonly Simple[] | undefined): boolean {
  for (const rule of rules) {
    if (rule.type === 'exists') {
      if (rule.wanted === (values !== undefined)) return true
    } else if (values) {
      for (const value of values) if (fits(rule, value)) return true
    }
  }
  return false
}

function fits(rule: Rule, value: Simple): boolean {
  switch (rule.type) {
    case 'exact':
      return rule.value === value
    case 'anything-but':
      return !rule.none.some((one) => fits(one, value))
    case 'numeric':
      return typeof value === 'number' && rule.bounds.every((bound) => isWithin(value, bound))
    case 'exists':
      return rule.wanted
  }
  if (typeof value !== 'string') return false
  switch (rule.type) {
    case 'prefix':
      return value.startsWith(rule.text)
    case 'suffix':
      return value.endsWith(rule.text)
    case 'equals-ignore-case':
      return value.toLowerCase() === rule.text.toLowerCase()
    case 'wildcard':
      return fitsWildcard(value, rule.text)
    case 'cidr':
      return isInNetwork(value, rule.network, rule.bits)
  }
}

function isWithin(value: number, { operator, value: limit }: { operator: string; value: number }) {
  if (operator === '<') return value < limit
  if (operator === '<=') return value <= limit
  if (operator === '>') return value > limit
  return operator === '>=' ? value >= limit : value === limit
}

/** `*` stands for any characters, also none. Leftmost places suffice, so this is linear. */
function fitsWildcard(value: string, pattern: string): boolean {
  const parts = pattern.split('*')
  const [first] = parts
  const last = parts[parts.length - 1]
  if (parts.length === 1) return value === pattern
  if (!value.startsWith(first) || !value.endsWith(last)) return false
  if (value.length < first.length + last.length) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const place = value.indexOf(part, at)
    if (place < 0) return false
    at = place + part.length
  }
  return at <= value.length - last.length
}

function isInNetwork(text: string, network: readonly number[], bits: number): boolean {
  const address = readAddress(text)
  if (!address || address.length !== network.length) return false
  for (let bit = 0; bit < bits; bit++) {
    const mask = 128 >> (bit & 7)
    if ((address[bit >> 3] & mask) !== (network[bit >> 3] & mask)) return false
  }
  return true
}

const isSimple = (value: unknown): value is Simple =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
