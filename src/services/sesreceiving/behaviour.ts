/** SES receiving in the engine (FACTS 13). */
import type { Behaviour } from '../../engine/behaviour.ts'
import { recentValues } from '../recent.ts'
import { COUNTER, COUNTERS, ERRORS, NEWS_WORDS, broken, createState, stateOf } from './books.ts'
import { METRICS } from './metricNames.ts'
import { receivingCaller } from './names.ts'
import { answered, receiveMail } from './receive.ts'

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  caller: (sim, node) => receivingCaller(sim.world.nodes[node].name),
  operations: [receiveMail],
  news: NEWS_WORDS,
  metrics: METRICS,

  create: createState,
  event: () => undefined,
  answered,
  actions: {},

  digest(sim, node) {
    const { counters, out } = sim.world.nodes[node]
    const { lines, recent, underway } = stateOf(sim, node)
    const failed = counters[COUNTER.actionsFailed]
    const advice: string[] = []
    if (out.length === 0) advice.push('The rule has no action: mail is accepted and forgotten.')
    if (failed > 0) {
      advice.push(`${failed} actions failed: look at the policy of the topic or bucket.`)
    }
    return {
      rows: [],
      figures: {
        received: counters[COUNTER.received],
        bounced: counters[COUNTER.bounced],
        stopped: counters[COUNTER.stopped],
        actionsDone: counters[COUNTER.actionsDone],
        actionsFailed: failed,
        actionsUnderway: underway,
      },
      lines: lines.slice(),
      spark: recentValues(recent, sim.nowUs, 0),
      advice,
    }
  },
  broken,
}

export default behaviour
