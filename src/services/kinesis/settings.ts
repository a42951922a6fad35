import { SHARD_METRIC_NAMES } from './shardSums.ts'

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
  /** Names of the shard-level metrics that are on. */
  readonly shardMetrics: readonly string[]
}

export function readSettings(config: Readonly<Record<string, unknown>>): Settings {
  const onDemand = config.StreamMode === 'ON_DEMAND'
  return Object.freeze({
    onDemand,
    shardCount: Number(config.ShardCount),
    retentionHours: Number(config.RetentionPeriodHours),
    maxRecordBytes: Number(config.MaxRecordSizeInKiB) * 1024,
    auto: onDemand && config.RecordDistributionStrategy === 'AUTO',
    shardMetrics: readShardMetrics(String(config.ShardLevelMetrics)),
  })
}

/** "IncomingBytes, IncomingRecords", or "ALL", as names in AWS's order. */
function readShardMetrics(text: string): readonly string[] {
  const named = metricWords(text)
  return named.includes('ALL')
    ? SHARD_METRIC_NAMES
    : SHARD_METRIC_NAMES.filter((name) => named.includes(name))
}

export const writeShardMetrics = (names: readonly string[]): string =>
  names.length === SHARD_METRIC_NAMES.length ? 'ALL' : names.join(', ')

const metricWords = (text: string): readonly string[] => text.split(/[\s,]+/).filter(Boolean)
