/** A delivery stream in a CloudFormation template, with its role. To S3 and to web servers. */
import {
  getAtt,
  ref,
  type Access,
  type CloudFormation,
  type Draft,
  type Link,
  type Part,
  type Properties,
  type Value,
} from '../cloudFormation.ts'
import { addRole, addRolePolicy, BUCKET_WRITES, bucketAndObjects } from '../iam.ts'
import { DESTINATION, isDestination, type DestinationType } from './destinations.ts'
import { prefixProblem } from './keys.ts'
import { settingsOf } from './state.ts'

const destinationOf = ({ config }: Part): DestinationType =>
  isDestination(config.destination) ? config.destination : 's3'

const WRITTEN: readonly DestinationType[] = ['s3', 'http']

/** What it reads from by itself; Direct PUT without. */
const sourceOf = (stream: Part): Link | undefined =>
  stream.into.find(({ role }) => role === 'read' || role === 'fetch')

/** Why the template has no such stream, or null. */
function whyNot(stream: Part): string | null {
  if (sourceOf(stream)?.role === 'fetch') {
    return 'It reads a Kafka topic, by the network of a cluster that the template does not know.'
  }
  const destination = destinationOf(stream)
  if (WRITTEN.includes(destination)) return null
  return `${DESTINATION[destination].title} as a destination needs more than the design says.`
}

const bucketFor = (stream: Part, use: 'delivery' | 'backup'): Part | undefined =>
  stream.out.find(({ role, config, other }) => {
    if (other.arn === null || (role !== 'deliver' && role !== 'backup')) return false
    return (role === 'backup' || config.use === 'backup') === (use === 'backup')
  })?.other

interface Bucket {
  readonly arn: Value
  readonly writes: Access
}

/** Of the design, or made for the stream, which cannot be without. */
function bucketOf(stream: Part, use: 'delivery' | 'backup', draft: Draft): Bucket {
  const part = bucketFor(stream, use)
  if (part) return { arn: part.arn!, writes: part.access('PutObject') }
  const suffix = use === 'backup' ? 'BackupBucket' : 'Bucket'
  const id = draft.add(stream, suffix, { type: 'AWS::S3::Bucket' })
  const what = use === 'backup' ? 'backup' : 'delivery'
  draft.note(
    stream,
    'otherwise',
    `The design has no bucket for its ${what}; the template makes ${id}.`,
  )
  const writes = { actions: BUCKET_WRITES, resources: bucketAndObjects(id) }
  return { arn: getAtt(id, 'Arn'), writes }
}

const transformOf = (stream: Part): Link | undefined =>
  stream.out.find(({ role, other }) => role === 'transform' && other.arn !== null)

/** FACTS 8. */
const TRANSFORM_DEFAULTS = {
  BufferSizeInMBs: 1,
  BufferIntervalInSeconds: 60,
  NumberOfRetries: 3,
}

const parameters = (values: Readonly<Record<string, Value>>): readonly Value[] =>
  Object.entries(values).map(([ParameterName, ParameterValue]) => ({
    ParameterName,
    ParameterValue,
  }))

function processing(stream: Part): Value | undefined {
  const processors: Value[] = []
  const query = String(stream.config.partitionQuery ?? '').trim()
  if (isPartitioned(stream)) {
    const values = { MetadataExtractionQuery: query, JsonParsingEngine: 'JQ-1.6' }
    processors.push({ Type: 'MetadataExtraction', Parameters: parameters(values) })
  }
  const transform = transformOf(stream)
  if (transform) {
    const changed = Object.entries(TRANSFORM_DEFAULTS).flatMap(([name, byDefault]) => {
      const value = Number(transform.config[name])
      return value === byDefault ? [] : [[name, String(value)] as const]
    })
    const values = { LambdaArn: transform.other.arn!, ...Object.fromEntries(changed) }
    processors.push({ Type: 'Lambda', Parameters: parameters(values) })
  }
  return processors.length > 0 ? { Enabled: true, Processors: processors } : undefined
}

const isPartitioned = ({ config }: Part): boolean => settingsOf(config).partitionKeys !== null

const MIB = 1_048_576
const US_PER_S = 1_000_000

/** Both or none of the two; what a partitioned buffer must have at least (FACTS 8). */
function bufferingHints(stream: Part): Value {
  const { sizeBytes, intervalUs } = settingsOf(stream.config)
  return { SizeInMBs: sizeBytes / MIB, IntervalInSeconds: intervalUs / US_PER_S }
}

