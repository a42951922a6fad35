/** Analytics in the engine: reads records, collects them in windows, runs SQL on each (FACTS 9). */
import type { Behaviour } from '../../engine/behaviour.ts'
import { because } from './because.ts'
import { digestOf, gauges, resultsPage } from './digest.ts'
import { NEWS_WORDS, checkQuery, reconfigure } from './query.ts'
import { answeredReading, connect, readDue } from './reading.ts'
import { answeredResults, loseAll, resend, waitingIn } from './results.ts'
import { loadSql } from './sql.ts'
import { COUNTERS, EVENT, createState, stateOf, type Counter } from './state.ts'

/** Metrics that are counters, by CloudWatch's names. */
const SUMS: readonly Counter[] = [
  'numRecordsIn',
  'numRecordsOut',
  'numLateRecordsDropped',
  'LambdaDelivery.OkRecords',
  'LambdaDelivery.DeliveryFailedRecords',
]

const behaviour: Behaviour = {
  service: 'kinesisanalyticsv2',
  counters: COUNTERS,
  errors: [],
  operations: [],
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/KinesisAnalytics', dimension: 'Application' },
  metrics: [
    { name: 'MillisBehindLatest', unit: 'Milliseconds', statistic: 'Maximum' },
    { name: 'KPUs', unit: 'Count', statistic: 'Maximum' },
    ...SUMS.map((name) => ({ name, unit: 'Count', statistic: 'Sum', counter: name }) as const),
  ],
  actions: {},

  prepare: loadSql,
  create: createState,
  started(sim, node) {
    checkQuery(sim, node)
    connect(sim, node)
  },
  wired: connect,
  configured: reconfigure,
  removed: loseAll,

  event(sim, node, type, a, b) {
    if (type === EVENT.resend) resend(sim, node, a)
    else readDue(sim, node, type, a, b)
  },
  answered(sim, node, call) {
    if (!answeredReading(sim, node, call)) answeredResults(sim, node, call)
  },

  digest: digestOf,
  gauges,
  table: resultsPage,
  broken(sim, node) {
    const { counters } = sim.world.nodes[node]
    const { calling, refused } = stateOf(sim, node)
    const [results, out, lost] = ['results', 'numRecordsOut', 'lost'].map(
      (name) => counters[COUNTERS.findIndex((each) => each === name)],
    )
    const known = out + lost + calling + waitingIn(refused)
    return results === known
      ? null
      : `${results} results, but sent + lost + waiting + on calls is ${known}`
  },
}

export default behaviour
