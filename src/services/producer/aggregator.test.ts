/** The Kinesis Producer Library: user records in records, and who takes them apart (FACTS 6.8). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64 } from '../../base/base64.ts'
import { md5Hex } from '../../base/hash.ts'
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logEntry } from '../../engine/views.ts'
import type { Config } from '../../scenario/scenario.ts'
import { EMPTY_BYTES, keyEntryBytes, userRecordBytes } from '../aggregation.ts'
import { design, simulate } from '../lab.ts'

const KPL: Config = { AggregationEnabled: true, recordsPerCall: 500, recordWindowMs: 100 }

interface Parts {
  readonly producer?: Config
  readonly stream?: Config
  readonly reader?: Config
  readonly seed?: number
}

/** A producer with the KPL, its stream, and all who read it. */
function telemetry({ producer = {}, stream = {}, reader = {}, seed = 1 }: Parts): Simulation {
  return simulate(
    design({
      nodes: {
        kpl: ['producer', { ...KPL, startAfterS: 1, keys: 40, ...producer }],
        telemetry: ['kinesis', { ShardCount: 1, ...stream }],
        reader: ['reader', reader],
        app: ['kcl'],
        lease: ['dynamodb', { partitionKey: 'leaseKey' }],
        'to-lake': ['firehose', { IntervalInSeconds: 1 }],
      },
      wires: [
        ['kpl', 'telemetry'],
        ['telemetry', 'reader'],
        ['telemetry', 'app'],
        ['app', 'lease'],
        ['telemetry', 'to-lake'],
      ],
      seed,
    }),
  )
}

function after(sim: Simulation, seconds: number) {
  sim.advance(fromSeconds(seconds))
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return nodes
}

test('FACTS 6.8: a shard that takes 1,000 records a second takes more user records than that', () => {
  const load = { ratePerSecond: 3000, stopAfterCount: 9000, template: '{"n":{{n}}}' }
  const plain = after(
    telemetry({ producer: { ...load, AggregationEnabled: false, retries: 0 } }),
    10,
  )
  expect(plain.telemetry.totals.WriteProvisionedThroughputExceeded).toBeGreaterThan(4000)
  const { kpl, telemetry: stream, reader } = after(telemetry({ producer: load }), 10)
  expect(stream.totals.WriteProvisionedThroughputExceeded).toBe(0)
  expect(stream.totals.IncomingRecords).toBeLessThan(50)
  expect(kpl.totals.sent).toBe(9000)
  expect(reader.totals.records).toBe(9000)
})

test('FACTS 6.8: the KCL and Firehose count user records, one by one', () => {
  const nodes = after(telemetry({ producer: { ratePerSecond: 500, stopAfterCount: 2000 } }), 60)
  expect(nodes.telemetry.totals.IncomingRecords).toBeLessThan(60)
  expect(nodes.app.totals).toMatchObject({ processed: 2000, again: 0, missed: 0 })
  expect(nodes['to-lake'].totals).toMatchObject({ IncomingRecords: 2000, delivered: 2000 })
})

test('FACTS 6.8: a reader without the de-aggregation library sees records of the stream', () => {
  const nodes = after(
    telemetry({
      producer: { ratePerSecond: 500, stopAfterCount: 2000 },
      reader: { deaggregates: false },
    }),
    20,
  )
  expect(nodes.reader.totals.records).toBe(nodes.telemetry.totals.IncomingRecords)
})

test('FACTS 6.8: user records wait RecordMaxBufferedTime, or until their record is full', () => {
  const slow = { ratePerSecond: 10, stopAfterCount: 10, recordWindowMs: 60_000 }
  const waiting = after(telemetry({ producer: slow }), 30)
  expect(waiting.telemetry.totals.IncomingRecords).toBe(0)
  const counted = after(
    telemetry({ producer: { ...slow, AggregationMaxCount: 5, recordsPerCall: 1 } }),
    30,
  )
  expect(counted.telemetry.totals.IncomingRecords).toBe(2)
  const size = { sizeDistribution: 'fixed', sizeBytes: 20_000, recordsPerCall: 1 }
  const full = after(telemetry({ producer: { ...slow, ...size } }), 30)
  expect(full.telemetry.totals.IncomingRecords).toBe(4)
})

test('FACTS 6.8: a user record above AggregationMaxSize bypasses the aggregator', () => {
  const sim = telemetry({
    producer: { sizeDistribution: 'fixed', sizeBytes: 60_000, ratePerSecond: 5, stopAfterCount: 5 },
  })
  const { kpl, telemetry: stream } = after(sim, 10)
  expect(kpl.totals.aggregated).toBe(0)
  expect(stream.totals.IncomingRecords).toBe(5)
})

