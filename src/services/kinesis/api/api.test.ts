/** The API as programs see it: states, validation, limits, lineage, consumers. */
import { expect, test } from 'vitest'
import { design, simulate } from '../../lab.ts'
import { callsOf, data, streamBed, words, type Read } from '../testbed.ts'

const S = 1_000_000

interface Described {
  readonly StreamDescription: {
    readonly StreamStatus: string
    readonly HasMoreShards: boolean
    readonly Shards: readonly Shard[]
  }
}
interface Shard {
  readonly ShardId: string
  readonly ParentShardId?: string
  readonly AdjacentParentShardId?: string
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string }
  readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string }
}
interface Listed {
  readonly Shards: readonly Shard[]
  readonly NextToken?: string
}

const described = (bed: ReturnType<typeof callsOf>, StreamName = 's') =>
  bed.call<Described>('DescribeStream', { StreamName }).StreamDescription

test('FACTS 5: a stream is CREATING until time goes by or somebody has seen it', () => {
  for (const waits of [true, false]) {
    const sim = simulate(design({ nodes: {}, wires: [] }))
    const bed = callsOf(sim)
    bed.call('CreateStream', { StreamName: 'new', ShardCount: 2 })
    const put = { StreamName: 'new', Data: data('x'), PartitionKey: 'k' }
    expect(bed.refusal('PutRecord', put)?.code).toBe('ResourceNotFoundException')
    if (waits) sim.advance(10 * S)
    else expect(described(bed, 'new')).toMatchObject({ StreamStatus: 'CREATING', Shards: [] })
    expect(described(bed, 'new').StreamStatus).toBe('ACTIVE')
    bed.call('PutRecord', put)
  }
})

test('FACTS 5: a deleted stream is DELETING, then gone', () => {
  const bed = streamBed()
  bed.call('DeleteStream', { StreamName: 's' })
  expect(described(bed).StreamStatus).toBe('DELETING')
  expect(bed.refusal('DescribeStream', { StreamName: 's' })?.message).toBe(
    'Stream s under account 000000000000 not found.',
  )
})

test('FACTS 5: all that is wrong with an input is told at once, in AWS’s words', () => {
  const { refusal } = streamBed()
  const { code, message } = refusal('CreateStream', { StreamName: 'a b', ShardCount: 0 })!
  expect(code).toBe('ValidationException')
  expect(message).toBe(
    "2 validation errors detected: Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1; Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
  )
  expect(refusal('DescribeStream')?.message).toBe(
    "1 validation error detected: Value null at 'streamName' failed to satisfy constraint: Member must not be null",
  )
  const Records = Array.from({ length: 501 }, () => ({ Data: '', PartitionKey: 'k' }))
  expect(refusal('PutRecords', { StreamName: 's', Records })?.message).toMatch(
    /at 'records' failed to satisfy constraint: Member must have length less than or equal to 500$/,
  )
  expect(
    refusal('PutRecords', { StreamName: 's', Records: [{ Data: data('x') }] })?.message,
  ).toContain("Value null at 'records.1.member.partitionKey' failed")
})

test('FACTS 5: streams are listed by name, page by page', () => {
  const nodes = Object.fromEntries(['c', 'a', 'b'].map((name) => [name, ['kinesis'] as const]))
  const { call } = callsOf(simulate(design({ nodes, wires: [] })))
  const first = call<{ StreamNames: string[]; HasMoreStreams: boolean; NextToken: string }>(
    'ListStreams',
    { Limit: 2 },
  )
  expect(first).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: true })
  expect(call('ListStreams', { NextToken: first.NextToken })).toMatchObject({
    StreamNames: ['c'],
    HasMoreStreams: false,
  })
})

test('FACTS 5: shards are listed page by page; a token is good for 300 s', () => {
  const { sim, call, refusal } = streamBed({ ShardCount: 5 })
  const first = call<Listed>('ListShards', { StreamName: 's', MaxResults: 3 })
  expect(first.Shards).toHaveLength(3)
  const { NextToken } = first
  expect(call<Listed>('ListShards', { NextToken }).Shards.map(({ ShardId }) => ShardId)).toEqual([
    'shardId-000000000003',
    'shardId-000000000004',
  ])
  expect(refusal('ListShards', { NextToken, StreamName: 's' })?.code).toBe(
    'InvalidArgumentException',
  )
  sim.advance(301 * S)
  expect(refusal('ListShards', { NextToken })?.code).toBe('ExpiredNextTokenException')
  expect(refusal('ListShards', {})).toMatchObject({
    code: 'InvalidArgumentException',
    message: 'Either NextToken or StreamName should be provided.',
  })
})

test('FACTS 6.4: a split closes the parent, and its end names the children', () => {
  const bed = streamBed()
  bed.put('k', 'before')
  const iterator = bed.iterator(0)
  const half = String(1n << 127n)
  bed.call('SplitShard', {
    StreamName: 's',
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: half,
  })
  expect(described(bed).StreamStatus).toBe('UPDATING')
  const [parent, low, high] = described(bed).Shards
  expect(parent.SequenceNumberRange.EndingSequenceNumber).toMatch(/^\d{56}$/)
  expect(low).toMatchObject({
    ParentShardId: parent.ShardId,
    HashKeyRange: { StartingHashKey: '0', EndingHashKey: String((1n << 127n) - 1n) },
  })
  expect(high.HashKeyRange.StartingHashKey).toBe(half)
  const told = bed.call<Read>('GetRecords', { ShardIterator: iterator })
  expect(words(told)).toEqual(['before'])
  expect(told.NextShardIterator).toBeUndefined()
  expect(told.ChildShards?.map(({ ShardId }) => ShardId)).toEqual([low.ShardId, high.ShardId])
  expect(bed.put('k', 'after').ShardId).not.toBe(parent.ShardId)
  expect(bed.balanced()).toEqual([])
})

