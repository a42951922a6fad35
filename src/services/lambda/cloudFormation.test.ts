import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

const ARN = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const statementsOf = (resource: Readonly<Record<string, unknown>>) =>
  (resource.PolicyDocument as { Statement: unknown[] }).Statement

test('a function has a role, a placeholder for its code, and what is not AWS’s default', async () => {
  const { resources, notes } = await written(
    design({
      nodes: {
        plain: ['lambda'],
        set: ['lambda', { Timeout: 60, ReservedConcurrentExecutions: 0, MaximumRetryAttempts: 0 }],
      },
      wires: [],
    }),
  )
  expect(resources.Plain).toEqual({
    type: 'AWS::Lambda::Function',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: ARN('PlainRole'),
    Code: { ZipFile: 'exports.handler = async (event) => {\n  return {}\n}\n' },
  })
  expect(resources.PlainRole).toMatchObject({
    AssumeRolePolicyDocument: {
      Statement: [{ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  })
  expect(resources.PlainRolePolicy).toBeUndefined()
  expect(resources.PlainAsynchronous).toBeUndefined()
  expect(resources.Set).toMatchObject({ Timeout: 60, ReservedConcurrentExecutions: 0 })
  expect(resources.SetAsynchronous).toEqual({
    type: 'AWS::Lambda::EventInvokeConfig',
    FunctionName: { Ref: 'Set' },
    Qualifier: '$LATEST',
    MaximumRetryAttempts: 0,
  })
  expect(notes.join()).toContain('placeholder')
})

test('FACTS 7: a mapping of a queue, with the role that may read it first', async () => {
  const { template, resources } = await written(
    design({
      nodes: { q: ['sqs'], f: ['lambda'], done: ['sqs'] },
      wires: [
        [
          'q',
          'f',
          {
            BatchSize: 100,
            MaximumBatchingWindowInSeconds: 5,
            ReportBatchItemFailures: true,
            MaximumConcurrency: 20,
            Enabled: false,
          },
        ],
        ['f', 'done'],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.FReadsQ).toEqual({
    type: 'AWS::Lambda::EventSourceMapping',
    FunctionName: { Ref: 'F' },
    EventSourceArn: ARN('Q'),
    Enabled: false,
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 20 },
    dependsOn: ['FRolePolicy'],
  })
  expect(resources.F.Code).toEqual({
    ZipFile: expect.stringContaining('return { batchItemFailures: [] }'),
  })
  expect(statementsOf(resources.FRolePolicy)).toEqual([
    {
      Effect: 'Allow',
      Action: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
      ],
      Resource: ARN('Q'),
    },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ARN('Done') },
  ])
})

test('FACTS 7: a mapping of a stream, with what becomes of batches that fail', async () => {
  const { template, resources } = await written(
    design({
      nodes: { s: ['kinesis'], f: ['lambda'], failed: ['sqs'] },
      wires: [
        [
          's',
          'f',
          {
            StartingPosition: 'LATEST',
            ParallelizationFactor: 4,
            MaximumRetryAttempts: 2,
            MaximumRecordAgeInSeconds: 3600,
            BisectBatchOnFunctionError: true,
          },
        ],
        ['f', 'failed', { use: 'onFailure' }],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.FReadsS).toEqual({
    type: 'AWS::Lambda::EventSourceMapping',
    FunctionName: { Ref: 'F' },
    EventSourceArn: ARN('S'),
    StartingPosition: 'LATEST',
    ParallelizationFactor: 4,
    MaximumRetryAttempts: 2,
    MaximumRecordAgeInSeconds: 3600,
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: ARN('Failed') } },
    dependsOn: ['FRolePolicy'],
  })
  // Nobody invokes it asynchronously.
  expect(resources.FAsynchronous).toBeUndefined()
})

test('FACTS 7: events that topics hand over are given up to the destination', async () => {
  const { template, resources } = await written(
    design({
      nodes: { t: ['sns'], f: ['lambda'], failed: ['sqs'] },
      wires: [
        ['t', 'f'],
        ['f', 'failed', { use: 'onFailure' }],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.FAsynchronous).toEqual({
    type: 'AWS::Lambda::EventInvokeConfig',
    FunctionName: { Ref: 'F' },
    Qualifier: '$LATEST',
    DestinationConfig: { OnFailure: { Destination: ARN('Failed') } },
    dependsOn: ['FRolePolicy'],
  })
})

test('two functions that invoke each other do not wait for each other', async () => {
  const { template, resources } = await written(
    design({
      nodes: { a: ['lambda'], b: ['lambda'] },
      wires: [
        ['a', 'b'],
        ['b', 'a'],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(statementsOf(resources.ARolePolicy)).toEqual([
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN('B') },
  ])
})

test('FACTS 7: what Lambda would refuse when the mapping is made is told', async () => {
  const look = async (
    queue: Readonly<Record<string, unknown>>,
    wire: Readonly<Record<string, unknown>>,
  ) => {
    const isFifo = queue.FifoQueue === true
    const name = isFifo ? 'q.fifo' : 'q'
    const { notes, resources } = await written(
      design({
        nodes: { [name]: ['sqs', queue], f: ['lambda', { Timeout: 30 }] },
        wires: [[name, 'f', wire]],
      }),
    )
    return { said: notes.filter((note) => note.includes('“q')).join(), resources }
  }
  expect((await look({}, { BatchSize: 10 })).said).toBe('')
  expect((await look({ VisibilityTimeout: 29 }, {})).said).toContain('visibility timeout')
  const one = await look({}, { MaximumConcurrency: 1 })
  expect(one.said).toContain('MaximumConcurrency of “q” is 2: Lambda takes no less.')
  expect(one.resources.FReadsQ.ScalingConfig).toEqual({ MaximumConcurrency: 2 })
  expect((await look({}, { BatchSize: 11 })).said).toContain('without a batching window')
  const fifo = await look({ FifoQueue: true }, { BatchSize: 11, MaximumBatchingWindowInSeconds: 5 })
  expect(fifo.said).toContain('at most 10 messages')
  expect(fifo.said).toContain('No batching window')
  expect(fifo.resources.FReadsQFifo).not.toHaveProperty('MaximumBatchingWindowInSeconds')
})
