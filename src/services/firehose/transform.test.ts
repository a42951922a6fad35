/** Records on their way through a function that transforms them, rule by rule (FACTS 8). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { whyOf } from '../../engine/trace.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import type { Config } from '../../scenario/scenario.ts'
import { design, simulate } from '../lab.ts'

const MB = 1_048_576

interface Parts {
  readonly firehose?: Config
  readonly fn?: Config
  readonly wire?: Config
  readonly seed?: number
}

/** A delivery stream, its function, the bucket, and one for the backup. */
function lake({ firehose = {}, fn = {}, wire = {}, seed = 1 }: Parts = {}): Simulation {
  const sim = simulate(
    design({
      nodes: {
        'to-lake': ['firehose', { directPutMiBps: 0, IntervalInSeconds: 60, ...firehose }],
        fn: ['lambda', { serviceTimeMs: 0, coldStartMs: 0, Timeout: 60, ...fn }],
        lake: ['s3'],
        copies: ['s3'],
      },
      wires: [
        ['to-lake', 'fn', wire],
        ['to-lake', 'lake'],
        ['to-lake', 'copies', { use: 'backup' }],
      ],
      seed,
    }),
  )
  sim.advance(0)
  return sim
}

function put(sim: Simulation, count: number, bytes = 10): void {
  const Data = Buffer.from('x'.repeat(bytes)).toString('base64')
  for (let left = count; left > 0; left -= 500) {
    const Records = Array.from({ length: Math.min(500, left) }, () => ({ Data }))
    const input = { DeliveryStreamName: 'to-lake', Records }
    expect(sim.callFromOutside('firehose', 'PutRecordBatch', input).error).toBeUndefined()
  }
}

const until = (sim: Simulation, second: number): void => void sim.advance(fromSeconds(second))

function books(sim: Simulation, name = 'to-lake') {
  const { nodes, invariants } = totalsOf(sim)
  if (!invariants.ok) throw new Error(invariants.broken.join('; '))
  return nodes[name].totals
}

/** Requests and answers of one operation, oldest first. */
function calls(sim: Simulation, operation: string) {
  const { rows } = logPage(sim, 0, 200, { operation })
  return rows.toReversed().map(({ row, atUs }) => {
    const { request, response } = logEntry(sim, row)!
    return { atS: atUs / 1_000_000, request, response } as {
      atS: number
      request: Record<string, unknown>
      response: Record<string, unknown>
    }
  })
}

const keysIn = (sim: Simulation, bucket: string): string[] =>
  calls(sim, 'PutObject')
    .filter(({ request }) => request.Bucket === bucket)
    .map(({ request }) => String(request.Key))

describe('invocations', () => {
  test('FACTS 8: the function is invoked when its own buffer is full or its interval over, then the destination’s buffer fills', () => {
    const sim = lake({ wire: { BufferSizeInMBs: 0.2, BufferIntervalInSeconds: 30 } })
    put(sim, 3)
    until(sim, 29)
    expect(calls(sim, 'Invoke')).toEqual([])
    until(sim, 31)
    expect(calls(sim, 'Invoke')).toHaveLength(1)
    put(sim, 3, 0.1 * MB)
    until(sim, 32)
    expect(calls(sim, 'Invoke')).toHaveLength(2)
    expect(books(sim)).toMatchObject({ 'SucceedProcessing.Records': 6, delivered: 0 })
    // The first transformed record came at 30 s.
    until(sim, 91)
    expect(books(sim)).toMatchObject({ delivered: 6 })
  })

  test('FACTS 8: it is synchronous, with recordId and Base64 data, and answers a result for each record', () => {
    const sim = lake({ wire: { BufferIntervalInSeconds: 0 } })
    put(sim, 1, 4)
    until(sim, 1)
    const [{ request, response }] = calls(sim, 'Invoke')
    expect(request).toMatchObject({ FunctionName: 'fn', InvocationType: 'RequestResponse' })
    const { records, ...event } = request.Payload as { records: Record<string, unknown>[] }
    expect(event).toMatchObject({
      deliveryStreamArn: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/to-lake',
      region: 'us-east-1',
    })
    expect(records[0]).toMatchObject({ data: 'eHh4eA==' })
    expect(response.Payload).toEqual({
      records: [{ recordId: records[0].recordId, result: 'Ok', data: 'eHh4eA==' }],
    })
  })

  test('FACTS 8: at most five invocations run at a time', () => {
    const sim = lake({
      wire: { BufferIntervalInSeconds: 0 },
      fn: { serviceTimeMs: 1000 },
    })
    for (let n = 0; n < 8; n++) {
      put(sim, 1)
      until(sim, n / 100)
    }
    until(sim, 0.5)
    expect(totalsOf(sim).nodes.fn.totals.Invocations).toBe(5)
    until(sim, 1.5)
    expect(totalsOf(sim).nodes.fn.totals.Invocations).toBe(8)
  })
})

