/** A destination's configuration as AWS's API has it, to and from the settings of the design. */
import type { Config } from '../../../scenario/scenario.ts'
import {
  DESTINATION,
  DESTINATIONS,
  type Destination,
  type DestinationType,
} from '../destinations.ts'
import { invalidArgument, required, validation } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { prefixProblem } from '../keys.ts'
import { formIn } from './form.ts'
import type { Input } from '../../plainOperation.ts'

export interface Given {
  readonly type: DestinationType
  readonly value: Input
  /** Where it stands in the input, as AWS's validation writes it: extendedS3DestinationConfiguration. */
  readonly at: string
}

/** Older names of a destination's configuration. */
const OLDER: Readonly<Record<string, DestinationType>> = {
  S3Destination: 's3',
  ElasticsearchDestination: 'opensearch',
}

/**
 * The only destination that the input holds.
 * @param ending 'Configuration' of CreateDeliveryStream, 'Update' of UpdateDestination
 * @throws Refusal
 */
export function destinationIn(input: Input, ending: 'Configuration' | 'Update'): Given {
  const members = DESTINATIONS.map((type): [string, DestinationType] => [
    DESTINATION[type].member,
    type,
  ])
  const found = [...members, ...Object.entries(OLDER)].filter(
    ([member]) => input[`${member}${ending}`] !== undefined,
  )
  if (found.length !== 1) {
    throw new Refusal(
      invalidArgument(
        found.length === 0
          ? 'Supply at least one destination configuration'
          : 'Exactly one destination configuration is supported for a Firehose',
      ),
    )
  }
  const [member, type] = found[0]
  return { type, value: input[`${member}${ending}`] as Input, at: camel(`${member}${ending}`) }
}

/** What must be there when a stream is created. @throws Refusal */
export function checkComplete({ type, value, at }: Given): void {
  const missing = NEEDED[type].filter((name) => value[name] === undefined)
  if (missing.length > 0)
    throw new Refusal(required(...missing.map((name) => `${at}.${camel(name)}`)))
  for (const name of NEEDED[type].filter((name) => name.endsWith('ARN'))) {
    if (String(value[name]).startsWith('arn:')) continue
    const constraint = 'Member must satisfy regular expression pattern: arn:.*'
    throw new Refusal(validation(String(value[name]), `${at}.${camel(name)}`, constraint))
  }
}

const NEEDED: Readonly<Record<DestinationType, readonly string[]>> = {
  s3: ['RoleARN', 'BucketARN'],
  redshift: ['RoleARN', 'ClusterJDBCURL', 'CopyCommand', 'S3Configuration'],
  opensearch: ['RoleARN', 'IndexName', 'S3Configuration'],
  opensearchserverless: ['RoleARN', 'IndexName', 'S3Configuration'],
  snowflake: ['AccountUrl', 'Database', 'Schema', 'Table', 'RoleARN', 'S3Configuration'],
  iceberg: ['RoleARN', 'CatalogConfiguration', 'S3Configuration'],
  splunk: ['HECEndpoint', 'HECEndpointType', 'S3Configuration'],
  http: ['EndpointConfiguration', 'S3Configuration'],
}

const camel = (name: string): string => name[0].toLowerCase() + name.slice(1)

/** The settings of the design that a configuration means; only those that it names. @throws Refusal */
export function settingsIn(given: Given): Config {
  const { type, value, at } = given
  const s3 = (type === 's3' ? value : (value.S3Configuration ?? value.S3Update ?? {})) as Input
  // Redshift's hints are those of the bucket that it loads from.
  const hints = (type === 'redshift' ? s3 : value).BufferingHints as Input | undefined
  const retries = value.RetryOptions as Input | undefined
  checkPrefixes(s3)
  checkChoices(given, s3)
  return {
    ...hintsIn(hints, DESTINATION[type], `${at}.bufferingHints`),
    ...(type === 's3' && formIn(value)),
    ...texts(s3, ['Prefix', 'ErrorOutputPrefix', 'CompressionFormat']),
    ...(typeof retries?.DurationInSeconds === 'number' && {
      retryS: within(retries.DurationInSeconds, 0, 7200, `${at}.retryOptions.durationInSeconds`),
    }),
    ...(typeof value.S3BackupMode === 'string' && {
      backsUpAll: value.S3BackupMode === DESTINATION[type].backupModes[1],
    }),
  }
}

function hintsIn(
  hints: Input | undefined,
  { maxSizeMiB, maxIntervalS }: Destination,
  at: string,
): Config {
  if (!hints) return {}
  const { SizeInMBs, IntervalInSeconds } = hints
  if (typeof SizeInMBs !== 'number' || typeof IntervalInSeconds !== 'number') {
    throw new Refusal(
      invalidArgument('Both SizeInMBs and IntervalInSeconds must be specified in BufferingHints'),
    )
  }
  return {
    SizeInMBs: within(SizeInMBs, 1, maxSizeMiB, `${at}.sizeInMBs`),
    IntervalInSeconds: within(IntervalInSeconds, 0, maxIntervalS, `${at}.intervalInSeconds`),
  }
}

