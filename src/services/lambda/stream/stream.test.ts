/** Event source mappings of streams (FACTS 7). */
import { describe, expect, test } from 'vitest'
import { totalsOf } from '../../../engine/totals.ts'
import type { Config } from '../../../scenario/scenario.ts'
import { parseSequence } from '../../sequence.ts'
import { Bed, FUNCTION } from '../testbed.ts'

interface Parts {
  readonly shards?: number
  readonly producer?: Config
  readonly withFailures?: boolean
}

/** `count` records at once, 1 s into the run, of which number 7 cannot be processed. */
const bed = (
  config: Config,
  mapping: Config,
  { shards = 1, producer = {}, withFailures = false }: Parts = {},
): Bed =>
  new Bed(
    {
      serviceTimeMs: 10,
      poison: 'field',
      poisonField: 'n',
      poisonOperator: '=',
      poisonValue: '7',
      ...config,
    },
    {
      source: [
        'producer',
        {
          pattern: 'once',
          onceAtS: 1,
          onceCount: 20,
          keys: 8,
          recordsPerCall: 100,
          template: '{"n":{{n}}}',
          ...producer,
        },
      ],
      clicks: ['kinesis', { ShardCount: shards }],
      ...(withFailures && { failures: ['sqs'] as const }),
    },
    [
      ['source', 'clicks'],
      ['clicks', FUNCTION, mapping],
      ...(withFailures ? [[FUNCTION, 'failures', { use: 'onFailure' }] as const] : []),
    ],
  )

const HEALTHY: Config = { poison: 'none' }

test('FACTS 7: each shard is polled once a second, one batch of it at a time', () => {
  const flowing = bed(
    { ...HEALTHY, serviceTimeMs: 300 },
    { BatchSize: 5 },
    {
      shards: 2,
      producer: { pattern: 'constant', ratePerSecond: 10, stopAfterCount: 200, recordsPerCall: 1 },
    },
  )
  for (let second = 1; second < 60; second++) {
    flowing.until(second)
    expect(flowing.of().ConcurrentExecutions).toBeLessThanOrEqual(2)
  }
  flowing.until(120)
  expect(flowing.of()).toMatchObject({ received: 200, processed: 200, Errors: 0, IteratorAge: 0 })
  const reads = flowing.calls('GetRecords').length
  expect(reads).toBeLessThanOrEqual(200)
})

test('FACTS 7: an error blocks the shard, and is tried until it succeeds or the record expires', () => {
  const stalled = bed({}, { BatchSize: 20 })
  stalled.until(300)
  expect(stalled.of()).toMatchObject({ processed: 0, discarded: 0, received: 20 })
  expect(stalled.of().Errors).toBeGreaterThan(8)
  expect(stalled.of().IteratorAge).toBeGreaterThan(290_000)
  expect(stalled.figures.stalled).toBe(1)
})

test('FACTS 7: a batch that fails is tried after longer and longer pauses, whatever else is read', () => {
  const stalled = bed({}, { BatchSize: 20 })
  stalled.until(40)
  expect(stalled.calls('GetRecords').length).toBeGreaterThan(30)
  // 0.5, 1, 2, 4, 8 and 16 s after one another.
  expect(stalled.of().Errors).toBe(7)
})

test('FACTS 7: other shards flow while one is blocked', () => {
  const half = bed({}, { BatchSize: 5 }, { shards: 4, producer: { onceCount: 200 } })
  half.until(120)
  const { processed } = half.of()
  expect(half.figures.stalled).toBe(1)
  expect(processed).toBeGreaterThan(100)
  expect(processed).toBeLessThan(200)
})

test('FACTS 7: after MaximumRetryAttempts the batch is skipped, and the rest goes on', () => {
  const limited = bed({}, { BatchSize: 10, MaximumRetryAttempts: 2 })
  limited.until(60)
  expect(limited.of()).toMatchObject({ processed: 10, discarded: 10, Errors: 3 })
})

