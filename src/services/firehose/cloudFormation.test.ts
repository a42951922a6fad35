import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

const ARN = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

test('FACTS 8: reads a stream, has a function look at it, delivers and backs up', async () => {
  const { template, resources } = await written(
    design({
      nodes: {
        s: ['kinesis'],
        lake: ['firehose', { IntervalInSeconds: 60, backsUpAll: true, CompressionFormat: 'GZIP' }],
        clean: ['lambda'],
        objects: ['s3'],
        raw: ['s3'],
      },
      wires: [
        ['s', 'lake'],
        ['lake', 'clean', { BufferIntervalInSeconds: 10 }],
        ['lake', 'objects'],
        ['lake', 'raw', { use: 'backup' }],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.Lake).toEqual({
    type: 'AWS::KinesisFirehose::DeliveryStream',
    DeliveryStreamType: 'KinesisStreamAsSource',
    KinesisStreamSourceConfiguration: { KinesisStreamARN: ARN('S'), RoleARN: ARN('LakeRole') },
    ExtendedS3DestinationConfiguration: {
      BucketARN: ARN('Objects'),
      RoleARN: ARN('LakeRole'),
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
      CompressionFormat: 'GZIP',
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'Lambda',
            Parameters: [
              { ParameterName: 'LambdaArn', ParameterValue: ARN('Clean') },
              { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '10' },
            ],
          },
        ],
      },
      S3BackupMode: 'Enabled',
      S3BackupConfiguration: { BucketARN: ARN('Raw'), RoleARN: ARN('LakeRole') },
    },
    dependsOn: ['LakeRolePolicy'],
  })
  const { Statement } = resources.LakeRolePolicy.PolicyDocument as { Statement: object[] }
  expect(Statement).toMatchObject([
    { Action: expect.arrayContaining(['kinesis:GetRecords']), Resource: ARN('S') },
    {
      Action: expect.arrayContaining(['s3:PutObject']),
      Resource: [ARN('Objects'), { 'Fn::Sub': '${Objects.Arn}/*' }],
    },
    { Resource: [ARN('Raw'), { 'Fn::Sub': '${Raw.Arn}/*' }] },
    { Action: 'lambda:InvokeFunction', Resource: ARN('Clean') },
  ])
  expect(resources.Clean.Code).toEqual({ ZipFile: expect.stringContaining("result: 'Ok'") })
})

test('FACTS 8: dynamic partitioning has its query, and the smallest buffer that AWS takes', async () => {
  const { resources, notes } = await written(
    design({
      nodes: {
        lake: [
          'firehose',
          {
            partitionQuery: '{customer: .customer_id}',
            Prefix: '!{partitionKeyFromQuery:customer}/',
            IntervalInSeconds: 0,
          },
        ],
        objects: ['s3'],
      },
      wires: [['lake', 'objects']],
    }),
  )
  expect(resources.Lake.ExtendedS3DestinationConfiguration).toMatchObject({
    BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
    Prefix: '!{partitionKeyFromQuery:customer}/',
    DynamicPartitioningConfiguration: { Enabled: true },
    ProcessingConfiguration: {
      Processors: [
        {
          Type: 'MetadataExtraction',
          Parameters: [
            {
              ParameterName: 'MetadataExtractionQuery',
              ParameterValue: '{customer: .customer_id}',
            },
            { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
          ],
        },
      ],
    },
  })
  expect(notes.join()).toContain('ErrorOutputPrefix cannot be null')
})

test('a bucket is made where the design has none', async () => {
  const { template, resources, notes } = await written(
    design({ nodes: { lake: ['firehose'] }, wires: [] }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.LakeBucket).toEqual({ type: 'AWS::S3::Bucket' })
  expect(resources.Lake).not.toHaveProperty('DeliveryStreamType')
  expect(resources.LakeRolePolicy.PolicyDocument).toMatchObject({
    Statement: [{ Resource: [ARN('LakeBucket'), { 'Fn::Sub': '${LakeBucket.Arn}/*' }] }],
  })
  expect(notes.join()).toContain('the template makes LakeBucket')
})

test('FACTS 8: to a web server, whose URL is a parameter', async () => {
  const { template, resources } = await written(
    design({
      nodes: { hook: ['firehose', { destination: 'http', retryS: 60 }], raw: ['s3'] },
      wires: [['hook', 'raw']],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(template.parameters.map(({ id }) => id)).toEqual(['HookUrl'])
  expect(resources.Hook.HttpEndpointDestinationConfiguration).toEqual({
    EndpointConfiguration: { Url: { Ref: 'HookUrl' } },
    RoleARN: ARN('HookRole'),
    BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
    RetryOptions: { DurationInSeconds: 60 },
    S3BackupMode: 'FailedDataOnly',
    S3Configuration: { BucketARN: ARN('Raw'), RoleARN: ARN('HookRole') },
  })
})

test('what needs more than the design says is left out, and told', async () => {
  const { resources, notes } = await written(
    design({
      nodes: {
        snow: ['firehose', { destination: 'snowflake' }],
        topic: ['msk'],
        kafka: ['firehose'],
        columns: ['firehose', { convertTo: 'Parquet' }],
      },
      wires: [['topic', 'kafka']],
    }),
  )
  expect(Object.keys(resources)).toEqual([
    'Topic',
    'ColumnsBucket',
    'ColumnsRole',
    'ColumnsRolePolicy',
    'Columns',
  ])
  expect(notes.join()).toContain('snow: Snowflake as a destination')
  expect(notes.join()).toContain('kafka: It reads a Kafka topic')
  expect(notes.join()).toContain('columns: Conversion to Parquet')
})
