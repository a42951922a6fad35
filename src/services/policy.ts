/**
 * Whether a resource's policy lets somebody do something: IAM's rules for resource policies, as far as
 * queues and topics need them (FACTS 2.10). Pure. A condition of an operator that is not known never
 * holds, so that an allow with it allows nothing.
 */
import type { Caller } from '../engine/behaviour.ts'

export interface AccessRequest {
  readonly caller: Caller
  /** 'sqs:SendMessage' */
  readonly action: string
  /** ARN of the resource that the policy belongs to. */
  readonly resource: string
}

/** An explicit deny wins; `none`: the policy does not speak of it. */
export type Decision = 'allow' | 'deny' | 'none'

type Json = Readonly<Record<string, unknown>>

/** @param policy JSON, or '' for none */
export function decide(policy: string, request: AccessRequest): Decision {
  const statements = statementsOf(policy).filter((statement) => applies(statement, request))
  if (statements.some(({ Effect }) => Effect === 'Deny')) return 'deny'
  return statements.some(({ Effect }) => Effect === 'Allow') ? 'allow' : 'none'
}

function statementsOf(policy: string): readonly Json[] {
  if (policy === '') return []
  try {
    const { Statement } = JSON.parse(policy) as Json
    return asList(Statement).filter(isObject)
  } catch {
    return []
  }
}

function applies(statement: Json, request: AccessRequest): boolean {
  return (
    principalFits(statement, request.caller) &&
    fits(statement, 'Action', request.action.toLowerCase()) &&
    (statement.Resource === undefined && statement.NotResource === undefined
      ? true
      : fits(statement, 'Resource', request.resource)) &&
    conditionsHold(statement.Condition, request.caller)
  )
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. Actions have no case. */
function fits(statement: Json, name: 'Action' | 'Resource', value: string): boolean {
  const lower = (text: string): string => (name === 'Action' ? text.toLowerCase() : text)
  const isIn = (given: unknown): boolean =>
    asList(given).some((pattern) => isLike(value, lower(String(pattern))))
  if (statement[name] !== undefined) return isIn(statement[name])
  const not = statement[`Not${name}`]
  return not !== undefined && !isIn(not)
}

function principalFits({ Principal, NotPrincipal }: Json, caller: Caller): boolean {
  if (Principal !== undefined) return isNamed(Principal, caller)
  return NotPrincipal !== undefined && !isNamed(NotPrincipal, caller)
}

function isNamed(principal: unknown, { account, arn, service }: Caller): boolean {
  if (principal === '*') return true
  if (!isObject(principal)) return false
  // In a resource policy this means everybody too, AWS's services among them.
  if (asList(principal.AWS).includes('*')) return true
  if (service !== undefined) return asList(principal.Service).includes(service)
  return asList(principal.AWS).some(
    (one) => one === account || one === arn || one === `arn:aws:iam::${account}:root`,
  )
}

/** All operators, all keys of each; of the values of one key any, of a negated operator none. */
function conditionsHold(conditions: unknown, caller: Caller): boolean {
  if (conditions === undefined) return true
  if (!isObject(conditions)) return false
  return Object.entries(conditions).every(
    ([operator, keys]) =>
      isObject(keys) &&
      Object.entries(keys).every(([key, values]) =>
        conditionHolds(operator, asList(values).map(String), valueOf(key, caller)),
      ),
  )
}

function conditionHolds(
  operator: string,
  values: readonly string[],
  actual: string | undefined,
): boolean {
  const ifExists = operator.endsWith('IfExists')
  const name = ifExists ? operator.slice(0, -'IfExists'.length) : operator
  if (name === 'Null') return values.includes(String(actual === undefined))
  const isNegated = /^[A-Za-z]*Not[A-Z]/.test(name)
  if (actual === undefined) return ifExists || isNegated
  const compare = COMPARISONS[name.replace('Not', '')]
  if (!compare) return false
  return values.some((value) => compare(actual, value)) !== isNegated
}

const COMPARISONS: Readonly<Record<string, (actual: string, wanted: string) => boolean>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: isLike,
  // IAM compares ARNs alike by both names.
  ArnEquals: isLike,
  ArnLike: isLike,
  Bool: (actual, wanted) => actual === wanted.toLowerCase(),
}

/** What a condition's key stands for; keys have no case. */
function valueOf(key: string, { account, arn, service }: Caller): string | undefined {
  switch (key.toLowerCase()) {
    case 'aws:sourcearn':
      return service === undefined ? undefined : arn
    case 'aws:sourceaccount':
    case 'aws:sourceowner':
      return service === undefined ? undefined : account
    case 'aws:principalarn':
      return service === undefined ? arn : undefined
    case 'aws:principalaccount':
      return service === undefined ? account : undefined
    case 'aws:securetransport':
      return 'true'
    default:
      return undefined
  }
}

/** `*` stands for any characters, `?` for one. */
function isLike(text: string, pattern: string): boolean {
  let [t, p, star, mark] = [0, 0, -1, 0]
  while (t < text.length) {
    if (pattern[p] === '?' || (pattern[p] !== '*' && pattern[p] === text[t])) {
      t++
      p++
    } else if (pattern[p] === '*') {
      star = p++
      mark = t
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

const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