describe('results', () => {
  test('FACTS 8: Dropped records are filtered out, the others are delivered at their new size', () => {
    const sim = lake({ fn: { dropPercent: 30, outputPercent: 50 } })
    put(sim, 1000, 100)
    until(sim, 200)
    const { delivered, dropped, notTransformed } = books(sim)
    expect(delivered + dropped).toBe(1000)
    expect(dropped).toBeGreaterThan(230)
    expect(dropped).toBeLessThan(370)
    expect(notTransformed).toBe(0)
    const [{ request }] = calls(sim, 'PutObject')
    expect(request.ContentLength).toBe(delivered * 50)
  })

  test('FACTS 8: the function changes what records say, drops and fails them by what they say', () => {
    const sim = lake({
      fn: {
        dropBy: 'field',
        dropValue: 'bot',
        poison: 'field',
        poisonField: 'page',
        poisonOperator: '=',
        poisonValue: '?',
        removeFields: 'agent, ip',
        addFields: '{"site": "shop"}',
      },
    })
    const records = [
      '{"page":"/a","agent":"phone","ip":"1.2.3.4"}',
      '{"page":"/b","agent":"bot"}',
      '{"page":"?","agent":"phone"}',
      'no JSON',
      '{"page":"/c"}',
    ]
    for (const record of records) {
      const input = { DeliveryStreamName: 'to-lake', Record: { Data: btoa(record) } }
      sim.callFromOutside('firehose', 'PutRecord', input)
    }
    until(sim, 200)
    const delivered = '{"page":"/a","site":"shop"}{"page":"/c","site":"shop"}'
    const objects = calls(sim, 'PutObject').map(({ request }) => request)
    const written = objects.find(({ Key }) => !String(Key).startsWith('processing-failed/'))!
    expect(written).toMatchObject({ Body: delivered, ContentLength: delivered.length })
    const failed = objects.find(({ Key }) => String(Key).startsWith('processing-failed/'))!
    const raw = String(failed.Body).trim().split('\n')
    expect(raw.map((line) => atob(JSON.parse(line).rawData))).toEqual([records[2], records[3]])
    expect(books(sim)).toMatchObject({ dropped: 1, notTransformed: 2, delivered: 2 })
    expect(books(sim, 'fn')).toMatchObject({ failed: 2, processed: 3 })
    const [{ response }] = calls(sim, 'Invoke')
    const answers = (response.Payload as { records: { result: string; data?: string }[] }).records
    expect(answers.map(({ result, data }) => `${result} ${atob(data ?? '')}`)).toEqual([
      'Ok {"page":"/a","site":"shop"}',
      'Dropped ',
      'ProcessingFailed ',
      'ProcessingFailed ',
      'Ok {"page":"/c","site":"shop"}',
    ])
  })

  test('FACTS 8: generated records are changed too; other settings change those that come later', () => {
    const sim = simulate(
      design({
        nodes: {
          p: ['producer', { ratePerSecond: 1, template: '{"n":{{n}},"ip":"x"}' }],
          'to-lake': ['firehose', { IntervalInSeconds: 0 }],
          fn: ['lambda', { serviceTimeMs: 0, coldStartMs: 0, removeFields: 'ip' }],
          lake: ['s3'],
        },
        wires: [
          ['p', 'to-lake'],
          ['to-lake', 'fn', { BufferIntervalInSeconds: 0 }],
          ['to-lake', 'lake'],
        ],
      }),
    )
    until(sim, 3.5)
    const lambda = sim.world.scenario.nodes.find(({ id }) => id === 'fn')!
    const saved = sim.snapshot()
    const config = { ...lambda.config, removeFields: 'n' }
    sim.edit({ nodes: { fn: { ...lambda, config } }, wires: {} })
    until(sim, 6)
    const bodies = () => calls(sim, 'PutObject').map(({ request }) => request.Body)
    const all = bodies()
    expect(all.slice(0, 2)).toEqual(['{"n":1}', '{"n":2}'])
    expect(all.at(-1)).toBe('{"ip":"x"}')
    sim.restore(structuredClone(saved))
    until(sim, 6)
    expect(bodies().slice(-2)).not.toContain('{"ip":"x"}')
  })

  test('FACTS 8: ProcessingFailed records go to processing-failed/ as JSON, with the reason', () => {
    const sim = lake({ fn: { poison: 'share', poisonShare: 1 } })
    put(sim, 2, 4)
    until(sim, 61)
    const [{ request }] = calls(sim, 'PutObject')
    expect(request.Bucket).toBe('lake')
    expect(request.Key).toMatch(/^processing-failed\/2026\/01\/01\/00\/to-lake-1-/)
    const lines = String(request.Body).trim().split('\n')
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[0])).toEqual({
      attemptsMade: 1,
      arrivalTimestamp: 1767225600000,
      errorCode: 'Lambda.ProcessingFailedStatus',
      errorMessage: 'ProcessingFailed status set for record',
      attemptEndingTimestamp: 1767225660000,
      rawData: 'eHh4eA==',
      lambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn:$LATEST',
    })
    expect(request.ContentLength).toBe(String(request.Body).length)
    expect(books(sim)).toMatchObject({ notTransformed: 2, failedToBackup: 2, delivered: 0 })
    const { rows } = logPage(sim, 0, 100, {})
    const told = rows.find(({ operation }) => operation.startsWith('(not transformed'))!
    expect(whyOf(sim, { row: told.row })?.because).toContain('ProcessingFailed')
  })

  test('FACTS 8: with the backup of all records the source records are kept as they came', () => {
    const sim = lake({ firehose: { backsUpAll: true }, fn: { dropPercent: 100 } })
    put(sim, 4, 25)
    until(sim, 200)
    expect(books(sim)).toMatchObject({ dropped: 4, 'BackupToS3.Records': 4 })
    expect(keysIn(sim, 'lake')).toEqual([])
    expect(keysIn(sim, 'copies')).toHaveLength(1)
    expect(calls(sim, 'PutObject')[0].request.ContentLength).toBe(100)
  })
})

