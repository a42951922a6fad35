/** Functions and event source mappings, as programs and the console ask for them (FACTS 7). */
import { expect, test } from 'vitest'
import type { Config } from '../../../scenario/scenario.ts'
import { Bed, FUNCTION } from '../testbed.ts'

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:orders'
const STREAM = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks'

function bed() {
  const { sim } = new Bed({}, { orders: ['sqs', { VisibilityTimeout: 60 }], clicks: ['kinesis'] })
  return (operation: string, input: Config = {}) => {
    const { output, error } = sim.callFromOutside('lambda', operation, input)
    return { output: output as Readonly<Record<string, unknown>>, error }
  }
}

test('FACTS 7: a mapping is made, told, listed, changed and deleted', () => {
  const ask = bed()
  const made = ask('CreateEventSourceMapping', { FunctionName: FUNCTION, EventSourceArn: QUEUE })
  expect(made.output).toMatchObject({
    BatchSize: 10,
    EventSourceArn: QUEUE,
    FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${FUNCTION}`,
    State: 'Enabled',
    FunctionResponseTypes: [],
  })
  const { UUID } = made.output
  const changed = ask('UpdateEventSourceMapping', {
    UUID,
    BatchSize: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  } as unknown as Config)
  expect(changed.output).toMatchObject({
    UUID,
    BatchSize: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  })
  expect(ask('GetEventSourceMapping', { UUID } as Config).output).toEqual(changed.output)
  const all = ask('ListEventSourceMappings', { FunctionName: FUNCTION })
  expect(all.output.EventSourceMappings).toHaveLength(1)
  expect(ask('DeleteEventSourceMapping', { UUID } as Config).output.State).toBe('Deleting')
  expect(ask('ListEventSourceMappings').output.EventSourceMappings).toEqual([])
  expect(ask('GetEventSourceMapping', { UUID } as Config).error).toMatchObject({
    code: 'ResourceNotFoundException',
    status: 404,
  })
})

test('FACTS 7: what AWS refuses', () => {
  const ask = bed()
  const create = (input: Config) =>
    ask('CreateEventSourceMapping', { FunctionName: FUNCTION, ...input })
  expect(create({ EventSourceArn: STREAM }).error?.message).toContain('startingPosition')
  expect(create({ EventSourceArn: QUEUE, BatchSize: 20_000 }).error?.message).toContain(
    'less than or equal to 10000',
  )
  expect(create({ EventSourceArn: `${QUEUE}-2` }).error?.code).toBe(
    'InvalidParameterValueException',
  )
  expect(create({ EventSourceArn: STREAM, StartingPosition: 'LATEST' }).output).toMatchObject({
    BatchSize: 100,
    StartingPosition: 'LATEST',
  })
  expect(create({ EventSourceArn: STREAM, StartingPosition: 'LATEST' }).error).toMatchObject({
    code: 'ResourceConflictException',
    status: 409,
  })
})

test('FACTS 7: functions are listed and told', () => {
  const ask = bed()
  expect(ask('ListFunctions').output.Functions).toMatchObject([{ FunctionName: FUNCTION }])
  expect(ask('GetFunction', { FunctionName: FUNCTION }).output).toMatchObject({
    Configuration: { FunctionName: FUNCTION, Timeout: 3, State: 'Active' },
  })
  expect(ask('GetFunction', { FunctionName: 'none' }).error?.code).toBe('ResourceNotFoundException')
})