test('FACTS 6.4: only neighbours merge; the child has two parents', () => {
  const bed = streamBed({ ShardCount: 3 })
  const merge = (a: number, b: number) => ({
    StreamName: 's',
    ShardToMerge: `shardId-00000000000${a}`,
    AdjacentShardToMerge: `shardId-00000000000${b}`,
  })
  expect(bed.refusal('MergeShards', merge(0, 2))?.message).toBe(
    'Shards shardId-000000000000 and shardId-000000000002 in stream s under account 000000000000 are not an adjacent pair of shards eligible for merging',
  )
  bed.call('MergeShards', merge(1, 2))
  expect(bed.refusal('MergeShards', merge(0, 1))?.code).toBe('ResourceInUseException')
  bed.sim.advance(20 * S)
  expect(described(bed).Shards[3]).toMatchObject({
    ParentShardId: 'shardId-000000000001',
    AdjacentParentShardId: 'shardId-000000000002',
  })
})

test('FACTS 6.4: UpdateShardCount ends with even shards, through shards in between', () => {
  const bed = streamBed({ ShardCount: 2 })
  const update = (TargetShardCount: number) => ({
    StreamName: 's',
    TargetShardCount,
    ScalingType: 'UNIFORM_SCALING',
  })
  expect(bed.refusal('UpdateShardCount', update(5))?.code).toBe('LimitExceededException')
  bed.call('UpdateShardCount', update(3))
  bed.sim.advance(100 * S)
  const open = bed.call<Listed>('ListShards', {
    StreamName: 's',
    ShardFilter: { Type: 'AT_LATEST' },
  }).Shards
  const width = (1n << 128n) / 3n
  expect(open.map(({ HashKeyRange }) => HashKeyRange.StartingHashKey).sort()).toEqual(
    [0n, width, 2n * width].map(String).sort(),
  )
  expect(described(bed).Shards.length).toBeGreaterThan(5)
  expect(bed.balanced()).toEqual([])
  for (let n = 0; n < 9; n++) {
    bed.call('UpdateShardCount', update(n % 2 === 0 ? 2 : 3))
    bed.sim.advance(bed.sim.nowUs + 100 * S)
  }
  expect(bed.refusal('UpdateShardCount', update(3))?.code).toBe('LimitExceededException')
})

test('FACTS 5: on-demand streams say no to SplitShard', () => {
  const { refusal } = streamBed({ StreamMode: 'ON_DEMAND' })
  const input = {
    StreamName: 's',
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: '100',
  }
  expect(refusal('SplitShard', input)?.code).toBe('ValidationException')
})

test('FACTS 6.1: AUTO distribution ignores keys and spreads evenly', () => {
  const { call } = streamBed({ StreamMode: 'ON_DEMAND', RecordDistributionStrategy: 'AUTO' })
  const counts: Record<string, number> = {}
  for (let n = 0; n < 40; n++) {
    const { ShardId } = call<{ ShardId: string }>('PutRecord', { StreamName: 's', Data: data('x') })
    counts[ShardId] = (counts[ShardId] ?? 0) + 1
  }
  expect(Object.values(counts)).toEqual([10, 10, 10, 10])
})

test('FACTS 6.7: retention is lengthened and shortened within 24 to 8760 hours', () => {
  const bed = streamBed()
  const hours = (RetentionPeriodHours: number) => ({ StreamName: 's', RetentionPeriodHours })
  expect(bed.refusal('IncreaseStreamRetentionPeriod', hours(23))?.message).toBe(
    'Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.',
  )
  bed.put('k', 'kept')
  bed.call('IncreaseStreamRetentionPeriod', hours(48))
  bed.sim.advance(30 * 3600 * S)
  expect(words(bed.read(bed.iterator(0)))).toEqual(['kept'])
  bed.call('DecreaseStreamRetentionPeriod', hours(24))
  expect(words(bed.read(bed.iterator(0)))).toEqual([])
})

test('FACTS 6.6: a consumer is registered, subscribes, and is pushed what comes', () => {
  const bed = streamBed()
  bed.put('k', 'old')
  const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s'
  const { Consumer } = bed.call<{ Consumer: { ConsumerARN: string; ConsumerStatus: string } }>(
    'RegisterStreamConsumer',
    { StreamARN, ConsumerName: 'c' },
  )
  const subscription = {
    ConsumerARN: Consumer.ConsumerARN,
    ShardId: 'shardId-000000000000',
    StartingPosition: { Type: 'TRIM_HORIZON' },
  }
  expect(bed.refusal('SubscribeToShard', subscription)?.code).toBe('ResourceInUseException')
  bed.sim.advance(5 * S)
  const ticket = bed.ticket('SubscribeToShard', subscription)
  bed.put('k', 'new')
  bed.sim.advance(bed.sim.nowUs)
  const texts = () => ticket.events!.flatMap(({ payload }) => words(payload as Read))
  expect(texts()).toEqual(['old', 'new'])
  expect(bed.refusal('SubscribeToShard', subscription)?.code).toBe('ResourceInUseException')
  expect('output' in ticket).toBe(false)
  bed.sim.advance(bed.sim.nowUs + 300 * S)
  expect('output' in ticket).toBe(true)
})

test('FACTS 6.6: a stream has at most 20 consumers', () => {
  const { call, refusal } = streamBed()
  const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s'
  for (let n = 0; n < 20; n++) call('RegisterStreamConsumer', { StreamARN, ConsumerName: `c${n}` })
  expect(refusal('RegisterStreamConsumer', { StreamARN, ConsumerName: 'c20' })?.code).toBe(
    'LimitExceededException',
  )
})
