/** Functions and event source mappings, as programs and the console ask for them (FACTS 7). */
import { describe, expect, it, test } from 'vitest'
import { fromSeconds } from '../../../base/units.ts'
import { totalsOf } from '../../../engine/totals.ts'
import type { Config } from '../../../scenario/scenario.ts'
import { epochSeconds } from '../../aws.ts'
import { Bed, FUNCTION } from '../testbed.ts'

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:orders'
const STREAM = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks'
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:failures'
const BEGIN_S = epochSeconds(0)

function bed(config: Config = {}) {
  const { sim } = new Bed(config, {
    orders: ['sqs', { VisibilityTimeout: 60 }],
    clicks: ['kinesis'],
    failures: ['sns'],
  })
  const ask = (operation: string, input: object = {}) => {
    const { output, error } = sim.callFromOutside('lambda', operation, { ...input })
    return { output: output as Readonly<Record<string, unknown>>, error }
  }
  return { sim, ask }
}

test('FACTS 7: a mapping is made, told, listed, changed and deleted', () => {
  const { ask } = bed()
  const made = ask('CreateEventSourceMapping', { FunctionName: FUNCTION, EventSourceArn: QUEUE })
  const { UUID } = made.output
  const told = {
    BatchSize: 10,
    EventSourceArn: QUEUE,
    EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${String(UUID)}`,
    FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${FUNCTION}`,
    FunctionResponseTypes: [],
    LastModified: BEGIN_S,
    MaximumBatchingWindowInSeconds: 0,
    State: 'Creating',
    StateTransitionReason: 'USER_INITIATED',
    UUID,
  }
  expect(made.output).toEqual(told)
  expect(ask('GetEventSourceMapping', { UUID }).output).toEqual({ ...told, State: 'Enabled' })
  const changed = ask('UpdateEventSourceMapping', {
    UUID,
    BatchSize: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 7 },
  })
  expect(changed.output).toEqual({
    ...told,
    BatchSize: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 7 },
    State: 'Updating',
  })
  const all = ask('ListEventSourceMappings', { FunctionName: FUNCTION })
  expect(all.output.EventSourceMappings).toEqual([{ ...changed.output, State: 'Enabled' }])
  expect(ask('DeleteEventSourceMapping', { UUID }).output.State).toBe('Deleting')
  expect(ask('ListEventSourceMappings').output.EventSourceMappings).toEqual([])
  expect(ask('GetEventSourceMapping', { UUID }).error).toEqual({
    code: 'ResourceNotFoundException',
    status: 404,
    message: 'The resource you requested does not exist.',
  })
})

test('as recorded: a mapping of a stream tells what came of its last batch', () => {
  const { ask, sim } = bed()
  const made = ask('CreateEventSourceMapping', {
    FunctionName: FUNCTION,
    EventSourceArn: STREAM,
    StartingPosition: 'TRIM_HORIZON',
  })
  const { UUID } = made.output
  expect(made.output).toEqual({
    BatchSize: 100,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    EventSourceArn: STREAM,
    EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${String(UUID)}`,
    FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${FUNCTION}`,
    FunctionResponseTypes: [],
    LastModified: BEGIN_S,
    LastProcessingResult: 'No records processed',
    MaximumBatchingWindowInSeconds: 0,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    ParallelizationFactor: 1,
    StartingPosition: 'TRIM_HORIZON',
    State: 'Creating',
    StateTransitionReason: 'User action',
    TumblingWindowInSeconds: 0,
    UUID,
  })
  sim.callFromOutside('kinesis', 'PutRecord', {
    StreamName: 'clicks',
    PartitionKey: 'k',
    Data: 'eA==',
  })
  sim.advance(fromSeconds(10))
  expect(ask('GetEventSourceMapping', { UUID }).output).toMatchObject({
    LastModified: BEGIN_S,
    LastProcessingResult: 'OK',
    State: 'Enabled',
  })
})

test('as recorded: a mapping is disabled and enabled', () => {
  const { ask } = bed()
  const input = { FunctionName: FUNCTION, EventSourceArn: QUEUE, Enabled: false }
  const made = ask('CreateEventSourceMapping', input)
  expect(made.output).toMatchObject({ State: 'Disabled' })
  expect(made.output).not.toHaveProperty('Enabled')
  const { UUID } = made.output
  const stateAfter = (Enabled: boolean) => [
    ask('UpdateEventSourceMapping', { UUID, Enabled }).output.State,
    ask('GetEventSourceMapping', { UUID }).output.State,
  ]
  expect(stateAfter(true)).toEqual(['Enabling', 'Enabled'])
  expect(stateAfter(false)).toEqual(['Disabling', 'Disabled'])
  expect(ask('UpdateEventSourceMapping', { UUID, BatchSize: 3 }).output.State).toBe('Updating')
})

test('as recorded: a destination on failure is told with the mapping, and is a wire', () => {
  const { ask, sim } = bed()
  const given = { DestinationConfig: { OnFailure: { Destination: QUEUE } } }
  const made = ask('CreateEventSourceMapping', {
    FunctionName: FUNCTION,
    EventSourceArn: STREAM,
    StartingPosition: 'LATEST',
    ...given,
  })
  expect(made.output).toMatchObject(given)
  expect(sim.world.scenario.wires).toContainEqual(
    expect.objectContaining({ from: FUNCTION, to: 'orders', config: { use: 'onFailure' } }),
  )
  const { UUID } = made.output
  const other = { DestinationConfig: { OnFailure: { Destination: TOPIC } } }
  expect(ask('UpdateEventSourceMapping', { UUID, ...other }).output).toMatchObject(other)
  expect(sim.world.scenario.wires.filter(({ config }) => config?.use === 'onFailure')).toHaveLength(
    1,
  )
  const success = { DestinationConfig: { OnSuccess: { Destination: QUEUE } } }
  expect(ask('UpdateEventSourceMapping', { UUID, ...success }).error?.message).toBe(
    'Unsupported DestinationConfig parameter for given event source mapping type.',
  )
})

