/** Dynamic partitioning and record formats (FACTS 8). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { whyOf } from '../../engine/trace.ts'
import { logPage } from '../../engine/views.ts'
import { partitionKeysIn, partitionOf, queryProblem } from './partitionQuery.ts'
import { Firehose } from './testbed.ts'

const MIB = 1_048_576
const BY_CUSTOMER = {
  partitionQuery: '{customer: .customer}',
  Prefix: 'c=!{partitionKeyFromQuery:customer}/!{timestamp:yyyy}/',
  ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
  IntervalInSeconds: 60,
  SizeInMBs: 64,
}

function putAll(stream: Firehose, records: readonly unknown[]): void {
  for (const record of records) {
    const text = typeof record === 'string' ? record : JSON.stringify(record)
    stream.ask('PutRecord', { Record: { Data: btoa(text) } })
  }
}

const keysOf = (stream: Firehose): string[] =>
  stream.deliveries.map(({ input }) => String(input.Key).replace(/[^/]*$/, '')).sort()

describe('dynamic partitioning', () => {
  test('FACTS 8: each partition has a buffer and an object of its own', () => {
    const stream = new Firehose(BY_CUSTOMER)
    putAll(stream, [{ customer: 'a' }, { customer: 'b' }])
    stream.until(30)
    putAll(stream, [{ customer: 'a' }, { customer: 3 }])
    expect(stream.figures).toMatchObject({ partitions: 3, bufferedRecords: 4, flushInS: 30 })
    stream.until(61)
    expect(keysOf(stream)).toEqual(['c=a/2026/', 'c=b/2026/'])
    expect(stream.deliveries[0].input.Body).toBe('{"customer":"a"}{"customer":"a"}')
    expect(stream.figures.partitions).toBe(1)
    stream.until(91)
    expect(keysOf(stream)).toContain('c=3/2026/')
    expect(stream.figures).toMatchObject({ delivered: 4, held: 0, partitions: 0 })
    expect(stream.broken).toEqual([])
  })

  test('FACTS 8: a record without its key goes under the error prefix, and why is told', () => {
    const stream = new Firehose(BY_CUSTOMER)
    putAll(stream, [{ customer: 'a' }, { other: 1 }, 'no JSON'])
    stream.until(61)
    expect(keysOf(stream)).toEqual(['c=a/2026/', 'errors/processing-failed/'])
    const aside = stream.deliveries.find(({ input }) => String(input.Key).startsWith('errors/'))!
    const [line] = String(aside.input.Body).split('\n')
    expect(JSON.parse(line)).toMatchObject({
      errorCode: 'DynamicPartitioning.MetadataExtractionFailed',
      rawData: btoa('{"other":1}'),
    })
    expect(line).not.toContain('lambdaArn')
    const { rows } = logPage(stream.sim, 0, 100, {})
    const told = rows.find(({ operation }) => operation.startsWith('(put aside'))!
    expect(whyOf(stream.sim, { row: told.row })?.because).toContain('partition keys')
    expect(stream.figures).toMatchObject({ delivered: 1, failedToBackup: 2 })
    expect(stream.broken).toEqual([])
  })

  test('FACTS 8: 500 partitions are active at most; records of others go to activePartitionExceeded', () => {
    const stream = new Firehose(BY_CUSTOMER)
    const many = Array.from({ length: 503 }, (_, n) => ({ customer: `c${n}` }))
    putAll(stream, [...many, { customer: 'c0' }])
    expect(stream.figures).toMatchObject({ partitions: 500, PartitionCountExceeded: 3 })
    stream.until(61)
    expect(keysOf(stream)).toContain('errors/activePartitionExceeded/')
    expect(stream.figures).toMatchObject({ delivered: 501, failedToBackup: 3 })
    expect(stream.broken).toEqual([])
  })

  test('FACTS 8: there is no zero buffering with it, and its buffers hold 64 MiB at least', () => {
    const stream = new Firehose({ ...BY_CUSTOMER, IntervalInSeconds: 0, SizeInMBs: 1 })
    const large = JSON.stringify({ customer: 'a', text: 'x'.repeat(MIB / 2) })
    putAll(stream, [large, large, large])
    stream.until(50)
    expect(stream.deliveries).toEqual([])
    stream.until(61)
    expect(stream.deliveries).toHaveLength(1)
  })
})

describe('record format conversion', () => {
  test.each([
    ['Parquet', '.parquet'],
    ['ORC', '.orc'],
  ])(
    'FACTS 8: to %s, smaller; what is no JSON goes to format-conversion-failed',
    (convertTo, end) => {
      const stream = new Firehose({ convertTo, IntervalInSeconds: 60 })
      putAll(stream, [{ text: 'x'.repeat(986) }, 'hello'])
      stream.until(61)
      const [aside, object] = stream.deliveries
        .map(({ input }) => input)
        .sort((a, b) => (String(a.Key) > String(b.Key) ? -1 : 1))
      expect(String(object.Key).endsWith(end)).toBe(true)
      expect(object.ContentLength).toBe(Math.ceil(997 * 0.2))
      expect(String(aside.Key)).toMatch(/^format-conversion-failed\/2026/)
      expect(stream.figures).toMatchObject({
        'SucceedConversion.Records': 1,
        'FailedConversion.Records': 1,
      })
      expect(stream.broken).toEqual([])
    },
  )
})

test('FACTS 8: the API configures both, with buffers of 64 MiB at least', () => {
  const stream = new Firehose()
  const configured = (SizeInMBs: number, DeliveryStreamName: string) =>
    stream.ask('CreateDeliveryStream', {
      DeliveryStreamName,
      ExtendedS3DestinationConfiguration: {
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        BucketARN: 'arn:aws:s3:::lake',
        Prefix: 'c=!{partitionKeyFromQuery:customer}/',
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
        BufferingHints: { SizeInMBs, IntervalInSeconds: 60 },
        DynamicPartitioningConfiguration: { Enabled: true },
        DataFormatConversionConfiguration: {
          Enabled: true,
          OutputFormatConfiguration: { Serializer: { OrcSerDe: {} } },
        },
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'MetadataExtraction',
              Parameters: [
                {
                  ParameterName: 'MetadataExtractionQuery',
                  ParameterValue: '{customer:.customer}',
                },
                { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
              ],
            },
          ],
        },
      },
    }).error
  expect(configured(5, 'small')?.message).toContain('must be at least 64')
  expect(configured(64, 'clicks')).toBeUndefined()
  expect(stream.sim.world.nodes.find(({ name }) => name === 'clicks')?.config).toMatchObject({
    partitionQuery: '{customer:.customer}',
    convertTo: 'ORC',
  })
})

test('a query names keys and the paths to them', () => {
  const keys = partitionKeysIn('{ customer : .customer_id, region: .address.region }')!
  expect(partitionOf({ customer_id: 7, address: { region: 'eu' } }, keys)).toEqual({
    customer: '7',
    region: 'eu',
  })
  expect(partitionOf({ customer_id: 7, address: [] }, keys)).toBeNull()
  expect(queryProblem('')).toBeNull()
  for (const wrong of ['customer', '{}', '{a: b}', '{a: .b | .c}', '{a: .b,}']) {
    expect(queryProblem(wrong)).toContain('A JQ query')
  }
  expect(partitionOf({}, partitionKeysIn('{a: .__proto__}')!)).toBeNull()
})

test('FACTS 8: every record is delivered, put aside, or still here, however it is partitioned', () => {
  const record = fc.oneof(
    fc.record({ customer: fc.oneof(fc.nat(30), fc.string({ maxLength: 5 }), fc.constant(null)) }),
    fc.constantFrom('no JSON', '[]', '{"other":1}'),
  )
  fc.assert(
    fc.property(
      fc.array(fc.array(record, { maxLength: 8 }), { maxLength: 8 }),
      fc.constantFrom('', 'Parquet'),
      fc.constantFrom(0, 50),
      fc.integer({ min: 0, max: 300 }),
      (puts, convertTo, failurePercent, endS) => {
        const stream = new Firehose({ ...BY_CUSTOMER, convertTo, failurePercent })
        puts.forEach((records, n) => {
          stream.until(n * 13)
          putAll(stream, records)
        })
        stream.until(100 + endS)
        const { delivered, failedToBackup, lost, held } = stream.figures
        expect(delivered + failedToBackup + lost + held).toBe(puts.flat().length)
        expect(stream.sim.world.messages.live).toBe(held)
        expect(stream.broken).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
})
