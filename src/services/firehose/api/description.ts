/** Amazon Data Firehose's API (FACTS 8). */
import {
  blob,
  boolean,
  integer,
  list,
  map,
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
  type Structure,
} from '../../api.ts'

const DeliveryStreamName = needs(refersTo('firehose', 'name'), 'The delivery stream.')
const newName = needs(string, 'Letters, digits, dots, hyphens and underscores; at most 64.')
const record = structure({ Data: needs(blob, 'At most 1,000 KiB before Base64.') })
const tag = structure({ Key: needs(string), Value: string })
const hints = structure({ SizeInMBs: integer, IntervalInSeconds: integer })
const retries = structure({ DurationInSeconds: integer })

const logging = structure({ Enabled: boolean, LogGroupName: string, LogStreamName: string })
const processing = structure({
  Enabled: boolean,
  Processors: list(
    structure({
      Type: string,
      Parameters: list(structure({ ParameterName: string, ParameterValue: string })),
    }),
  ),
})
const keys = structure({
  NoEncryptionConfig: string,
  KMSEncryptionConfig: structure({ AWSKMSKeyARN: string }),
})

const s3 = {
  RoleARN: string,
  BucketARN: string,
  Prefix: string,
  ErrorOutputPrefix: string,
  BufferingHints: hints,
  CompressionFormat: oneOf('UNCOMPRESSED', 'GZIP', 'ZIP', 'Snappy', 'HADOOP_SNAPPY'),
  EncryptionConfiguration: keys,
  CloudWatchLoggingOptions: logging,
}
const plainS3 = structure(s3)
const common = {
  ProcessingConfiguration: processing,
  CloudWatchLoggingOptions: logging,
  S3BackupMode: string,
}
const extendedS3 = {
  ...s3,
  ...common,
  DynamicPartitioningConfiguration: structure({ Enabled: boolean, RetryOptions: retries }),
  DataFormatConversionConfiguration: structure({
    Enabled: boolean,
    SchemaConfiguration: map(),
    InputFormatConfiguration: map(),
    OutputFormatConfiguration: structure({
      Serializer: structure({ ParquetSerDe: map(), OrcSerDe: map() }),
    }),
  }),
  FileExtension: string,
  CustomTimeZone: string,
}
const redshift = {
  RoleARN: string,
  ClusterJDBCURL: string,
  CopyCommand: structure({ DataTableName: string, DataTableColumns: string, CopyOptions: string }),
  Username: string,
  Password: string,
  RetryOptions: retries,
  ...common,
}
const opensearch = {
  RoleARN: string,
  DomainARN: string,
  ClusterEndpoint: string,
  IndexName: string,
  TypeName: string,
  IndexRotationPeriod: string,
  BufferingHints: hints,
  RetryOptions: retries,
  ...common,
}
const splunk = {
  HECEndpoint: string,
  HECEndpointType: string,
  HECToken: string,
  HECAcknowledgmentTimeoutInSeconds: integer,
  BufferingHints: hints,
  RetryOptions: retries,
  ...common,
}
const snowflake = {
  AccountUrl: string,
  PrivateKey: string,
  User: string,
  Database: string,
  Schema: string,
  Table: string,
  RoleARN: string,
  BufferingHints: hints,
  RetryOptions: retries,
  ...common,
}
const iceberg = {
  RoleARN: string,
  CatalogConfiguration: structure({ CatalogARN: string }),
  BufferingHints: hints,
  RetryOptions: retries,
  ...common,
}
const http = {
  EndpointConfiguration: structure({ Url: string, Name: string, AccessKey: string }),
  RequestConfiguration: structure({
    ContentEncoding: string,
    CommonAttributes: list(structure({ AttributeName: string, AttributeValue: string })),
  }),
  BufferingHints: hints,
  RetryOptions: retries,
  RoleARN: string,
  ...common,
}