test('FACTS 7: the on-failure destination is told where the batch is, not what it says', () => {
  const told = bed({}, { BatchSize: 10, MaximumRetryAttempts: 1 }, { withFailures: true })
  told.until(60)
  const [{ request }] = told.calls('SendMessage')
  const about = JSON.parse(String(request.MessageBody))
  const { startSequenceNumber, endSequenceNumber } = about.KinesisBatchInfo
  const places = [startSequenceNumber, endSequenceNumber].map(
    (text) => parseSequence(text)?.position,
  )
  expect(places).toEqual([0, 9])
  expect(about).toMatchObject({
    requestContext: {
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 2,
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn',
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    KinesisBatchInfo: {
      shardId: 'shardId-000000000000',
      batchSize: 10,
      streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks',
    },
  })
  expect(told.of()).toMatchObject({ discarded: 10, toDestination: 1 })
})

describe('BisectBatchOnFunctionError', () => {
  test('FACTS 7: halves are tried by themselves until the bad record is alone', () => {
    const split = bed(
      {},
      { BatchSize: 16, MaximumRetryAttempts: 1, BisectBatchOnFunctionError: true },
    )
    split.until(60)
    expect(split.of()).toMatchObject({ processed: 19, discarded: 1 })
  })

  test('FACTS 7: splitting does not use up retries', () => {
    const mapping = { BatchSize: 16, MaximumRetryAttempts: 2, BisectBatchOnFunctionError: true }
    const split = bed({}, mapping)
    split.until(60)
    // 16, 8, 4 and 2 records fail once each; the bad one alone has a try and two more.
    expect(split.of()).toMatchObject({ processed: 19, discarded: 1, Errors: 4 + 3 })
  })
})

test('FACTS 7: with ReportBatchItemFailures it goes on from the lowest one that was returned', () => {
  const reporting = bed(
    {},
    { BatchSize: 20, MaximumRetryAttempts: 2, ReportBatchItemFailures: true },
  )
  reporting.until(2.5)
  expect(reporting.of()).toMatchObject({ processed: 6, Errors: 0 })
  reporting.until(60)
  // Nothing splits what is left, so good records behind the bad one are given up with it.
  expect(reporting.of()).toMatchObject({ processed: 6, discarded: 14 })
})

test('as recorded: what is left of a batch has all its retries, and no error was thrown', () => {
  const mapping = { BatchSize: 20, MaximumRetryAttempts: 2, ReportBatchItemFailures: true }
  const reporting = bed({}, mapping, { withFailures: true })
  reporting.until(60)
  // The batch of 20, then the rest of it once and two times more.
  expect(reporting.of()).toMatchObject({ Invocations: 1 + 3, Errors: 0 })
  const [{ request }] = reporting.calls('SendMessage')
  expect(JSON.parse(String(request.MessageBody))).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: null },
  })
})

test('FACTS 7: ParallelizationFactor: several batches of a shard, each key in one of them', () => {
  const slow: Config = { ...HEALTHY, serviceTimeMs: 1000, Timeout: 60 }
  const most = (factor: number): number => {
    const parallel = bed(
      slow,
      { BatchSize: 4, ParallelizationFactor: factor },
      { producer: { keys: 40, onceCount: 60 } },
    )
    let running = 0
    for (let second = 2; second < 20; second++) {
      parallel.until(second)
      running = Math.max(running, parallel.of().ConcurrentExecutions)
    }
    return running
  }
  expect([most(1), most(4)]).toEqual([1, 4])
})

test('FACTS 7: records that are older than MaximumRecordAgeInSeconds do not go to the function', () => {
  const aged = bed(
    { ReservedConcurrentExecutions: 0 },
    { MaximumRecordAgeInSeconds: 60 },
    { withFailures: true },
  )
  aged.until(200)
  expect(aged.of()).toMatchObject({ Invocations: 0, discarded: 20, toDestination: 1 })
})

test('FACTS 7: a batching window gathers records of several reads', () => {
  const of = (window: number): number => {
    const gathered = bed(
      HEALTHY,
      { MaximumBatchingWindowInSeconds: window },
      {
        producer: { pattern: 'constant', ratePerSecond: 2, stopAfterCount: 60, recordsPerCall: 1 },
      },
    )
    gathered.until(60)
    expect(gathered.of().processed).toBe(60)
    return gathered.of().Invocations
  }
  expect(of(0)).toBeGreaterThan(25)
  expect(of(10)).toBeLessThan(6)
})

