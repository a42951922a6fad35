/** Operations on records, shards and consumers (FACTS 5). */
import {
  blob,
  integer,
  list,
  needs,
  oneOf,
  string,
  structure,
  takes,
  timestamp,
  type ApiOperation,
} from '../../api.ts'
import {
  StreamARN,
  stream,
  streamArn,
  shardOf,
  iteratorTypes,
  NextToken,
  shard,
  record,
  childShards,
  consumer,
  byConsumer,
  operation,
} from './describedShapes.ts'

export const records: readonly ApiOperation[] = [
  operation(
    'PutRecord',
    'Puts one record; its partition key decides which shard takes it.',
    {
      ...stream,
      Data: needs(blob, 'What it says.'),
      PartitionKey: takes(string, 'Records with the same key go to the same shard, in order.'),
      ExplicitHashKey: takes(string, 'A hash key instead of the MD5 of the partition key.'),
      SequenceNumberForOrdering: takes(string, 'The number of the record before it.', {
        from: ['SequenceNumber'],
      }),
    },
    { ShardId: string, SequenceNumber: string, EncryptionType: string },
    'put-record --stream-name {kinesis} --partition-key truck-7 --data aGVsbG8=',
  ),
  operation(
    'PutRecords',
    'Puts up to 500 records; each of them may fail alone.',
    {
      ...stream,
      Records: needs(
        list(
          structure({
            Data: needs(blob),
            PartitionKey: string,
            ExplicitHashKey: string,
          }),
        ),
        'At most 500, 10 MiB together.',
      ),
    },
    {
      FailedRecordCount: integer,
      Records: list(
        structure({
          SequenceNumber: string,
          ShardId: string,
          ErrorCode: string,
          ErrorMessage: string,
        }),
      ),
      EncryptionType: string,
    },
    'put-records --stream-name {kinesis} --records Data=aGVsbG8=,PartitionKey=truck-7',
  ),
  operation(
    'GetShardIterator',
    'Where to begin reading a shard; good for five minutes.',
    {
      ...stream,
      ShardId: shardOf('The shard.'),
      ShardIteratorType: needs(iteratorTypes, 'Where to begin.'),
      StartingSequenceNumber: takes(string, 'For AT_ and AFTER_SEQUENCE_NUMBER.', {
        from: ['SequenceNumber'],
      }),
      Timestamp: takes(timestamp, 'For AT_TIMESTAMP.'),
    },
    { ShardIterator: string },
    'get-shard-iterator --stream-name {kinesis} --shard-id shardId-000000000000 --shard-iterator-type TRIM_HORIZON',
  ),
  operation(
    'GetRecords',
    'Reads from an iterator on; the records stay in the stream.',
    {
      ShardIterator: needs(string, 'From get-shard-iterator or the read before.', {
        from: ['NextShardIterator', 'ShardIterator'],
      }),
      Limit: takes(integer, '1 to 10000 records.'),
      StreamARN,
    },
    {
      Records: list(record),
      NextShardIterator: string,
      MillisBehindLatest: integer,
      ChildShards: childShards,
    },
    'get-records --shard-iterator ITERATOR',
  ),
]

export const shards: readonly ApiOperation[] = [
  operation(
    'ListShards',
    'Lists the shards of a stream, closed ones too.',
    {
      ...stream,
      NextToken,
      ExclusiveStartShardId: takes(string, 'Lists the shards after this one.'),
      MaxResults: takes(integer, '1 to 10000.'),
      StreamCreationTimestamp: takes(timestamp, 'Tells streams of one name apart.'),
      ShardFilter: takes(
        structure({ Type: needs(string), ShardId: string, Timestamp: timestamp }),
        'Type=AT_LATEST, ...',
      ),
    },
    { Shards: list(shard), NextToken: string },
    'list-shards --stream-name {kinesis}',
  ),
  operation(
    'SplitShard',
    'Closes a shard and opens two in its place.',
    {
      ...stream,
      ShardToSplit: shardOf('The shard.'),
      NewStartingHashKey: needs(string, 'Where the second one begins.'),
    },
    null,
    'split-shard --stream-name {kinesis} --shard-to-split shardId-000000000000 --new-starting-hash-key 100',
  ),
  operation(
    'MergeShards',
    'Closes two neighbours and opens one in their place.',
    {
      ...stream,
      ShardToMerge: shardOf('The shard.'),
      AdjacentShardToMerge: shardOf('Its neighbour.'),
    },
    null,
    'merge-shards --stream-name {kinesis} --shard-to-merge shardId-000000000000 --adjacent-shard-to-merge shardId-000000000001',
  ),
  operation(
    'UpdateShardCount',
    'Reshards to so many even shards, between half and twice as many as now.',
    {
      ...stream,
      TargetShardCount: needs(integer, 'How many.'),
      ScalingType: needs(oneOf('UNIFORM_SCALING'), 'UNIFORM_SCALING.'),
    },
    {
      StreamName: string,
      CurrentShardCount: integer,
      TargetShardCount: integer,
      StreamARN: string,
    },
    'update-shard-count --stream-name {kinesis} --target-shard-count 4 --scaling-type UNIFORM_SCALING',
  ),
]

export const consumers: readonly ApiOperation[] = [
  operation(
    'RegisterStreamConsumer',
    'Registers a consumer for enhanced fan-out.',
    { StreamARN: streamArn, ConsumerName: needs(string, 'Its name.') },
    { Consumer: structure(consumer) },
    'register-stream-consumer --stream-arn ARN --consumer-name dashboard',
  ),
  operation(
    'DeregisterStreamConsumer',
    'Ends a registration.',
    byConsumer,
    null,
    'deregister-stream-consumer --stream-arn ARN --consumer-name dashboard',
  ),
  operation(
    'DescribeStreamConsumer',
    'Tells of a registered consumer.',
    byConsumer,
    { ConsumerDescription: structure({ ...consumer, StreamARN: string }) },
    'describe-stream-consumer --stream-arn ARN --consumer-name dashboard',
  ),
  operation(
    'ListStreamConsumers',
    'Lists the registered consumers.',
    {
      StreamARN: streamArn,
      NextToken,
      MaxResults: takes(integer, '1 to 100.'),
      StreamCreationTimestamp: takes(timestamp, 'Tells streams of one name apart.'),
    },
    { Consumers: list(structure(consumer)), NextToken: string },
    'list-stream-consumers --stream-arn ARN',
  ),
  {
    ...operation(
      'SubscribeToShard',
      'Has the records of a shard pushed for five minutes.',
      {
        ConsumerARN: needs(string, 'The consumer.', { from: ['ConsumerARN'] }),
        ShardId: shardOf('The shard.'),
        StartingPosition: needs(
          structure({
            Type: needs(iteratorTypes),
            SequenceNumber: string,
            Timestamp: timestamp,
          }),
          'Type=LATEST, ...',
        ),
      },
      {
        Records: list(record),
        ContinuationSequenceNumber: string,
        MillisBehindLatest: integer,
        ChildShards: childShards,
      },
      'subscribe-to-shard --consumer-arn ARN --shard-id shardId-000000000000 --starting-position Type=LATEST',
    ),
    streams: true,
  },
]
