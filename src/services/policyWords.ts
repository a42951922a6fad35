/** A policy's statements in plain English, for people who have not read many. */
import { asList, isObject } from './conditions.ts'
import type { Statement } from './policy.ts'

/** "Lets the service sns.amazonaws.com do sqs:SendMessage, if aws:SourceArn is arn:..." */
export function sayStatement(statement: Statement): string {
  const { Effect, Principal, NotPrincipal, Action, NotAction, Condition } = statement
  const who =
    NotPrincipal === undefined ? sayPrincipal(Principal) : `all but ${sayPrincipal(NotPrincipal)}`
  const what =
    NotAction === undefined ? sayActions(Action) : `anything but ${sayActions(NotAction)}`
  const verb = Effect === 'Deny' ? 'Forbids' : 'Lets'
  const link = Effect === 'Deny' ? ' to do' : ' do'
  return `${verb} ${who}${link} ${what}${sayConditions(Condition)}.`
}

function sayPrincipal(principal: unknown): string {
  if (principal === '*') return 'everybody'
  if (!isObject(principal)) return 'nobody'
  const people = asList(principal.AWS).map((one) => sayUser(String(one)))
  const services = asList(principal.Service).map((one) => `the service ${String(one)}`)
  return joined([...people, ...services], 'and') || 'nobody'
}

function sayUser(principal: string): string {
  if (principal === '*') return 'everybody'
  const root = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(principal)
  return root ? `the account ${root[1]}` : principal
}

function sayActions(actions: unknown): string {
  const list = asList(actions).map(String)
  return list.some((action) => action === '*' || /^\w+:\*$/.test(action))
    ? 'everything'
    : joined(list, 'and')
}

function sayConditions(conditions: unknown): string {
  if (!isObject(conditions)) return ''
  const said = Object.entries(conditions).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => sayCondition(operator, key, values))
      : [],
  )
  return said.length === 0 ? '' : `, if ${joined(said, 'and')}`
}

function sayCondition(operator: string, key: string, values: unknown): string {
  const name = operator.replace(/^For(?:Any|All)Values?:/, '').replace(/IfExists$/, '')
  const list = joined(asList(values).map(String), 'or')
  if (name === 'Null') return `${key} is ${list === 'true' ? 'absent' : 'there'}`
  const words = /Not(?=[A-Z])/.test(name) ? 'is not' : (COMPARISONS[name] ?? 'is')
  const like = name.endsWith('Like') ? ' like' : ''
  const unless = operator.endsWith('IfExists') ? ', where it is there,' : ''
  return `${key}${unless} ${words}${like} ${list}`
}

const COMPARISONS: Readonly<Record<string, string>> = {
  IpAddress: 'is in',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is more than',
  NumericGreaterThanEquals: 'is at least',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is not after',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is not before',
}

/** "a", "a and b", "a, b and c" */
function joined(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}
