/** Answers that AWS was recorded to give, where its pages are silent. */
import { expect, test } from 'vitest'
import { Firehose } from '../testbed.ts'

const DeliveryStreamName = 'clicks'
const S3 = { RoleARN: 'arn:aws:iam::000000000000:role/firehose', BucketARN: 'arn:aws:s3:::lake' }
const NULL = (member: string) =>
  `Value null at '${member}' failed to satisfy constraint: Member must not be null`

const created = (ExtendedS3DestinationConfiguration: object) => {
  const stream = new Firehose()
  const input = { DeliveryStreamName, ExtendedS3DestinationConfiguration }
  return { stream, error: stream.ask('CreateDeliveryStream', input).error }
}

test('FACTS 8: what a destination lacks is told at once', () => {
  const at = 'extendedS3DestinationConfiguration'
  expect(created({}).error).toMatchObject({
    code: 'ValidationException',
    message: `2 validation errors detected: ${NULL(`${at}.roleARN`)}; ${NULL(`${at}.bucketARN`)}`,
  })
  expect(created({ RoleARN: S3.RoleARN }).error?.message).toBe(
    `1 validation error detected: ${NULL(`${at}.bucketARN`)}`,
  )
})

test('FACTS 8: an ARN of a destination begins as one', () => {
  expect(created({ ...S3, BucketARN: 'lake' }).error).toMatchObject({
    code: 'ValidationException',
    message:
      "1 validation error detected: Value 'lake' at 'extendedS3DestinationConfiguration.bucketARN' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:.*",
  })
})

test('FACTS 8: prefixes are described where there are some', () => {
  const describe = (config: object) => {
    const { output } = created(config).stream.ask('DescribeDeliveryStream', { DeliveryStreamName })
    const { Destinations } = output!.DeliveryStreamDescription as {
      Destinations: readonly { readonly ExtendedS3DestinationDescription: object }[]
    }
    return Destinations[0].ExtendedS3DestinationDescription
  }
  expect(describe(S3)).not.toHaveProperty('Prefix')
  expect(describe(S3)).not.toHaveProperty('ErrorOutputPrefix')
  expect(describe({ ...S3, Prefix: 'in/' })).toMatchObject({ Prefix: 'in/' })
})

test('FACTS 8: a batch of no records is refused', () => {
  const { stream } = created(S3)
  expect(stream.ask('PutRecordBatch', { DeliveryStreamName, Records: [] }).error).toMatchObject({
    code: 'ValidationException',
    message:
      "1 validation error detected: Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1",
  })
})

test('as recorded: a delivery stream that reads a data stream', () => {
  const { sim } = new Firehose()
  const ask = (service: string, operation: string, input: object) =>
    sim.callFromOutside(service, operation, { ...input })
  ask('kinesis', 'CreateStream', { StreamName: 'source', ShardCount: 1 })
  const KinesisStreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/source'
  ask('firehose', 'CreateDeliveryStream', {
    DeliveryStreamName,
    DeliveryStreamType: 'KinesisStreamAsSource',
    KinesisStreamSourceConfiguration: { KinesisStreamARN, RoleARN: S3.RoleARN },
    ExtendedS3DestinationConfiguration: {
      ...S3,
      BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 64 },
      DynamicPartitioningConfiguration: { Enabled: true },
    },
  })
  const { output } = ask('firehose', 'DescribeDeliveryStream', { DeliveryStreamName })
  const { DeliveryStreamDescription: told } = output as { DeliveryStreamDescription: object }
  expect(told).toMatchObject({
    Source: { KinesisStreamSourceDescription: { KinesisStreamARN, RoleARN: S3.RoleARN } },
    Destinations: [
      {
        ExtendedS3DestinationDescription: {
          DynamicPartitioningConfiguration: {
            Enabled: true,
            RetryOptions: { DurationInSeconds: 300 },
          },
        },
      },
    ],
  })
  // Encryption of its own has only what is put directly.
  expect(told).not.toHaveProperty('DeliveryStreamEncryptionConfiguration')
})

test('FACTS 8: a list of a type that there is not is refused', () => {
  const list = (DeliveryStreamType: string) =>
    new Firehose().ask('ListDeliveryStreams', { DeliveryStreamType })
  expect(list('DirectPut').output).toMatchObject({ HasMoreDeliveryStreams: false })
  expect(list('Direct').error).toMatchObject({
    code: 'ValidationException',
    message:
      "1 validation error detected: Value 'Direct' at 'deliveryStreamType' failed to satisfy constraint: Member must satisfy enum value set: [DirectPut, KinesisStreamAsSource, MSKAsSource, DatabaseAsSource]",
  })
})
