/** A Kafka consumer group in the engine (FACTS 12). */
import type { Behaviour } from '../../engine/behaviour.ts'
import { RECENT_SECONDS, recentSum, recentValues } from '../recent.ts'
import { because } from './because.ts'
import { COUNTER, COUNTERS, NEWS_WORDS, createGroup, groupOf, resize } from './group.ts'
import { answered, connect, crash, due, rebalance, restart } from './polling.ts'

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [],
  operations: [],
  news: NEWS_WORDS,
  because,
  metrics: [
    { name: 'records', unit: 'Count', statistic: 'Sum', counter: 'records' },
    { name: 'rebalances', unit: 'Count', statistic: 'Sum', counter: 'rebalances' },
    { name: 'readAgain', unit: 'Count', statistic: 'Sum', counter: 'again' },
  ],
  actions: { crash, restart },

  create: createGroup,
  started: connect,
  wired: connect,
  configured(sim, node, before) {
    const { config } = sim.world.nodes[node]
    if (before.members === config.members) return
    resize(groupOf(sim, node), Number(config.members))
    rebalance(sim, node)
  },
  event: due,
  answered,

  digest(sim, node) {
    const { counters } = sim.world.nodes[node]
    const { last, members, readings, recent } = groupOf(sim, node)
    const seconds = Math.min(RECENT_SECONDS, Math.max(1, sim.nowUs / 1_000_000))
    const working = new Set(readings.map(({ owner }) => owner))
    const idle = members.filter(({ alive }, index) => alive && !working.has(index)).length
    return {
      rows: [
        {
          name: 'last',
          total: last.length,
          tokens: last.map((token) => ({ ...token, look: 'solid' as const })),
        },
      ],
      figures: {
        records: counters[COUNTER.records],
        again: counters[COUNTER.again],
        rebalances: counters[COUNTER.rebalances],
        alive: members.filter(({ alive }) => alive).length,
        idle,
        ratePerSecond: recentSum(recent, sim.nowUs, 0) / seconds,
      },
      spark: recentValues(recent, sim.nowUs, 0),
      advice: adviceFor(readings.length, idle),
    }
  },
}

function adviceFor(partitions: number, idle: number): string[] {
  if (partitions === 0) return ['Not connected: draw a wire from an MSK topic to it.']
  if (idle === 0) return []
  return [`${idle} idle: one partition has one member, and there are ${partitions} partitions.`]
}

export default behaviour
