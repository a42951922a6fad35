/** Windows over a stream, as FACTS 9 has them. Records arrive at a program's own times. */
import { beforeAll, describe, expect, test } from 'vitest'
import { design, simulate } from '../lab.ts'
import { connectionOf } from '../schemas.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import { totalsOf } from '../../engine/totals.ts'
import { US_PER_S } from '../../base/units.ts'
import { loadSql } from './sql.ts'
import { AnalyticsBed } from './testbed.ts'

beforeAll(() => loadSql() ?? undefined)

const COUNT = 'SELECT COUNT(*) AS n FROM SOURCE_SQL_STREAM_001'
const PER_PRODUCT = `SELECT product, COUNT(*) AS n, SUM(price) AS total
  FROM SOURCE_SQL_STREAM_001 GROUP BY product ORDER BY product`

describe('windows', () => {
  test('FACTS 9: a tumbling window gives one row per key when it closes', () => {
    const bed = new AnalyticsBed({ sizeS: 60, sql: PER_PRODUCT })
    bed.put(10, { product: 'tea', price: 3 })
    bed.put(20, { product: 'mug', price: 8 })
    bed.put(59, { product: 'tea', price: 4 })
    bed.until(59.9)
    expect(bed.results).toEqual([])
    bed.put(60, { product: 'tea', price: 5 })
    bed.until(125)
    expect(bed.results).toEqual([
      ['00:00:00–00:01:00', 'mug', '1', '8'],
      ['00:00:00–00:01:00', 'tea', '2', '7'],
      ['00:01:00–00:02:00', 'tea', '1', '5'],
    ])
    expect(bed.figures).toMatchObject({ numRecordsIn: 4, windows: 2, numRecordsOut: 3, lost: 0 })
    expect(bed.written).toContainEqual({ product: 'tea', n: 2, total: 7 })
    expect(bed.broken).toEqual([])
  })

  test('FACTS 9: sliding, 5 s before each row: rows at 1, 2, 6, 7 and three at 8 count 1, 2, 2, 2, 5', () => {
    const bed = new AnalyticsBed({ window: 'sliding', sizeS: 5, slideS: 0, sql: COUNT })
    for (const atS of [1, 2, 6, 7, 8, 8, 8]) bed.put(atS, {})
    bed.until(30)
    expect(bed.results.map(([, n]) => n)).toEqual(['1', '2', '2', '2', '5'])
  })

  test('FACTS 9: sliding over time gives no row when rows only leave the window', () => {
    const bed = new AnalyticsBed({ window: 'sliding', sizeS: 5, slideS: 0, sql: COUNT })
    bed.put(1, {})
    bed.put(2, {})
    bed.until(60)
    expect(bed.results).toHaveLength(2)
  })

  test('FACTS 9: sliding windows of Flink overlap: a record is in size / slide of them', () => {
    const bed = new AnalyticsBed({ window: 'sliding', sizeS: 60, slideS: 20, sql: COUNT })
    bed.put(65, {})
    bed.until(200)
    expect(bed.results).toEqual([
      ['00:00:20–00:01:20', '1'],
      ['00:00:40–00:01:40', '1'],
      ['00:01:00–00:02:00', '1'],
    ])
  })

  test('FACTS 9: a stagger window opens at the first record of a key and closes after the interval', () => {
    const sql = 'SELECT product, COUNT(*) AS n FROM SOURCE_SQL_STREAM_001 GROUP BY product'
    const bed = new AnalyticsBed({ window: 'stagger', sizeS: 60, partitionBy: 'product', sql })
    bed.put(20, { product: 'tea' })
    bed.put(50, { product: 'mug' })
    bed.put(70, { product: 'tea' })
    bed.put(81, { product: 'tea' })
    bed.until(300)
    expect(bed.results).toEqual([
      ['00:00:20–00:01:20', 'tea', '2'],
      ['00:00:50–00:01:50', 'mug', '1'],
      ['00:01:21–00:02:21', 'tea', '1'],
    ])
  })

  test('FACTS 9: what is late is counted in the next window, as a partial result', () => {
    const bed = new AnalyticsBed({ sizeS: 10, sql: COUNT }, { ShardCount: 1 })
    bed.put(5, {})
    bed.until(15)
    // A second stream with an old record is wired when its window is long closed.
    const { scenario } = bed.sim.world
    const late = { ...scenario.nodes[0], id: 'late', name: 'late' }
    bed.sim.intervene({ type: 'edit', atUs: 0, diff: { nodes: { late }, wires: {} } })
    bed.sim.callFromOutside('kinesis', 'PutRecord', {
      StreamName: 'late',
      Data: btoa('{}'),
      PartitionKey: 'k',
    })
    bed.until(35)
    const wire = { id: 'w', from: 'late', to: 'app', config: {} }
    bed.sim.intervene({ type: 'edit', atUs: 0, diff: { nodes: {}, wires: { w: wire } } })
    bed.until(60)
    expect(bed.results).toEqual([
      ['00:00:00–00:00:10', '1'],
      ['00:00:30–00:00:40', '1'],
    ])
  })
})

