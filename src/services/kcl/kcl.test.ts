/** Workers of a KCL application: leases, failover, checkpoints, resharding (FACTS 6.9). */
import { expect, test } from 'vitest'
import { logEntry } from '../../engine/views.ts'
import type { Config } from '../../scenario/scenario.ts'
import { design, simulate } from '../lab.ts'
import { connectionOf } from '../schemas.ts'
import behaviour from './behaviour.ts'
import { kclBed, type KclBed } from './testbed.ts'

const STOP = { stopAfterCount: 2_000 }

/** Everything was processed, and of what is told as again nothing more. */
function expectAllProcessed(bed: KclBed, records: number): void {
  const { processed, again, missed } = bed.totals('app')
  expect(bed.totals('s').IncomingRecords).toBe(records)
  expect([processed - again, missed]).toEqual([records, 0])
  expect(bed.broken).toEqual([])
}

test('FACTS 6.9: the leases of one worker are all of the shards; of two, half each', () => {
  expect(kclBed({ app: { workers: 1 } }).until(10).shares).toEqual([4])
  expect(kclBed({ app: { workers: 2 } }).until(60).shares).toEqual([2, 2])
})

test('FACTS 6.9: with more workers than shards some are spares, and say so', () => {
  const bed = kclBed({ app: { workers: 6 } }).until(120)
  expect(bed.shares).toEqual([1, 1, 1, 1])
  const { rows, advice } = behaviour.digest(bed.sim, 2)
  expect(rows.map(({ state }) => state).sort()).toEqual([
    'spare',
    'spare',
    'working',
    'working',
    'working',
    'working',
  ])
  expect(advice.join()).toContain('2 of 6 workers are spares')
})

test.each([['shared'], ['fanOut']])('FACTS 6.9: all records are processed (%s)', (readMode) => {
  const bed = kclBed({ app: { workers: 2, readMode }, producer: STOP }).until(120)
  expectAllProcessed(bed, 2_000)
})

test('FACTS 6.9: a worker steals one lease at a time from the one with most', () => {
  const bed = kclBed({ app: { workers: 1 }, stream: { ShardCount: 6 } }).until(30)
  bed.act('app', 'addWorker')
  const shares: number[][] = []
  for (let t = 31; t < 120; t++) {
    bed.until(t)
    if (String(bed.shares) !== String(shares.at(-1))) shares.push(bed.shares)
  }
  expect(shares).toEqual([
    [1, 5],
    [2, 4],
    [3, 3],
  ])
  expect(bed.totals('app')).toMatchObject({ stolen: 3, lost: 3 })
})

test('FACTS 6.9: leases of a crashed worker are taken after the failover time, not before', () => {
  const bed = kclBed({ app: { workers: 2, checkpointS: 5 } }).until(60)
  bed.act('app', 'crashWorker')
  const [alive] = bed.state.workers.filter(({ phase }) => phase === 'running')
  const owned = () => bed.leases.filter(({ owner }) => owner === `worker-${alive.number}`).length
  expect(bed.until(69).state.workers.length).toBe(2)
  expect(owned()).toBe(2)
  bed.until(60 + 45)
  expect(owned()).toBe(4)
})

test('FACTS 6.9: after a crash work resumes at the checkpoint: what came after it is done again', () => {
  const again = (checkpointRecords: number): number => {
    const app = { workers: 2, checkpointS: 0, checkpointRecords }
    const bed = kclBed({ app, producer: { ...STOP, ratePerSecond: 20 } }).until(59)
    const before = bed.totals('app').again
    bed.act('app', 'crashWorker').until(260)
    expectAllProcessed(bed, 2_000)
    return bed.totals('app').again - before
  }
  const often = again(10)
  const seldom = again(200)
  expect(often).toBeLessThan(20)
  expect(seldom).toBeGreaterThan(often)
})

test('FACTS 6.9: a worker that stops in good order checkpoints and frees its leases: nothing is done again', () => {
  const bed = kclBed({ app: { workers: 2 }, producer: { ...STOP, ratePerSecond: 20 } }).until(50)
  const before = bed.totals('app').again
  bed.act('app', 'stopWorker').until(51)
  expect(bed.leases.filter(({ owner }) => owner === '')).toHaveLength(2)
  bed.until(200)
  expectAllProcessed(bed, 2_000)
  expect(bed.totals('app').again).toBe(before)
})

test('FACTS 6.9: a restarted worker is a new one, and begins where the checkpoints are', () => {
  const bed = kclBed({ app: { workers: 1, restartAfterS: 5 }, producer: STOP }).until(20)
  bed.act('app', 'crashWorker').until(120)
  expectAllProcessed(bed, 2_000)
  expect(new Set(bed.leases.map(({ owner }) => owner))).toEqual(new Set(['worker-1.2']))
})

test('FACTS 6.9: who has lost a lease is refused its checkpoint and stops', () => {
  const bed = kclBed({ app: { workers: 1 } }).until(30)
  const lease = bed.leases[0]
  bed.sim.callFromOutside('dynamodb', 'UpdateItem', {
    TableName: 'leases',
    Key: { leaseKey: { S: `shardId-${String(lease.shard).padStart(12, '0')}` } },
    UpdateExpression: 'SET leaseOwner = :thief, leaseCounter = leaseCounter + :one',
    ExpressionAttributeValues: { ':thief': { S: 'somebody' }, ':one': { N: '1' } },
  })
  bed.until(34)
  expect(bed.totals('app').lost).toBe(1)
  expect(bed.totals('leases').ConditionalCheckFailedRequests).toBe(1)
  expect(bed.state.workers[0].held.map(({ shard }) => shard)).not.toContain(lease.shard)
})

