/** Why things happen to records in a topic, in words for people (FACTS 12). */
import { formatBytes, formatCount, formatDuration } from '../../base/format.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS_WORDS, offsetLag, retentionUs, topicOf } from './topic.ts'

export function because(sim: Simulation, node: number, row: LogRow): string {
  if (row.error === 'MESSAGE_TOO_LARGE') {
    const { maxMessageBytes } = sim.world.nodes[node].config
    return `The topic’s max.message.bytes is ${formatBytes(Number(maxMessageBytes))}. It can be raised, for the group’s members too.`
  }
  if (row.operation === NEWS_WORDS[0]) {
    return `Records stay for retention.ms, ${formatDuration(retentionUs(sim, node))}, whether a group has read them or not; the topic looks every five minutes.`
  }
  if (row.operation !== 'OffsetCommit' || row.error !== '') return ''
  const { sum } = offsetLag(topicOf(sim, node))
  return `From here the group goes on after a crash or a rebalance. The slowest group is ${formatCount(sum)} records behind now.`
}