describe('records', () => {
  test('fields of JSON records are columns, beside the partition key and the times', () => {
    const sql = `SELECT PARTITION_KEY, a, json_extract(b, '$.c') AS c, typeof(d) AS d, ROWTIME, WINDOW_END
      FROM SOURCE_SQL_STREAM_001`
    const bed = new AnalyticsBed({ sizeS: 10, sql })
    bed.put(1, { a: true, b: { c: 'x' } }, 'key-1')
    bed.put(2.5, { d: 1.5 }, 'key-2')
    bed.until(20)
    expect(bed.results.map(([, ...values]) => values)).toEqual([
      ['key-1', '1', 'x', 'null', '2026-01-01 00:00:01.000', '2026-01-01 00:00:10.000'],
      ['key-2', 'NULL', 'NULL', 'real', '2026-01-01 00:00:02.500', '2026-01-01 00:00:10.000'],
    ])
  })

  test('FACTS 9: what is no JSON object goes to the error stream', () => {
    const bed = new AnalyticsBed({ sizeS: 10, sql: COUNT })
    for (const record of ['hello', '[1]', '{"a":', '{}']) bed.put(1, record)
    bed.until(20)
    expect(bed.results).toEqual([['00:00:00–00:00:10', '1']])
    expect(bed.figures.notJson).toBe(3)
    expect(bed.digest.advice.join()).toContain('error stream')
  })

  test('windows hold so many records; more are dropped, and it says so', () => {
    const sim = simulate(
      design({
        nodes: {
          p: ['producer', { ratePerSecond: 300, stopAfterCount: 12_000, keys: 100 }],
          s: ['kinesis', { ShardCount: 4 }],
          app: ['analytics', { start: 'TRIM_HORIZON', sizeS: 60, sql: COUNT }],
        },
        wires: [
          ['p', 's'],
          ['s', 'app'],
        ],
      }),
    )
    sim.advance(90 * US_PER_S)
    const { app } = totalsOf(sim).nodes
    expect(app.totals).toMatchObject({ numRecordsIn: 12_000, dropped: 2_000 })
  })

  test('FACTS 9: after a split the children are read, and no record is missed or late', () => {
    const bed = new AnalyticsBed({ sizeS: 10, sql: COUNT }, { ShardCount: 1 })
    for (let s = 1; s < 100; s++) {
      bed.put(s, {}, `k${s}`)
      if (s === 33)
        bed.sim.intervene({ type: 'action', atUs: 0, node: 's', action: 'splitHottest', args: {} })
    }
    bed.until(130)
    expect(bed.results.map(([, n]) => Number(n))).toEqual([9, 10, 10, 10, 10, 10, 10, 10, 10, 10])
  })
})

test('FACTS 9: an SQL application is marked as legacy, with its dates', () => {
  const bed = new AnalyticsBed({ runtime: 'sql' })
  expect(bed.digest.advice.join()).toMatch(/Legacy: .*15 October 2025.*27 January 2026/)
  expect(bed.figures.kpu).toBe(1)
  expect(new AnalyticsBed().digest.advice).toEqual([])
})