describe('failed invocations', () => {
  test('FACTS 8: a throttled invocation is tried three times more, then the batch is skipped', () => {
    const sim = lake({ fn: { ReservedConcurrentExecutions: 0 } })
    put(sim, 3)
    until(sim, 300)
    expect(calls(sim, 'Invoke')).toHaveLength(4)
    const body = String(calls(sim, 'PutObject')[0].request.Body)
    expect(JSON.parse(body.split('\n')[0])).toMatchObject({
      attemptsMade: 4,
      errorCode: 'Lambda.InvokeLimitExceeded',
    })
    expect(books(sim)).toMatchObject({ notTransformed: 3, failedInvocations: 4 })
  })

  test('FACTS 8: a timeout of the function fails the whole batch; without retries at once', () => {
    const sim = lake({ fn: { serviceTimeMs: 1000, Timeout: 3 }, wire: { NumberOfRetries: 0 } })
    put(sim, 5)
    until(sim, 64)
    const body = String(calls(sim, 'PutObject')[0].request.Body)
    expect(body).toContain('Lambda.FunctionError')
    expect(books(sim)).toMatchObject({ notTransformed: 5 })
    expect(books(sim, 'fn')).toMatchObject({ failed: 5, Errors: 1, timeouts: 1 })
  })

  test('FACTS 8: Firehose waits five minutes for an invocation', () => {
    const sim = lake({
      fn: { serviceTimeMs: 400_000, Timeout: 900 },
      wire: { NumberOfRetries: 0, BufferIntervalInSeconds: 0 },
    })
    put(sim, 1)
    until(sim, 299)
    expect(books(sim)).toMatchObject({ notTransformed: 0 })
    until(sim, 301)
    expect(books(sim)).toMatchObject({ notTransformed: 1 })
    until(sim, 500)
    expect(books(sim)).toMatchObject({ notTransformed: 1, 'SucceedProcessing.Records': 0 })
  })

  test('FACTS 8: a response above 6 MB is an error of the function', () => {
    const sim = lake({
      fn: { outputPercent: 200 },
      wire: { BufferSizeInMBs: 3, NumberOfRetries: 0 },
    })
    put(sim, 4, MB * 0.8)
    until(sim, 10)
    expect(books(sim)).toMatchObject({ notTransformed: 4 })
    expect(books(sim, 'fn')).toMatchObject({ Errors: 1 })
  })

  test('a function that is taken away leaves what waited as it is', () => {
    const sim = lake()
    put(sim, 4)
    until(sim, 10)
    sim.edit({ nodes: { fn: null }, wires: { 'to-lake-fn': null } })
    until(sim, 100)
    expect(books(sim)).toMatchObject({ delivered: 4, 'SucceedProcessing.Records': 0 })
  })
})

