/** What AWS bills for delivery streams (FACTS 16). */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { design, simulate } from '../lab.ts'
import { Firehose, STREAM } from './testbed.ts'

const GB = 1024 * 1024 * 1024
const UNIT = 5 * 1024
const TAKEN = 'Data taken in, 5 KB a record at least'

function bill(sim: Simulation, name = STREAM): Record<string, number> {
  const node = sim.world.nodes.findIndex((each) => each.name === name)
  const charges = sim.behaviours[node]!.charges!(sim, node)
  return Object.fromEntries(charges.map(({ item, quantity }) => [item, quantity]))
}

/** In units of 5 KB. */
const unitsTaken = (sim: Simulation, name?: string): number =>
  Math.round((bill(sim, name)[TAKEN] * GB) / UNIT)

describe('FACTS 16: what a delivery stream is billed for', () => {
  it('each record is rounded up to the next 5 KB', () => {
    const stream = new Firehose()
    const units = [1, UNIT, UNIT + 1].map((bytes) => {
      const before = unitsTaken(stream.sim)
      stream.put(10, bytes)
      return unitsTaken(stream.sim) - before
    })
    expect(units).toEqual([10, 10, 20])
  })

  it('records that the quota refuses are not counted', () => {
    const stream = new Firehose({ directPutMiBps: 1 })
    stream.put(3, 500 * 1024)
    expect(unitsTaken(stream.sim)).toBe(200)
  })

  it('what is read from a stream counts, what is read from a topic has no price here', () => {
    const reading = (kind: string, role: string) => {
      const sim = simulate(
        design({
          nodes: {
            load: ['producer', { pattern: 'constant', ratePerSecond: 1 }],
            source: [kind],
            [role]: ['firehose'],
          },
          wires: [
            ['load', 'source'],
            ['source', role],
          ],
        }),
      )
      sim.advance(fromSeconds(20))
      const { counters } = sim.world.nodes[2]
      expect(counters[0]).toBeGreaterThan(10)
      return { taken: unitsTaken(sim, role), records: counters[0] }
    }
    const stream = reading('kinesis', 'of-stream')
    expect(stream.taken).toBe(stream.records)
    expect(reading('msk', 'of-topic').taken).toBe(0)
  })

  it('conversion is billed by the size of what is converted', () => {
    const stream = new Firehose({ convertTo: 'Parquet', SizeInMBs: 64 })
    stream.ask('PutRecord', { Record: { Data: btoa('{"a":1}') } })
    stream.ask('PutRecord', { Record: { Data: btoa('no json') } })
    expect(bill(stream.sim)['Format conversion'] * GB).toBeCloseTo(7, 6)
    stream.until(901)
    expect(stream.figures.delivered).toBe(1)
    expect(Object.keys(bill(stream.sim))).toEqual([TAKEN, 'Format conversion'])
  })

  it('partitions are billed by their data, and by the object', () => {
    const stream = new Firehose({
      partitionQuery: '{customer: .customer}',
      Prefix: 'c=!{partitionKeyFromQuery:customer}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
      IntervalInSeconds: 60,
      SizeInMBs: 64,
    })
    const records = ['{"customer":1}', '{"customer":2}', '{"customer":1}', 'none']
    for (const text of records) stream.ask('PutRecord', { Record: { Data: btoa(text) } })
    expect(bill(stream.sim)['Dynamic partitioning, data'] * GB).toBeCloseTo(3 * 14, 6)
    expect(bill(stream.sim)).not.toHaveProperty('Dynamic partitioning, objects')
    stream.until(61)
    expect(bill(stream.sim)['Dynamic partitioning, objects']).toBe(2)
  })
})
