/** What the descriptions of Kinesis' operations have in common (FACTS 5). */
import {
  blob,
  integer,
  list,
  map,
  needs,
  oneOf,
  refersTo,
  string,
  structure,
  takes,
  timestamp,
  type ApiOperation,
  type Member,
  type Structure,
} from '../../api.ts'

export const StreamName = takes(refersTo('kinesis', 'name'), 'The stream, by its name.')
export const StreamARN = takes(refersTo('kinesis', 'arn'), 'The stream, by its ARN.')
export const stream = { StreamName, StreamARN }
export const streamArn = needs(refersTo('kinesis', 'arn'), 'The stream, by its ARN.')
export const resourceArn = needs(refersTo('kinesis', 'arn'), 'The stream, by its ARN.')
export const shardOf = (help: string): Member => needs(string, help, { from: ['ShardId'] })
export const iteratorTypes = oneOf(
  'TRIM_HORIZON',
  'LATEST',
  'AT_SEQUENCE_NUMBER',
  'AFTER_SEQUENCE_NUMBER',
  'AT_TIMESTAMP',
)
export const NextToken = takes(string, 'From the answer before.', { from: ['NextToken'] })
export const mode = structure({ StreamMode: needs(oneOf('PROVISIONED', 'ON_DEMAND')) })
export const strategy = oneOf('USER_PARTITION_KEY', 'AUTO')
export const tagKeys = needs(list(), 'Keys of the tags.')
export const tags = needs(map(), 'key=value,...')
export const tagList = list(structure({ Key: string, Value: string }))

export const hashKeyRange = structure({ StartingHashKey: string, EndingHashKey: string })
export const shard = structure({
  ShardId: string,
  ParentShardId: string,
  AdjacentParentShardId: string,
  HashKeyRange: hashKeyRange,
  SequenceNumberRange: structure({ StartingSequenceNumber: string, EndingSequenceNumber: string }),
})
export const description = {
  StreamName: string,
  StreamARN: string,
  StreamStatus: string,
  StreamModeDetails: mode,
  RetentionPeriodHours: integer,
  StreamCreationTimestamp: timestamp,
  EnhancedMonitoring: list(structure({ ShardLevelMetrics: list() })),
  EncryptionType: string,
  KeyId: string,
}
export const record = structure({
  SequenceNumber: string,
  ApproximateArrivalTimestamp: timestamp,
  Data: blob,
  PartitionKey: string,
  EncryptionType: string,
})
export const childShards = list(
  structure({ ShardId: string, ParentShards: list(), HashKeyRange: hashKeyRange }),
)
export const consumer = {
  ConsumerName: string,
  ConsumerARN: string,
  ConsumerStatus: string,
  ConsumerCreationTimestamp: timestamp,
}
export const byConsumer = {
  StreamARN,
  ConsumerName: takes(string, 'Its name in the stream.'),
  ConsumerARN: takes(string, 'Its ARN.', { from: ['ConsumerARN'] }),
}

/** What most operations are: one line of help, what they take and give, and a line that works. */
export const operation = (
  name: string,
  help: string,
  input: Structure['members'],
  output: Structure['members'] | null,
  example: string,
): ApiOperation => ({
  name,
  help,
  input: structure(input),
  ...(output && { output: structure(output) }),
  example: `aws kinesis ${example}`,
})

export const monitoring = {
  StreamName: string,
  CurrentShardLevelMetrics: list(),
  DesiredShardLevelMetrics: list(),
  StreamARN: string,
}
export const shardLevelMetrics = needs(list(), 'IncomingBytes, ... or ALL.')
export const encryption = {
  ...stream,
  EncryptionType: needs(oneOf('KMS'), 'KMS.'),
  KeyId: needs(string, 'The key: an id, an alias or an ARN.'),
}
export const hours = needs(integer, '24 to 8760.')