interface Read {
  readonly Records: readonly { readonly Data: string; readonly PartitionKey: string }[]
}

/** What a program reads from a shard. */
function read(sim: Simulation, shard: number): Read['Records'] {
  const ask = (operation: string, input: Config) =>
    sim.callFromOutside('kinesis', operation, input).output as Record<string, unknown>
  const { ShardIterator } = ask('GetShardIterator', {
    StreamName: 'telemetry',
    ShardId: `shardId-${String(shard).padStart(12, '0')}`,
    ShardIteratorType: 'TRIM_HORIZON',
  })
  return (ask('GetRecords', { ShardIterator }) as unknown as Read).Records
}

test('FACTS 6.8: a program gets magic bytes, a protobuf and its MD5, as long as the stream counted', () => {
  const sim = telemetry({
    producer: { ratePerSecond: 100, stopAfterCount: 50, template: '{"n":{{n}}}', keys: 3 },
  })
  const { telemetry: stream } = after(sim, 5)
  let bytes = 0
  for (const { Data, PartitionKey } of read(sim, 0)) {
    const data = fromBase64(Data)!
    bytes += data.length + PartitionKey.length
    expect(Array.from(data.slice(0, 4))).toEqual([0xf3, 0x89, 0x9a, 0xc2])
    const digest = Buffer.from(data.slice(-16)).toString('hex')
    expect(digest).toBe(md5Hex(data.slice(4, -16)))
    // The first entry of the table of partition keys: tag, length, key.
    expect(data[4]).toBe(0x0a)
    expect(new TextDecoder().decode(data.slice(6, 6 + data[5]))).toBe(PartitionKey)
  }
  expect(stream.totals.IncomingBytes).toBe(bytes)
})

test('an aggregated record is as long as its parts', () => {
  expect(EMPTY_BYTES).toBe(20)
  expect(keyEntryBytes('a')).toBe(3)
  expect(userRecordBytes(1, 0)).toBe(7)
  expect(userRecordBytes(200, 0)).toBe(2 + 3 + 205 - 2)
})

test('FACTS 6.8: aggregated records go to the shard that each of their keys goes to', () => {
  const config = { ratePerSecond: 400, stopAfterCount: 2000, keys: 60 }
  const perShard = (producer: Config): number[] => {
    const sim = telemetry({ producer: { ...config, ...producer }, stream: { ShardCount: 4 } })
    after(sim, 20)
    return [0, 1, 2, 3].map((shard) => {
      const text = read(sim, shard)
        .map(({ Data }) => Buffer.from(Data, 'base64').toString('latin1'))
        .join('')
      return text.split('"n":').length
    })
  }
  const template = '{"n":{{n}}}'
  expect(perShard({ template })).toEqual(perShard({ template, AggregationEnabled: false }))
})

/** How often somebody asked for the shards of whom. */
const listings = (sim: Simulation): number =>
  Array.from({ length: sim.records.log.rows }, (_, row) => logEntry(sim, row)).filter(
    (entry) => entry?.row.operation === 'ListShards' && entry.row.from === 'kpl',
  ).length

test('FACTS 6.8: a producer that meets a shard it does not know asks for the shards anew', () => {
  const sim = telemetry({ producer: { ratePerSecond: 50, keys: 60 } })
  sim.advance(fromSeconds(10))
  expect(listings(sim)).toBe(1)
  const told = sim.callFromOutside('kinesis', 'SplitShard', {
    StreamName: 'telemetry',
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: String(2n ** 127n),
  })
  expect(told).not.toHaveProperty('error')
  sim.advance(fromSeconds(80))
  expect(listings(sim)).toBe(2)
})

test('FACTS 6.8: no user record is lost or made up between a producer, its stream and who reads', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(1000),
        ratePerSecond: fc.constantFrom(20, 300, 2500),
        stopAfterCount: fc.integer({ min: 1, max: 3000 }),
        AggregationMaxCount: fc.constantFrom(1, 7, 4_294_967_295),
        AggregationMaxSize: fc.constantFrom(200, 51_200),
        recordsPerCall: fc.constantFrom(1, 10, 500),
        recordWindowMs: fc.constantFrom(0, 100, 3000),
        retries: fc.constantFrom(0, 3),
        duplicateShare: fc.constantFrom(0, 0.2),
        ShardCount: fc.constantFrom(1, 3),
      }),
      ({ seed, ShardCount, ...producer }) => {
        const sim = telemetry({ seed, producer, stream: { ShardCount } })
        const { kpl, reader } = after(sim, 200)
        expect(kpl.totals.made).toBe(kpl.totals.sent + kpl.totals.failed)
        expect(reader.totals.records).toBe(kpl.totals.sent)
      },
    ),
    { numRuns: 15 },
  )
})