/** @throws Refusal */
function within(value: number, min: number, max: number, at: string): number {
  if (value >= min && value <= max) return value
  const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`
  throw new Refusal(validation(String(value), at, `Member must have value ${bound}`))
}

const COMPRESSIONS: readonly string[] = ['UNCOMPRESSED', 'GZIP', 'ZIP', 'Snappy', 'HADOOP_SNAPPY']

/** @throws Refusal */
function checkChoices({ type, value, at }: Given, { CompressionFormat }: Input): void {
  const inS3 = type === 's3' ? at : `${at}.s3${at.endsWith('Update') ? 'Update' : 'Configuration'}`
  checkChoice(CompressionFormat, COMPRESSIONS, `${inS3}.compressionFormat`)
  checkChoice(value.S3BackupMode, DESTINATION[type].backupModes, `${at}.s3BackupMode`)
}

function checkChoice(value: unknown, allowed: readonly string[], at: string): void {
  if (value === undefined || allowed.includes(String(value))) return
  const constraint = `Member must satisfy enum value set: [${allowed.join(', ')}]`
  throw new Refusal(validation(String(value), at, constraint))
}

const texts = (input: Input, names: readonly string[]): Config =>
  Object.fromEntries(
    names.filter((name) => typeof input[name] === 'string').map((name) => [name, input[name]]),
  )

function checkPrefixes({ Prefix = '', ErrorOutputPrefix = '' }: Input): void {
  const problem = prefixProblem(String(Prefix), String(ErrorOutputPrefix))
  if (problem !== null) throw new Refusal(invalidArgument(problem))
}

/** What DescribeDeliveryStream tells: as it was given, and the settings as they are. */
export function describe(
  given: Input,
  config: Readonly<Record<string, unknown>>,
  processing: Input,
): Input {
  const type = config.destination as DestinationType
  const { member, backupModes } = DESTINATION[type]
  const hints = { SizeInMBs: config.SizeInMBs, IntervalInSeconds: config.IntervalInSeconds }
  const s3 = s3Description(type === 's3' ? given : (given.S3Configuration as Input), config, hints)
  const mode = backupModes[config.backsUpAll === true ? 1 : 0]
  const { S3Configuration: _s3, S3BackupConfiguration, ...rest } = given
  const common = {
    CloudWatchLoggingOptions: given.CloudWatchLoggingOptions ?? { Enabled: false },
    ProcessingConfiguration: processing,
    S3BackupMode: mode,
    ...(S3BackupConfiguration !== undefined && { S3BackupDescription: S3BackupConfiguration }),
  }
  if (type === 's3') {
    return {
      DestinationId: DESTINATION_ID,
      S3DestinationDescription: s3,
      ExtendedS3DestinationDescription: { ...rest, ...partitioning(given), ...s3, ...common },
    }
  }
  const own = {
    ...withoutSecrets(rest),
    ...(type !== 'redshift' && { BufferingHints: hints }),
    RetryOptions: { DurationInSeconds: config.retryS },
    S3DestinationDescription: s3,
    ...common,
  }
  return { DestinationId: DESTINATION_ID, [`${member}Description`]: own }
}

/** As it was given, and how long AWS tries to. */
function partitioning({ DynamicPartitioningConfiguration: given }: Input): Input {
  if ((given as Input | undefined)?.Enabled !== true) return {}
  const RetryOptions = { DurationInSeconds: PARTITIONING_RETRY_S }
  return { DynamicPartitioningConfiguration: { RetryOptions, ...(given as Input) } }
}
const PARTITIONING_RETRY_S = 300

/** A delivery stream has one destination. */
export const DESTINATION_ID = 'destinationId-000000000001'

function s3Description(
  given: Input = {},
  config: Readonly<Record<string, unknown>>,
  hints: Input,
): Input {
  const bucket = 'arn:aws:s3:::firehose-bucket'
  return {
    RoleARN: given.RoleARN ?? 'arn:aws:iam::000000000000:role/firehose',
    BucketARN: given.BucketARN ?? bucket,
    ...(config.Prefix !== '' && { Prefix: config.Prefix }),
    ...(config.ErrorOutputPrefix !== '' && { ErrorOutputPrefix: config.ErrorOutputPrefix }),
    BufferingHints: hints,
    CompressionFormat: config.CompressionFormat,
    EncryptionConfiguration: given.EncryptionConfiguration ?? {
      NoEncryptionConfig: 'NoEncryption',
    },
    CloudWatchLoggingOptions: given.CloudWatchLoggingOptions ?? { Enabled: false },
  }
}

/** What nobody may read back. */
function withoutSecrets({
  Password: _password,
  HECToken: _token,
  PrivateKey: _private,
  ...rest
}: Input): Input {
  const { EndpointConfiguration } = rest
  if (!EndpointConfiguration) return rest
  const { AccessKey: _key, ...endpoint } = EndpointConfiguration as Input
  return { ...rest, EndpointConfiguration: endpoint }
}
