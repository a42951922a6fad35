/** Whatever happens to workers and shards: nothing is missed, one owner for each lease, order between checkpoints. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashWorld } from '../../engine/snapshot.ts'
import { parseSequence } from '../sequence.ts'
import { kclBed, type KclBed } from './testbed.ts'

const SECONDS = 120
const RECORDS = 2_400

const event = fc.record({
  atS: fc.integer({ min: 1, max: SECONDS }),
  act: fc.constantFrom(
    ['app', 'crashWorker'],
    ['app', 'stopWorker'],
    ['app', 'addWorker'],
    ['app', 'restartWorkers'],
    ['s', 'splitHottest'],
    ['s', 'mergeColdest'],
  ),
})
const story = fc.record({
  seed: fc.integer({ min: 1, max: 1_000 }),
  workers: fc.integer({ min: 1, max: 5 }),
  failoverTimeMillis: fc.constantFrom(2_000, 5_000, 10_000),
  checkpointRecords: fc.constantFrom(0, 7, 100),
  recordMs: fc.constantFrom(0, 3, 25),
  readMode: fc.constantFrom('shared', 'fanOut'),
  network: fc.constantFrom('instant' as const, 'realistic' as const, 'stretched' as const),
  events: fc.array(event, { maxLength: 8 }),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

function begin({ seed, network, ...settings }: Story): KclBed {
  const { workers, failoverTimeMillis, checkpointRecords, recordMs, readMode } = settings
  const app = { workers, failoverTimeMillis, checkpointRecords, recordMs, readMode }
  const producer = { ratePerSecond: 20, stopAfterCount: RECORDS, recordsPerCall: 5 }
  return kclBed({ seed, network, app, stream: { ShardCount: 3 }, producer })
}

function play(bed: KclBed, { events }: Story, eachSecond: (second: number) => void): void {
  const inOrder = [...events].sort((a, b) => a.atS - b.atS)
  for (let second = 1; second <= SECONDS; second++) {
    bed.until(second)
    for (const { atS, act } of inOrder) if (atS === second) bed.act(act[0], act[1])
    eachSecond(second)
  }
}

/** SHARD_END is the furthest, what is no number the nearest. */
const placeOf = (checkpoint: string): number =>
  checkpoint === 'SHARD_END' ? Infinity : (parseSequence(checkpoint)?.position ?? -1)

test('every record is processed at least once, in order between checkpoints, each lease by one owner', () => {
  fc.assert(
    fc.property(story, (told) => {
      const bed = begin(told)
      const checkpoints = new Map<number, number>()
      play(bed, told, () => {
        expect(bed.broken).toEqual([])
        const { leases } = bed
        expect(new Set(leases.map(({ shard }) => shard)).size).toBe(leases.length)
        for (const { shard, checkpoint } of leases) {
          // A checkpoint never goes back, and never goes beyond what was processed.
          expect(placeOf(checkpoint)).toBeGreaterThanOrEqual(checkpoints.get(shard) ?? -1)
          checkpoints.set(shard, placeOf(checkpoint))
          const seen = bed.state.seen[shard] ?? 0
          if (checkpoint !== 'SHARD_END') expect(placeOf(checkpoint)).toBeLessThan(seen + 1)
        }
        for (const { shard, counter } of bed.state.workers.flatMap(({ held }) => held)) {
          // Who believes to hold a lease and does not is behind the table's counter.
          const lease = leases.find((each) => each.shard === shard)
          if (lease) expect(counter).toBeLessThanOrEqual(lease.counter)
        }
      })
      bed.act('app', 'restartWorkers')
      bed.act('app', 'addWorker')
      bed.until(SECONDS + 300)
      const { processed, again, missed } = bed.totals('app')
      expect(bed.totals('s').IncomingRecords).toBe(RECORDS)
      expect([processed - again, missed]).toEqual([RECORDS, 0])
      expect(bed.broken).toEqual([])
    }),
    { numRuns: 10 },
  )
}, 60_000)

test('a restored world goes on alike', () => {
  fc.assert(
    fc.property(story, fc.integer({ min: 1, max: SECONDS }), (told, at) => {
      const [bed, again] = [begin(told), begin(told)]
      play(bed, told, () => {})
      play(again, told, (second) => {
        if (second === at) again.sim.restore(again.sim.snapshot())
      })
      expect(hashWorld(again.sim.world)).toBe(hashWorld(bed.sim.world))
    }),
    { numRuns: 4 },
  )
}, 60_000)