function toS3(stream: Part, role: Value, buckets: readonly Bucket[]): Properties {
  const [delivery, backup] = buckets
  return {
    ExtendedS3DestinationConfiguration: defined({
      BucketARN: delivery.arn,
      RoleARN: role,
      BufferingHints: bufferingHints(stream),
      ...stream.changed('Prefix', 'ErrorOutputPrefix', 'CompressionFormat'),
      DynamicPartitioningConfiguration: isPartitioned(stream) ? { Enabled: true } : undefined,
      ProcessingConfiguration: processing(stream),
      S3BackupMode: backup ? 'Enabled' : undefined,
      S3BackupConfiguration: backup && { BucketARN: backup.arn, RoleARN: role },
    }),
  }
}

function toWebServer(
  stream: Part,
  role: Value,
  [backup]: readonly Bucket[],
  draft: Draft,
): Properties {
  const description = `URL to which ${stream.node.name} delivers (https://…)`
  const url = draft.parameter(stream, 'Url', { type: 'String', description })
  const [failed, all] = DESTINATION.http.backupModes
  return {
    HttpEndpointDestinationConfiguration: defined({
      EndpointConfiguration: { Url: url },
      RoleARN: role,
      BufferingHints: bufferingHints(stream),
      ProcessingConfiguration: processing(stream),
      RetryOptions: { DurationInSeconds: Number(stream.config.retryS) },
      S3BackupMode: stream.config.backsUpAll === true ? all : failed,
      S3Configuration: defined({
        BucketARN: backup.arn,
        RoleARN: role,
        ...stream.changed('Prefix', 'ErrorOutputPrefix', 'CompressionFormat'),
      }),
    }),
  }
}

const defined = (properties: Properties): Value =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Value

const cloudFormation: CloudFormation = {
  arn: (stream) => (whyNot(stream) === null ? getAtt(stream.id, 'Arn') : null),
  address: ({ id }) => ({ label: 'Name', value: ref(id) }),
  actions: {
    PutRecord: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
    PutRecordBatch: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
  },
  metrics: {
    namespace: 'AWS/Firehose',
    dimensions: ({ id }) => [{ Name: 'DeliveryStreamName', Value: ref(id) }],
  },
  write(stream, draft) {
    const reason = whyNot(stream)
    if (reason !== null) {
      draft.note(stream, 'missing', reason)
      return
    }
    const isS3 = destinationOf(stream) === 's3'
    const buckets = [
      ...(isS3 ? [bucketOf(stream, 'delivery', draft)] : []),
      ...(!isS3 || stream.config.backsUpAll === true ? [bucketOf(stream, 'backup', draft)] : []),
    ]
    const role = addRole(stream, draft, 'firehose.amazonaws.com')
    const source = sourceOf(stream)
    const transform = transformOf(stream)
    const uses = [
      ...(source ? [source.other.access('read')] : []),
      ...buckets.map(({ writes }) => writes),
      ...(transform ? [transform.other.access('Transform')] : []),
    ]
    const policy = addRolePolicy(stream, draft, role, uses)
    const roleArn = getAtt(role, 'Arn')
    draft.add(stream, '', {
      type: 'AWS::KinesisFirehose::DeliveryStream',
      properties: {
        ...(source && {
          DeliveryStreamType: 'KinesisStreamAsSource',
          KinesisStreamSourceConfiguration: {
            KinesisStreamARN: source.other.arn!,
            RoleARN: roleArn,
          },
        }),
        ...(isS3 ? toS3(stream, roleArn, buckets) : toWebServer(stream, roleArn, buckets, draft)),
      },
      // Firehose tries at once whether it may read.
      dependsOn: policy === null ? [] : [policy],
    })
    const { Prefix, ErrorOutputPrefix } = stream.config
    const problem = prefixProblem(String(Prefix), String(ErrorOutputPrefix))
    if (problem !== null) draft.note(stream, 'toDo', `AWS refuses its prefixes: ${problem}.`)
    if (String(stream.config.convertTo ?? '') !== '') {
      const text = `Conversion to ${stream.config.convertTo}: it needs a table of AWS Glue that says the columns.`
      draft.note(stream, 'toDo', text)
    }
  },
}

export default cloudFormation
