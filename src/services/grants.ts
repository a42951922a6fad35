/** For kinds that write templates: a resource's policy, which lets in what wires lead to it (FACTS 2.10). */
import { ACCOUNT, epochMs } from './aws.ts'
import { OWN_USER } from './callers.ts'
import {
  ACCOUNT_ID,
  sub,
  verbatim,
  type Draft,
  type Grant,
  type Part,
  type ServiceCaller,
  type Value,
} from './cloudFormation.ts'
import { oneOrAll, policyDocument } from './iam.ts'
import { plainJson } from './plainJson.ts'
import { decide, readStatements, type Statement } from './policy.ts'

/**
 * A resource's policy: what people wrote, and what the wires need besides; null when there is neither.
 * What people wrote goes on saying no where it denies.
 * @param actionsOf a call that is granted
 */
export function resourcePolicy(
  part: Part,
  grants: readonly Grant[],
  draft: Draft,
  actionsOf: (call: string) => readonly string[] = (call) => part.access(call).actions,
): Value | null {
  const { policy } = part.schema
  const own = policy ? readStatements(String(part.config[policy.field] ?? '')) : []
  const added = grants.filter(({ from, call }) => {
    const decision = policy
      ? decide(own, {
          caller: from.schema.callsAs?.(from.node) ?? OWN_USER,
          action: actionsOf(call)[0],
          resource: policy.arn(part.node),
          atMs: epochMs(0),
        })
      : 'none'
    if (own.length > 0 && decision !== 'allow') draft.note(part, 'otherwise', told(from, decision))
    return decision === 'none'
  })
  const needed = added.flatMap(({ from, call }) =>
    from.caller === null
      ? []
      : // Of a bucket the last are its objects.
        [allowing(from.caller, actionsOf(call), part.access(call).resources.at(-1)!)],
  )
  const statements = [
    ...own.flatMap((statement) => ownStatement(statement, part, draft)),
    ...distinct(needed),
  ]
  return statements.length > 0 ? policyDocument(statements) : null
}

const told = ({ node }: Part, decision: 'deny' | 'none'): string =>
  decision === 'deny'
    ? `Its policy refuses “${node.name}”, here and at AWS.`
    : `Its policy does not let “${node.name}” in; the template adds that, since there is a wire.`

function allowing(caller: ServiceCaller, actions: readonly string[], resource: Value): Value {
  return {
    Effect: 'Allow',
    Principal: { Service: caller.service },
    Action: oneOrAll(actions),
    Resource: resource,
    Condition: conditionOn(caller),
  }
}

const conditionOn = ({ sourceArn, checksAccount }: ServiceCaller): Value =>
  checksAccount
    ? {
        ArnLike: { 'aws:SourceArn': sourceArn },
        StringEquals: { 'aws:SourceAccount': ACCOUNT_ID },
      }
    : { ArnEquals: { 'aws:SourceArn': sourceArn } }

/** A statement of people's own, for the account and region where the template is deployed. */
function ownStatement(statement: Statement, part: Part, draft: Draft): readonly Value[] {
  const value = plainJson(statement)
  if (value === null) {
    draft.note(
      part,
      'missing',
      'A statement of its policy, which CloudFormation would read otherwise: it has “Ref”, “Fn::” or null in it.',
    )
    return []
  }
  return [inPlace(value, part, draft)]
}

/** In place of the simulated account and its ARNs those of the template. */
function inPlace(value: Value, part: Part, draft: Draft): Value {
  if (typeof value === 'string') return textInPlace(value, part, draft)
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((each: Value) => inPlace(each, part, draft))
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, inPlace(each, part, draft)]),
  )
}

function textInPlace(text: string, part: Part, draft: Draft): Value {
  const known = draft.at(text)
  if (known !== undefined) return known
  if (text === ACCOUNT) return ACCOUNT_ID
  if (!text.includes(`:${ACCOUNT}:`)) return text
  const [, , service, region] = text.split(':')
  if (service !== 'iam') {
    const words = `Its policy names “${text}”, which is no part: see that it fits what AWS names.`
    draft.note(part, 'toDo', words)
  }
  const here = verbatim(text).replaceAll(`:${ACCOUNT}:`, ':${AWS::AccountId}:')
  return sub(region ? here.replace(`:${region}:`, ':${AWS::Region}:') : here)
}

/** Each value once, in the order of their first. */
function distinct(values: readonly Value[]): readonly Value[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const text = JSON.stringify(value)
    if (seen.has(text)) return false
    seen.add(text)
    return true
  })
}
