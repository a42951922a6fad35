/** The API of delivery streams, as programs use it. */
import { describe, expect, test } from 'vitest'
import { Firehose } from '../testbed.ts'

const S3 = {
  RoleARN: 'arn:aws:iam::000000000000:role/firehose',
  BucketARN: 'arn:aws:s3:::lake',
}
const refusedValue = (value: string, at: string, constraint: string) => ({
  code: 'ValidationException',
  status: 400,
  message: `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: ${constraint}`,
})
const text = (value: string) => ({ Data: Buffer.from(value).toString('base64') })

const created = (more: object = {}) => {
  const stream = new Firehose()
  const answer = stream.ask('CreateDeliveryStream', {
    DeliveryStreamName: 'clicks',
    ExtendedS3DestinationConfiguration: S3,
    ...more,
  })
  return { stream, answer }
}
const described = (stream: Firehose, name = 'clicks') =>
  stream.ask('DescribeDeliveryStream', { DeliveryStreamName: name }).output
    ?.DeliveryStreamDescription as Readonly<Record<string, unknown>>

describe('delivery streams', () => {
  test('FACTS 8: are made with a destination, and described', () => {
    const { stream, answer } = created()
    expect(answer.output).toEqual({
      DeliveryStreamARN: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks',
    })
    expect(described(stream)).toMatchObject({
      DeliveryStreamName: 'clicks',
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamType: 'DirectPut',
      VersionId: '1',
      HasMoreDestinations: false,
      Destinations: [
        {
          DestinationId: 'destinationId-000000000001',
          ExtendedS3DestinationDescription: {
            ...S3,
            BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
            CompressionFormat: 'UNCOMPRESSED',
            S3BackupMode: 'Disabled',
          },
        },
      ],
    })
  })

  test('FACTS 8: a name is taken once, and follows AWS’s rules', () => {
    const { stream } = created()
    const make = (input: object) => stream.ask('CreateDeliveryStream', { ...input }).error
    const destination = { ExtendedS3DestinationConfiguration: S3 }
    expect(make({ DeliveryStreamName: 'clicks', ...destination })).toMatchObject({
      code: 'ResourceInUseException',
      message: 'Firehose clicks under accountId 000000000000 already exists',
    })
    expect(make({ DeliveryStreamName: 'a b', ...destination })?.code).toBe('ValidationException')
    expect(make({ DeliveryStreamName: 'a'.repeat(65), ...destination })?.message).toContain(
      'Member must have length less than or equal to 64',
    )
    expect(make({ DeliveryStreamName: 'none' })?.code).toBe('InvalidArgumentException')
  })

  test('FACTS 8: buffering hints come together and within their ranges', () => {
    const stream = new Firehose()
    const withHints = (BufferingHints: object) =>
      stream.ask('CreateDeliveryStream', {
        DeliveryStreamName: 'hinted',
        ExtendedS3DestinationConfiguration: { ...S3, BufferingHints },
      }).error
    expect(withHints({ SizeInMBs: 5 })?.code).toBe('InvalidArgumentException')
    const at = 'extendedS3DestinationConfiguration.bufferingHints'
    expect(withHints({ SizeInMBs: 0, IntervalInSeconds: 60 })).toEqual(
      refusedValue('0', `${at}.sizeInMBs`, 'Member must have value greater than or equal to 1'),
    )
    expect(withHints({ SizeInMBs: 129, IntervalInSeconds: 60 })).toEqual(
      refusedValue('129', `${at}.sizeInMBs`, 'Member must have value less than or equal to 128'),
    )
    expect(withHints({ SizeInMBs: 5, IntervalInSeconds: 901 })).toEqual(
      refusedValue(
        '901',
        `${at}.intervalInSeconds`,
        'Member must have value less than or equal to 900',
      ),
    )
    expect(withHints({ SizeInMBs: 64, IntervalInSeconds: 0 })).toBeUndefined()
  })

  test.each([
    ['CompressionFormat', 'compressionFormat', 'UNCOMPRESSED, GZIP, ZIP, Snappy, HADOOP_SNAPPY'],
    ['S3BackupMode', 's3BackupMode', 'Disabled, Enabled'],
  ])('FACTS 8: %s is one of its values', (name, member, values) => {
    const ExtendedS3DestinationConfiguration = { ...S3, [name]: 'x' }
    expect(created({ ExtendedS3DestinationConfiguration }).answer.error).toEqual(
      refusedValue(
        'x',
        `extendedS3DestinationConfiguration.${member}`,
        `Member must satisfy enum value set: [${values}]`,
      ),
    )
  })

  test('FACTS 8: puts tell whether the stream is encrypted', () => {
    const { stream } = created()
    const of = { DeliveryStreamName: 'clicks' }
    const told = () => [
      stream.ask('PutRecord', { ...of, Record: text('a') }).output?.Encrypted,
      stream.ask('PutRecordBatch', { ...of, Records: [text('a')] }).output?.Encrypted,
    ]
    expect(told()).toEqual([false, false])
    stream.ask('StartDeliveryStreamEncryption', of)
    expect(told()).toEqual([true, true])
    stream.ask('StopDeliveryStreamEncryption', of)
    expect(told()).toEqual([false, false])
  })

  test('FACTS 8: prefixes with expressions keep their rules', () => {
    const stream = new Firehose()
    const withPrefixes = (prefixes: object) =>
      stream.ask('CreateDeliveryStream', {
        DeliveryStreamName: 'prefixed',
        ExtendedS3DestinationConfiguration: { ...S3, ...prefixes },
      }).error?.message
    expect(withPrefixes({ Prefix: '!{timestamp:yyyy}/' })).toContain('ErrorOutputPrefix')
    expect(withPrefixes({ Prefix: '!{firehose:error-output-type}/' })).toContain('Prefix cannot')
    expect(withPrefixes({ ErrorOutputPrefix: 'e/!{timestamp:yyyy}/' })).toContain('at least one')
  })

  test('are listed in order, page by page', () => {
    const { stream } = created()
    for (const name of ['b', 'a', 'c']) {
      stream.ask('CreateDeliveryStream', {
        DeliveryStreamName: name,
        ExtendedS3DestinationConfiguration: S3,
      })
    }
    expect(stream.ask('ListDeliveryStreams', { Limit: 2 }).output).toEqual({
      DeliveryStreamNames: ['a', 'b'],
      HasMoreDeliveryStreams: true,
    })
    const rest = { Limit: 10, ExclusiveStartDeliveryStreamName: 'b' }
    expect(stream.ask('ListDeliveryStreams', rest).output).toEqual({
      DeliveryStreamNames: ['c', 'clicks', 'to-lake'],
      HasMoreDeliveryStreams: false,
    })
  })

  test('FACTS 8: an update needs the present version', () => {
    const { stream } = created()
    const update = (version: string, change: object = { Prefix: 'raw/' }) =>
      stream.ask('UpdateDestination', {
        DeliveryStreamName: 'clicks',
        CurrentDeliveryStreamVersionId: version,
        DestinationId: 'destinationId-000000000001',
        ExtendedS3DestinationUpdate: change,
      }).error
    expect(update('7')).toMatchObject({
      code: 'ConcurrentModificationException',
      message:
        'Cannot update firehose: clicks since the current version id: 1 and specified version id: 7 do not match',
    })
    expect(update('1')).toBeUndefined()
    const now = described(stream)
    expect(now.VersionId).toBe('2')
    expect(now.Destinations).toMatchObject([
      { ExtendedS3DestinationDescription: { ...S3, Prefix: 'raw/' } },
    ])
  })

  test('FACTS 8: the backup of all records can be switched on, not off', () => {
    const { stream } = created()
    const update = (version: string, S3BackupMode: string) =>
      stream.ask('UpdateDestination', {
        DeliveryStreamName: 'clicks',
        CurrentDeliveryStreamVersionId: version,
        DestinationId: 'destinationId-000000000001',
        ExtendedS3DestinationUpdate: { S3BackupMode },
      }).error?.code
    expect(update('1', 'Enabled')).toBeUndefined()
    expect(update('2', 'Disabled')).toBe('InvalidArgumentException')
  })

  test('tags and encryption are kept', () => {
    const { stream } = created({ Tags: [{ Key: 'team', Value: 'web' }] })
    const about = { DeliveryStreamName: 'clicks' }
    stream.ask('TagDeliveryStream', { ...about, Tags: [{ Key: 'stage', Value: 'test' }] })
    stream.ask('UntagDeliveryStream', { ...about, TagKeys: ['team', 'unknown'] })
    expect(stream.ask('ListTagsForDeliveryStream', about).output).toEqual({
      Tags: [{ Key: 'stage', Value: 'test' }],
      HasMoreTags: false,
    })
    stream.ask('StartDeliveryStreamEncryption', about)
    expect(described(stream).DeliveryStreamEncryptionConfiguration).toEqual({
      KeyType: 'AWS_OWNED_CMK',
      Status: 'ENABLED',
    })
    stream.ask('StopDeliveryStreamEncryption', about)
    expect(described(stream).DeliveryStreamEncryptionConfiguration).toEqual({ Status: 'DISABLED' })
  })

  test('other destinations are described by their own names, without secrets', () => {
    const stream = new Firehose()
    stream.ask('CreateDeliveryStream', {
      DeliveryStreamName: 'partner',
      HttpEndpointDestinationConfiguration: {
        EndpointConfiguration: { Url: 'https://example.com', AccessKey: 'secret' },
        RetryOptions: { DurationInSeconds: 60 },
        S3Configuration: S3,
      },
    })
    const [destination] = described(stream, 'partner').Destinations as object[]
    expect(destination).toMatchObject({
      HttpEndpointDestinationDescription: {
        EndpointConfiguration: { Url: 'https://example.com' },
        RetryOptions: { DurationInSeconds: 60 },
        S3BackupMode: 'FailedDataOnly',
        S3DestinationDescription: { BucketARN: S3.BucketARN },
      },
    })
    expect(JSON.stringify(destination)).not.toContain('secret')
  })

  test('a deleted stream is gone', () => {
    const { stream } = created()
    stream.ask('DeleteDeliveryStream', { DeliveryStreamName: 'clicks' })
    expect(
      stream.ask('DescribeDeliveryStream', { DeliveryStreamName: 'clicks' }).error,
    ).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Firehose clicks under account 000000000000 not found.',
    })
  })
})

