/** Event time, watermarks and what comes late; windows that sessions make (FACTS 9). */
import { beforeAll, describe, expect, test } from 'vitest'
import { US_PER_S } from '../../base/units.ts'
import { whyOf } from '../../engine/trace.ts'
import { logPage } from '../../engine/views.ts'
import { eventTimeUs } from './eventTime.ts'
import { loadSql } from './sql.ts'
import { AnalyticsBed } from './testbed.ts'

beforeAll(() => loadSql() ?? undefined)

const COUNT = 'SELECT COUNT(*) AS n FROM SOURCE_SQL_STREAM_001'
const ONE_SHARD = { ShardCount: 1 }
const byEvent = { time: 'event', timeField: 'at', sql: COUNT }

/** The time stamp of a second of the run. */
const stamp = (second: number): string =>
  `2026-01-01 00:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`

describe('SQL applications', () => {
  /** AWS's sample, at minute 1: rows arrive ten seconds after their events. */
  function sample(window: string): AnalyticsBed {
    const bed = new AnalyticsBed(
      { runtime: 'sql', window, sizeS: 60, ...byEvent, partitionBy: 'ticker' },
      ONE_SHARD,
    )
    for (const [arrivesS, at] of [
      [80, 70],
      [90, 80],
      [125, 115],
      [135, 125],
    ]) {
      bed.put(arrivesS, { ticker: 'AMZN', at: stamp(at) })
    }
    bed.until(250)
    return bed
  }

  test('FACTS 9: tumbling by ROWTIME and event time: a row that is late is a partial result of its own minute', () => {
    const bed = sample('tumbling')
    expect(bed.written).toEqual([{ n: 2 }, { n: 1 }, { n: 1 }])
    expect(bed.results.map(([span]) => span)).toEqual([
      '00:01:00–00:02:00',
      '00:01:00–00:02:00',
      '00:02:00–00:03:00',
    ])
    expect(bed.figures.numLateRecordsDropped).toBe(0)
  })

  test('FACTS 9: stagger by key and minute of the event counts the late row with its own', () => {
    expect(sample('stagger').results.map(([, n]) => n)).toEqual(['3', '1'])
  })

  test('FACTS 9: they have no session windows, and it says so', () => {
    const bed = new AnalyticsBed({ runtime: 'sql', window: 'session', sql: COUNT })
    expect(bed.digest.problems?.window).toContain('no session windows')
  })
})

