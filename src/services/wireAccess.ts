/**
 * Whether the policy of a wire's resource lets the wire do what it means, and what would let it: a
 * question of the design alone, as the run will answer it (FACTS 2.10).
 */
import type { Caller } from '../engine/behaviour.ts'
import type { ScenarioNode } from '../scenario/scenario.ts'
import { epochMs } from './aws.ts'
import { OWN_USER } from './callers.ts'
import { denialOf, isPolicy, readStatements, type Denial, type Statement } from './policy.ts'
import { connectionOf, schemas } from './schemas.ts'

export interface RefusedWire {
  /** The part whose policy refuses, and who is refused. */
  readonly resource: ScenarioNode
  readonly caller: ScenarioNode
  /** 'sqs:SendMessage' */
  readonly actions: readonly string[]
  readonly denial: Denial
  /** The setting of the resource that holds its policy. */
  readonly field: string
  /** The policy with one statement more, by which all of it is allowed; null where none would help. */
  readonly remedy: string | null
}

/** Null when the wire may do all it means, or no policy is asked. */
export function refusedWire(from: ScenarioNode, to: ScenarioNode): RefusedWire | null {
  const connection = connectionOf(from, to)
  if (!connection.ok) return null
  return (
    refusalBy(to, from, schemas.get(to.kind)?.policy?.asked.byWiresIn[connection.role]) ??
    refusalBy(from, to, schemas.get(from.kind)?.policy?.asked.byWiresOut[connection.role])
  )
}

function refusalBy(
  resource: ScenarioNode,
  caller: ScenarioNode,
  asked: readonly string[] = [],
): RefusedWire | null {
  const policy = schemas.get(resource.kind)?.policy
  if (!policy || asked.length === 0) return null
  const { field } = policy
  const arn = policy.arn(resource)
  const text = String(resource.config[field] ?? '')
  const statements = readStatements(text)
  const who = schemas.get(caller.kind)?.callsAs?.(caller) ?? OWN_USER
  const denials = asked.map((action) =>
    denialOf(statements, { caller: who, action, resource: arn, atMs: epochMs(0) }),
  )
  const actions = asked.filter((_, index) => denials[index] !== null)
  if (actions.length === 0) return null
  const denial = denials.includes('explicitDeny') ? 'explicitDeny' : 'noAllow'
  const remedy = withStatement(text, allowing(who, caller.name, asked, arn))
  return {
    resource,
    caller,
    actions,
    denial,
    field,
    remedy: denial === 'noAllow' && isPolicy(remedy) ? remedy : null,
  }
}

/** As AWS's pages write it: a service by the resource that it acts for, an account by its root. */
function allowing(
  { account, arn, service }: Caller,
  name: string,
  actions: readonly string[],
  resource: string,
): Statement {
  return {
    Sid: `Allow${name.replace(/[^A-Za-z0-9]/g, '')}`,
    Effect: 'Allow',
    Principal:
      service === undefined ? { AWS: `arn:aws:iam::${account}:root` } : { Service: service },
    Action: actions.length === 1 ? actions[0] : actions,
    Resource: resource,
    ...(service !== undefined && { Condition: { ArnEquals: { 'aws:SourceArn': arn } } }),
  }
}

function withStatement(policy: string, statement: Statement): string {
  const present = isPolicy(policy) && policy !== '' ? (JSON.parse(policy) as Statement) : {}
  return JSON.stringify(
    { Version: '2012-10-17', ...present, Statement: [...readStatements(policy), statement] },
    null,
    2,
  )
}