test('FACTS 7: a mapping begins at a time', () => {
  const { ask, sim } = bed()
  const put = (text: string) =>
    sim.callFromOutside('kinesis', 'PutRecord', {
      StreamName: 'clicks',
      PartitionKey: 'k',
      Data: btoa(text),
    })
  put('early')
  sim.advance(fromSeconds(100))
  put('late')
  const made = ask('CreateEventSourceMapping', {
    FunctionName: FUNCTION,
    EventSourceArn: STREAM,
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: BEGIN_S + 50,
  })
  expect(made.output).toMatchObject({
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: BEGIN_S + 50,
  })
  sim.advance(fromSeconds(110))
  expect(totalsOf(sim).nodes[FUNCTION].totals.processed).toBe(1)
})

describe('what AWS refuses', () => {
  const FAILED = 'failed to satisfy constraint: Member must'
  it.each<[string, object, string, string]>([
    ['no source', {}, 'InvalidParameterValueException', 'Unrecognized event source.'],
    [
      'an unknown function',
      { EventSourceArn: QUEUE, FunctionName: 'no' },
      'InvalidParameterValueException',
      'Function does not exist',
    ],
    [
      'an unknown queue',
      { EventSourceArn: `${QUEUE}-2` },
      'InvalidParameterValueException',
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    ],
    [
      'an unknown stream',
      { EventSourceArn: `${STREAM}-2`, StartingPosition: 'LATEST' },
      'InvalidParameterValueException',
      `Stream not found: ${STREAM}-2`,
    ],
    [
      'no starting position',
      { EventSourceArn: STREAM },
      'InvalidParameterValueException',
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    ],
    [
      'another starting position',
      { EventSourceArn: STREAM, StartingPosition: '0' },
      'ValidationException',
      `1 validation error detected: Value '0' at 'startingPosition' ${FAILED} satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]`,
    ],
    [
      'a time for another position',
      { EventSourceArn: STREAM, StartingPosition: 'LATEST', StartingPositionTimestamp: 1 },
      'InvalidParameterValueException',
      'Timestamp only valid with StartingPosition AT_TIMESTAMP',
    ],
    [
      'a time before all times',
      { EventSourceArn: STREAM, StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: -1 },
      'InvalidParameterValueException',
      'Received Exception while reading from provided stream. class java.lang.Long can not be converted to a Timestamp',
    ],
    [
      'a starting position of a queue',
      { EventSourceArn: QUEUE, StartingPosition: 'LATEST' },
      'InvalidParameterValueException',
      'StartingPosition is not valid for SQS event sources.',
    ],
  ])('as recorded: no mapping of %s', (_what, input, code, message) => {
    const error = bed().ask('CreateEventSourceMapping', { FunctionName: FUNCTION, ...input }).error
    expect(error).toMatchObject({ code, status: 400, message })
  })

  it('FACTS 7: numbers out of their range, all at once', () => {
    const { ask } = bed()
    const input = { FunctionName: FUNCTION, EventSourceArn: QUEUE }
    const wrong = { BatchSize: 20_000, ScalingConfig: { MaximumConcurrency: 1 } }
    expect(ask('CreateEventSourceMapping', { ...input, ...wrong }).error).toMatchObject({
      code: 'ValidationException',
      message: `2 validation errors detected: Value '20000' at 'batchSize' ${FAILED} have value less than or equal to 10000; Value '1' at 'scalingConfig.maximumConcurrency' ${FAILED} have value greater than or equal to 2`,
    })
  })

  it.each<[object, object, string]>([
    [
      {},
      { BatchSize: 11 },
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    [
      { Timeout: 61 },
      {},
      'Queue visibility timeout: 60 seconds is less than Function timeout: 61 seconds',
    ],
  ])('FACTS 7: settings that do not fit together: %j, %j', (config, given, message) => {
    const { ask } = bed(config as Config)
    const input = { FunctionName: FUNCTION, EventSourceArn: QUEUE, ...given }
    expect(ask('CreateEventSourceMapping', input).error).toMatchObject({
      code: 'InvalidParameterValueException',
      message,
    })
    expect(ask('ListEventSourceMappings').output.EventSourceMappings).toEqual([])
  })

  it.each([
    [
      QUEUE,
      {},
      `An event source mapping with SQS arn (" ${QUEUE} ") and function (" fn ") already`,
    ],
    [
      STREAM,
      { StartingPosition: 'LATEST' },
      `The event source arn (" ${STREAM} ") and function (" fn ") provided mapping already`,
    ],
  ])('as recorded: a second mapping of %s', (EventSourceArn, more, words) => {
    const { ask } = bed()
    const input = { FunctionName: FUNCTION, EventSourceArn, ...more }
    const { UUID } = ask('CreateEventSourceMapping', input).output
    expect(ask('CreateEventSourceMapping', input).error).toEqual({
      code: 'ResourceConflictException',
      status: 409,
      message: `${words} exists. Please update or delete the existing mapping with UUID ${String(UUID)}`,
    })
  })
})

test('FACTS 7: functions are listed and told', () => {
  const { ask } = bed()
  expect(ask('ListFunctions').output.Functions).toMatchObject([{ FunctionName: FUNCTION }])
  expect(ask('GetFunction', { FunctionName: FUNCTION }).output).toMatchObject({
    Configuration: { FunctionName: FUNCTION, Timeout: 3, State: 'Active' },
  })
  expect(ask('GetFunction', { FunctionName: 'none' }).error?.code).toBe('ResourceNotFoundException')
})
