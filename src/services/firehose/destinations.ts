/** What differs between the destinations of a delivery stream (FACTS 8): ranges, defaults, failures. */

export const DESTINATIONS = [
  's3',
  'redshift',
  'opensearch',
  'opensearchserverless',
  'splunk',
  'http',
  'snowflake',
  'iceberg',
] as const
export type DestinationType = (typeof DESTINATIONS)[number]

export interface Destination {
  /** As AWS writes it. */
  readonly title: string
  /** What CreateDeliveryStream calls its configuration, without "Configuration" at the end. */
  readonly member: string
  /** Largest buffer, MiB, and longest interval, seconds. */
  readonly maxSizeMiB: number
  readonly maxIntervalS: number
  readonly defaultIntervalS: number
  /** Under which prefix of the backup bucket records go that could not be delivered. */
  readonly failureType: string
  /** What the request is called in the log. */
  readonly request: string
  /** The words of AWS's S3BackupMode: without and with all records. */
  readonly backupModes: readonly [failed: string, all: string]
}

export const DESTINATION: Readonly<Record<DestinationType, Destination>> = {
  s3: {
    title: 'Amazon S3',
    member: 'ExtendedS3Destination',
    maxSizeMiB: 128,
    maxIntervalS: 900,
    defaultIntervalS: 300,
    failureType: '',
    request: 'PutObject',
    backupModes: ['Disabled', 'Enabled'],
  },
  redshift: {
    title: 'Amazon Redshift',
    member: 'RedshiftDestination',
    maxSizeMiB: 128,
    maxIntervalS: 900,
    defaultIntervalS: 300,
    failureType: 'errors/manifests',
    request: 'COPY',
    backupModes: ['Disabled', 'Enabled'],
  },
  opensearch: {
    title: 'Amazon OpenSearch Service',
    member: 'AmazonopensearchserviceDestination',
    maxSizeMiB: 100,
    maxIntervalS: 900,
    defaultIntervalS: 300,
    failureType: 'AmazonOpenSearchService_failed',
    request: 'POST _bulk',
    backupModes: ['FailedDocumentsOnly', 'AllDocuments'],
  },
  opensearchserverless: {
    title: 'Amazon OpenSearch Serverless',
    member: 'AmazonOpenSearchServerlessDestination',
    maxSizeMiB: 100,
    maxIntervalS: 900,
    defaultIntervalS: 300,
    failureType: 'AmazonOpenSearchService_failed',
    request: 'POST _bulk',
    backupModes: ['FailedDocumentsOnly', 'AllDocuments'],
  },
  splunk: {
    title: 'Splunk',
    member: 'SplunkDestination',
    maxSizeMiB: 5,
    maxIntervalS: 60,
    defaultIntervalS: 60,
    failureType: 'splunk-failed',
    request: 'POST services/collector',
    backupModes: ['FailedEventsOnly', 'AllEvents'],
  },
  http: {
    title: 'HTTP endpoint',
    member: 'HttpEndpointDestination',
    maxSizeMiB: 64,
    maxIntervalS: 900,
    defaultIntervalS: 300,
    failureType: 'http-endpoint-failed',
    request: 'POST',
    backupModes: ['FailedDataOnly', 'AllData'],
  },
  snowflake: {
    title: 'Snowflake',
    member: 'SnowflakeDestination',
    maxSizeMiB: 128,
    maxIntervalS: 900,
    defaultIntervalS: 0,
    failureType: 'snowflake-failed',
    request: 'insertRows',
    backupModes: ['FailedDataOnly', 'AllData'],
  },
  iceberg: {
    title: 'Apache Iceberg tables',
    member: 'IcebergDestination',
    maxSizeMiB: 128,
    maxIntervalS: 900,
    defaultIntervalS: 300,
    failureType: 'iceberg-failed',
    request: 'commit',
    backupModes: ['FailedDataOnly', 'AllData'],
  },
}

export const isDestination = (value: unknown): value is DestinationType =>
  (DESTINATIONS as readonly unknown[]).includes(value)
