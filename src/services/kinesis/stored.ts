/** Records as people look at them: the Messages tab, and the card of one. */
import type { MessageInfo } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { sequenceOf } from '../sequence.ts'
import { findInLogs, pageOfLogs, type StoredLog } from '../storedRecords.ts'
import { retentionUs, shardId, streamOf, type Shard } from './stream.ts'

/** Lists are 'open' (the newest records of all open shards) and 'closed'. */
export const pageOf = (
  sim: Simulation,
  node: number,
  list: string,
  offset: number,
  limit: number,
): { total: number; messages: MessageInfo[] } =>
  pageOfLogs(
    sim,
    node,
    logsOf(sim, node, ({ closedUs, expired }) => !expired && closedUs >= 0 === (list === 'closed')),
    offset,
    limit,
  )

export const findStored = (sim: Simulation, node: number, message: number): MessageInfo | null =>
  findInLogs(
    sim,
    node,
    logsOf(sim, node, () => true),
    message,
  )

function logsOf(sim: Simulation, node: number, isMeant: (shard: Shard) => boolean): StoredLog[] {
  const state = streamOf(sim, node)
  return state.shards.filter(isMeant).map(({ log, index, createdUs }) => ({
    log,
    list: shardId(index),
    keptUs: retentionUs(state),
    idOf: (position, atUs) => sequenceOf(createdUs, index, position, atUs),
  }))
}
