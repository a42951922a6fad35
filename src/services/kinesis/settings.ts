/** A stream's settings as the hot path wants them. */
export interface Settings {
  readonly onDemand: boolean
  /** Of a provisioned stream. */
  readonly shardCount: number
  readonly retentionHours: number
  /** Data and partition key. */
  readonly maxRecordBytes: number
  /** The service spreads the records; keys do not matter (on-demand only). */
  readonly auto: boolean
}

export function readSettings(config: Readonly<Record<string, unknown>>): Settings {
  const onDemand = config.StreamMode === 'ON_DEMAND'
  return Object.freeze({
    onDemand,
    shardCount: Number(config.ShardCount),
    retentionHours: Number(config.RetentionPeriodHours),
    maxRecordBytes: Number(config.MaxRecordSizeInKiB) * 1024,
    auto: onDemand && config.RecordDistributionStrategy === 'AUTO',
  })
}
