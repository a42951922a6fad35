/** Answers that AWS was recorded to give, where its pages are silent or say something else. */
import { describe, expect, it } from 'vitest'
import { data, streamBed, words } from '../testbed.ts'

const StreamName = 's'
const NULL = (member: string) =>
  `Value null at '${member}' failed to satisfy constraint: Member must not be null`
const TOO_SHORT = (member: string) =>
  `Value '' at '${member}' failed to satisfy constraint: Member must have length greater than or equal to 1`
const NO_MATCH = (member: string, pattern = '[a-zA-Z0-9_.-]+') =>
  `Value '' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`

describe('inputs', () => {
  it.each([
    ['PutRecord', ['partitionKey', 'data', 'streamName']],
    ['PutRecords', ['records', 'streamName']],
    ['GetShardIterator', ['shardId', 'shardIteratorType', 'streamName']],
    ['SplitShard', ['newStartingHashKey', 'streamName', 'shardToSplit']],
    ['MergeShards', ['shardToMerge', 'adjacentShardToMerge', 'streamName']],
    ['UpdateShardCount', ['scalingType', 'streamName', 'targetShardCount']],
    ['AddTagsToStream', ['tags', 'streamName']],
    ['RemoveTagsFromStream', ['tagKeys', 'streamName']],
    ['IncreaseStreamRetentionPeriod', ['retentionPeriodHours', 'streamName']],
    ['DescribeStream', ['streamName']],
  ])('FACTS 5: what %s lacks is told at once, before the stream is looked for', (name, members) => {
    const count = `${members.length} validation error${members.length > 1 ? 's' : ''} detected: `
    expect(streamBed().refusal(name, {})).toMatchObject({
      code: 'ValidationException',
      message: count + members.map(NULL).join('; '),
    })
  })

  it('FACTS 5: what is empty is told in AWS’s order', () => {
    const input = {
      StreamName: '',
      PartitionKey: '',
      Data: '',
      ExplicitHashKey: '',
      SequenceNumberForOrdering: '',
    }
    expect(streamBed().refusal('PutRecord', input)?.message).toBe(
      `5 validation errors detected: ${[
        NO_MATCH('sequenceNumberForOrdering', '0|([1-9]\\d{0,128})'),
        TOO_SHORT('partitionKey'),
        NO_MATCH('explicitHashKey', '0|([1-9]\\d{0,38})'),
        NO_MATCH('streamName'),
        TOO_SHORT('streamName'),
      ].join('; ')}`,
    )
  })
})

describe('shard ids', () => {
  const iterator = (ShardId: string) =>
    streamBed().refusal('GetShardIterator', { StreamName, ShardId, ShardIteratorType: 'LATEST' })

  it.each(['shardId-0', 'anything-0', '0', '-00'])('FACTS 5: %s is the first shard', (ShardId) => {
    expect(iterator(ShardId)).toBeUndefined()
  })

  it('FACTS 5: one that is none is told otherwise than one that is not there', () => {
    expect(iterator('a-2147483647')?.message).toMatch(/^Shard shardId-002147483647 .* not exist$/)
    for (const odd of ['2147483648', 'shardId-x', '2.14E4']) {
      expect(iterator(odd)?.message).toMatch(`Could not find shard ${odd} in stream s`)
    }
  })

  it('FACTS 5: of a stream that is not there, GetShardIterator tells the shard', () => {
    const input = { StreamName: 'no', ShardId: '0', ShardIteratorType: 'LATEST' }
    expect(streamBed().refusal('GetShardIterator', input)).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Shard shardId-000000000000 in stream no under account 000000000000 does not exist',
    })
  })
})

describe('sequence numbers', () => {
  const hex = (digits: string): string => BigInt(`0x${digits}`).toString()
  const put = (SequenceNumberForOrdering: string) =>
    streamBed().refusal('PutRecord', {
      StreamName,
      PartitionKey: 'k',
      Data: data('x'),
      SequenceNumberForOrdering,
    })

  it.each([
    ['no version', '20000000000000000000000000000000000000000000000'],
    ['an unknown version', '20000000000000000000000000000000000000000000004'],
    ['another lead', '30000000000000000000000000000000000000000000001'],
    ['a negative place', '20000000000800000000000000000000000000000000002'],
    ['a negative shard', '20000000000000000000000000000000000000800000002'],
    ['a time to come', '200000000000000000000000000000fffffffff00000002'],
  ])('FACTS 6.2: with %s one is no order to go by', (_what, digits) => {
    expect(put(hex(digits))).toMatchObject({
      code: 'InvalidArgumentException',
      message: `ExclusiveMinimumSequenceNumber ${hex(digits)} used in PutRecord on stream s under account 000000000000 is invalid.`,
    })
  })

  it('FACTS 6.2: the least and the greatest will do, also of the older version', () => {
    expect(put(hex('20000000000000000000000000000000000000000000002'))).toBeUndefined()
    expect(put(hex('20000000000000000000000000000000000000000000001'))).toBeUndefined()
    expect(put(hex('2ffffffffff7fffffffffffffff000000000007fffffff2'))).toBeUndefined()
  })

  it('FACTS 6.3: a short one is taken for one of the first form', () => {
    const at = (StartingSequenceNumber: string) =>
      streamBed().refusal('GetShardIterator', {
        StreamName,
        ShardId: 'shardId-0',
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber,
      })?.message
    expect(at('5')).toBe(
      'Invalid StartingSequenceNumber. It encodes shardId-000000000005, while it was used in a call to a shard with shardId-000000000000',
    )
    expect(at('0')).toBe(
      'StartingSequenceNumber 21267647932558653966460912964485513216 used in GetShardIterator on shard shardId-000000000000 in stream s under account 000000000000 is invalid because it did not come from this stream.',
    )
  })
})

