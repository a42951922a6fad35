/** Shard-level metrics (FACTS 6.11). */
import { expect, test } from 'vitest'
import { createWatcher } from '../../worker/watcher.ts'
import { SHARD_METRIC_NAMES } from './shardSums.ts'
import { data, streamBed } from './testbed.ts'

const S = 1_000_000

function bed(config: Readonly<Record<string, string | number>> = {}) {
  const stream = streamBed({ ShardCount: 2, ...config })
  const watcher = createWatcher(stream.sim, 0)
  const put = (shard: number, text = 'x') => {
    const ExplicitHashKey = String(BigInt(shard) << 127n)
    const record = { Data: data(text), PartitionKey: 'k', ExplicitHashKey }
    return stream.ticket('PutRecord', { StreamName: 's', ...record })
  }
  return {
    ...stream,
    putTo: put,
    monitor: (operation: string, ...ShardLevelMetrics: string[]) =>
      stream.call(`${operation}EnhancedMonitoring`, { StreamName: 's', ShardLevelMetrics }),
    names: () => {
      const answer = watcher.answer({ about: 'measuredParts', node: 's' })
      return answer.about === 'measuredParts' && answer.parts?.parts.map(({ name }) => name)
    },
    /** A second's values of a shard by metric. */
    second: (part: number, timeS: number): Record<string, number> => {
      const answer = watcher.answer({
        about: 'metrics',
        nodes: ['s'],
        part,
        fromUs: timeS * S,
        toUs: (timeS + 1) * S,
        periodS: 1,
      })
      if (answer.about !== 'metrics') return {}
      return Object.fromEntries(
        answer.series
          .filter(({ values }) => values.length > 0)
          .map(({ name, values }) => [name, values[0]]),
      )
    },
  }
}

test('FACTS 6.11: EnableEnhancedMonitoring measures each shard by itself', () => {
  const { sim, putTo, iterator, read, refusal, monitor, second, names } = bed()
  expect(names()).toEqual([])
  putTo(1)
  monitor('Enable', 'ALL')
  expect(names()).toEqual(['shardId-000000000000', 'shardId-000000000001'])
  putTo(0, 'x'.repeat(600_000))
  putTo(0, 'x'.repeat(600_000))
  sim.advance(400_000)
  const given = iterator(0)
  for (let n = 0; n < 4; n++) read(given)
  expect(refusal('GetRecords', { ShardIterator: given })).toBeDefined()
  sim.advance(S)
  expect(second(0, 0)).toEqual({
    IncomingBytes: 600_001,
    IncomingRecords: 1,
    OutgoingBytes: 4 * 600_001,
    OutgoingRecords: 4,
    WriteProvisionedThroughputExceeded: 1,
    ReadProvisionedThroughputExceeded: 1,
    IteratorAgeMilliseconds: 400,
  })
  // What came before it was asked for is not told, nor an age where nobody has read.
  expect(second(1, 0)).toEqual({
    IncomingBytes: 0,
    IncomingRecords: 0,
    OutgoingBytes: 0,
    OutgoingRecords: 0,
    WriteProvisionedThroughputExceeded: 0,
    ReadProvisionedThroughputExceeded: 0,
  })
})

test('FACTS 5: Enable- and DisableEnhancedMonitoring tell the metrics before and after', () => {
  const { call, monitor } = bed()
  expect(monitor('Enable', 'OutgoingBytes', 'IncomingBytes')).toMatchObject({
    StreamName: 's',
    CurrentShardLevelMetrics: [],
    DesiredShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'],
  })
  expect(monitor('Disable', 'OutgoingBytes')).toMatchObject({
    CurrentShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'],
    DesiredShardLevelMetrics: ['IncomingBytes'],
  })
  expect(call('DescribeStreamSummary', { StreamName: 's' })).toMatchObject({
    StreamDescriptionSummary: { EnhancedMonitoring: [{ ShardLevelMetrics: ['IncomingBytes'] }] },
  })
  monitor('Enable', 'ALL')
  expect(call('DescribeStream', { StreamName: 's' })).toMatchObject({
    StreamDescription: { EnhancedMonitoring: [{ ShardLevelMetrics: SHARD_METRIC_NAMES }] },
  })
  expect(monitor('Disable', 'ALL')).toMatchObject({ DesiredShardLevelMetrics: [] })
})

test('FACTS 6.11: only the metrics that are on are told, while they are on', () => {
  const { sim, putTo, monitor, second } = bed({ ShardLevelMetrics: 'IncomingRecords' })
  const seconds = [
    () => {},
    () => monitor('Disable', 'ALL'),
    () => monitor('Enable', 'IncomingBytes', 'IncomingRecords'),
    () => {},
  ]
  for (const [n, change] of seconds.entries()) {
    change()
    putTo(0)
    sim.advance((n + 1) * S)
  }
  expect(second(0, 0)).toEqual({ IncomingRecords: 1 })
  expect(second(0, 1)).toEqual({})
  // A sum needs the sample before it.
  expect(second(0, 2)).toEqual({})
  expect(second(0, 3)).toEqual({ IncomingRecords: 1, IncomingBytes: 2 })
})

test('FACTS 6.11: shards that come of a split are measured from their beginning', () => {
  const { sim, call, putTo, second, names } = bed({ ShardLevelMetrics: 'ALL' })
  const NewStartingHashKey = String(1n << 126n)
  call('SplitShard', { StreamName: 's', ShardToSplit: 'shardId-000000000000', NewStartingHashKey })
  call('DescribeStreamSummary', { StreamName: 's' })
  putTo(0)
  sim.advance(S)
  expect(names()).toHaveLength(4)
  expect(second(2, 0)).toMatchObject({ IncomingRecords: 1 })
  expect(second(0, 0)).toMatchObject({ IncomingRecords: 0 })
  expect(second(99, 0)).toEqual({})
})
