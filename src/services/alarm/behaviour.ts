/**
 * A CloudWatch alarm in the engine: it looks at the watched metric once a second, makes one datapoint
 * a period, and evaluates at the period's end (FACTS 14).
 */
import { US_PER_S } from '../../base/units.ts'
import type { Behaviour } from '../../engine/behaviour.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { notify, scale } from './act.ts'
import { NEWS_WORDS, because } from './because.ts'
import { COUNTER, COUNTERS } from './books.ts'
import { alarmCaller } from './caller.ts'
import { charges } from './charges.ts'
import { conditionOf, evaluate, type AlarmState } from './evaluate.ts'
import { closePeriod, createWatch, isSameWatch, takeSample, type Watch } from '../watch.ts'
import { DATAPOINTS_KEPT, createState, settingsOf, stateOf, type State } from './state.ts'

const EVENT = { look: 0 } as const

/** By AlarmState; the words of a row in the log. */
const NEWS: Readonly<Record<AlarmState, number>> = { ALARM: 0, OK: 1, INSUFFICIENT_DATA: 2 }
const STATES: readonly AlarmState[] = ['INSUFFICIENT_DATA', 'OK', 'ALARM']

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [],
  caller: (sim, node) => alarmCaller(sim.world.nodes[node].name),
  operations: [],
  news: NEWS_WORDS,
  because,
  metrics: [{ name: 'inAlarm', unit: 'Count', statistic: 'Maximum' }],

  create: createState,
  started: rewatch,
  wired: rewatch,
  configured(sim, node, before) {
    const state = stateOf(sim, node)
    state.settings = settingsOf(sim.world.nodes[node].config)
    state.configuredUs = sim.nowUs
    const { config } = sim.world.nodes[node]
    // Datapoints of another length or kind mean nothing now.
    if (before.Period !== config.Period || before.Statistic !== config.Statistic) {
      begin(sim, node, state, createWatch(sim, node))
    }
  },

  event(sim, node, _type, turn) {
    const state = stateOf(sim, node)
    const { watch, settings, datapoints } = state
    if (turn !== state.turn || !watch) return
    takeSample(sim, watch)
    if (sim.nowUs >= state.periodEndsUs) {
      datapoints.push(closePeriod(sim, watch, settings.statistic))
      if (datapoints.length > DATAPOINTS_KEPT) datapoints.shift()
      state.periodEndsUs += settings.periodUs
      decide(sim, node, state)
    }
    sim.at(sim.nowUs + US_PER_S, node, EVENT.look, state.turn)
  },

  answered(sim, node, call) {
    const { calls, nodes } = sim.world
    stateOf(sim, node).calling--
    if (calls.code[call] === CODE.ok) return
    nodes[node].counters[COUNTER.actionsFailed]++
    if (calls.count[call] > 0) sim.release(calls.slots[call * ITEMS_PER_CALL])
  },

  actions: {},
  charges,
  digest(sim, node) {
    const { counters } = sim.world.nodes[node]
    const state = stateOf(sim, node)
    const latest = state.datapoints.at(-1)
    return {
      rows: [],
      figures: {
        state: STATES.indexOf(state.value),
        inStateUs: sim.nowUs - state.sinceUs,
        ...(latest !== null && latest !== undefined && { value: latest }),
        threshold: state.settings.threshold,
        toAlarm: counters[COUNTER.toAlarm],
        toOk: counters[COUNTER.toOk],
        actions: counters[COUNTER.actions],
        actionsFailed: counters[COUNTER.actionsFailed],
      },
      spark: state.datapoints.slice(-30).map((value) => value ?? 0),
      advice: advice(state),
    }
  },
  gauges(sim, node, into) {
    into[0] = stateOf(sim, node).value === 'ALARM' ? 1 : 0
  },
}

/** Begins to watch what is wired to it; goes on undisturbed when that has not changed. */
function rewatch(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const found = createWatch(sim, node)
  if (!isSameWatch(state.watch, found)) begin(sim, node, state, found)
}

function begin(sim: Simulation, node: number, state: State, watch: Watch | null): void {
  state.watch = watch
  state.turn++
  state.datapoints.length = 0
  state.value = 'INSUFFICIENT_DATA'
  state.sinceUs = sim.nowUs
  if (!watch) return
  const { periodUs } = state.settings
  state.periodEndsUs = (Math.floor(sim.nowUs / periodUs) + 1) * periodUs
  const nextSecondUs = (Math.floor(sim.nowUs / US_PER_S) + 1) * US_PER_S
  sim.at(nextSecondUs, node, EVENT.look, state.turn)
}

function decide(sim: Simulation, node: number, state: State): void {
  const before = state.value
  const now = evaluate(state.datapoints, state.settings, before)
  if (now !== before) {
    state.value = now
    state.sinceUs = sim.nowUs
    enter(sim, node, state, before)
  }
  // Auto Scaling is told again at every evaluation while the state lasts; topics only of changes.
  if (now === 'ALARM') scale(sim, node, state)
}

function enter(sim: Simulation, node: number, state: State, before: AlarmState): void {
  const { counters } = sim.world.nodes[node]
  sim.news(node, NEWS[state.value], -1)
  if (state.value === 'ALARM') {
    counters[COUNTER.toAlarm]++
    sim.mark(node, 'alarm')
  } else if (state.value === 'OK') {
    counters[COUNTER.toOk]++
  }
  const tells = state.value === 'ALARM' || (state.value === 'OK' && state.settings.notifyOk)
  if (tells) notify(sim, node, state, before)
}

function advice(state: State): string[] {
  if (!state.watch) return ['Watches nothing: draw a wire from a part to this alarm.']
  if (state.value !== 'ALARM') return []
  return [`In ALARM: ${state.watch.name} ${conditionOf(state.settings)}.`]
}

export default behaviour
