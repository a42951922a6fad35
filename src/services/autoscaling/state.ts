/** What an Auto Scaling group remembers, and its settings as it uses them. */
import { fromSeconds, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Watch } from '../watch.ts'
import { readSteps, type AdjustmentType, type Step } from './policy.ts'

export interface Settings {
  readonly min: number
  readonly max: number
  readonly policy: 'TargetTrackingScaling' | 'StepScaling' | 'SimpleScaling'
  readonly target: number
  readonly perInstance: boolean
  readonly disableScaleIn: boolean
  readonly steps: readonly Step[]
  readonly adjustmentType: AdjustmentType
  readonly adjustment: number
  readonly cooldownUs: SimUs
  readonly launchUs: SimUs
  readonly warmupUs: SimUs
  readonly protect: boolean
}

export function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const min = Number(config.MinSize)
  return Object.freeze({
    min,
    max: Math.max(min, Number(config.MaxSize)),
    policy: config.policy as Settings['policy'],
    target: Number(config.TargetValue),
    perInstance: config.perInstance === true,
    disableScaleIn: config.DisableScaleIn === true,
    steps: Object.freeze(readSteps(String(config.StepAdjustments))),
    adjustmentType: config.AdjustmentType as AdjustmentType,
    adjustment: Number(config.ScalingAdjustment),
    cooldownUs: fromSeconds(Number(config.Cooldown)),
    launchUs: fromSeconds(Number(config.launchS)),
    warmupUs: fromSeconds(Number(config.EstimatedInstanceWarmup)),
    protect: config.protect === true,
  })
}

export interface Instance {
  /** When it was or will be in service. */
  readonly inServiceUs: SimUs
  /** From when on it counts in the metric. */
  readonly warmUs: SimUs
}

export interface State {
  settings: Settings
  /** Oldest first; as many as are desired. */
  readonly instances: Instance[]
  watch: Watch | null
  /** Tells the present row of samples from one that a change has made stale. */
  turn: number
  /** One a minute, newest last. */
  readonly datapoints: (number | null)[]
  /** Simple scaling hears nothing until then. */
  cooldownUntilUs: SimUs
  /** What the fleet was told last. */
  told: number
}

export const createState = (sim: Simulation, node: number): State => ({
  settings: settingsOf(sim.world.nodes[node].config),
  instances: [],
  watch: null,
  turn: 0,
  datapoints: [],
  cooldownUntilUs: 0,
  told: -1,
})

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

export const inService = ({ instances }: State, nowUs: SimUs): number =>
  instances.filter(({ inServiceUs }) => inServiceUs <= nowUs).length

/** In service and warm: those that the metric counts. */
export const warm = ({ instances }: State, nowUs: SimUs): number =>
  instances.filter(({ warmUs }) => warmUs <= nowUs).length

/** As many as AlarmLow looks at. */
export const DATAPOINTS_KEPT = 15
