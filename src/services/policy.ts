/**
 * Whether a resource's policy lets somebody do something: IAM's rules for resource policies, as far as
 * queues and topics need them (FACTS 2.10). Pure.
 */
import type { Caller } from '../engine/behaviour.ts'
import { ACCOUNT } from './aws.ts'
import { asList, conditionsHold, isLike, isObject, type Circumstances } from './conditions.ts'

export interface AccessRequest extends Circumstances {
  /** 'sqs:SendMessage' */
  readonly action: string
  /** ARN of the resource that the policy belongs to. */
  readonly resource: string
}

/** As in JSON; what the evaluator does not know of, it leaves alone. */
export type Statement = Readonly<Record<string, unknown>>

/** An explicit deny wins; `none`: the policy does not speak of it. */
export type Decision = 'allow' | 'deny' | 'none'

/**
 * Statements of a policy; none for what is no policy.
 * @param policy JSON, or '' for none
 */
export function readStatements(policy: string): readonly Statement[] {
  if (policy === '') return []
  try {
    const { Statement } = JSON.parse(policy) as Statement
    return asList(Statement).filter(isObject)
  } catch {
    return []
  }
}

export function decide(statements: readonly Statement[], request: AccessRequest): Decision {
  const fitting = statements.filter((statement) => applies(statement, request))
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'deny'
  return fitting.some(({ Effect }) => Effect === 'Allow') ? 'allow' : 'none'
}

/** Why a caller is not let in. */
export type Denial = 'explicitDeny' | 'noAllow'

/**
 * The whole decision, with what the caller's own account says: the owner's users need no word of the
 * policy, others do. A resource without a policy lets AWS's services of the own account in, which at AWS
 * it would not: a wire on the canvas stands for that permission too.
 */
export function denialOf(statements: readonly Statement[], request: AccessRequest): Denial | null {
  const { account, service } = request.caller
  const decision = decide(statements, request)
  if (decision === 'deny') return 'explicitDeny'
  const isTrusted = account === ACCOUNT && (service === undefined || statements.length === 0)
  return decision === 'allow' || isTrusted ? null : 'noAllow'
}

/** FACTS 2.10. */
export const MAX_STATEMENTS = 20
const MAX = { bytes: 8_192, principals: 50, conditions: 10 } as const

/** Whether AWS would take this text as the policy of a queue or topic; '' takes the policy away. */
export function isPolicy(text: string, maxChars: number = MAX.bytes): boolean {
  if (text === '') return true
  if (text.length > maxChars) return false
  try {
    const policy: unknown = JSON.parse(text)
    if (!isObject(policy)) return false
    const statements = asList(policy.Statement)
    return statements.length <= MAX_STATEMENTS && statements.every(isStatement)
  } catch {
    return false
  }
}

function isStatement(statement: unknown): boolean {
  if (!isObject(statement)) return false
  const { Effect, Principal, NotPrincipal, Action, NotAction, Condition } = statement
  return (
    (Effect === 'Allow' || Effect === 'Deny') &&
    (Principal ?? NotPrincipal) !== undefined &&
    (Action ?? NotAction) !== undefined &&
    (!isObject(Principal) || asList(Principal.AWS).length <= MAX.principals) &&
    (!isObject(Condition) || Object.keys(Condition).length <= MAX.conditions)
  )
}

function applies(statement: Statement, request: AccessRequest): boolean {
  return (
    principalFits(statement, request.caller) &&
    fits(statement, 'Action', request.action.toLowerCase()) &&
    (statement.Resource === undefined && statement.NotResource === undefined
      ? true
      : fits(statement, 'Resource', request.resource)) &&
    conditionsHold(statement.Condition, request)
  )
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. Actions have no case. */
function fits(statement: Statement, name: 'Action' | 'Resource', value: string): boolean {
  const lower = (text: string): string => (name === 'Action' ? text.toLowerCase() : text)
  const isIn = (given: unknown): boolean =>
    asList(given).some((pattern) => isLike(value, lower(String(pattern))))
  if (statement[name] !== undefined) return isIn(statement[name])
  const not = statement[`Not${name}`]
  return not !== undefined && !isIn(not)
}

function principalFits({ Principal, NotPrincipal }: Statement, caller: Caller): boolean {
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
