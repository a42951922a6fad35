/** However records arrive and however a run is cut: each is in the windows it belongs to, and no other. */
import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { US_PER_S } from '../../base/units.ts'
import { hashWorld } from '../../engine/snapshot.ts'
import { loadSql } from './sql.ts'
import { AnalyticsBed } from './testbed.ts'
import {
  close,
  isLate,
  startCollecting,
  take,
  type ClosedWindow,
  type Shape,
  type Timed,
} from './windows.ts'

beforeAll(() => loadSql() ?? undefined)

interface Stamped extends Timed {
  readonly id: number
}

/** In order of time, and cut into as many pieces as there are watermarks. */
const arrivals = fc
  .array(
    fc.record({ atUs: fc.nat({ max: 300 * US_PER_S }), key: fc.constantFrom('a', 'b', 'c') }),
    { maxLength: 60 },
  )
  .map((rows) => rows.sort((a, b) => a.atUs - b.atUs).map((row, id): Stamped => ({ ...row, id })))
const watermarks = fc
  .array(fc.nat({ max: 300 * US_PER_S }), { maxLength: 12 })
  .map((times) => [...times.sort((a, b) => a - b), Number.MAX_SAFE_INTEGER])
const seconds = (min: number, max: number) =>
  fc.integer({ min, max }).map((each) => each * US_PER_S)

function windowsOf(shape: Shape, rows: readonly Stamped[], times: readonly number[]) {
  let collecting = startCollecting<Stamped>()
  const closed: ClosedWindow<Stamped>[] = []
  let fromUs = 0
  for (const untilUs of times) {
    const ripe = rows.filter(({ atUs }) => atUs >= fromUs && atUs < untilUs)
    collecting = structuredClone(collecting)
    for (const row of ripe) take(collecting, shape, row)
    closed.push(...close(collecting, shape, untilUs))
    fromUs = untilUs
  }
  return closed
}

/** In how many windows each record was. */
const timesIn = (closed: readonly ClosedWindow<Stamped>[], { id }: Stamped): number =>
  closed.filter(({ rows }) => rows.some((row) => row.id === id)).length

test('FACTS 9: tumbling: each record is in exactly one window, the one of its time', () => {
  fc.assert(
    fc.property(arrivals, watermarks, seconds(1, 90), (rows, times, sizeUs) => {
      const closed = windowsOf({ type: 'tumbling', sizeUs, slideUs: 0 }, rows, times)
      for (const row of rows) expect(timesIn(closed, row)).toBe(1)
      for (const { startUs, endUs, rows: inside } of closed) {
        expect([startUs % sizeUs, endUs - startUs]).toEqual([0, sizeUs])
        expect(inside.every(({ atUs }) => atUs >= startUs && atUs < endUs)).toBe(true)
      }
    }),
  )
})

test('FACTS 9: sliding: each record is in size / slide windows, and the watermark does not matter', () => {
  fc.assert(
    fc.property(
      arrivals,
      watermarks,
      seconds(1, 20),
      fc.integer({ min: 1, max: 6 }),
      (rows, times, slideUs, overlap) => {
        const shape: Shape = { type: 'sliding', sizeUs: slideUs * overlap, slideUs }
        const closed = windowsOf(shape, rows, times)
        for (const row of rows) expect(timesIn(closed, row)).toBe(overlap)
        expect(closed).toEqual(windowsOf(shape, rows, [Number.MAX_SAFE_INTEGER]))
      },
    ),
  )
})

test('FACTS 9: sliding: where the slide does not divide the size, a record is in as many as begin in the time before it', () => {
  fc.assert(
    fc.property(arrivals, seconds(1, 60), seconds(1, 60), (rows, sizeUs, wanted) => {
      const slideUs = Math.min(sizeUs, wanted)
      const closed = windowsOf({ type: 'sliding', sizeUs, slideUs }, rows, [
        Number.MAX_SAFE_INTEGER,
      ])
      const most = Math.ceil(sizeUs / slideUs)
      for (const row of rows) expect([most - 1, most]).toContain(timesIn(closed, row))
    }),
  )
})

test('FACTS 9: stagger: each record is in one window of its key, which its first record opened', () => {
  fc.assert(
    fc.property(arrivals, watermarks, seconds(1, 90), (rows, times, sizeUs) => {
      const closed = windowsOf({ type: 'stagger', sizeUs, slideUs: 0 }, rows, times)
      for (const row of rows) expect(timesIn(closed, row)).toBe(1)
      for (const { key, startUs, endUs, rows: inside } of closed) {
        expect(inside[0].atUs).toBe(startUs)
        expect(inside.every((row) => row.key === key && row.atUs < endUs)).toBe(true)
      }
    }),
  )
})

