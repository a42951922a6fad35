/** What AWS bills for streams (FACTS 16). */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { data, streamBed } from './testbed.ts'

const HOUR_S = 3600
const GB = 1024 * 1024 * 1024

const SHARD_HOURS = 'Shard-hours, provisioned'
const PUT_UNITS = 'PUT payload units, 25 KB each'

function bill(sim: Simulation): Record<string, number> {
  const charges = sim.behaviours[0]!.charges!(sim, 0)
  return Object.fromEntries(charges.map(({ item, quantity }) => [item, quantity]))
}
const usd = (sim: Simulation): number =>
  sim.behaviours[0]!.charges!(sim, 0).reduce(
    (sum, { quantity, price }) => sum + (quantity / price.per) * price.usd,
    0,
  )

/** A record of so many bytes with its key of one. */
const putBytes = (bed: ReturnType<typeof streamBed>, bytes: number) =>
  bed.put('k', 'x'.repeat(bytes - 1))

const waitHours = (sim: Simulation, hours: number) =>
  sim.advance(sim.nowUs + fromSeconds(hours * HOUR_S))

const reconfigure = (sim: Simulation, config: Record<string, unknown>) => {
  const drawn = sim.world.scenario.nodes[0]
  sim.edit({ nodes: { s: { ...drawn, config: { ...drawn.config, ...config } } }, wires: {} })
}

