/** What a function's card shows, and its gauges. */
import { US_PER_MS, US_PER_S, type SimUs } from '../../base/units.ts'
import type { NodeDigest, Token } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { latenciesInto } from '../latency.ts'
import { recentSum, recentValues } from '../recent.ts'
import { COUNTERS, counted } from './books.ts'
import { present } from './environments.ts'
import { GAUGE } from './metricNames.ts'
import { active } from './queue/scaling.ts'
import { isStalled, type Lane } from './stream/state.ts'
import { RECENT, stateOf, type Environment, type State } from './state.ts'

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const state = stateOf(sim, node)
  const environments = present(sim, node)
  const figures: Record<string, number> = {
    running: state.runs.length,
    environments: environments.length,
    asyncWaiting: waitingEvents(state),
    // Whole seconds, so that the card changes once a second.
    iteratorAgeUs: Math.floor(iteratorAgeUs(sim, state) / US_PER_S) * US_PER_S,
    stalled: lanesOf(state).filter(isStalled).length,
    shards: shardsRead(state),
    pollers: state.queues.reduce((sum, mapping) => sum + active(mapping), 0),
  }
  for (const name of COUNTERS) figures[name] = counted(sim, node, name)
  return {
    rows: [
      {
        name: 'environments',
        total: environments.length,
        tokens: tokens(sim, state, environments),
      },
    ],
    figures,
    spark: recentValues(state.recent, sim.nowUs, RECENT.invocations),
    advice: adviceFor(sim, node, state),
  }
}

const lanesOf = ({ streams }: State): Lane[] =>
  streams.flatMap(({ shards }) => shards.flatMap(({ lanes }) => lanes))

const shardsRead = ({ streams }: State): number =>
  streams.reduce((sum, { shards }) => sum + shards.filter(({ finished }) => !finished).length, 0)

/** Age of the last record in the oldest batch that is not done; 0 when there is none. */
function iteratorAgeUs(sim: Simulation, state: State): SimUs {
  let oldestUs = sim.nowUs
  for (const { batches } of lanesOf(state)) {
    const last = batches[0]?.items.at(-1)
    if (last) oldestUs = Math.min(oldestUs, last.atUs)
  }
  return sim.nowUs - oldestUs
}

/** Events that are not being worked on now. */
const waitingEvents = ({ asyncEvents, runs }: State): number =>
  asyncEvents.size - runs.filter(({ owner }) => owner.type === 'async').length

const TOKENS_SHOWN = 12
/** How long a failure stays in the picture. */
const FAILURE_SHOWN_US: SimUs = 1_000_000

function tokens(sim: Simulation, state: State, environments: readonly Environment[]): Token[] {
  const runs = new Map(state.runs.map((run) => [run.id, run]))
  return environments.slice(0, TOKENS_SHOWN).map((environment): Token => {
    const run = runs.get(environment.run)
    if (!run) {
      const hasFailed = sim.nowUs - environment.failedUs < FAILURE_SHOWN_US
      return { message: 0, hue: 0, look: hasFailed ? 'failed' : 'faded' }
    }
    const [first] = run.items
    return {
      message: first?.serial ?? 0,
      hue: first?.hue ?? 0,
      look: sim.nowUs < run.startedUs ? 'off' : 'outline',
      receives: first?.receives ?? 0,
      ringFromUs: run.startedUs,
      ringToUs: run.endsUs,
    }
  })
}

function adviceFor(sim: Simulation, node: number, state: State): string[] {
  const { nodes, wires } = sim.world
  const advice = state.queues
    .filter(({ problem }) => problem !== '')
    .map(({ problem, queue }) => `No mapping for “${nodes[queue].name}”: ${problem}.`)
  for (const { visibilityUs, queue, settings, problem } of state.queues) {
    const recommendedUs = 6 * state.settings.timeoutUs + settings.windowUs
    if (problem === '' && visibilityUs >= 0 && visibilityUs < recommendedUs) {
      advice.push(
        `AWS recommends a visibility timeout of six times the function’s timeout, plus the batching window: at least ${recommendedUs / 1_000_000} s for “${nodes[queue].name}”.`,
      )
    }
  }
  if (counted(sim, node, 'timeouts') > 0) {
    advice.push('Executions reach the timeout: raise it, or make the batches smaller.')
  }
  if (counted(sim, node, 'Throttles') > 0) {
    advice.push('Throttled: more executions were asked for than the concurrency limit allows.')
  }
  if (lanesOf(state).some((lane) => isStalled(lane) && lane.batches[0].tries > 2)) {
    advice.push(
      'A batch fails again and again, and nothing behind it in its shard gets on. Limit the retries, split batches, and wire a queue for what is given up.',
    )
  }
  const isInvoked = nodes[node].in.some((wire) => wires[wire].role !== 'watch')
  if (!isInvoked && counted(sim, node, 'Invocations') === 0) {
    advice.push('Not connected: nothing invokes it.')
  }
  return advice
}

export function gauges(sim: Simulation, node: number, into: Float64Array): void {
  const { recent, runs, latencies } = stateOf(sim, node)
  const invocations = Math.max(1, recentSum(recent, sim.nowUs, RECENT.invocations))
  into[GAUGE.duration] = recentSum(recent, sim.nowUs, RECENT.durationUs) / invocations / US_PER_MS
  into[GAUGE.concurrent] = runs.length
  into[GAUGE.iteratorAge] = Math.floor(iteratorAgeUs(sim, stateOf(sim, node)) / US_PER_MS)
  latenciesInto(latencies, sim.nowUs, into, GAUGE.latency)
}
