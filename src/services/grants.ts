/** For kinds that write templates: roles and what they may do, and policies of resources (FACTS 2.10). */
import { ACCOUNT, epochMs } from './aws.ts'
import { OWN_USER } from './callers.ts'
import {
  ACCOUNT_ID,
  getAtt,
  sub,
  verbatim,
  type Access,
  type Draft,
  type Grant,
  type Part,
  type ServiceCaller,
  type Value,
} from './cloudFormation.ts'
import { decide, readStatements, type Statement } from './policy.ts'

const POLICY_VERSION = '2012-10-17'

export const policyDocument = (statements: readonly Value[]): Value => ({
  Version: POLICY_VERSION,
  Statement: statements,
})

/** A role that an AWS service takes on for the part; returns its logical id. */
export function addRole(
  part: Part,
  draft: Draft,
  service: string,
  managed: readonly string[] = [],
): string {
  return draft.add(part, 'Role', {
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: policyDocument([
        { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
      ]),
      ManagedPolicyArns:
        managed.length > 0
          ? managed.map((name) => sub('arn:${AWS::Partition}:iam::aws:policy/' + name))
          : undefined,
    },
  })
}

/**
 * What the part's role may do; a resource of its own, since the role itself must not wait for what it may
 * use: two functions that invoke each other would wait for ever. Returns its logical id, or null when
 * there is nothing to allow.
 */
export function addRolePolicy(
  part: Part,
  draft: Draft,
  role: string,
  uses: readonly Access[],
): string | null {
  const statements = statementsFor(uses)
  if (statements.length === 0) return null
  return draft.add(part, 'RolePolicy', {
    type: 'AWS::IAM::Policy',
    properties: {
      PolicyName: 'design',
      Roles: [{ Ref: role }],
      PolicyDocument: policyDocument(statements),
    },
  })
}

/**
 * What a program of people's own may do, as its wires say: a policy for them to attach to its role.
 * @param more besides what other parts are called and read for
 */
export function addProgramPolicy(part: Part, draft: Draft, more: readonly Access[] = []): void {
  // The role of another account's program is made there.
  if ((part.schema.callsAs?.(part.node) ?? OWN_USER).account !== ACCOUNT) return
  const statements = statementsFor([
    ...part.into.map(({ role, other }) => other.access(role)),
    ...part.out.flatMap(({ other }) => other.schema.accepts.map((call) => other.access(call))),
    ...more,
  ])
  if (statements.length === 0) return
  draft.add(part, 'Access', {
    type: 'AWS::IAM::ManagedPolicy',
    properties: { PolicyDocument: policyDocument(statements) },
    comment: `What ${part.node.name} may do.`,
  })
  draft.note(part, 'toDo', 'Attach its policy (…Access) to the role that it runs as.')
}

/** One statement for what is on the same resources. */
function statementsFor(uses: readonly Access[]): readonly Value[] {
  const merged = new Map<string, Access>()
  for (const { actions, resources } of uses) {
    if (actions.length === 0 || resources.length === 0) continue
    const key = JSON.stringify(resources)
    const known = merged.get(key)?.actions ?? []
    merged.set(key, { actions: [...new Set([...known, ...actions])], resources })
  }
  return [...merged.values()].map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: oneOrAll(actions),
    Resource: oneOrAll(resources),
  }))
}

/** To put objects into a bucket, large ones in parts. */
export const BUCKET_WRITES: readonly string[] = [
  's3:AbortMultipartUpload',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:PutObject',
]

/** The bucket of that logical id, and its objects. */
export const bucketAndObjects = (id: string): readonly Value[] => [
  getAtt(id, 'Arn'),
  sub('${' + id + '.Arn}/*'),
]

/**
 * The statements of a resource's policy: what people wrote, and what the wires need besides; empty when
 * there is neither. What people wrote goes on saying no where it denies.
 * @param actions of a grant, by its call
 */
export function resourceStatements(
  part: Part,
  grants: readonly Grant[],
  draft: Draft,
  actions: Readonly<Record<string, readonly string[]>>,
): readonly Value[] {
  const { policy } = part.schema
  const own = policy ? readStatements(String(part.config[policy.field] ?? '')) : []
  const added = grants.filter(({ from, call }) => {
    const decision = policy
      ? decide(own, {
          caller: from.schema.callsAs?.(from.node) ?? OWN_USER,
          action: actions[call][0],
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
        [allowing(from.caller, actions[call], part.access(call).resources.at(-1)!)],
  )
  return [...own.flatMap((statement) => ownStatement(statement, part, draft)), ...distinct(needed)]
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
  return [inPlace(value, part)]
}

/** Names the simulated account and region no longer, and the resource itself by its reference. */
function inPlace(value: Value, part: Part): Value {
  if (typeof value === 'string') return textInPlace(value, part)
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((each: Value) => inPlace(each, part))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inPlace(each, part)]))
}

function textInPlace(text: string, part: Part): Value {
  if (part.arn !== null && text === part.schema.policy?.arn(part.node)) return part.arn
  if (text === ACCOUNT) return ACCOUNT_ID
  if (!text.includes(`:${ACCOUNT}:`)) return text
  const [, , , region] = text.split(':')
  const here = verbatim(text).replaceAll(`:${ACCOUNT}:`, ':${AWS::AccountId}:')
  return sub(region ? here.replace(`:${region}:`, ':${AWS::Region}:') : here)
}

/** JSON from people as a value; null where CloudFormation would read it otherwise: functions, nulls. */
export function plainJson(json: unknown): Value | null {
  return isPlain(json) ? json : null
}

function isPlain(json: unknown): json is Value {
  if (typeof json === 'number') return Number.isFinite(json)
  if (typeof json !== 'object') return json !== undefined
  if (json === null) return false
  if (Array.isArray(json)) return json.every(isPlain)
  return Object.entries(json).every(
    ([key, value]) => key !== 'Ref' && !key.startsWith('Fn::') && isPlain(value),
  )
}

const oneOrAll = (values: readonly Value[]): Value => (values.length === 1 ? values[0] : values)

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
