/** Buffers, deliveries and their failures, rule by rule. */
import { describe, expect, test } from 'vitest'
import { totalsOf } from '../../engine/totals.ts'
import { whyOf } from '../../engine/trace.ts'
import { logPage } from '../../engine/views.ts'
import { Firehose } from './testbed.ts'

const MIB = 1_048_576

describe('buffering', () => {
  test('FACTS 8: the buffer is delivered when its interval is over', () => {
    const stream = new Firehose({ IntervalInSeconds: 60 })
    stream.until(10)
    stream.put(3)
    stream.until(69.9)
    expect(stream.figures).toMatchObject({ bufferedRecords: 3, delivered: 0, flushInS: 1 })
    stream.until(70)
    expect(stream.figures).toMatchObject({ bufferedRecords: 0, delivered: 3, objects: 1 })
    expect(stream.broken).toEqual([])
  })

  test('FACTS 8: or as soon as it is full, and the next one waits its own interval', () => {
    const stream = new Firehose({ SizeInMBs: 1, IntervalInSeconds: 60 })
    stream.put(3, MIB / 4)
    expect(stream.figures).toMatchObject({ bufferedRecords: 3, underway: 0 })
    stream.until(30)
    stream.put(2, MIB / 4)
    stream.until(31)
    expect(stream.figures).toMatchObject({ bufferedRecords: 1, objects: 1, delivered: 4 })
    stream.until(60)
    expect(stream.figures.objects).toBe(1)
    stream.until(90)
    expect(stream.figures).toMatchObject({ objects: 2, delivered: 5 })
  })

  test('FACTS 8: zero buffering delivers each put at once', () => {
    const stream = new Firehose({ IntervalInSeconds: 0 })
    stream.put(2)
    stream.until(0)
    stream.put(1)
    stream.until(0)
    expect(stream.figures).toMatchObject({ objects: 2, delivered: 3, bufferedRecords: 0 })
  })

  test('FACTS 8: Splunk takes at most 5 MiB and waits at most 60 s, whatever the hints say', () => {
    const stream = new Firehose({ destination: 'splunk', IntervalInSeconds: 300, SizeInMBs: 64 })
    stream.put(1)
    stream.until(60)
    expect(stream.figures.objects).toBe(1)
    expect(stream.figures.bufferLimitBytes).toBe(5 * MIB)
  })

  test('a shorter interval holds for what waits already', () => {
    const stream = new Firehose({ IntervalInSeconds: 300 })
    stream.put(1)
    stream.until(20)
    const drawn = stream.sim.world.scenario.nodes[0]
    const config = { ...drawn.config, IntervalInSeconds: 30 }
    stream.sim.edit({ nodes: { [drawn.id]: { ...drawn, config } }, wires: {} })
    stream.until(30)
    expect(stream.figures.delivered).toBe(1)
  })
})

describe('objects', () => {
  test('FACTS 8: the key is the prefix, the hour, then stream, version, time and a random part', () => {
    const stream = new Firehose({ IntervalInSeconds: 60, Prefix: 'raw/' })
    stream.put(2, 5)
    stream.until(60)
    const [{ operation, input }] = stream.deliveries
    expect(operation).toBe('PutObject')
    expect(input.Key).toMatch(
      /^raw\/2026\/01\/01\/00\/to-lake-1-2026-01-01-00-01-00-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    )
    expect(input.Body).toBe('xxxxxxxxxx')
    expect(input.ContentLength).toBe(10)
  })

  test('FACTS 8: expressions in the prefix take the place of the hour', () => {
    const stream = new Firehose({
      IntervalInSeconds: 60,
      Prefix: "day=!{timestamp:yyyy-MM-dd'T'HH}/",
      ErrorOutputPrefix: 'bad/!{firehose:error-output-type}/',
      CompressionFormat: 'GZIP',
    })
    stream.put(1, 100)
    stream.until(60)
    const [{ input }] = stream.deliveries
    expect(input.Key).toMatch(/^day=2026-01-01T00\/to-lake-1-.*\.gz$/)
    expect(input.ContentLength).toBe(25)
  })
})