/** As Flink takes them, in order of arrival. */
function byEventTime(shape: Shape, rows: readonly Stamped[], delayUs: number) {
  const collecting = startCollecting<Stamped>()
  const closed: ClosedWindow<Stamped>[] = []
  const late: Stamped[] = []
  let watermarkUs = -Infinity
  for (const row of rows) {
    if (isLate(collecting, shape, row, watermarkUs)) late.push(row)
    else take(collecting, shape, row)
    watermarkUs = Math.max(watermarkUs, row.atUs - delayUs)
    closed.push(...close(collecting, shape, watermarkUs))
  }
  return { late, closed: [...closed, ...close(collecting, shape, Number.MAX_SAFE_INTEGER)] }
}

const spans = (closed: readonly ClosedWindow<Stamped>[]) =>
  closed
    .map(({ key, startUs, endUs, rows }) => ({
      span: [endUs, startUs, key ?? ''].join(),
      ids: rows.map(({ id }) => id).sort((a, b) => a - b),
    }))
    .sort((a, b) => (a.span < b.span ? -1 : 1))

test('FACTS 9: event time: who waits long enough gets what would have been in order; who does not drops what is late, and counts nothing twice', () => {
  const shapes = fc.constantFrom<Shape>(
    { type: 'tumbling', sizeUs: 30 * US_PER_S, slideUs: 0 },
    { type: 'sliding', sizeUs: 30 * US_PER_S, slideUs: 10 * US_PER_S },
    { type: 'sliding', sizeUs: 30 * US_PER_S, slideUs: 0 },
    { type: 'session', sizeUs: 20 * US_PER_S, slideUs: 0 },
  )
  const disordered = arrivals.chain((rows) =>
    fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
  )
  fc.assert(
    fc.property(shapes, disordered, seconds(0, 300), (shape, rows, delayUs) => {
      const inOrder = windowsOf(
        shape,
        [...rows].sort((a, b) => a.atUs - b.atUs),
        [Number.MAX_SAFE_INTEGER],
      )
      expect(spans(byEventTime(shape, rows, 300 * US_PER_S).closed)).toEqual(spans(inOrder))
      const { late, closed } = byEventTime(shape, rows, delayUs)
      for (const row of rows) {
        const times = timesIn(closed, row)
        if (late.includes(row)) expect(times).toBe(0)
        else if (shape.type !== 'sliding') expect(times).toBe(1)
        else expect(times).toBeGreaterThanOrEqual(1)
      }
    }),
  )
})

test('a run that is cut at any moment, saved and restored gives the same rows and the same world', () => {
  const story = fc.record({
    window: fc.constantFrom('tumbling', 'sliding', 'stagger', 'session'),
    time: fc.constantFrom('arrival', 'event'),
    slideS: fc.constantFrom(0, 3, 5),
    records: fc.array(
      fc.record({ atMs: fc.integer({ min: 0, max: 40_000 }), key: fc.constantFrom('a', 'b') }),
      { minLength: 1, maxLength: 15 },
    ),
    cutS: fc.integer({ min: 1, max: 45 }),
  })
  fc.assert(
    fc.property(story, ({ records, cutS, ...config }) => {
      const bed = new AnalyticsBed({
        ...config,
        sizeS: 10,
        gapS: 8,
        timeField: 'age',
        sql: 'SELECT PARTITION_KEY, COUNT(*) AS n, SUM(x) AS x FROM SOURCE_SQL_STREAM_001 GROUP BY 1',
      })
      const inOrder = [...records].sort((a, b) => a.atMs - b.atMs)
      for (const { atMs, key } of inOrder) {
        if (atMs <= cutS * 1000) bed.put(atMs / 1000, { x: atMs / 7, age: atMs % 13 }, key)
      }
      bed.until(cutS)
      const saved = bed.sim.snapshot()
      bed.until(80)
      const first = { results: bed.results, hash: hashWorld(bed.sim.world) }
      bed.sim.restore(saved)
      bed.until(80)
      expect({ results: bed.results, hash: hashWorld(bed.sim.world) }).toEqual(first)
      bed.sim.restore(structuredClone(saved))
      bed.until(80)
      expect(bed.results).toEqual(first.results)
    }),
    { numRuns: 20 },
  )
})
