/** Records as people look at them: the Messages tab, and the card of one. */
import { wordsIn } from '../engine/batch.ts'
import type { MessageInfo } from '../engine/frame.ts'
import type { Simulation } from '../engine/simulation.ts'
import type { SimUs } from '../base/units.ts'
import { copyRecords, positionOf, type RecordLog } from './recordLog.ts'

/** The records of a shard or partition, and how people call them. */
export interface StoredLog {
  readonly log: RecordLog
  /** Of the shard or partition. */
  readonly list: string
  /** How long a record stays; Infinity = for ever. */
  readonly keptUs: SimUs
  /** Sequence number, or offset. */
  idOf(position: number, arrivedUs: SimUs): string
}

/** Newest first, log by log. */
export function pageOfLogs(
  sim: Simulation,
  node: number,
  logs: readonly StoredLog[],
  offset: number,
  limit: number,
): { total: number; messages: MessageInfo[] } {
  const total = logs.reduce((sum, { log }) => sum + log.end - log.trimmed, 0)
  const messages: MessageInfo[] = []
  let skip = offset
  for (const stored of logs) {
    const { log } = stored
    const kept = log.end - log.trimmed
    if (skip >= kept) {
      skip -= kept
      continue
    }
    const to = log.end - skip
    const from = Math.max(log.trimmed, to - (limit - messages.length))
    skip = 0
    messages.push(...infosOf(sim, node, stored, from, to - from).toReversed())
    if (messages.length >= limit) break
  }
  return { total, messages }
}

/** The record that people call m-`message`; null when it is in none of the logs. */
export function findInLogs(
  sim: Simulation,
  node: number,
  logs: readonly StoredLog[],
  message: number,
): MessageInfo | null {
  for (const stored of logs) {
    const { log } = stored
    const position = positionOf(log, message, log.trimmed, log.end)
    if (position >= 0) return infosOf(sim, node, stored, position, 1)[0]
  }
  return null
}

function infosOf(
  sim: Simulation,
  node: number,
  { log, list, keptUs, idOf }: StoredLog,
  from: number,
  count: number,
): MessageInfo[] {
  const records = copyRecords(log, from, count, Infinity)
  return Array.from({ length: records.count }, (_, n) => {
    const { body, partitionKey } = wordsIn(sim, records, n)
    const sentUs = records.arrivedUs[n]
    return {
      message: records.serials[n],
      messageId: idOf(from + n, sentUs),
      node: sim.world.nodes[node].id,
      list,
      hue: records.hues[n],
      body,
      sizeBytes: records.sizesBytes[n],
      attributes: {},
      sentUs,
      receives: 0,
      ...(keptUs < Infinity && { expiresUs: sentUs + keptUs }),
      ...(partitionKey !== undefined && { partitionKey }),
    }
  })
}
