/** A function in a CloudFormation template: its role, who may invoke it, and what it reads. */
import { epochSeconds } from '../aws.ts'
import { fromSeconds } from '../../base/units.ts'
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
  type Properties,
} from '../cloudFormation.ts'
import { addRole, addRolePolicy } from '../grants.ts'
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

/** Of a queue, or of a stream; what is AWS's default is left out. */
function mappingOf(link: Link, handler: Part): Properties {
  const { role, config, other } = link
  const isQueue = role === 'poll'
  const number = (name: string, byDefault: number): number | undefined =>
    config[name] === byDefault ? undefined : Number(config[name])
  const isFifo = other.config.FifoQueue === true
  const failures = failuresTo(handler)
  const shared: Properties = {
    FunctionName: ref(handler.id),
    EventSourceArn: other.arn!,
    Enabled: config.Enabled === false ? false : undefined,
    BatchSize: number('BatchSize', isQueue ? 10 : 100),
    MaximumBatchingWindowInSeconds: isFifo
      ? undefined
      : number('MaximumBatchingWindowInSeconds', 0),
    FunctionResponseTypes:
      config.ReportBatchItemFailures === true ? ['ReportBatchItemFailures'] : undefined,
  }
  if (isQueue) {
    const most = Number(config.MaximumConcurrency)
    return { ...shared, ScalingConfig: most > 0 ? { MaximumConcurrency: most } : undefined }
  }
  const startsAt = String(config.StartingPosition)
  const seconds = epochSeconds(fromSeconds(Number(config.startAtS)))
  return {
    ...shared,
    StartingPosition: startsAt,
    StartingPositionTimestamp: startsAt === 'AT_TIMESTAMP' ? seconds : undefined,
    ParallelizationFactor: number('ParallelizationFactor', 1),
    MaximumRetryAttempts: number('MaximumRetryAttempts', -1),
    MaximumRecordAgeInSeconds: number('MaximumRecordAgeInSeconds', -1),
    BisectBatchOnFunctionError: config.BisectBatchOnFunctionError === true ? true : undefined,
    DestinationConfig: failures ? { OnFailure: { Destination: failures.arn! } } : undefined,
  }
}

/** FACTS 7: what Lambda checks when the mapping is made. */
function warnOf({ role, config, other }: Link, handler: Part, draft: Draft): void {
  const { name } = other.node
  if (config.StartingPosition === 'AT_TIMESTAMP') {
    const text = `The starting time of what it reads from “${name}” is one of the run: set your own.`
    draft.note(handler, 'toDo', text)
  }
  if (role !== 'poll') return
  const timeoutS = Number(handler.config.Timeout)
  if (Number(other.config.VisibilityTimeout) < timeoutS) {
    const text = `Lambda refuses the mapping while the visibility timeout of “${name}” is shorter than the function’s timeout, ${timeoutS} s.`
    draft.note(handler, 'toDo', text)
  }
  const size = Number(config.BatchSize)
  const windowS = Number(config.MaximumBatchingWindowInSeconds)
  if (other.config.FifoQueue === true) {
    if (size > 10) draft.note(handler, 'toDo', `Lambda takes at most 10 messages from “${name}”.`)
    if (windowS > 0) draft.note(handler, 'otherwise', `No batching window for “${name}” (FIFO).`)
  } else if (size > 10 && windowS === 0) {
    const text = `Lambda refuses batches of more than 10 messages of “${name}” without a batching window.`
    draft.note(handler, 'toDo', text)
  }
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
    for (const link of sourcesOf(handler)) {
      warnOf(link, handler, draft)
      draft.add(handler, `Reads${link.other.id}`, {
        type: 'AWS::Lambda::EventSourceMapping',
        properties: mappingOf(link, handler),
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
