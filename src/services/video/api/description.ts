/**
 * Kinesis Video Streams' API, as far as there is no Matroska (FACTS 10): three services of the AWS CLI.
 * PutMedia is of the SDKs alone.
 */
import {
  integer,
  list,
  needs,
  number,
  oneOf,
  refersTo,
  string,
  structure,
  takes,
  timestamp,
  type ApiOperation,
  type ServiceApi,
} from '../../api.ts'
import { streamArn } from '../names.ts'
import { DATA_OPERATIONS } from './names.ts'

const StreamName = takes(refersTo('video', 'name'), 'The stream, unless its ARN is given.')
const StreamARN = takes(string, 'The stream, unless its name is given.', { from: ['StreamARN'] })
const stream = { StreamName, StreamARN }
const CurrentVersion = string

const info = {
  StreamName: string,
  StreamARN: string,
  Version: string,
  Status: string,
  CreationTime: timestamp,
  DataRetentionInHours: integer,
}

/** Every operation is a POST to its own name. */
const operation = (
  name: string,
  help: string,
  input: ApiOperation['input']['members'],
  output: ApiOperation['input']['members'] | undefined,
  example: string,
  more: Partial<ApiOperation> = {},
): ApiOperation => ({
  name,
  rest: { method: 'POST', path: `/${name[0].toLowerCase()}${name.slice(1)}` },
  help,
  input: structure(input),
  ...(output && { output: structure(output) }),
  example: `aws ${example}`,
  ...more,
})

const resource = { arn: streamArn('{name}', 0) }
const sampleName = 'entrance'

const media = (name: string, help: string, more: Partial<ApiOperation> = {}) =>
  operation(
    name,
    help,
    stream,
    {},
    `kinesis-video-media ${name === 'GetMedia' ? 'get' : 'put'}-media --stream-name {video}`,
    more,
  )

const apis: readonly ServiceApi[] = [
  {
    service: 'kinesisvideo',
    upperMessage: 'all',
    title: 'Amazon Kinesis Video Streams',
    resource,
    sampleName,
    highlights: ['CreateStream', 'DescribeStream'],
    operations: [
      operation(
        'CreateStream',
        'Makes a video stream.',
        {
          StreamName: needs(string, '1 to 256 letters, digits, underscores, dots and hyphens.'),
          DataRetentionInHours: takes(integer, '0 stores nothing; up to 87,600.'),
        },
        { StreamARN: string },
        'kinesisvideo create-stream --stream-name garden --data-retention-in-hours 24',
        { onAccount: true },
      ),
      operation(
        'DescribeStream',
        'A stream, its version and its retention.',
        stream,
        { StreamInfo: structure(info) },
        'kinesisvideo describe-stream --stream-name {video}',
      ),
      operation(
        'ListStreams',
        'The video streams, by name.',
        {
          MaxResults: takes(integer, '1 to 10,000.'),
          NextToken: takes(string, 'Of the answer before.', { from: ['NextToken'] }),
          StreamNameCondition: takes(
            structure({ ComparisonOperator: oneOf('BEGINS_WITH'), ComparisonValue: string }),
            'Only those whose names begin so.',
          ),
        },
        { StreamInfoList: list(structure(info)), NextToken: string },
        'kinesisvideo list-streams',
        { onAccount: true },
      ),
      operation(
        'UpdateDataRetention',
        'Keeps fragments longer, or not as long.',
        {
          ...stream,
          CurrentVersion: needs(CurrentVersion, 'As DescribeStream tells it.', {
            from: ['Version'],
          }),
          Operation: needs(
            oneOf('INCREASE_DATA_RETENTION', 'DECREASE_DATA_RETENTION'),
            'Longer or shorter.',
          ),
          DataRetentionChangeInHours: needs(integer, 'By how much.'),
        },
        {},
        'kinesisvideo update-data-retention --stream-name {video} --current-version VERSION --operation INCREASE_DATA_RETENTION --data-retention-change-in-hours 24',
      ),
      operation(
        'DeleteStream',
        'Deletes a stream with all that it keeps.',
        {
          StreamARN: needs(string, 'The stream.', { from: ['StreamARN'] }),
          CurrentVersion: takes(CurrentVersion, 'Only if this is its version.', {
            from: ['Version'],
          }),
        },
        {},
        `kinesisvideo delete-stream --stream-arn ${streamArn(sampleName, 0)}`,
      ),
      operation(
        'GetDataEndpoint',
        'Where to ask for what is in a stream.',
        {
          ...stream,
          APIName: needs(oneOf(...DATA_OPERATIONS), 'What will be asked.'),
        },
        { DataEndpoint: refersTo('video', 'url') },
        'kinesisvideo get-data-endpoint --stream-name {video} --api-name LIST_FRAGMENTS',
      ),
    ],
  },
  {
    service: 'kinesis-video-archived-media',
    upperMessage: 'all',
    title: 'Amazon Kinesis Video Streams archived media',
    resource,
    sampleName,
    highlights: ['ListFragments'],
    operations: [
      operation(
        'ListFragments',
        'The fragments that are kept, by time.',
        {
          ...stream,
          MaxResults: takes(integer, '1 to 1,000; 100 unless given.'),
          NextToken: takes(string, 'Of the answer before.', { from: ['NextToken'] }),
          FragmentSelector: takes(
            structure({
              FragmentSelectorType: needs(oneOf('PRODUCER_TIMESTAMP', 'SERVER_TIMESTAMP')),
              TimestampRange: needs(
                structure({ StartTimestamp: needs(timestamp), EndTimestamp: needs(timestamp) }),
              ),
            }),
            'Of a span of the camera’s time, or of the arrival.',
          ),
        },
        {
          Fragments: list(
            structure({
              FragmentNumber: string,
              FragmentSizeInBytes: integer,
              ProducerTimestamp: timestamp,
              ServerTimestamp: timestamp,
              FragmentLengthInMilliseconds: number,
            }),
          ),
          NextToken: string,
        },
        'kinesis-video-archived-media list-fragments --stream-name {video}',
      ),
    ],
  },
  {
    service: 'kinesis-video-media',
    upperMessage: 'all',
    title: 'Amazon Kinesis Video Streams media',
    resource,
    sampleName,
    highlights: [],
    operations: [
      media('GetMedia', 'Refused here: it would be answered in Matroska. Viewers read.'),
      media('PutMedia', 'Refused here: it would bring Matroska. Cameras put.', {
        rest: {
          method: 'POST',
          path: '/putMedia',
          payload: 'Payload',
          headers: { 'x-amzn-stream-name': 'StreamName', 'x-amzn-stream-arn': 'StreamARN' },
        },
      }),
    ],
  },
]

export default apis
