/** A stream in the engine: mapping, order, limits, reading, retention. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { wordsIn } from '../../engine/batch.ts'
import { totalsOf } from '../../engine/totals.ts'
import { whyOf } from '../../engine/trace.ts'
import {
  ITERATOR,
  answeredBatch,
  askIterator,
  askRecords,
  cursorAfter,
  type Cursor,
} from '../records.ts'
import { streamOf } from './stream.ts'
import { data, readerBed, streamBed, words, type Put } from './testbed.ts'

const S = 1_000_000
const HOUR = 3600 * S

test('FACTS 6.1: a record goes to the shard whose range holds the MD5 of its key', () => {
  const { call } = streamBed({ ShardCount: 7 })
  const width = (1n << 128n) / 7n
  for (let n = 0; n < 200; n++) {
    const key = `key-${n}-ü`
    const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`)
    const expected = hash / width > 6n ? 6n : hash / width
    const { ShardId } = call<Put>('PutRecord', {
      StreamName: 's',
      Data: data('x'),
      PartitionKey: key,
    })
    expect(Number(ShardId.slice(-12))).toBe(Number(expected))
  }
})

test('FACTS 6.1: ExplicitHashKey replaces the hash of the key', () => {
  const { call } = streamBed({ ShardCount: 2 })
  const put = (ExplicitHashKey: string): string =>
    call<Put>('PutRecord', {
      StreamName: 's',
      Data: data('x'),
      PartitionKey: 'k',
      ExplicitHashKey,
    }).ShardId
  const half = 1n << 127n
  expect(put('0')).toBe('shardId-000000000000')
  expect(put(String(half - 1n))).toBe('shardId-000000000000')
  expect(put(String(half))).toBe('shardId-000000000001')
  expect(put(String((1n << 128n) - 1n))).toBe('shardId-000000000001')
})

test('FACTS 6.2: sequence numbers have 56 digits and grow within a shard', () => {
  const { sim, put } = streamBed()
  let last = 0n
  for (let n = 0; n < 50; n++) {
    const { SequenceNumber } = put(`k${n % 3}`)
    expect(SequenceNumber).toMatch(/^\d{56}$/)
    expect(BigInt(SequenceNumber)).toBeGreaterThan(last)
    last = BigInt(SequenceNumber)
    sim.advance(sim.nowUs + 3_333)
  }
})

test('FACTS 6.5: a shard takes 1,000 records a second', () => {
  const { sim, call } = streamBed()
  const Records = Array.from({ length: 500 }, (_, n) => ({
    Data: data('x'),
    PartitionKey: `k${n}`,
  }))
  const put = (count = 500) =>
    call<{ FailedRecordCount: number; Records: readonly unknown[] }>('PutRecords', {
      StreamName: 's',
      Records: Records.slice(0, count),
    })
  expect(put().FailedRecordCount).toBe(0)
  expect(put().FailedRecordCount).toBe(0)
  const third = put(3)
  expect(third.FailedRecordCount).toBe(3)
  expect(third.Records[0]).toEqual({
    ErrorCode: 'ProvisionedThroughputExceededException',
    ErrorMessage:
      'Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.',
  })
  sim.advance(S)
  expect(put().FailedRecordCount).toBe(0)
})

test('FACTS 6.5: a shard takes 1 MB a second', () => {
  const { sim, call, refusal, balanced } = streamBed()
  const input = { StreamName: 's', Data: data('x'.repeat(600_000)), PartitionKey: 'k' }
  call('PutRecord', input)
  expect(refusal('PutRecord', input)?.code).toBe('ProvisionedThroughputExceededException')
  sim.advance(S)
  call('PutRecord', input)
  expect(balanced()).toEqual([])
})

test('FACTS 6.3: what was put is read in order, and reading takes nothing away', () => {
  const { put, iterator, read } = streamBed()
  const numbers = ['a', 'b', 'c'].map((text) => put('k', text).SequenceNumber)
  for (let round = 0; round < 2; round++) {
    const told = read(iterator(0))
    expect(told.Records.map(({ SequenceNumber }) => SequenceNumber)).toEqual(numbers)
    expect(words(told)).toEqual(['a', 'b', 'c'])
    expect(told.Records[0].PartitionKey).toBe('k')
    expect(told.MillisBehindLatest).toBe(0)
    expect(read(told.NextShardIterator!).Records).toEqual([])
  }
})

test('FACTS 6.3: every type of iterator begins where it says', () => {
  const { sim, put, iterator, read } = streamBed()
  const numbers: string[] = []
  for (let n = 0; n < 5; n++) {
    numbers.push(put('k', String(n)).SequenceNumber)
    sim.advance(sim.nowUs + 10 * S)
  }
  const texts = (given: string): string => {
    sim.advance(sim.nowUs + S)
    return words(read(given)).join('')
  }
  const [, second] = numbers
  expect(texts(iterator(0, 'TRIM_HORIZON'))).toBe('01234')
  expect(texts(iterator(0, 'LATEST'))).toBe('')
  expect(texts(iterator(0, 'AT_SEQUENCE_NUMBER', { StartingSequenceNumber: second }))).toBe('1234')
  expect(texts(iterator(0, 'AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: second }))).toBe(
    '234',
  )
  const Timestamp = 1_767_225_600 + 20
  expect(texts(iterator(0, 'AT_TIMESTAMP', { Timestamp }))).toBe('234')
  const latest = iterator(0, 'LATEST')
  put('k', 'new')
  expect(texts(latest)).toBe('new')
})

test('FACTS 6.3: an iterator is good for five minutes', () => {
  const { sim, call, iterator, refusal } = streamBed()
  const given = iterator(0)
  sim.advance(300 * S)
  call('GetRecords', { ShardIterator: given })
  sim.advance(300 * S + 1_000)
  const error = refusal('GetRecords', { ShardIterator: given })
  expect(error?.code).toBe('ExpiredIteratorException')
  expect(error?.message).toMatch(/tolerated delay of 300000 milliseconds\.$/)
})

test('FACTS 6.5: five reads a second, and 2 MB a second in the long run', () => {
  const { sim, put, iterator, read, refusal } = streamBed()
  for (let n = 0; n < 6; n++) {
    put('k', 'x'.repeat(1_000_000))
    sim.advance(sim.nowUs + S)
  }
  const start = iterator(0)
  expect(read(start).Records).toHaveLength(6)
  for (let second = 0; second < 2; second++) {
    expect(refusal('GetRecords', { ShardIterator: start })?.code).toBe(
      'ProvisionedThroughputExceededException',
    )
    sim.advance(sim.nowUs + S)
  }
  sim.advance(sim.nowUs + 10 * S)
  const latest = iterator(0, 'LATEST')
  for (let n = 0; n < 5; n++) read(latest)
  expect(refusal('GetRecords', { ShardIterator: latest })?.message).toBe(
    'Rate exceeded for Shard - 000000000000/s/shardId-000000000000',
  )
})

test('FACTS 6.7: records expire when retention is over, and the books balance', () => {
  const { sim, put, iterator, read, balanced } = streamBed({ RetentionPeriodHours: 24 })
  put('k', 'old')
  sim.advance(12 * HOUR)
  put('k', 'young')
  sim.advance(24 * HOUR)
  expect(words(read(iterator(0)))).toEqual(['young'])
  sim.advance(37 * HOUR)
  expect(read(iterator(0)).Records).toEqual([])
  expect(balanced()).toEqual([])
})

test('a part reads a stream by numbers: iterator, batches, and where to go on', () => {
  const seen: number[] = []
  const keys = new Set<string>()
  let cursor: Cursor | null = null
  const sim = readerBed(
    { ShardCount: 2 },
    { ratePerSecond: 700, recordsPerCall: 300, keys: 20, stopAfterCount: 7_000 },
    {
      started: (world, node) => void askIterator(world, node, STREAM, -1, 0, ITERATOR.trimHorizon),
      answered(world, node, call) {
        const batch = answeredBatch(world, call)!
        for (let n = 0; n < batch.count; n++) {
          seen.push(batch.first + n)
          keys.add(wordsIn(world, batch, n).partitionKey!)
        }
        cursor = cursorAfter(world, batch)
        world.at(world.nowUs + S, node, 0)
      },
      event: (world, node) => void askRecords(world, node, STREAM, -1, cursor!, 900),
    },
  )
  sim.advance(20 * S)
  const { log } = streamOf(sim, STREAM).shards[0]
  expect(seen.length).toBe(log.end)
  expect(seen.every((position, n) => position === n)).toBe(true)
  expect(keys.size).toBeGreaterThan(1)
})

const STREAM = 1

test('FACTS 6.8: records are collected for one call, and only those refused are sent again', () => {
  const { sim, balanced } = streamBed(
    { ShardCount: 1 },
    { pattern: 'once', onceCount: 1_500, recordsPerCall: 500, retries: 10, backoffMs: 400 },
  )
  sim.advance(20 * S)
  const { p, s } = totalsOf(sim).nodes
  // The third call is refused whole, and again 400 ms later; 800 ms after that it is taken.
  expect(s.totals).toMatchObject({
    PutRecordsSuccess: 5,
    PutRecordsFailedRecords: 1_000,
    IncomingRecords: 1_500,
  })
  expect(p.totals).toMatchObject({ made: 1_500, sent: 1_500, failed: 0 })
  expect(p.totals.retried).toBeGreaterThanOrEqual(500)
  expect(balanced()).toEqual([])
})

test('FACTS 6.5: an on-demand stream splits a shard that takes more than half of its limit', () => {
  const { sim, balanced } = streamBed(
    { StreamMode: 'ON_DEMAND' },
    { ratePerSecond: 3_000, recordsPerCall: 500, keys: 500, retries: 0 },
  )
  sim.advance(70 * S)
  const { s } = totalsOf(sim).nodes
  expect(s.metrics.openShards).toBe(8)
  expect(balanced()).toEqual([])
})

test('FACTS 6.11: the metrics tell calls, records, bytes, refusals and how far readers are behind', () => {
  const { sim, put, iterator, read, refusal } = streamBed()
  put('k', 'x'.repeat(600_000))
  sim.advance(500_000)
  refusal('PutRecord', { StreamName: 's', Data: data('x'.repeat(600_000)), PartitionKey: 'k' })
  read(iterator(0))
  expect(totalsOf(sim).nodes.s.metrics).toMatchObject({
    IncomingRecords: 1,
    IncomingBytes: 600_001,
    'PutRecord.Success': 1,
    WriteProvisionedThroughputExceeded: 1,
    'GetRecords.Success': 1,
    'GetRecords.Records': 1,
    'GetRecords.IteratorAgeMilliseconds': 500,
  })
})

test('FACTS 6.5: why a record is refused names the shard, and how much it has taken', () => {
  const { sim, put } = streamBed({ ShardCount: 1 })
  for (let n = 0; n < 1_000; n++) put(`k${n}`)
  expect(() => put('one more')).toThrow('ProvisionedThroughputExceededException')
  const refused = sim.records.log.rows - 1
  expect(whyOf(sim, { row: refused })?.because).toMatch(
    /^shardId-000000000000 has taken 1.000 records within this second/,
  )
  expect(whyOf(sim, { row: refused - 1 })?.because).toBe('')
  sim.advance(2 * S)
  for (let n = 0; n < 5; n++) put('large', 'x'.repeat(200_000))
  expect(() => put('large', 'x'.repeat(200_000))).toThrow('ProvisionedThroughputExceededException')
  expect(whyOf(sim, { row: sim.records.log.rows - 1 })?.because).toContain('has taken 1 MB within')
})