describe('query', () => {
  test('a mistake shows at once at the part and its setting, and is gone when it is mended', () => {
    const bed = new AnalyticsBed({ sizeS: 10, sql: 'SELCT 1' })
    expect(bed.digest.problems?.sql).toContain('syntax error')
    expect(bed.digest.advice.join()).toContain('The SQL cannot be run')
    bed.configure({ sql: COUNT })
    expect(bed.digest.problems).toBeUndefined()
    bed.configure({ sql: 'SELECT prise FROM SOURCE_SQL_STREAM_001' })
    expect(bed.digest.problems).toBeUndefined()
    bed.put(1, { price: 1 })
    bed.until(15)
    expect(bed.digest.problems?.sql).toContain('no such column: prise')
    expect(bed.digest.problems?.sql).toContain('price')
    expect(bed.figures).toMatchObject({ failedWindows: 1, results: 0 })
  })

  test('other windows take over what they would hold; those that have ended are not made up for', () => {
    const bed = new AnalyticsBed({ sizeS: 600, sql: COUNT })
    for (const atS of [1, 2, 15]) bed.put(atS, {})
    bed.until(18)
    bed.configure({ sizeS: 10 })
    bed.until(30)
    expect(bed.results).toEqual([['00:00:10–00:00:20', '1']])
    for (const config of [{ window: 'stagger' }, { window: 'sliding', slideS: 0 }]) {
      bed.put(bed.sim.nowUs / US_PER_S + 20, {})
      bed.until(bed.sim.nowUs / US_PER_S + 2)
      const before = bed.results.length
      bed.configure(config)
      expect(bed.results).toHaveLength(before)
      expect(bed.figures.open).toBe(1)
    }
  })
})