describe('records', () => {
  test('FACTS 8: one is put, and gets an id', () => {
    const stream = new Firehose()
    const { output } = stream.ask('PutRecord', { Record: text('hello') })
    expect(output).toMatchObject({ Encrypted: false })
    expect(String(output!.RecordId).length).toBeGreaterThan(36)
  })

  test('FACTS 8: up to 500 go in one batch, of 4 MiB together', () => {
    const stream = new Firehose()
    const batch = (records: unknown[]) => stream.ask('PutRecordBatch', { Records: records })
    const { output } = batch(Array.from({ length: 500 }, (_, n) => text(`r${n}`)))
    expect(output).toMatchObject({ FailedPutCount: 0 })
    const ids = (output!.RequestResponses as { RecordId: string }[]).map(({ RecordId }) => RecordId)
    expect(new Set(ids).size).toBe(500)
    expect(batch(Array(501).fill(text('x'))).error).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining("at 'records' failed to satisfy constraint") as string,
    })
    expect(batch(Array(5).fill(text('x'.repeat(1_000_000)))).error).toEqual({
      code: 'InvalidArgumentException',
      status: 400,
      message: 'Records size exceeds 4 MB limit',
    })
    expect(stream.sim.world.messages.live).toBe(500)
  })

  test('FACTS 8: a record is at most 1,000 KiB', () => {
    const stream = new Firehose()
    expect(stream.ask('PutRecord', { Record: text('x'.repeat(1_024_000)) }).error).toBeUndefined()
    expect(stream.ask('PutRecord', { Record: text('x'.repeat(1_024_001)) }).error?.message).toBe(
      "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1024001 cap=1024001]' at 'record.data' failed to satisfy constraint: Member must have length less than or equal to 1024000",
    )
  })

  test('an unknown stream takes nothing', () => {
    const stream = new Firehose()
    const { error } = stream.ask('PutRecord', {
      DeliveryStreamName: 'other',
      Record: text('hello'),
    })
    expect(error?.code).toBe('ResourceNotFoundException')
  })
})
