/** Whether a message passes a filter policy, and which clause decided (FACTS 4.4). */
import type { Content, MessageAttribute } from '../../../engine/messages.ts'
import { readAddress, type Clause, type FilterPolicy, type Rule } from './policy.ts'

type Simple = string | number | boolean | null

/** What a message offers to policies, read once for all of its topic's subscriptions. */
export interface Matchable {
  readonly content: Content
  attributes?: ReadonlyMap<string, readonly Simple[]>
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
  const valuesOf = policy.scope === 'MessageBody' ? inBody(message) : inAttributes(message)
  if (!valuesOf) return { passes: false, why: 'InvalidMessageBody' }
  let clause: Clause | undefined
  for (const clauses of policy.alternatives) {
    const failing = clauses.find(({ key, rules }) => !holds(rules, valuesOf(key)))
    if (!failing) return PASSES
    clause ??= failing
  }
  const bare = policy.scope === 'MessageAttributes' && message.attributes!.size === 0
  return { passes: false, why: bare ? 'NoMessageAttributes' : policy.scope, clause }
}

type ValuesOf = (key: string) => readonly Simple[] | undefined

function inAttributes(message: Matchable): ValuesOf {
  message.attributes ??= new Map(
    Object.entries(message.content.attributes).flatMap(([name, attribute]) => {
      const values = valuesIn(attribute)
      return values ? [[name, values] as const] : []
    }),
  )
  const { attributes } = message
  return (key) => attributes.get(key)
}

/** Binary attributes are not seen by policies. */
function valuesIn({ DataType, StringValue = '' }: MessageAttribute): Simple[] | null {
  const type = DataType.split('.')[0]
  if (type === 'Binary') return null
  if (type === 'Number') return [Number(StringValue)]
  if (!DataType.startsWith('String.Array')) return [StringValue]
  try {
    const elements: unknown = JSON.parse(StringValue)
    return Array.isArray(elements) ? elements.filter(isSimple) : [StringValue]
  } catch {
    return [StringValue]
  }
}

function inBody(message: Matchable): ValuesOf | null {
  if (message.body === undefined) message.body = readBody(message.content.body)
  const { body } = message
  if (!body) return null
  return (key) => {
    const found: Simple[] = []
    collect(body, key, found)
    return found.length > 0 ? found : undefined
  }
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

/** Values of leaves under a key; "a.b" is also b within a. Elements of arrays count each. */
function collect(value: unknown, key: string, found: Simple[]): void {
  if (Array.isArray(value)) {
    for (const element of value) collect(element, key, found)
    return
  }
  if (key === '') {
    if (isSimple(value)) found.push(value)
    return
  }
  if (!isObject(value)) return
  for (let dot = key.length; dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
    const name = key.slice(0, dot)
    if (Object.hasOwn(value, name)) collect(value[name], key.slice(dot + 1), found)
  }
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