test('FACTS 7: LATEST leaves out what was there before', () => {
  const late = bed(HEALTHY, { StartingPosition: 'LATEST' })
  late.until(30)
  expect(late.of().processed).toBe(20)
  const before = bed(HEALTHY, {})
  before.sim.edit({ nodes: {}, wires: { 'clicks-fn': null } })
  before.until(30)
  const wire = { id: 'again', from: 'clicks', to: FUNCTION, config: { StartingPosition: 'LATEST' } }
  before.sim.edit({ nodes: {}, wires: { again: wire } })
  before.until(60)
  expect(before.of().processed).toBe(0)
})

describe('a mapping that is disabled', () => {
  const enable = ({ sim }: Bed, Enabled: boolean): void => {
    const [wire] = sim.world.scenario.wires.filter(({ to }) => to === FUNCTION)
    sim.edit({
      nodes: {},
      wires: { [wire.id]: { ...wire, config: { ...wire.config, Enabled } } },
    })
  }

  test('as recorded: it reads nothing, and goes on where it was', () => {
    const producer: Config = {
      pattern: 'constant',
      ratePerSecond: 10,
      stopAfterCount: 600,
      recordsPerCall: 1,
    }
    const paused = bed(HEALTHY, { BatchSize: 5 }, { shards: 2, producer })
    paused.until(20)
    enable(paused, false)
    paused.until(22)
    const { processed } = paused.of()
    const reads = paused.calls('GetRecords').length
    expect(processed).toBeGreaterThan(100)
    paused.until(400)
    expect(paused.of().processed).toBe(processed)
    expect(paused.calls('GetRecords')).toHaveLength(reads)
    // However often it is switched, each shard is read once a second.
    enable(paused, true)
    enable(paused, false)
    enable(paused, true)
    paused.until(420)
    expect(paused.of()).toMatchObject({ received: 600, processed: 600 })
    expect(paused.calls('GetRecords').filter(({ atS }) => atS > 410)).toHaveLength(2 * 10)
  })

  test('FACTS 7: what it has in hand is not tried again until it is enabled', () => {
    const stalled = bed({}, { BatchSize: 20 })
    stalled.until(30)
    enable(stalled, false)
    const { Errors } = stalled.of()
    expect(Errors).toBeGreaterThan(3)
    stalled.until(200)
    expect(stalled.of().Errors).toBe(Errors)
    enable(stalled, true)
    stalled.until(201)
    expect(stalled.of().Errors).toBe(Errors + 1)
  })
})

test('FACTS 6.4: after a split the parent is done with before its children begin', () => {
  const resharded = bed(
    HEALTHY,
    { BatchSize: 10 },
    {
      producer: {
        pattern: 'constant',
        ratePerSecond: 50,
        stopAfterCount: 3_000,
        recordsPerCall: 10,
      },
    },
  )
  resharded.until(10)
  resharded.sim.intervene({
    type: 'action',
    atUs: 0,
    node: 'clicks',
    action: 'splitHottest',
    args: {},
  })
  resharded.until(150)
  expect(resharded.of('clicks').openShards).toBe(2)
  expect(resharded.of()).toMatchObject({ received: 3_000, processed: 3_000 })
})

test('a wire that is taken away leaves the records to the stream', () => {
  const taken = bed({ ...HEALTHY, serviceTimeMs: 2000, Timeout: 60 }, { BatchSize: 5 })
  taken.until(5)
  taken.sim.edit({ nodes: {}, wires: { 'clicks-fn': null } })
  taken.until(100)
  expect(totalsOf(taken.sim).invariants.broken).toEqual([])
  expect(taken.of().returned).toBe(20)
})

test('FACTS 6.8: a function works on user records, and its mapping counts records of the stream', () => {
  const kpl: Config = {
    pattern: 'constant',
    ratePerSecond: 100,
    startAfterS: 1,
    onceCount: 0,
    stopAfterCount: 300,
    AggregationEnabled: true,
  }
  const aggregated = bed(HEALTHY, {}, { producer: kpl })
  aggregated.until(30)
  const { received, processed, durationUs } = aggregated.of()
  expect(received).toBeLessThan(60)
  expect(processed).toBe(received)
  // 10 ms for each of the user records.
  expect(durationUs).toBe(300 * 10_000)
})
