/** What the application's card shows: how full its windows are and what came of them; and what to warn of. */
import { US_PER_MS, US_PER_S, type SimUs } from '../../base/units.ts'
import type { NodeDigest, TablePage } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { RECENT_SECONDS, recentSum, recentValues } from '../recent.ts'
import { GAUGE } from './metricNames.ts'
import { behindUs } from './reading.ts'
import { waitingIn } from './results.ts'
import { MAX_FIELDS, timestamp } from './rows.ts'
import { COUNTERS, RECENT, stateOf, type State } from './state.ts'
import { endsAtEach, heldIn, rowsIn, stepOf } from './windows.ts'

const TOKENS = 24

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const state = stateOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const seconds = Math.min(RECENT_SECONDS, Math.max(1, sim.nowUs / US_PER_S))
  const open = heldIn(state.windows) + state.ahead.length
  const figures: Record<string, number> = {
    open,
    groups: state.windows.groups.length,
    behindUs: behindUs(state),
    kpu: kpus(sim, node),
    ratePerSecond: recentSum(state.recent, sim.nowUs, RECENT.in) / seconds,
    waiting: waitingIn(state.refused),
    ...clockOf(state, sim.nowUs),
  }
  COUNTERS.forEach((name, index) => (figures[name] = counters[index]))
  return {
    rows: [{ name: 'window', total: open, tokens: tokensOf(state) }],
    figures,
    spark: recentValues(state.recent, sim.nowUs, RECENT.out),
    advice: adviceFor(sim, node, state, figures),
    ...problemsOf(sim.world.nodes[node].config, state),
  }
}

/** What is wrong with settings, by the field. */
function problemsOf(
  config: Readonly<Record<string, unknown>>,
  { problem }: State,
): Pick<NodeDigest, 'problems'> {
  const noSessions = config.runtime === 'sql' && config.window === 'session'
  const problems = {
    ...(problem !== '' && { sql: problem }),
    ...(noSessions && { window: 'SQL applications have no session windows: these are tumbling.' }),
  }
  return Object.keys(problems).length === 0 ? {} : { problems }
}

/** The latest records first. */
function tokensOf({ ahead, windows }: State) {
  return [...rowsIn(windows).slice(-TOKENS), ...ahead.slice(-TOKENS)]
    .slice(-TOKENS)
    .toReversed()
    .map(({ message, hue }) => ({ message, hue, look: 'solid' as const }))
}

/** The time that closes windows: the watermark, where there is one. */
function clockOf(state: State, nowUs: SimUs): Record<string, number> {
  if (state.settings.time !== 'watermark') return progressOf(state, nowUs)
  const watermarkUs = state.eventWatermarkUs
  return watermarkUs === -Infinity ? {} : { watermarkUs, ...progressOf(state, watermarkUs) }
}

/** How much of the present window has gone by, 0 to 1, and when it ends; nothing where windows end with records. */
function progressOf({ settings, windows }: State, nowUs: SimUs): Record<string, number> {
  const { type, sizeUs } = settings
  if (type === 'stagger' || type === 'session') {
    const [first] = [...windows.groups].sort((a, b) => a.endUs - b.endUs)
    return first ? share(nowUs, first.startUs, first.endUs - first.startUs) : {}
  }
  if (endsAtEach(settings)) return {}
  const stepUs = stepOf(settings)
  // Windows end at a multiple of the step after their size.
  const offsetUs = sizeUs % stepUs
  const beginUs = Math.floor((nowUs - offsetUs) / stepUs) * stepUs + offsetUs
  return share(nowUs, beginUs, stepUs)
}

const share = (nowUs: SimUs, beginUs: SimUs, lengthUs: SimUs): Record<string, number> => ({
  progress: Math.max(0, Math.min(1, (nowUs - beginUs) / lengthUs)),
  leftUs: Math.max(0, beginUs + lengthUs - nowUs),
})

function adviceFor(
  sim: Simulation,
  node: number,
  state: State,
  figures: Readonly<Record<string, number>>,
): string[] {
  const { config, in: arriving, out } = sim.world.nodes[node]
  const advice: string[] = []
  if (arriving.length === 0) {
    advice.push('Reads nothing: draw a wire from a stream or topic to it.')
  } else if (out.length === 0) {
    advice.push('Its results go nowhere: draw a wire from it to a stream, a Firehose or a table.')
  }
  if (state.problem !== '') advice.push(`The SQL cannot be run. ${state.problem}`)
  if (state.refusal !== '') advice.push(`Results are lost. ${state.refusal}`)
  if (figures.dropped > 0) {
    advice.push('Its windows hold 10 000 records; more are dropped. Make the window smaller.')
  }
  if (figures.notJson > 0) {
    advice.push('Some records are no JSON objects: they go to the error stream, not into windows.')
  }
  if (figures.notTimed > 0) {
    advice.push(
      `Some records hold no time in “${state.settings.timeField}”: they go to the error stream, not into windows.`,
    )
  }
  if (figures.numLateRecordsDropped > 0) {
    advice.push('Late records are dropped: a longer watermark delay would wait for them.')
  }
  if (state.fields.length === MAX_FIELDS) {
    advice.push(`Only the first ${MAX_FIELDS} fields of the records are columns.`)
  }
  if (figures.waiting > 0) advice.push('A destination refuses results: they are sent again.')
  if (config.runtime === 'sql') {
    advice.push(
      'Legacy: AWS took no new SQL applications from 15 October 2025 and deleted those there were from 27 January 2026. Use Managed Service for Apache Flink.',
    )
  }
  return advice
}

/** One does the work; Flink has another for orchestration (FACTS 9). */
const kpus = (sim: Simulation, node: number): number =>
  sim.world.nodes[node].config.runtime === 'sql' ? 1 : 2

export function gauges(sim: Simulation, node: number, into: Float64Array): void {
  into[GAUGE.behind] = Math.floor(behindUs(stateOf(sim, node)) / US_PER_MS)
  into[GAUGE.kpus] = kpus(sim, node)
}

/** The last rows of results, newest first, between when their windows ended and began. */
export function resultsPage(
  sim: Simulation,
  node: number,
  offset: number,
  limit: number,
): TablePage {
  const { columns, rows } = stateOf(sim, node).results
  return {
    columns: ['Row', 'Until', ...columns, 'From'],
    rows: rows
      .slice(offset, offset + limit)
      .map(({ startUs, endUs, values }, n) => [
        String(offset + n + 1),
        timeOf(endUs),
        ...values.map((value) => (value === null ? 'NULL' : String(value))),
        timeOf(startUs),
      ]),
    total: rows.length,
  }
}

/** "00:01:30" of "2026-01-01 00:01:30.000". */
const timeOf = (us: SimUs): string => timestamp(us).slice(11, 19)