/** With the members that hold buckets, which each ending names differently. */
const destinations = (ending: 'Configuration' | 'Update'): Structure['members'] => {
  const bucket = ending === 'Update' ? 'S3Update' : 'S3Configuration'
  const backup = `S3Backup${ending}`
  const withBucket = (members: Structure['members']) => structure({ ...members, [bucket]: plainS3 })
  return {
    [`ExtendedS3Destination${ending}`]: takes(
      structure({ ...extendedS3, [backup]: plainS3 }),
      'To a bucket.',
    ),
    [`S3Destination${ending}`]: takes(plainS3, 'To a bucket, as it was before.'),
    [`RedshiftDestination${ending}`]: takes(
      structure({ ...redshift, [bucket]: plainS3, [backup]: plainS3 }),
      'To a warehouse, through a bucket.',
    ),
    [`AmazonopensearchserviceDestination${ending}`]: takes(withBucket(opensearch), 'To an index.'),
    [`ElasticsearchDestination${ending}`]: takes(withBucket(opensearch), 'Its older name.'),
    [`SplunkDestination${ending}`]: takes(withBucket(splunk), 'To Splunk.'),
    [`AmazonOpenSearchServerlessDestination${ending}`]: takes(
      withBucket(opensearch),
      'To a serverless collection.',
    ),
    [`SnowflakeDestination${ending}`]: takes(withBucket(snowflake), 'To Snowflake.'),
    [`IcebergDestination${ending}`]: takes(withBucket(iceberg), 'To Iceberg tables.'),
    [`HttpEndpointDestination${ending}`]: takes(withBucket(http), 'To an HTTP endpoint.'),
  }
}

const encryption = takes(
  structure({
    KeyARN: string,
    KeyType: oneOf('AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK'),
  }),
  'The key.',
)

const description = structure({
  DeliveryStreamName: string,
  DeliveryStreamARN: string,
  DeliveryStreamStatus: string,
  DeliveryStreamEncryptionConfiguration: map(),
  DeliveryStreamType: string,
  VersionId: string,
  CreateTimestamp: timestamp,
  LastUpdateTimestamp: timestamp,
  Source: map(),
  Destinations: list(map()),
  HasMoreDestinations: boolean,
})

