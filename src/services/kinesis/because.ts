/** Why things happen to records in a stream, in words for people (FACTS 6.5, 6.7). */
import { formatCount } from '../../base/format.ts'
import { US_PER_S } from '../../base/units.ts'
import { CODE } from '../../engine/calls.ts'
import type { LogRow } from '../../engine/frame.ts'
import { itemsOf, readRow, type LoggedRow } from '../../engine/log.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { RESULT } from './errors.ts'
import { NEWS, NEWS_WORDS } from './events.ts'
import { READS_PER_S, WRITE_RECORDS_PER_S } from './limits.ts'
import { shardIn } from '../shards.ts'
import { shardId } from './stream.ts'

export function because(sim: Simulation, node: number, row: LogRow): string {
  const logged = readRow(sim.records.log, row.row)
  if (logged && isPut(row)) return whyNotPut(sim, node, row.row, logged)
  if (logged && row.error === 'ProvisionedThroughputExceededException') {
    return whyNotRead(sim, node, row.row, logged)
  }
  switch (row.operation) {
    case NEWS_WORDS[NEWS.expired]:
      return 'Records stay for the stream’s retention period, whether anybody has read them or not.'
    case NEWS_WORDS[NEWS.scaled]:
      return 'An on-demand stream splits a shard by itself when it takes more than its share.'
    default:
      return ''
  }
}

const isPut = ({ isCall, operation }: LogRow): boolean =>
  isCall && (operation === 'PutRecord' || operation === 'PutRecords')

/** Which shard was full, and with what; '' when nothing was refused. */
function whyNotPut(sim: Simulation, node: number, row: number, logged: LoggedRow): string {
  const refused = itemsOf(sim.records.log, logged).filter(({ code }) => code === RESULT.throttled)
  if (refused.length === 0) return ''
  const shard = shardIn(refused[0].receipt)
  const others = new Set(refused.map(({ receipt }) => shardIn(receipt))).size - 1
  const taken = (one: LoggedRow) =>
    itemsOf(sim.records.log, one).filter(
      ({ code, receipt }) => code === CODE.ok && shardIn(receipt) === shard,
    ).length
  const before = sameSecond(sim, node, row, logged)
  const records = taken(logged) + before.reduce((sum, one) => sum + taken(one), 0)
  const limit = records < WRITE_RECORDS_PER_S ? '1 MB' : `${formatCount(records)} records`
  const also = others > 0 ? ` (and ${others} more shards theirs)` : ''
  return `${shardId(shard)} has taken ${limit} within this second, all that a shard takes${also}. The hash of the partition key decides which shard a record goes to: keys that spread better, or a split of the shard that is hot, make room; the producer may try again.`
}

/** Reads of one shard by all of its shared readers together. */
function whyNotRead(sim: Simulation, node: number, row: number, logged: LoggedRow): string {
  const shard = logged.arg
  const reads = sameSecond(sim, node, row, logged).filter(
    ({ operation, arg, code }) =>
      operation === logged.operation && arg === shard && code === CODE.ok,
  ).length
  const limit = reads < READS_PER_S ? '2 MB' : `${reads} times`
  return `${shardId(shard)} was read ${limit} within this second, all that it gives to its shared readers together. A consumer with enhanced fan-out has 2 MB/s of each shard for itself.`
}

/** What the log has of this second before a row, at the same node: limits go by the clock's seconds. */
function sameSecond(sim: Simulation, node: number, row: number, { atUs }: LoggedRow): LoggedRow[] {
  const secondUs = Math.floor(atUs / US_PER_S) * US_PER_S
  const found: LoggedRow[] = []
  for (let n = row - 1; n >= 0; n--) {
    const one = readRow(sim.records.log, n)
    if (!one || one.atUs < secondUs) break
    if (one.to === node && one.operation >= 0) found.push(one)
  }
  return found
}
