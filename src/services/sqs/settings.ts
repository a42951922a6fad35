/** A queue's config as the numbers that every call needs, times in microseconds. */
import { fromSeconds, type SimUs } from '../../base/units.ts'

export interface QueueSettings {
  visibilityUs: SimUs
  delayUs: SimUs
  retentionUs: SimUs
  waitUs: SimUs
  maximumBytes: number
  /** Chances from 0 to 1. */
  duplicateChance: number
  reorderChance: number
  /** 1 to 10. */
  servers: number
}

export const readSettings = (config: Readonly<Record<string, unknown>>): QueueSettings => ({
  visibilityUs: fromSeconds(Number(config.VisibilityTimeout)),
  delayUs: fromSeconds(Number(config.DelaySeconds)),
  retentionUs: fromSeconds(Number(config.MessageRetentionPeriod)),
  waitUs: fromSeconds(Number(config.ReceiveMessageWaitTimeSeconds)),
  maximumBytes: Number(config.MaximumMessageSize),
  duplicateChance: Number(config.duplicateChance),
  reorderChance: Number(config.reorderChance),
  servers: Number(config.servers),
})