const operations: readonly ApiOperation[] = [
  {
    name: 'CreateDeliveryStream',
    onAccount: true,
    help: 'Makes a delivery stream; it appears on the canvas.',
    input: structure({
      DeliveryStreamName: newName,
      DeliveryStreamType: takes(
        oneOf('DirectPut', 'KinesisStreamAsSource', 'MSKAsSource'),
        'Where records come from; DirectPut unless given.',
      ),
      KinesisStreamSourceConfiguration: takes(
        structure({ KinesisStreamARN: string, RoleARN: string }),
        'The stream that is read.',
      ),
      MSKSourceConfiguration: takes(
        structure({
          MSKClusterARN: string,
          TopicName: string,
          AuthenticationConfiguration: map(),
        }),
        'The topic that is read.',
      ),
      DeliveryStreamEncryptionConfigurationInput: encryption,
      ...destinations('Configuration'),
      Tags: takes(list(tag), 'Labels of your own.'),
    }),
    output: structure({ DeliveryStreamARN: string }),
    example:
      'aws firehose create-delivery-stream --delivery-stream-name clicks --extended-s3-destination-configuration RoleARN=arn:aws:iam::000000000000:role/firehose,BucketARN=arn:aws:s3:::lake',
  },
  {
    name: 'DeleteDeliveryStream',
    help: 'Deletes a delivery stream and what it still holds.',
    input: structure({
      DeliveryStreamName,
      AllowForceDelete: takes(boolean, 'Even when its key cannot be retired.'),
    }),
    output: structure({}),
    example: 'aws firehose delete-delivery-stream --delivery-stream-name {firehose}',
  },
  {
    name: 'DescribeDeliveryStream',
    help: 'Status, source and destination.',
    input: structure({
      DeliveryStreamName,
      Limit: takes(integer, 'Of destinations; there is one.'),
      ExclusiveStartDestinationId: takes(string, 'Begin after this one.'),
    }),
    output: structure({ DeliveryStreamDescription: description }),
    example: 'aws firehose describe-delivery-stream --delivery-stream-name {firehose}',
  },
  {
    name: 'ListDeliveryStreams',
    onAccount: true,
    help: 'The names of all delivery streams.',
    input: structure({
      Limit: takes(integer, '10 unless given.'),
      DeliveryStreamType: takes(
        oneOf('DirectPut', 'KinesisStreamAsSource', 'MSKAsSource'),
        'Only these.',
      ),
      ExclusiveStartDeliveryStreamName: takes(string, 'Begin after this one.'),
    }),
    output: structure({ DeliveryStreamNames: list(), HasMoreDeliveryStreams: boolean }),
    example: 'aws firehose list-delivery-streams',
  },
  {
    name: 'ListTagsForDeliveryStream',
    help: 'The tags of a delivery stream.',
    input: structure({
      DeliveryStreamName,
      ExclusiveStartTagKey: takes(string, 'Begin after this one.'),
      Limit: takes(integer, '1 to 50.'),
    }),
    output: structure({ Tags: list(tag), HasMoreTags: boolean }),
    example: 'aws firehose list-tags-for-delivery-stream --delivery-stream-name {firehose}',
  },
  {
    name: 'PutRecord',
    help: 'Puts one record.',
    input: structure({ DeliveryStreamName, Record: needs(record, 'The record.') }),
    output: structure({ RecordId: string, Encrypted: boolean }),
    example: 'aws firehose put-record --delivery-stream-name {firehose} --record Data=aGVsbG8=',
  },
  {
    name: 'PutRecordBatch',
    help: 'Puts up to 500 records, at most 4 MiB together.',
    input: structure({ DeliveryStreamName, Records: needs(list(record), 'The records.') }),
    output: structure({
      FailedPutCount: number,
      Encrypted: boolean,
      RequestResponses: list(
        structure({ RecordId: string, ErrorCode: string, ErrorMessage: string }),
      ),
    }),
    example:
      'aws firehose put-record-batch --delivery-stream-name {firehose} --records Data=aGVsbG8= Data=d29ybGQ=',
  },
  {
    name: 'StartDeliveryStreamEncryption',
    help: 'Switches server-side encryption on.',
    input: structure({
      DeliveryStreamName,
      DeliveryStreamEncryptionConfigurationInput: encryption,
    }),
    output: structure({}),
    example: 'aws firehose start-delivery-stream-encryption --delivery-stream-name {firehose}',
  },
  {
    name: 'StopDeliveryStreamEncryption',
    help: 'Switches it off.',
    input: structure({ DeliveryStreamName }),
    output: structure({}),
    example: 'aws firehose stop-delivery-stream-encryption --delivery-stream-name {firehose}',
  },
  {
    name: 'TagDeliveryStream',
    help: 'Adds tags to a delivery stream.',
    input: structure({ DeliveryStreamName, Tags: needs(list(tag), 'At most 50 in all.') }),
    output: structure({}),
    example:
      'aws firehose tag-delivery-stream --delivery-stream-name {firehose} --tags Key=team,Value=web',
  },
  {
    name: 'UntagDeliveryStream',
    help: 'Removes tags.',
    input: structure({ DeliveryStreamName, TagKeys: needs(list(), 'Their keys.') }),
    output: structure({}),
    example: 'aws firehose untag-delivery-stream --delivery-stream-name {firehose} --tag-keys team',
  },
  {
    name: 'UpdateDestination',
    help: 'Changes the destination; needs the present VersionId.',
    input: structure({
      DeliveryStreamName,
      CurrentDeliveryStreamVersionId: needs(string, 'From describe-delivery-stream.', {
        from: ['VersionId'],
      }),
      DestinationId: needs(string, 'From describe-delivery-stream.', { from: ['DestinationId'] }),
      ...destinations('Update'),
    }),
    output: structure({}),
    example:
      'aws firehose update-destination --delivery-stream-name {firehose} --current-delivery-stream-version-id 1 --destination-id destinationId-000000000001 --extended-s3-destination-update Prefix=raw/',
  },
]

const api: ServiceApi = {
  service: 'firehose',
  title: 'Amazon Data Firehose',
  resource: { arn: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/{name}' },
  sampleName: 'clicks',
  json: { version: '1.1', target: 'Firehose_20150804' },
  highlights: ['PutRecord', 'PutRecordBatch', 'DescribeDeliveryStream'],
  operations,
}

export default api
