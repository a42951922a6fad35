/**
 * A stream reader in the engine: it lists the shards, reads each from its iterator on, and goes on with
 * the children when all their parents are read to the end, so that the order of each key is kept.
 */
import { US_PER_MINUTE } from '../../base/units.ts'
import type { Behaviour } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { RECENT_SECONDS, recentSum, recentValues } from '../recent.ts'
import { answered, beginReading, connect, due } from './reading.ts'
import { COUNTERS, createState, stateOf, type ShardReader, type State } from './state.ts'

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [],
  operations: [],
  news: ['(reads again)'],
  because: (_sim, _node, row) =>
    row.operation === '(reads again)'
      ? 'A stream keeps records after they were read: with new iterators they come once more, and work on them is done twice.'
      : '',
  metrics: [
    { name: 'records', unit: 'Count', statistic: 'Sum', counter: 'records' },
    { name: 'readAgain', unit: 'Count', statistic: 'Sum', counter: 'again' },
    { name: 'throttled', unit: 'Count', statistic: 'Sum', counter: 'throttled' },
    { name: 'millisBehindLatest', unit: 'Milliseconds', statistic: 'Maximum' },
  ],
  actions: {
    replay: (sim, node, args) => replay(sim, node, Number(args.minutes)),
    replayAll: (sim, node) => replay(sim, node, null),
  },

  create: createState,
  started: connect,
  wired: connect,
  configured(sim, node, before) {
    const { config } = sim.world.nodes[node]
    if (before.readMode !== config.readMode) beginReading(sim, node)
  },

  event: due,
  answered,

  digest(sim, node) {
    const state = stateOf(sim, node)
    const [records, again, throttled] = sim.world.nodes[node].counters
    const recent = recentSum(state.recent, sim.nowUs, 0)
    const seconds = Math.min(RECENT_SECONDS, Math.max(1, sim.nowUs / 1_000_000))
    return {
      rows: [
        {
          name: 'last',
          total: state.last.length,
          tokens: state.last.map((token) => ({ ...token, look: 'solid' as const })),
        },
      ],
      figures: {
        records,
        again,
        throttled,
        behindUs: behindUs(state),
        shards: readersOf(state).filter(({ finished }) => !finished).length,
        ratePerSecond: recent / seconds,
        ageUs: recent > 0 ? recentSum(state.recent, sim.nowUs, 1) / recent : 0,
      },
      spark: recentValues(state.recent, sim.nowUs, 0),
      advice: adviceFor(state, throttled),
    }
  },
  gauges(sim, node, into) {
    into[3] = Math.floor(behindUs(stateOf(sim, node)) / 1000)
  },
}

/** Begins anew so many minutes ago, or with everything that is kept. */
function replay(sim: Simulation, node: number, minutes: number | null): void {
  const state = stateOf(sim, node)
  state.rewound = true
  state.fromUs = minutes === null ? -1 : Math.max(0, sim.nowUs - minutes * US_PER_MINUTE)
  sim.news(node, 0, -1)
  beginReading(sim, node)
}

const readersOf = ({ sources }: State): readonly ShardReader[] =>
  sources.flatMap(({ shards }) => shards)

const behindUs = (state: State): number =>
  Math.max(0, ...readersOf(state).map(({ finished, behindUs: us }) => (finished ? 0 : us)))

function adviceFor({ sources }: State, throttled: number): string[] {
  if (sources.length === 0) return ['Not connected: draw a wire from a stream to it.']
  if (throttled === 0) return []
  return [
    'Reads are refused: all readers of a shard share five GetRecords and 2 MB a second. Read less often, or use enhanced fan-out.',
  ]
}

export default behaviour
