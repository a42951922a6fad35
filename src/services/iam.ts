/** For kinds that write templates: policies of IAM, and the roles of AWS's services and of programs. */
import { ACCOUNT } from './aws.ts'
import { OWN_USER } from './callers.ts'
import { getAtt, sub, type Access, type Draft, type Part, type Value } from './cloudFormation.ts'

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
  const { account } = part.schema.callsAs?.(part.node) ?? OWN_USER
  if (account !== ACCOUNT) {
    const text = `It is of the account ${account}: its role is made there, and what it calls must let it in.`
    draft.note(part, 'toDo', text)
    return
  }
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

export const oneOrAll = (values: readonly Value[]): Value =>
  values.length === 1 ? values[0] : values