describe('failures', () => {
  test('FACTS 8: a delivery to S3 is tried again for 24 hours, then its records are lost', () => {
    const stream = new Firehose({ IntervalInSeconds: 60, failurePercent: 100 })
    stream.put(4)
    stream.until(60 + 24 * 3600 - 130)
    expect(stream.figures).toMatchObject({ lost: 0, retrying: 1, held: 4 })
    stream.until(60 + 24 * 3600 + 1)
    expect(stream.figures).toMatchObject({ lost: 4, held: 0, delivered: 0 })
    expect(stream.broken).toEqual([])
  })

  test('FACTS 8: a destination that comes back gets what waited', () => {
    const stream = new Firehose({ IntervalInSeconds: 60 })
    const press = (action: string) =>
      stream.sim.intervene({ type: 'action', atUs: 0, node: 'to-lake', action, args: {} })
    press('breakDestination')
    stream.put(4)
    stream.until(120)
    expect(stream.figures).toMatchObject({ delivered: 0, retrying: 1 })
    press('mendDestination')
    stream.until(300)
    expect(stream.figures).toMatchObject({ delivered: 4, retrying: 0 })
    expect(stream.figures.failedTries).toBeGreaterThan(1)
  })

  test.each([
    ['opensearch', 'POST _bulk', 'AmazonOpenSearchService_failed/'],
    ['splunk', 'POST services/collector', 'splunk-failed/'],
    ['http', 'POST', 'http-endpoint-failed/'],
    ['redshift', 'COPY', 'errors/manifests/'],
    ['opensearchserverless', 'POST _bulk', 'AmazonOpenSearchService_failed/'],
    ['snowflake', 'insertRows', 'snowflake-failed/'],
    ['iceberg', 'commit', 'iceberg-failed/'],
  ])(
    'FACTS 8: after the retry duration %s leaves its records to the backup bucket',
    (destination, request, prefix) => {
      const stream = new Firehose({
        destination,
        IntervalInSeconds: 60,
        retryS: 300,
        failurePercent: 100,
      })
      stream.put(2)
      stream.until(1000)
      const { deliveries, figures } = stream
      expect(deliveries[0]).toMatchObject({ operation: request, error: 'ServiceUnavailable' })
      expect(deliveries.at(-1)?.operation).toBe('PutObject')
      expect(String(deliveries.at(-1)?.input.Key)).toContain(`${prefix}2026/01/01/00/`)
      expect(figures).toMatchObject({ failedToBackup: 2, lost: 0, delivered: 0 })
      expect(stream.broken).toEqual([])
    },
  )
})

test('metrics by CloudWatch’s names tell of delivery and backup', () => {
  const stream = new Firehose({ IntervalInSeconds: 60, backsUpAll: true })
  stream.put(4, 100)
  stream.until(31)
  const metrics = () => totalsOf(stream.sim).nodes['to-lake'].metrics
  expect(metrics()['DeliveryToS3.DataFreshness']).toBe(31)
  stream.until(62)
  expect(metrics()).toMatchObject({ 'DeliveryToS3.DataFreshness': 0 })
  expect(stream.figures).toMatchObject({
    'DeliveryToS3.Records': 4,
    'DeliveryToS3.Bytes': 400,
    'DeliveryToS3.Success': 1,
    'BackupToS3.Records': 4,
    'BackupToS3.Bytes': 400,
  })
})

test('FACTS 8: what goes to the backup bucket says that the retry duration was over', () => {
  const stream = new Firehose({ destination: 'splunk', retryS: 300, failurePercent: 100 })
  stream.put(2)
  stream.until(1000)
  const { rows } = logPage(stream.sim, 0, 100, {})
  const moved = rows.find(({ operation }) => operation === '(to the backup bucket)')!
  expect(whyOf(stream.sim, { row: moved.row })?.because).toContain('the retry duration, 5 min')
})

describe('direct put', () => {
  test('FACTS 8: beyond the quota records of a batch fail, and a single one is told to slow down', () => {
    const stream = new Firehose({ directPutMiBps: 1, SizeInMBs: 128 })
    const record = { Data: Buffer.from('x'.repeat(MIB / 4)).toString('base64') }
    const { output } = stream.ask('PutRecordBatch', {
      Records: Array.from({ length: 6 }, () => record),
    })
    expect(output).toMatchObject({ FailedPutCount: 2 })
    expect((output!.RequestResponses as unknown[])[5]).toEqual({
      ErrorCode: 'ServiceUnavailableException',
      ErrorMessage: 'Slow down.',
    })
    expect(stream.ask('PutRecord', { Record: record }).error).toMatchObject({
      code: 'ServiceUnavailableException',
      status: 503,
    })
    stream.until(1)
    expect(stream.ask('PutRecord', { Record: record }).error).toBeUndefined()
    expect(stream.figures).toMatchObject({ IncomingRecords: 5, ThrottledRecords: 3 })
    expect(stream.broken).toEqual([])
    expect(stream.sim.world.messages.live).toBe(5)
  })

  test('FACTS 8: a stream keeps nothing that was delivered, and lets go when it is removed', () => {
    const stream = new Firehose({ IntervalInSeconds: 60 })
    stream.put(600)
    stream.until(60)
    expect(stream.sim.world.messages.live).toBe(0)
    stream.put(3)
    stream.ask('DeleteDeliveryStream')
    expect(stream.sim.world.messages.live).toBe(0)
  })
})