describe('FACTS 16: what a provisioned stream is billed for', () => {
  it('a record of 5 KB is one PUT payload unit, of 45 KB two, of 1 MB forty', () => {
    const bed = streamBed()
    const units = [5 * 1024, 45 * 1024, 1_000_000].map((bytes) => {
      const before = bill(bed.sim)[PUT_UNITS]
      putBytes(bed, bytes)
      bed.sim.advance(bed.sim.nowUs + fromSeconds(2))
      return bill(bed.sim)[PUT_UNITS] - before
    })
    expect(units).toEqual([1, 2, 40])
  })

  it('25 KB are one unit and a byte more two; in PutRecords each record counts by itself', () => {
    const { sim, call } = streamBed({ ShardCount: 4 })
    const record = (bytes: number, n: number) => ({
      Data: data('x'.repeat(bytes - 1)),
      PartitionKey: String(n),
    })
    const Records = [25 * 1024, 25 * 1024 + 1, 10, 10].map(record)
    call('PutRecords', { StreamName: 's', Records })
    expect(bill(sim)[PUT_UNITS]).toBe(5)
  })

  it('records that are throttled are not counted', () => {
    const bed = streamBed({ ShardCount: 1 })
    putBytes(bed, 900_000)
    const before = bill(bed.sim)[PUT_UNITS]
    expect(
      bed.refusal('PutRecord', {
        StreamName: 's',
        Data: data('x'.repeat(900_000)),
        PartitionKey: 'k',
      })?.code,
    ).toBe('ProvisionedThroughputExceededException')
    expect(bill(bed.sim)[PUT_UNITS]).toBe(before)
  })

  it('every open shard is billed by the hour, across a split and a merge, to the microsecond', () => {
    const { sim, call } = streamBed({ ShardCount: 1 })
    waitHours(sim, 2)
    call('UpdateShardCount', {
      StreamName: 's',
      TargetShardCount: 2,
      ScalingType: 'UNIFORM_SCALING',
    })
    waitHours(sim, 1)
    // A round of a reshard takes 20 seconds; until then there is one shard.
    const splitS = 20
    const both = 2 + (2 * HOUR_S - splitS) / HOUR_S
    expect(bill(sim)[SHARD_HOURS]).toBeCloseTo(both, 12)
    call('UpdateShardCount', {
      StreamName: 's',
      TargetShardCount: 1,
      ScalingType: 'UNIFORM_SCALING',
    })
    waitHours(sim, 1)
    expect(bill(sim)[SHARD_HOURS]).toBeCloseTo(both + (HOUR_S + splitS) / HOUR_S, 12)
    expect(usd(sim)).toBeCloseTo((both + 1 + splitS / HOUR_S) * 0.015, 12)
  })

  it('each registered consumer is billed for every shard while it is registered, and for what is pushed', () => {
    const { sim, call, put } = streamBed({ ShardCount: 3 })
    const StreamARN = call<{ StreamDescriptionSummary: { StreamARN: string } }>(
      'DescribeStreamSummary',
      { StreamName: 's' },
    ).StreamDescriptionSummary.StreamARN
    waitHours(sim, 2)
    const { Consumer } = call<{ Consumer: { ConsumerARN: string } }>('RegisterStreamConsumer', {
      StreamARN,
      ConsumerName: 'app',
    })
    waitHours(sim, 1)
    expect(bill(sim)['Enhanced fan-out, consumer-shard-hours']).toBeCloseTo(3, 12)
    for (let n = 0; n < 3; n++) {
      sim.callFromOutside('kinesis', 'SubscribeToShard', {
        ConsumerARN: Consumer.ConsumerARN,
        ShardId: `shardId-00000000000${n}`,
        StartingPosition: { Type: 'LATEST' },
      })
    }
    sim.advance(sim.nowUs)
    put('k', 'x'.repeat(999))
    sim.advance(sim.nowUs + fromSeconds(1))
    expect(bill(sim)['Enhanced fan-out, data'] * GB).toBeCloseTo(1000, 6)
    call('DeregisterStreamConsumer', { ConsumerARN: Consumer.ConsumerARN })
    waitHours(sim, 3)
    // A second was let pass for the push, and to deregister takes five.
    const hours = 1 + 6 / HOUR_S
    expect(bill(sim)['Enhanced fan-out, consumer-shard-hours']).toBeCloseTo(3 * hours, 12)
  })

  it('a retention of more than 24 hours costs every shard an hour more, while it is set', () => {
    const { sim } = streamBed({ ShardCount: 2 })
    waitHours(sim, 1)
    expect(bill(sim)).not.toHaveProperty('Extended retention, shard-hours')
    reconfigure(sim, { RetentionPeriodHours: 48 })
    waitHours(sim, 3)
    reconfigure(sim, { RetentionPeriodHours: 24 })
    waitHours(sim, 5)
    expect(bill(sim)['Extended retention, shard-hours']).toBeCloseTo(6, 12)
    expect(bill(sim)[SHARD_HOURS]).toBeCloseTo(18, 12)
  })

  it('a stream that was deleted is billed for its time', () => {
    const { sim } = streamBed({ ShardCount: 2 })
    waitHours(sim, 1)
    sim.removeNode(0)
    waitHours(sim, 9)
    expect(bill(sim)[SHARD_HOURS]).toBeCloseTo(2, 12)
  })
})

describe('FACTS 16: what an on-demand stream is billed for', () => {
  it('its hours, what comes in by whole KB a record, and what is read, anew by each reader', () => {
    const { sim, put, read, iterator } = streamBed({ StreamMode: 'ON_DEMAND' })
    put('k', 'x'.repeat(9))
    put('k', 'x'.repeat(1024))
    for (let reader = 0; reader < 2; reader++) {
      for (let shard = 0; shard < 4; shard++) read(iterator(shard))
    }
    waitHours(sim, 2)
    expect(bill(sim)).toEqual({
      'Stream-hours, on-demand': 2,
      'Data in, on-demand': (3 * 1024) / GB,
      'Data out, on-demand': (2 * (10 + 1025)) / GB,
    })
  })

  it('a stream that changed its mode is billed for both', () => {
    const { sim, put } = streamBed({ ShardCount: 2 })
    put('k')
    waitHours(sim, 1)
    reconfigure(sim, { StreamMode: 'ON_DEMAND' })
    put('k')
    waitHours(sim, 3)
    expect(bill(sim)).toEqual({
      [SHARD_HOURS]: 2,
      [PUT_UNITS]: 1,
      'Stream-hours, on-demand': 3,
      'Data in, on-demand': 1024 / GB,
      'Data out, on-demand': 0,
    })
  })
})
