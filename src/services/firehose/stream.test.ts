/** A Firehose that reads a Kinesis data stream. */
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logPage } from '../../engine/views.ts'
import { design, simulate } from '../lab.ts'

const laid = (producer: boolean) =>
  simulate(
    design({
      nodes: {
        clicks: ['kinesis', { ShardCount: 2 }],
        'to-lake': ['firehose', { IntervalInSeconds: 10, deliveryMs: 0 }],
        ...(producer && {
          web: ['producer', { pattern: 'once', onceAtS: 5, onceCount: 40, keys: 20 }] as const,
        }),
      },
      wires: [['clicks', 'to-lake'], ...(producer ? ([['web', 'clicks']] as const) : [])],
    }),
  )

const call = (sim: Simulation, service: string, operation: string, input: object) => {
  const ticket = sim.callFromOutside(service, operation, { ...input })
  sim.advance(sim.nowUs)
  return ticket
}
const figuresOf = (sim: Simulation) => totalsOf(sim).nodes['to-lake'].totals

test('FACTS 8: reads a stream from LATEST on, once a second, and may not be put to', () => {
  const sim = laid(false)
  const put = (Data: string) =>
    call(sim, 'kinesis', 'PutRecord', {
      StreamName: 'clicks',
      PartitionKey: Data,
      Data: btoa(Data),
    })
  put('before')
  sim.advance(fromSeconds(1.5))
  for (const word of ['a', 'b', 'c']) put(word)
  sim.advance(fromSeconds(20))
  expect(figuresOf(sim)).toMatchObject({ IncomingRecords: 3, delivered: 3 })
  const reads = logPage(sim, 0, 200, { operation: 'GetRecords' }).rows.length
  expect(reads).toBeGreaterThanOrEqual(2 * 19)
  expect(reads).toBeLessThanOrEqual(2 * 22)
  const refused = call(sim, 'firehose', 'PutRecord', {
    DeliveryStreamName: 'to-lake',
    Record: { Data: btoa('x') },
  })
  expect(refused.error?.code).toBe('InvalidArgumentException')
  const { output } = call(sim, 'firehose', 'DescribeDeliveryStream', {
    DeliveryStreamName: 'to-lake',
  })
  expect(output).toMatchObject({
    DeliveryStreamDescription: { DeliveryStreamType: 'KinesisStreamAsSource' },
  })
  expect(totalsOf(sim).invariants.broken).toEqual([])
})

test('FACTS 8: goes on with the children of a shard that was split, and loses nothing', () => {
  const sim = laid(true)
  sim.advance(fromSeconds(3))
  const split = call(sim, 'kinesis', 'SplitShard', {
    StreamName: 'clicks',
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: '1000000000000000000000000000000000000',
  })
  expect(split.error).toBeUndefined()
  sim.advance(fromSeconds(120))
  expect(figuresOf(sim)).toMatchObject({ IncomingRecords: 40, delivered: 40 })
  expect(totalsOf(sim).invariants.broken).toEqual([])
})
