/** A Kafka topic in the engine (FACTS 12): records by partition and offset, kept until they are old. */
import type { Behaviour } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { copyRecords } from '../recordLog.ts'
import { findInLogs, pageOfLogs, type StoredLog } from '../storedRecords.ts'
import { because } from './because.ts'
import { ERRORS, OPERATIONS } from './operations.ts'
import {
  COUNTER,
  COUNTERS,
  NEWS_WORDS,
  addPartitions,
  createTopic,
  expire,
  offsetLag,
  planCheck,
  retained,
  retentionUs,
  topicOf,
  type Partition,
} from './topic.ts'

/** Rows on the card, and records in each. */
const ROWS = 5
const TOKENS = 12

const behaviour: Behaviour = {
  service: 'kafka',
  counters: COUNTERS,
  errors: ERRORS,
  operations: OPERATIONS,
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/Kafka', dimension: 'Cluster Name' },
  metrics: [
    { name: 'MaxOffsetLag', unit: 'Count', statistic: 'Maximum' },
    { name: 'SumOffsetLag', unit: 'Count', statistic: 'Maximum' },
    { name: 'messagesIn', unit: 'Count', statistic: 'Sum', counter: 'produced' },
    { name: 'bytesIn', unit: 'Bytes', statistic: 'Sum', counter: 'producedBytes' },
  ],
  actions: {},

  create: createTopic,
  configured(sim, node) {
    addPartitions(topicOf(sim, node), Number(sim.world.nodes[node].config.partitions))
    planCheck(sim, node)
  },
  event: expire,

  digest(sim, node) {
    const topic = topicOf(sim, node)
    const { config, counters, in: arriving } = sim.world.nodes[node]
    const lag = offsetLag(topic)
    const fewer = Number(config.partitions) < topic.partitions.length
    return {
      rows: topic.partitions.slice(0, ROWS).map(rowOf),
      figures: {
        partitions: topic.partitions.length,
        hidden: Math.max(0, topic.partitions.length - ROWS),
        produced: counters[COUNTER.produced],
        retained: retained(topic),
        SumOffsetLag: lag.sum,
        MaxOffsetLag: lag.max,
      },
      spark: [],
      advice: [
        ...(arriving.length === 0 ? ['Not connected: nothing comes in.'] : []),
        ...(fewer ? ['Kafka only adds partitions: the topic keeps those that it has.'] : []),
      ],
    }
  },
  gauges(sim, node, into) {
    const { sum, max } = offsetLag(topicOf(sim, node))
    into[0] = max
    into[1] = sum
  },
  stored: {
    page: (sim, node, _list, offset, limit) =>
      pageOfLogs(sim, node, logsOf(sim, node), offset, limit),
    find: (sim, node, message) => findInLogs(sim, node, logsOf(sim, node), message),
  },
  broken(sim, node) {
    const { counters } = sim.world.nodes[node]
    const known = retained(topicOf(sim, node)) + counters[COUNTER.expired]
    const produced = counters[COUNTER.produced]
    return produced === known ? null : `produced ${produced}, but kept + expired is ${known}`
  },
}

/** Partition by partition, each record by its offset. */
const logsOf = (sim: Simulation, node: number): StoredLog[] =>
  topicOf(sim, node).partitions.map(({ log }, index) => ({
    log,
    list: `partition ${index}`,
    keptUs: retentionUs(sim, node),
    idOf: (position) => `partition ${index}, offset ${position}`,
  }))

function rowOf({ log }: Partition, index: number) {
  const from = Math.max(log.trimmed, log.end - TOKENS)
  const { count, serials, hues } = copyRecords(log, from, TOKENS, Infinity)
  const tokens = Array.from({ length: count }, (_, n) => ({
    message: serials[count - 1 - n],
    hue: hues[count - 1 - n],
    look: 'solid' as const,
  }))
  const name = `partition-${index}`
  return { name, label: name, total: log.end - log.trimmed, tokens }
}

export default behaviour
