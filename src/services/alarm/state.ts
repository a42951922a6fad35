/** What an alarm remembers, and its settings as it evaluates them. */
import { fromSeconds, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Statistic, Watch } from '../watch.ts'
import type { AlarmState, Comparison, MissingData, Rule } from './evaluate.ts'

export interface Settings extends Rule {
  readonly statistic: Statistic
  readonly periodUs: SimUs
  readonly notifyOk: boolean
}

export const settingsOf = (config: Readonly<Record<string, unknown>>): Settings =>
  Object.freeze({
    comparison: config.ComparisonOperator as Comparison,
    threshold: Number(config.Threshold),
    evaluationPeriods: Number(config.EvaluationPeriods),
    // CloudWatch refuses M > N; here the larger of the two counts as N.
    datapointsToAlarm: Math.min(Number(config.DatapointsToAlarm), Number(config.EvaluationPeriods)),
    treatMissingData: config.TreatMissingData as MissingData,
    statistic: config.Statistic as Settings['statistic'],
    periodUs: fromSeconds(Number(config.Period)),
    notifyOk: config.notifyOk === true,
  })

export interface State {
  settings: Settings
  /** When they were set. */
  configuredUs: SimUs
  watch: Watch | null
  /** Tells the present row of samples from one that a change has made stale. */
  turn: number
  periodEndsUs: SimUs
  /** Newest last; null where a period brought none. */
  readonly datapoints: (number | null)[]
  value: AlarmState
  sinceUs: SimUs
  /** Actions on their way. */
  calling: number
}

export const createState = (sim: Simulation, node: number): State => ({
  settings: settingsOf(sim.world.nodes[node].config),
  configuredUs: sim.nowUs,
  watch: null,
  turn: 0,
  periodEndsUs: 0,
  datapoints: [],
  value: 'INSUFFICIENT_DATA',
  sinceUs: sim.nowUs,
  calling: 0,
})

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

/** As many as the longest evaluation looks at. */
export const DATAPOINTS_KEPT = 100
