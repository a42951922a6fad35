/** A function in a CloudFormation template: its role, who may invoke it, and what it reads. */
import {
  ACCOUNT_ID,
  getAtt,
  ref,
  type Access,
  type CloudFormation,
  type Draft,
  type Grant,
  type Link,
  type Part,
} from '../cloudFormation.ts'
import { addRole, addRolePolicy } from '../iam.ts'
import { mappingOf, warnOfMapping } from './mappingTemplate.ts'
import { WAYS } from './ways.ts'

const RUNTIME = 'nodejs24.x'

/** Wires by which it reads: event source mappings. */
const READS = new Set(['poll', 'read'])

const sourcesOf = (handler: Part): readonly Link[] =>
  handler.into.filter(({ role, other }) => READS.has(role) && other.arn !== null)

const sentTo = (handler: Part): readonly Link[] =>
  handler.out.filter(({ role, other }) => role === 'send' && other.arn !== null)

const failuresTo = (handler: Part): Part | undefined =>
  sentTo(handler).find(({ config }) => config.use === 'onFailure')?.other

const isTransform = (handler: Part): boolean =>
  handler.into.some(({ role }) => role === 'transform')

/** It does nothing but return what its callers must have. */
function placeholder(handler: Part): string {
  if (isTransform(handler)) {
    return [
      'exports.handler = async ({ records }) => ({',
      "  records: records.map(({ recordId, data }) => ({ recordId, result: 'Ok', data })),",
      '})',
      '',
    ].join('\n')
  }
  const reports = sourcesOf(handler).some(({ config }) => config.ReportBatchItemFailures === true)
  return `exports.handler = async (event) => {\n  return ${reports ? '{ batchItemFailures: [] }' : '{}'}\n}\n`
}

/** Callers that wait for no answer: their events are tried again by Lambda (FACTS 7). */
const isCalledAsynchronously = (handler: Part): boolean =>
  handler.into.some(
    ({ role, config }) =>
      !READS.has(role) && role !== 'transform' && config.InvocationType !== 'RequestResponse',
  )

function addInvokeConfig(handler: Part, policy: readonly string[], draft: Draft): void {
  const changed = handler.changed('MaximumRetryAttempts', 'MaximumEventAgeInSeconds')
  const failures = isCalledAsynchronously(handler) ? failuresTo(handler) : undefined
  if (Object.keys(changed).length === 0 && !failures) return
  draft.add(handler, 'Asynchronous', {
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: ref(handler.id),
      Qualifier: '$LATEST',
      ...changed,
      DestinationConfig: failures ? { OnFailure: { Destination: failures.arn! } } : undefined,
    },
    dependsOn: policy,
  })
}

function usesOf(handler: Part): readonly Access[] {
  const reads = sourcesOf(handler).map(({ role, other }) => other.access(role))
  const sends = sentTo(handler).flatMap(({ other }) => {
    const way = WAYS.find((each) => other.schema.accepts.includes(each))
    return way ? [other.access(way)] : []
  })
  return [...reads, ...sends]
}

const cloudFormation: CloudFormation = {
  arn: ({ id }) => getAtt(id, 'Arn'),
  address: ({ id }) => ({ label: 'Name', value: ref(id) }),
  actions: { Invoke: ['lambda:InvokeFunction'], Transform: ['lambda:InvokeFunction'] },
  metrics: {
    namespace: 'AWS/Lambda',
    dimensions: ({ id }) => [{ Name: 'FunctionName', Value: ref(id) }],
  },
  write(handler, draft) {
    const role = addRole(handler, draft, 'lambda.amazonaws.com', [
      'service-role/AWSLambdaBasicExecutionRole',
    ])
    const policy = addRolePolicy(handler, draft, role, usesOf(handler))
    const dependsOn = policy === null ? [] : [policy]
    draft.add(handler, '', {
      type: 'AWS::Lambda::Function',
      properties: {
        Runtime: RUNTIME,
        Handler: 'index.handler',
        Role: getAtt(role, 'Arn'),
        ...handler.changed('Timeout', 'ReservedConcurrentExecutions'),
        Code: { ZipFile: placeholder(handler) },
      },
      comment: 'A placeholder: its code only returns.',
    })
    draft.note(handler, 'toDo', 'Its code: the template has a placeholder that only returns.')
    const failures = failuresTo(handler)?.arn ?? null
    for (const link of sourcesOf(handler)) {
      warnOfMapping(link, handler, draft)
      draft.add(handler, `Reads${link.other.id}`, {
        type: 'AWS::Lambda::EventSourceMapping',
        properties: mappingOf(link, handler, failures),
        // Lambda tries at once whether it may read.
        dependsOn,
      })
    }
    addInvokeConfig(handler, dependsOn, draft)
  },
  allow(handler, grants, draft) {
    for (const grant of grants) addPermission(handler, grant, draft)
  },
}

function addPermission(handler: Part, { from }: Grant, draft: Draft): void {
  if (from.caller === null) return
  const { service, sourceArn, checksAccount } = from.caller
  draft.add(handler, `InvokedBy${from.id}`, {
    type: 'AWS::Lambda::Permission',
    properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: ref(handler.id),
      Principal: service,
      SourceArn: sourceArn,
      SourceAccount: checksAccount ? ACCOUNT_ID : undefined,
    },
  })
}

export default cloudFormation