describe('resharding', () => {
  it('FACTS 6.4: shards are merged from low to high', () => {
    const bed = streamBed({ ShardCount: 2 })
    const merge = { StreamName, ShardToMerge: '1', AdjacentShardToMerge: '0' }
    expect(bed.refusal('MergeShards', merge)?.message).toMatch(
      /^Shards shardId-000000000001 and shardId-000000000000 .* not an adjacent pair/,
    )
    bed.call('MergeShards', { StreamName, ShardToMerge: '0', AdjacentShardToMerge: '1' })
  })

  it.each([
    [5, 'UpdateShardCount cannot scale up over double your current open shard count'],
    [1, 'UpdateShardCount cannot scale down below half your current open shard count'],
    [10_001, 'Target shard count or number of open shards cannot be greater than 10000'],
  ])('FACTS 6.4: %i shards are beyond a limit of two or three', (target, limit) => {
    const ShardCount = target === 1 ? 3 : 2
    expect(
      streamBed({ ShardCount }).refusal('UpdateShardCount', {
        StreamName,
        TargetShardCount: target,
        ScalingType: 'UNIFORM_SCALING',
      }),
    ).toMatchObject({
      code: 'LimitExceededException',
      message: `${limit}. Current open shard count: ${ShardCount}, Target shard count: ${target}`,
    })
  })
})

describe('streams', () => {
  it('as recorded: a stream made with nothing but a name is on-demand, of four shards', () => {
    const bed = streamBed()
    bed.call('CreateStream', { StreamName: 'plain' })
    bed.sim.advance(60_000_000)
    const summary = bed.call('DescribeStreamSummary', { StreamName: 'plain' })
    expect(summary).toMatchObject({
      StreamDescriptionSummary: {
        StreamStatus: 'ACTIVE',
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
        OpenShardCount: 4,
      },
    })
  })

  it('FACTS 5: one that is to be provisioned needs a number of shards', () => {
    const input = { StreamName: 'plain', StreamModeDetails: { StreamMode: 'PROVISIONED' } }
    expect(streamBed().refusal('CreateStream', input)?.code).toBe('ValidationException')
  })
})

describe('consumers', () => {
  const ShardId = 'shardId-000000000000'
  const subscribed = () => {
    const bed = streamBed()
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s'
    const { Consumer } = bed.call<{ Consumer: { ConsumerARN: string } }>('RegisterStreamConsumer', {
      StreamARN,
      ConsumerName: 'c',
    })
    const StartingPosition = { Type: 'LATEST' }
    return { bed, input: { ConsumerARN: Consumer.ConsumerARN, ShardId, StartingPosition } }
  }

  // Texts of public issues: awslabs/kinesis-hot-shard-advisor#37, awslabs/amazon-kinesis-client#391.
  it('FACTS 6.6: who may not subscribe is told why in AWS’s words', () => {
    const { bed, input } = subscribed()
    expect(bed.refusal('SubscribeToShard', input)?.message).toBe(
      'Consumer c with creation timestamp 1767225600 under stream: s , account 000000000000 is not in ACTIVE status.',
    )
    bed.sim.advance(60_000_000)
    bed.ticket('SubscribeToShard', input)
    expect(bed.refusal('SubscribeToShard', input)).toMatchObject({
      code: 'ResourceInUseException',
      message: `Another active subscription exists for this consumer: 000000000000:s:${ShardId}:c`,
    })
  })

  // Texts of public issues: rebuy-de/aws-nuke#497, hashicorp/terraform-provider-aws#8420.
  it('FACTS 5: a stream with consumers is deleted only where that is enforced', () => {
    const { bed } = subscribed()
    expect(bed.refusal('DeleteStream', { StreamName })).toMatchObject({
      code: 'ResourceInUseException',
      message:
        'DeleteStream can’t delete 000000000000:s because there are consumers associated with this data stream. To delete s anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.',
    })
    bed.call('DeleteStream', { StreamName, EnforceConsumerDeletion: true })
  })
})

describe('what a page or a read goes on with', () => {
  it('as recorded: each read goes on with another iterator, also where it got no further', () => {
    const bed = streamBed()
    const first = bed.iterator(0, 'LATEST')
    const second = bed.read(first).NextShardIterator!
    const third = bed.read(second).NextShardIterator!
    expect(new Set([first, second, third]).size).toBe(3)
    bed.put('k', 'late')
    expect(words(bed.read(third))).toEqual(['late'])
  })

  it('FACTS 6.3: an iterator may come in quotes', () => {
    const bed = streamBed()
    bed.put('k')
    const ShardIterator = `"${bed.iterator(0)}"`
    expect(bed.call<{ Records: unknown[] }>('GetRecords', { ShardIterator }).Records).toHaveLength(
      1,
    )
    expect(bed.refusal('GetRecords', { ShardIterator: '"no"' })?.code).toBe(
      'InvalidArgumentException',
    )
  })

  it('FACTS 6.6: ListStreamConsumers refuses a token that it did not give', () => {
    const bed = streamBed()
    const { StreamDescriptionSummary } = bed.call<{
      StreamDescriptionSummary: { StreamARN: string }
    }>('DescribeStreamSummary', { StreamName })
    const { StreamARN } = StreamDescriptionSummary
    expect(bed.refusal('ListStreamConsumers', { StreamARN, NextToken: 'no' })?.code).toBe(
      'InvalidArgumentException',
    )
  })
})
