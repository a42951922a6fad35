/** Whatever is done to a stream, its books balance, its ranges meet, and a copy of the world goes on alike. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashWorld } from '../../engine/snapshot.ts'
import { positionAt, appendRecord, arrivalAt, copyRecords, createLog, trim } from '../recordLog.ts'
import { streamOf } from './stream.ts'
import { data, streamBed, words, type Read } from './testbed.ts'

const S = 1_000_000

const step = fc.oneof(
  fc.record({
    do: fc.constant('put' as const),
    keys: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 30 }),
  }),
  fc.record({ do: fc.constant('split' as const), at: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ do: fc.constant('merge' as const), at: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ do: fc.constant('count' as const), to: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 30_000 }) }),
  fc.record({ do: fc.constant('hours' as const), to: fc.integer({ min: 24, max: 72 }) }),
)

type Bed = ReturnType<typeof streamBed>

function act(bed: Bed, order: typeof step extends fc.Arbitrary<infer T> ? T : never): void {
  const state = streamOf(bed.sim, 0)
  const id = (place: number): string =>
    `shardId-${String(state.open[place % state.open.length]).padStart(12, '0')}`
  const StreamName = 's'
  if (order.do === 'put') {
    const Records = order.keys.map((key) => ({ Data: data(key), PartitionKey: key }))
    bed.ticket('PutRecords', { StreamName, Records })
  } else if (order.do === 'split') {
    const shard = state.shards[state.open[order.at % state.open.length]]
    const middle = (BigInt(shard.start[0]) + BigInt(shard.end[0]) + 1n) << 95n
    bed.ticket('SplitShard', {
      StreamName,
      ShardToSplit: id(order.at),
      NewStartingHashKey: String(middle),
    })
  } else if (order.do === 'merge') {
    bed.ticket('MergeShards', {
      StreamName,
      ShardToMerge: id(order.at),
      AdjacentShardToMerge: id(order.at + 1),
    })
  } else if (order.do === 'count') {
    bed.ticket('UpdateShardCount', {
      StreamName,
      TargetShardCount: order.to,
      ScalingType: 'UNIFORM_SCALING',
    })
  } else if (order.do === 'hours') {
    const longer = order.to > state.settings.retentionHours
    bed.ticket(`${longer ? 'Increase' : 'Decrease'}StreamRetentionPeriod`, {
      StreamName,
      RetentionPeriodHours: order.to,
    })
  } else {
    bed.sim.advance(bed.sim.nowUs + order.seconds * S)
  }
}

test('books balance and ranges meet after every step; a restored world goes on alike', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), fc.nat(), (orders, at) => {
      const bed = streamBed({ ShardCount: 3 })
      const again = streamBed({ ShardCount: 3 })
      orders.forEach((order, n) => {
        if (n === at % orders.length) again.sim.restore(again.sim.snapshot())
        act(bed, order)
        act(again, order)
        expect(bed.balanced()).toEqual([])
      })
      expect(hashWorld(again.sim.world)).toBe(hashWorld(bed.sim.world))
    }),
    { numRuns: 12 },
  )
})

test('each key’s records are read in the order in which they were put, shard after shard', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }),
      fc.nat(59),
      (keys, at) => {
        const bed = streamBed({ ShardCount: 2 })
        keys.forEach((key, n) => {
          if (n === at) {
            bed.call('UpdateShardCount', {
              StreamName: 's',
              TargetShardCount: 4,
              ScalingType: 'UNIFORM_SCALING',
            })
            bed.sim.advance(bed.sim.nowUs + 60 * S)
          }
          bed.put(`k${key}`, `${key}:${n}`)
        })
        // Numbers of shards grow, so parents come before their children.
        const told = streamOf(bed.sim, 0).shards.flatMap(({ index }) =>
          words(bed.call<Read>('GetRecords', { ShardIterator: bed.iterator(index) })),
        )
        for (let key = 0; key <= 5; key++) {
          const mine = told.filter((text) => text.startsWith(`${key}:`))
          expect(mine).toEqual(keys.flatMap((k, n) => (k === key ? [`${key}:${n}`] : [])))
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('a log of records, trimmed as it grows, tells the same as a plain list', () => {
  const order = fc.record({
    waitUs: fc.integer({ min: 0, max: 4_000_000_000 }),
    count: fc.nat(3000),
    trims: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(order, { maxLength: 12 }), (orders) => {
      const log = createLog()
      let list: { position: number; atUs: number; size: number }[] = []
      let nowUs = 0
      for (const { waitUs, count, trims } of orders) {
        nowUs += waitUs
        for (let n = 0; n < count; n++) {
          const size = (n * 7) % 100
          const position = appendRecord(log, nowUs, n, 3, n, size, n & 0xffff, undefined)
          list.push({ position, atUs: nowUs, size })
        }
        if (trims) {
          const horizonUs = nowUs - 5_000_000_000
          const gone = list.filter(({ atUs }) => atUs <= horizonUs).length
          expect(trim(log, horizonUs).count).toBe(gone)
          list = list.slice(gone)
        }
        expect(log.end - log.trimmed).toBe(list.length)
        expect(log.bytes).toBe(list.reduce((sum, { size }) => sum + size, 0))
      }
      for (const { position, atUs } of list.slice(0, 50))
        expect(arrivalAt(log, position)).toBe(atUs)
      const copied = copyRecords(log, log.trimmed, Infinity, Infinity)
      expect(Array.from(copied.arrivedUs)).toEqual(list.map(({ atUs }) => atUs))
      const middle = list[list.length >> 1]
      if (middle) {
        const first = list.find(({ atUs }) => atUs >= middle.atUs)
        expect(positionAt(log, middle.atUs)).toBe(first?.position)
      }
    }),
    { numRuns: 30 },
  )
})
