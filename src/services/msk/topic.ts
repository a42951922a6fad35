/** What a Kafka topic keeps: its partitions, and how far each consumer group has got (FACTS 12). */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createLog, trim, type RecordLog } from '../recordLog.ts'

export const COUNTERS = ['produced', 'producedBytes', 'expired', 'expiredBytes', 'refused'] as const
export const COUNTER = Object.fromEntries(COUNTERS.map((name, n) => [name, n])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

/** How often what is too old is looked for: log.retention.check.interval.ms. */
export const CHECK_US = 300 * US_PER_S

export const NEWS_WORDS = ['(records expired)'] as const

export interface Partition {
  readonly log: RecordLog
  /** By the group's node: the offset that it goes on from. */
  readonly committed: Record<number, number>
}

export interface Topic {
  readonly partitions: Partition[]
  /** Whose turn it is among records without a key. */
  turn: number
  checkPlanned: boolean
}

export const topicOf = (sim: Simulation, node: number): Topic =>
  sim.world.nodes[node].state as Topic

export function createTopic(sim: Simulation, node: number): Topic {
  const topic: Topic = { partitions: [], turn: 0, checkPlanned: false }
  addPartitions(topic, Number(sim.world.nodes[node].config.partitions))
  return topic
}

/** Partitions can only be added: fewer leave those that are there. */
export function addPartitions({ partitions }: Topic, count: number): void {
  while (partitions.length < count) partitions.push({ log: createLog(), committed: {} })
}

export const retained = ({ partitions }: Topic): number =>
  partitions.reduce((sum, { log }) => sum + log.end - log.trimmed, 0)

/** Infinity = for ever. */
export function retentionUs(sim: Simulation, node: number): SimUs {
  const { retentionHours, unlimited } = sim.world.nodes[node].config
  return unlimited === true ? Infinity : Number(retentionHours) * 3600 * US_PER_S
}

/** Lets go of what is older than the retention; plans the next look while anything is kept. */
export function expire(sim: Simulation, node: number): void {
  const { counters } = sim.world.nodes[node]
  const topic = topicOf(sim, node)
  topic.checkPlanned = false
  const horizonUs = sim.nowUs - retentionUs(sim, node)
  let gone = 0
  for (const { log } of horizonUs < 0 ? [] : topic.partitions) {
    const { count, bytes } = trim(log, horizonUs)
    gone += count
    counters[COUNTER.expiredBytes] += bytes
  }
  counters[COUNTER.expired] += gone
  if (gone > 0) {
    sim.mark(node, 'expired', 0, gone)
    sim.news(node, 0, -1)
  }
  planCheck(sim, node)
}

export function planCheck(sim: Simulation, node: number): void {
  const topic = topicOf(sim, node)
  const isForEver = retentionUs(sim, node) === Infinity
  if (topic.checkPlanned || isForEver || retained(topic) === 0) return
  topic.checkPlanned = true
  sim.at(sim.nowUs + CHECK_US, node, 0)
}

/** Of the group that is furthest behind: in all partitions, and in one. */
export function offsetLag({ partitions }: Topic): { sum: number; max: number } {
  const byGroup: Record<string, number> = {}
  let max = 0
  for (const { log, committed } of partitions) {
    for (const [group, offset] of Object.entries(committed)) {
      const lag = log.end - Math.max(offset, log.trimmed)
      byGroup[group] = (byGroup[group] ?? 0) + lag
      max = Math.max(max, lag)
    }
  }
  return { sum: Math.max(0, ...Object.values(byGroup)), max }
}