describe('the API', () => {
  const processing = (more: object = {}) => ({
    Enabled: true,
    Processors: [
      {
        Type: 'Lambda',
        Parameters: Object.entries({
          LambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn',
          ...more,
        }).map(([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue })),
      },
    ],
  })
  const ask = (sim: Simulation, operation: string, input: Config) =>
    sim.callFromOutside('firehose', operation, { DeliveryStreamName: 'clicks', ...input })
  const destination = (ProcessingConfiguration: object) => ({
    RoleARN: 'arn:aws:iam::000000000000:role/firehose',
    BucketARN: 'arn:aws:s3:::lake',
    ProcessingConfiguration,
  })

  test('FACTS 8: ProcessingConfiguration has a function of the design transform, and is described', () => {
    const sim = lake()
    const { error } = ask(sim, 'CreateDeliveryStream', {
      ExtendedS3DestinationConfiguration: destination(processing({ BufferSizeInMBs: '2' })),
    })
    expect(error).toBeUndefined()
    const stream = sim.world.nodes.find(({ name }) => name === 'clicks')!
    expect(sim.world.scenario.wires.find(({ from }) => from === stream.id)).toMatchObject({
      to: 'fn',
      config: { BufferSizeInMBs: 2 },
    })
    const { output } = ask(sim, 'DescribeDeliveryStream', {})
    expect(JSON.stringify(output)).toContain(
      '{"ParameterName":"NumberOfRetries","ParameterValue":"3"}',
    )
    ask(sim, 'UpdateDestination', {
      CurrentDeliveryStreamVersionId: '1',
      DestinationId: 'destinationId-000000000001',
      ExtendedS3DestinationUpdate: { ProcessingConfiguration: { Enabled: false } },
    })
    expect(sim.world.scenario.wires.some(({ from }) => from === stream.id)).toBe(false)
  })

  test('FACTS 8: its hints have ranges', () => {
    const sim = lake()
    const { error } = ask(sim, 'CreateDeliveryStream', {
      ExtendedS3DestinationConfiguration: destination(processing({ BufferSizeInMBs: '4' })),
    })
    expect(error?.message).toBe('BufferSizeInMBs must be between 0.2 and 3, not 4.')
  })
})

test('FACTS 8: every record is delivered, dropped, failed, or still here, whatever the function does', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(1000),
        dropPercent: fc.constantFrom(0, 20, 100),
        addFields: fc.constantFrom('', '{"a":1}'),
        failureChance: fc.constantFrom(0, 0.1, 1),
        outputPercent: fc.constantFrom(10, 100, 900),
        serviceTimeMs: fc.constantFrom(0, 1, 200),
        Timeout: fc.constantFrom(1, 60),
        reserved: fc.constantFrom(-1, 0, 1),
        NumberOfRetries: fc.constantFrom(0, 2),
        BufferIntervalInSeconds: fc.constantFrom(0, 5, 60),
        backsUpAll: fc.boolean(),
      }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 5000 })), {
        maxLength: 6,
      }),
      fc.integer({ min: 1, max: 400 }),
      (
        { seed, reserved, NumberOfRetries, BufferIntervalInSeconds, backsUpAll, ...fn },
        puts,
        endS,
      ) => {
        const sim = lake({
          seed,
          firehose: { backsUpAll },
          fn: { ...fn, ReservedConcurrentExecutions: reserved },
          wire: { NumberOfRetries, BufferIntervalInSeconds },
        })
        let total = 0
        puts.forEach(([count, bytes], n) => {
          until(sim, n * 7)
          put(sim, count, bytes)
          total += count
        })
        until(sim, 40 + endS)
        const { IncomingRecords, delivered, dropped, failedToBackup, lost } = books(sim)
        const here = sim.world.messages.live
        expect(IncomingRecords).toBe(total)
        expect(delivered + dropped + failedToBackup + lost + here).toBe(total)
      },
    ),
    { numRuns: 40 },
  )
})
