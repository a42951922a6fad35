/** Records as people look at them: the Messages tab, and the card of one. */
import { positionOf } from '../recordLog.ts'
import { wordsIn } from '../../engine/batch.ts'
import type { MessageInfo } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { batchOf } from './get.ts'
import { retentionUs, shardId, streamOf, type Shard, type StreamState } from './stream.ts'
import { sequenceOf } from '../sequence.ts'

/** Lists are 'open' (the newest records of all open shards) and 'closed'; newest first, shard by shard. */
export function pageOf(
  sim: Simulation,
  node: number,
  list: string,
  offset: number,
  limit: number,
): { total: number; messages: MessageInfo[] } {
  const state = streamOf(sim, node)
  const shards = state.shards.filter(
    ({ closedUs, expired }) => !expired && closedUs >= 0 === (list === 'closed'),
  )
  const total = shards.reduce((sum, { log }) => sum + log.end - log.trimmed, 0)
  const messages: MessageInfo[] = []
  let skip = offset
  for (const shard of shards) {
    const { log } = shard
    const kept = log.end - log.trimmed
    if (skip >= kept) {
      skip -= kept
      continue
    }
    const to = log.end - skip
    const from = Math.max(log.trimmed, to - (limit - messages.length))
    skip = 0
    const records = infosOf(sim, node, state, shard, from, to - from)
    messages.push(...records.toReversed())
    if (messages.length >= limit) break
  }
  return { total, messages }
}

export function findStored(sim: Simulation, node: number, message: number): MessageInfo | null {
  const state = streamOf(sim, node)
  for (const shard of state.shards) {
    const { log } = shard
    const position = positionOf(log, message, log.trimmed, log.end)
    if (position >= 0) return infosOf(sim, node, state, shard, position, 1)[0]
  }
  return null
}

function infosOf(
  sim: Simulation,
  node: number,
  state: StreamState,
  shard: Shard,
  from: number,
  count: number,
): MessageInfo[] {
  const batch = batchOf(sim, shard, from, count, Infinity)
  return Array.from({ length: batch.count }, (_, n) => {
    const { body, partitionKey = '' } = wordsIn(sim, batch, n)
    const sentUs = batch.arrivedUs[n]
    const serial = batch.serials[n]
    return {
      message: serial,
      messageId: sequenceOf(shard.createdUs, shard.index, from + n, sentUs),
      node: sim.world.nodes[node].id,
      list: shardId(shard.index),
      hue: batch.hues[n],
      body,
      sizeBytes: batch.sizesBytes[n],
      attributes: {},
      sentUs,
      receives: 0,
      expiresUs: sentUs + retentionUs(state),
      partitionKey,
    }
  })
}
