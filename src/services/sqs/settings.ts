/** A queue's config as the numbers that every call needs, times in microseconds. */
import { readStatements, type Statement } from '../policy.ts'
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
  /** FIFO: the deduplication id is made from the body. */
  contentBased: boolean
  /** Of the queue's policy; none = no policy. */
  policy: readonly Statement[]
}

export const readSettings = (config: Readonly<Record<string, unknown>>): QueueSettings => ({
  visibilityUs: fromSeconds(Number(config.VisibilityTimeout)),
  delayUs: fromSeconds(Number(config.DelaySeconds)),
  retentionUs: fromSeconds(Number(config.MessageRetentionPeriod)),
  waitUs: fromSeconds(Number(config.ReceiveMessageWaitTimeSeconds)),
  maximumBytes: Number(config.MaximumMessageSize),
  // A FIFO queue is exact (FACTS 2.8).
  duplicateChance: config.FifoQueue === true ? 0 : Number(config.duplicateChance),
  reorderChance: config.FifoQueue === true ? 0 : Number(config.reorderChance),
  servers: config.FifoQueue === true ? 1 : Number(config.servers),
  contentBased: config.ContentBasedDeduplication === true,
  policy: readStatements(String(config.Policy)),
})
