/** AWS Lambda's API, as far as functions and their event source mappings go (FACTS 7). */
import {
  boolean,
  integer,
  list,
  needs,
  oneOf,
  refersTo,
  string,
  structure,
  takes,
  timestamp,
  type ServiceApi,
} from '../../api.ts'
import { functionArn } from '../names.ts'

const FUNCTIONS = '/2015-03-31/functions'
const MAPPINGS = '/2015-03-31/event-source-mappings'

const FunctionName = needs(refersTo('lambda', 'name'), 'The function: its name or ARN.')
const UUID = needs(string, 'Of the mapping.', { from: ['UUID'] })

const destination = structure({ Destination: string })
const destinations = structure({ OnFailure: destination, OnSuccess: destination })

const settings = {
  Enabled: takes(boolean, 'Whether it reads; true unless it is given.'),
  BatchSize: takes(integer, 'Queues 10, streams 100, unless it is given; at most 10,000.'),
  MaximumBatchingWindowInSeconds: takes(integer, '0 to 300.'),
  ParallelizationFactor: takes(integer, 'Streams: batches of a shard at a time, 1 to 10.'),
  MaximumRetryAttempts: takes(integer, 'Streams: -1 tries for ever.'),
  MaximumRecordAgeInSeconds: takes(integer, 'Streams: -1 for no limit, else 60 to 604,800.'),
  BisectBatchOnFunctionError: takes(boolean, 'Streams: a batch that fails is split.'),
  FunctionResponseTypes: takes(
    list(oneOf('ReportBatchItemFailures')),
    'Whether the function returns what failed.',
  ),
  ScalingConfig: takes(structure({ MaximumConcurrency: integer }), 'Queues: 2 to 1,000.'),
  DestinationConfig: takes(destinations, 'A queue or topic that is told what is given up.'),
}

const { Enabled: _enabled, ...told } = settings

const mapping = {
  UUID: string,
  ...told,
  StartingPosition: string,
  StartingPositionTimestamp: timestamp,
  TumblingWindowInSeconds: integer,
  EventSourceArn: string,
  EventSourceMappingArn: string,
  FunctionArn: string,
  LastModified: timestamp,
  LastProcessingResult: string,
  State: string,
  StateTransitionReason: string,
}

const configuration = structure({
  FunctionName: string,
  FunctionArn: string,
  Timeout: integer,
  Version: string,
  State: string,
})

const api: ServiceApi = {
  service: 'lambda',
  title: 'AWS Lambda',
  resource: { arn: functionArn('{name}') },
  sampleName: 'process-orders',
  upperMessage: ['ResourceNotFoundException'],
  highlights: ['Invoke', 'ListFunctions', 'ListEventSourceMappings'],
  operations: [
    {
      name: 'ListFunctions',
      rest: { method: 'GET', path: FUNCTIONS },
      help: 'The functions of the design.',
      onAccount: true,
      input: structure({}),
      output: structure({ Functions: list(configuration) }),
      example: 'aws lambda list-functions',
    },
    {
      name: 'GetFunction',
      rest: { method: 'GET', path: `${FUNCTIONS}/{FunctionName}` },
      help: 'A function, and the concurrency that is reserved for it.',
      input: structure({ FunctionName }),
      output: structure({
        Configuration: configuration,
        Concurrency: structure({ ReservedConcurrentExecutions: integer }),
      }),
      example: 'aws lambda get-function --function-name {lambda}',
    },
    {
      name: 'Invoke',
      rest: {
        method: 'POST',
        path: `${FUNCTIONS}/{FunctionName}/invocations`,
        payload: 'Payload',
        headers: {
          'x-amz-invocation-type': 'InvocationType',
          'x-amz-function-error': 'FunctionError',
          'x-amz-executed-version': 'ExecutedVersion',
        },
      },
      help: 'Runs the function, and waits for it unless the type is Event.',
      input: structure({
        FunctionName,
        InvocationType: takes(oneOf('RequestResponse', 'Event'), 'Waits, or only hands over.'),
        Payload: takes(string, 'What the function is given; at most 6 MB, or 1 MiB of an Event.'),
      }),
      output: structure({
        StatusCode: integer,
        FunctionError: string,
        Payload: string,
        ExecutedVersion: string,
      }),
      example: 'aws lambda invoke --function-name {lambda} --payload \'{"order":1}\'',
    },
    {
      name: 'CreateEventSourceMapping',
      rest: { method: 'POST', path: MAPPINGS, status: 202 },
      help: 'Lambda reads a queue or a stream for the function: the wire from it.',
      onAccount: true,
      input: structure({
        FunctionName,
        EventSourceArn: needs(string, 'Of a queue or a data stream.'),
        StartingPosition: takes(
          oneOf('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'),
          'Streams need it.',
        ),
        StartingPositionTimestamp: takes(timestamp, 'For AT_TIMESTAMP.'),
        ...settings,
      }),
      output: structure(mapping),
      example:
        'aws lambda create-event-source-mapping --function-name {lambda} --event-source-arn arn:aws:sqs:us-east-1:000000000000:orders',
    },
    {
      name: 'GetEventSourceMapping',
      rest: { method: 'GET', path: `${MAPPINGS}/{UUID}` },
      help: 'One mapping.',
      onAccount: true,
      input: structure({ UUID }),
      output: structure(mapping),
      example: 'aws lambda get-event-source-mapping --uuid 00000000-0000-4000-8000-000000000000',
    },
    {
      name: 'ListEventSourceMappings',
      rest: { method: 'GET', path: MAPPINGS },
      help: 'All mappings, or those of a function or a source.',
      onAccount: true,
      input: structure({
        FunctionName: takes(refersTo('lambda', 'name'), 'Only of this function.'),
        EventSourceArn: takes(string, 'Only of this source.'),
      }),
      output: structure({ EventSourceMappings: list(structure(mapping)) }),
      example: 'aws lambda list-event-source-mappings',
    },
    {
      name: 'UpdateEventSourceMapping',
      rest: { method: 'PUT', path: `${MAPPINGS}/{UUID}`, status: 202 },
      help: 'Changes how Lambda reads.',
      onAccount: true,
      input: structure({ UUID, ...settings }),
      output: structure(mapping),
      example:
        'aws lambda update-event-source-mapping --uuid 00000000-0000-4000-8000-000000000000 --batch-size 5',
    },
    {
      name: 'DeleteEventSourceMapping',
      rest: { method: 'DELETE', path: `${MAPPINGS}/{UUID}`, status: 202 },
      help: 'Lambda reads the source no longer; the wire is gone.',
      onAccount: true,
      input: structure({ UUID }),
      output: structure(mapping),
      example: 'aws lambda delete-event-source-mapping --uuid 00000000-0000-4000-8000-000000000000',
    },
  ],
}

export default api