test('FACTS 6.9: a parent is read to SHARD_END before its children have leases; then its lease is deleted', () => {
  const bed = kclBed({
    app: { workers: 2, recordMs: 20, shardSyncIntervalMillis: 20_000 },
    stream: { ShardCount: 2 },
    producer: { stopAfterCount: 12_000, ratePerSecond: 100 },
  }).until(40)
  bed.act('s', 'splitHottest')
  let parentEnded = -1
  for (let t = 41; t < 200; t++) {
    const leases = bed.until(t).leases
    const ended = leases.some(({ checkpoint }) => checkpoint === 'SHARD_END')
    if (ended && parentEnded < 0) parentEnded = t
    if (parentEnded < 0) expect(leases).toHaveLength(2)
  }
  expect(parentEnded).toBeGreaterThan(60)
  expect(bed.leases.map(({ shard }) => shard)).toHaveLength(3)
  expect(bed.leases.every(({ checkpoint }) => checkpoint !== 'SHARD_END')).toBe(true)
  bed.until(400)
  expectAllProcessed(bed, 12_000)
})

test('FACTS 6.9: splits and merges: everything is processed once, whoever reads', () => {
  const bed = kclBed({
    app: { workers: 3, failoverTimeMillis: 4_000 },
    stream: { ShardCount: 2 },
    producer: { stopAfterCount: 8_000, ratePerSecond: 50 },
  }).until(30)
  bed.act('s', 'splitHottest').until(70).act('s', 'mergeColdest').until(110)
  bed.act('s', 'splitHottest').until(300)
  expect(bed.totals('s').resharded).toBe(4)
  expectAllProcessed(bed, 8_000)
})

test('FACTS 6.6: no push overtakes another, and the end of a shard comes last', () => {
  const bed = kclBed({
    network: 'stretched',
    app: { workers: 1, readMode: 'fanOut', recordMs: 0 },
    stream: { ShardCount: 3 },
    producer: { stopAfterCount: 2_400, ratePerSecond: 20 },
  }).until(1)
  bed.act('s', 'mergeColdest').until(300)
  expectAllProcessed(bed, 2_400)
})

test('FACTS 6.9: LATEST begins at the tip of the open shards, and only where there is no lease', () => {
  const bed = kclBed({
    app: { workers: 1, start: 'LATEST' },
    producer: { startAfterS: 20, ...STOP },
  })
  bed.until(10)
  expect(bed.leases.map(({ checkpoint }) => checkpoint)).toEqual(Array(4).fill('LATEST'))
  bed.until(120)
  expectAllProcessed(bed, 2_000)
})

test('FACTS 15.4: a throttled lease table delays checkpoints, and the lag grows', () => {
  const app = { workers: 2, checkpointRecords: 10, checkpointS: 0 }
  const table = { BillingMode: 'PROVISIONED', WriteCapacityUnits: 1, ReadCapacityUnits: 5 }
  const producer = { ratePerSecond: 100 }
  const slow = kclBed({ app, table, producer }).until(120)
  const quick = kclBed({ app, producer }).until(120)
  expect(slow.totals('app').writesThrottled).toBeGreaterThan(20)
  expect(slow.totals('app').processed).toBeLessThan(quick.totals('app').processed / 2)
  expect(behaviour.digest(slow.sim, 2).advice.join()).toContain('refuses requests')
  expect(slow.broken).toEqual([])
})

test('results go to a queue, and everything it took is in the books', () => {
  const bed = kclBed({ app: { workers: 2 }, producer: STOP, queue: true }).until(120)
  bed.act('app', 'crashWorker').until(200)
  const { sentOn, sendsRefused, processed } = bed.totals('app')
  expect(bed.totals('q').sent).toBe(sentOn)
  expect([sendsRefused, sentOn >= processed]).toEqual([0, true])
  expectAllProcessed(bed, 2_000)
})

test('without a table nobody reads, and the card says why', () => {
  const sim = simulate(
    design({
      nodes: { s: ['kinesis', {}], app: ['kcl', {}] },
      wires: [['s', 'app']],
    }),
  )
  sim.advance(60_000_000)
  expect(behaviour.digest(sim, 1).advice.join()).toContain('Has no lease table')
  expect(behaviour.table!(sim, 1, 0, 10).total).toBe(0)
})

test('a table with another key cannot hold leases; nor can a FIFO queue take records', () => {
  const node = (kind: string, config: Config = {}) =>
    ({ id: kind, kind, name: kind, x: 0, y: 0, config }) as const
  const app = node('kcl')
  expect(connectionOf(app, node('dynamodb', { partitionKey: 'leaseKey' }))).toMatchObject({
    ok: true,
    role: 'leases',
    maxFrom: 1,
  })
  expect(connectionOf(app, node('dynamodb')).ok).toBe(false)
  expect(connectionOf(app, node('sqs', { FifoQueue: true })).ok).toBe(false)
  expect(connectionOf(app, node('sqs')).ok).toBe(true)
})

test('workers are told apart in the log, and the leases are those of the table', () => {
  const bed = kclBed({ app: { workers: 2 } }).until(60)
  const rows = Array.from({ length: bed.sim.records.log.rows }, (_, row) => logEntry(bed.sim, row))
  const calls = rows.filter((entry) => entry?.row.isCall)
  const callers = new Set(calls.map((entry) => entry!.row.from))
  expect([...callers].sort()).toEqual(['app/1', 'app/2', 'p'])
  const page = behaviour.table!(bed.sim, 2, 0, 10)
  expect(page.columns).toContain('leaseOwner')
  expect(page.total).toBe(4)
})