describe('watermarks of Flink', () => {
  test('FACTS 9: a window of event time closes when the watermark has passed its end', () => {
    const bed = new AnalyticsBed({ ...byEvent, sizeS: 10, watermarkDelayS: 5 }, ONE_SHARD)
    bed.put(30, { at: stamp(8) })
    bed.put(31, { at: stamp(14) })
    bed.put(32, { at: stamp(9) })
    bed.until(100)
    // Nothing of a later time came: event time stands still.
    expect(bed.results).toEqual([])
    expect(bed.figures.watermarkUs).toBe(9 * US_PER_S)
    bed.put(100, { at: stamp(15) })
    bed.until(105)
    expect(bed.results).toEqual([['00:00:00–00:00:10', '2']])
  })

  test('FACTS 9: what comes after its window has closed is dropped as late, and why is told', () => {
    const bed = new AnalyticsBed({ ...byEvent, sizeS: 10, watermarkDelayS: 0 }, ONE_SHARD)
    for (const [arrivesS, at] of [
      [20, 5],
      [21, 12],
      [22, 6],
      [23, 21],
    ]) {
      bed.put(arrivesS, { at: stamp(at) })
    }
    bed.until(30)
    expect(bed.results).toEqual([
      ['00:00:00–00:00:10', '1'],
      ['00:00:10–00:00:20', '1'],
    ])
    expect(bed.figures).toMatchObject({ numLateRecordsDropped: 1, open: 1 })
    expect(bed.digest.advice.join()).toContain('longer watermark delay')
    const { rows } = logPage(bed.sim, 0, 100, {})
    const late = rows.find(({ operation }) => operation === '(late: dropped)')!
    expect(whyOf(bed.sim, { row: late.row })?.because).toContain('the watermark')
  })

  test('FACTS 9: with slide 0 rows wait for the watermark, and count in order of their events', () => {
    const bed = new AnalyticsBed(
      { ...byEvent, window: 'sliding', slideS: 0, sizeS: 5, watermarkDelayS: 10 },
      ONE_SHARD,
    )
    for (const [arrivesS, at] of [
      [30, 2],
      [31, 1],
      [32, 7],
      [33, 6],
      [34, 40],
      [35, 3],
    ]) {
      bed.put(arrivesS, { at: stamp(at) })
    }
    bed.until(60)
    expect(bed.results.map(([, n]) => n)).toEqual(['1', '2', '2', '2'])
    expect(bed.figures.numLateRecordsDropped).toBe(1)
  })

  test('FACTS 9: other settings of time place what is held anew', () => {
    const bed = new AnalyticsBed({ ...byEvent, time: 'arrival', sizeS: 10 }, ONE_SHARD)
    bed.put(12, { at: stamp(2) })
    bed.until(14)
    bed.configure({ time: 'event' })
    bed.put(15, { at: stamp(30) })
    bed.until(20)
    expect(bed.results).toEqual([['00:00:00–00:00:10', '1']])
  })
})

describe('sessions', () => {
  const session = { window: 'session', gapS: 10, partitionBy: 'user', sql: COUNT }

  test('FACTS 9: a session lasts until its key has sent nothing for the gap', () => {
    const bed = new AnalyticsBed(session, ONE_SHARD)
    for (const [atS, user] of [
      [1, 'a'],
      [5, 'b'],
      [8, 'a'],
      [17, 'a'],
      [40, 'a'],
    ] as const) {
      bed.put(atS, { user })
    }
    bed.until(60)
    expect(bed.results).toEqual([
      ['00:00:05–00:00:15', '1'],
      ['00:00:01–00:00:27', '3'],
      ['00:00:40–00:00:50', '1'],
    ])
  })

  test('FACTS 9: a record between two sessions makes them one', () => {
    const bed = new AnalyticsBed({ ...session, ...byEvent, watermarkDelayS: 60 }, ONE_SHARD)
    for (const [n, at] of [0, 16, 8, 120].entries()) {
      bed.put(10 + n, { user: 'a', at: stamp(at) })
    }
    bed.until(30)
    expect(bed.results).toEqual([['00:00:00–00:00:26', '3']])
  })
})

test('event times are texts, seconds or milliseconds since 1970, or how old the record is', () => {
  const arrivedUs = 100 * US_PER_S
  const second = 1_767_225_600
  for (const value of [
    '2026-01-01T00:00:07.5Z',
    '2026-01-01 00:00:07.500',
    '2026-01-01T01:00:07.5+01:00',
    second + 7.5,
    (second + 7.5) * 1000,
    92.5,
  ]) {
    expect([value, eventTimeUs(value, arrivedUs)]).toEqual([value, 7.5 * US_PER_S])
  }
  for (const value of [null, '', 'yesterday', '2026-13-01 00:00:00', 1e300, NaN, -second]) {
    expect([value, eventTimeUs(value, arrivedUs)]).toEqual([value, null])
  }
})

test('FACTS 9: a record without its event time goes to the error stream', () => {
  const bed = new AnalyticsBed({ ...byEvent, sizeS: 10 }, ONE_SHARD)
  bed.put(1, { at: 'soon' })
  bed.put(2, {})
  bed.until(5)
  expect(bed.figures).toMatchObject({ notTimed: 2, open: 0 })
  expect(bed.digest.advice.join()).toContain('hold no time in “at”')
})