describe('sources and destinations', () => {
  const between = (from: [string, object?], to: [string, object?]) => {
    const [a, b] = [from, to].map(([kind, config = {}], n) => ({
      id: `n${n}`,
      kind,
      name: `n${n}`,
      x: 0,
      y: 0,
      config: config as Record<string, never>,
    }))
    return connectionOf(a, b).ok
  }

  test('FACTS 9: SQL read streams and Firehose and wrote to streams, Firehose and Lambda; Flink reads streams and MSK and writes to tables too', () => {
    const sql = { runtime: 'sql' }
    for (const runtime of [sql, {}]) {
      expect(between(['kinesis'], ['analytics', runtime])).toBe(true)
      expect(between(['analytics', runtime], ['kinesis'])).toBe(true)
      expect(between(['analytics', runtime], ['firehose'])).toBe(true)
      expect(between(['analytics', runtime], ['sqs'])).toBe(false)
    }
    expect(between(['msk'], ['analytics'])).toBe(true)
    expect(between(['msk'], ['analytics', sql])).toBe(false)
    expect(between(['analytics'], ['dynamodb'])).toBe(true)
    expect(between(['analytics', sql], ['dynamodb'])).toBe(false)
    expect(between(['firehose'], ['analytics', sql])).toBe(true)
    expect(between(['firehose'], ['analytics'])).toBe(false)
    expect(between(['analytics', sql], ['lambda'])).toBe(true)
    expect(between(['analytics'], ['lambda'])).toBe(false)
  })

  /** An SQL application between a delivery stream and a function. */
  function withFunction(fn: object) {
    const sim = simulate(
      design({
        nodes: {
          p: ['producer', { ratePerSecond: 2, keys: 3, template: '{"product":"{{key}}"}' }],
          f: ['firehose', { IntervalInSeconds: 60 }],
          app: [
            'analytics',
            {
              runtime: 'sql',
              sizeS: 10,
              sql: 'SELECT product, COUNT(*) AS n FROM SOURCE_SQL_STREAM_001 GROUP BY 1',
            },
          ],
          fn: ['lambda', { serviceTimeMs: 1, dropPercent: 100, ...fn }],
        },
        wires: [
          ['p', 'f'],
          ['f', 'app'],
          ['app', 'fn'],
        ],
      }),
    )
    return sim
  }

  test('FACTS 9: an SQL application reads what a delivery stream takes in, and delivers results to a function', () => {
    const sim = withFunction({})
    sim.advance(32 * US_PER_S)
    const { nodes, invariants } = totalsOf(sim)
    expect(invariants.broken).toEqual([])
    expect(nodes.app.totals).toMatchObject({ windows: 3, lost: 0, results: 9 })
    expect(nodes.app.totals['LambdaDelivery.OkRecords']).toBe(9)
    expect(nodes.fn.totals.Invocations).toBe(3)
    const { rows } = logPage(sim, 0, 100, { operation: 'Invoke' })
    const { request, response } = logEntry(sim, rows[0].row)! as {
      request: { Payload: { applicationArn: string; records: { data: string }[] } }
      response: { Payload: { records: { result: string }[] } }
    }
    expect(request.Payload.applicationArn).toContain('application/app')
    expect(JSON.parse(atob(request.Payload.records[0].data))).toMatchObject({ product: 'key-1' })
    expect(response.Payload.records[0].result).toBe('Ok')
  })

  test('FACTS 9: what a function fails at is delivered again', () => {
    const sim = withFunction({ failureChance: 0.5 })
    sim.advance(100 * US_PER_S)
    const { nodes, invariants } = totalsOf(sim)
    expect(invariants.broken).toEqual([])
    const { results, lost, ...app } = nodes.app.totals
    expect(app['LambdaDelivery.DeliveryFailedRecords']).toBeGreaterThan(5)
    expect(lost).toBe(0)
    expect(app['LambdaDelivery.OkRecords']).toBeGreaterThan(results / 2)
  })

  test('a function that is taken away loses its results, and nothing else stays behind', () => {
    const sim = withFunction({ serviceTimeMs: 3000, Timeout: 60 })
    sim.advance(13 * US_PER_S)
    sim.edit({ nodes: { app: null }, wires: { 'f-app': null, 'app-fn': null } })
    sim.advance(70 * US_PER_S)
    expect(totalsOf(sim).invariants.broken).toEqual([])
  })

  test('FACTS 9: a topic is read in all partitions, and each row is an item of a table', () => {
    const sim = simulate(
      design({
        nodes: {
          p: ['producer', { ratePerSecond: 5, keys: 3, template: '{"product":"{{key}}"}' }],
          t: ['msk', { partitions: 3 }],
          app: [
            'analytics',
            {
              start: 'TRIM_HORIZON',
              sizeS: 10,
              sql: 'SELECT product, COUNT(*) AS n FROM SOURCE_SQL_STREAM_001 GROUP BY product',
            },
          ],
          db: ['dynamodb', { partitionKey: 'product' }],
        },
        wires: [
          ['p', 't'],
          ['t', 'app'],
          ['app', 'db'],
        ],
      }),
    )
    sim.advance(12 * US_PER_S)
    const { output } = sim.callFromOutside('dynamodb', 'Scan', { TableName: 'db' })
    const { Items } = output as { Items: { product: { S: string }; n: { N: string } }[] }
    expect(Items.map(({ product }) => product.S).sort()).toEqual(['key-1', 'key-2', 'key-3'])
    expect(Items.reduce((sum, { n }) => sum + Number(n.N), 0)).toBe(50)
    expect(totalsOf(sim).invariants.broken).toEqual([])
    expect(sim.world.messages.live).toBe(0)
  })

  test('a table that lacks its key refuses results for good; a full one is asked again', () => {
    const withTable = (table: object) =>
      simulate(
        design({
          nodes: {
            p: ['producer', { ratePerSecond: 20, keys: 20, template: '{"product":"{{key}}"}' }],
            s: ['kinesis'],
            app: [
              'analytics',
              { sizeS: 5, sql: 'SELECT product, COUNT(*) FROM SOURCE_SQL_STREAM_001 GROUP BY 1' },
            ],
            db: ['dynamodb', table as never],
          },
          wires: [
            ['p', 's'],
            ['s', 'app'],
            ['app', 'db'],
          ],
        }),
      )
    const lacking = withTable({ partitionKey: 'id' })
    lacking.advance(20 * US_PER_S)
    expect(totalsOf(lacking).nodes.app.totals).toMatchObject({ numRecordsOut: 0 })
    expect(totalsOf(lacking).nodes.app.totals.lost).toBeGreaterThan(20)
    const full = withTable({
      partitionKey: 'product',
      BillingMode: 'PROVISIONED',
      WriteCapacityUnits: 1,
    })
    full.advance(60 * US_PER_S)
    const { lost, numRecordsOut } = totalsOf(full).nodes.app.totals
    expect(lost).toBe(0)
    expect(numRecordsOut).toBeGreaterThan(50)
    expect(totalsOf(full).invariants.broken).toEqual([])
  })

  test('nothing is left behind when the part is removed', () => {
    const bed = new AnalyticsBed({ sizeS: 5, sql: COUNT })
    bed.put(1, {})
    bed.until(8)
    const wires = { 's-app': null, 'app-out': null }
    bed.sim.intervene({ type: 'edit', atUs: 0, diff: { nodes: { app: null }, wires } })
    bed.until(20)
    expect(bed.sim.world.messages.live).toBe(0)
    expect(bed.broken).toEqual([])
  })
})
