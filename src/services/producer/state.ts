/** A producer's state, and its settings as the hot path wants them. */
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import { createList, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'
import { parseTimes, type Pattern } from './pattern.ts'
import { recipeOf } from './recipe.ts'

export interface Settings extends Pattern {
  readonly startAfterUs: SimUs
  /** 0 = never. */
  readonly stopAfterCount: number
  /** -1 leaves it to the queue. */
  readonly delayUs: SimUs
  readonly batchSize: number
  readonly batchWindowUs: SimUs
  readonly retries: number
  readonly backoffUs: SimUs
  /** Share of messages that are sent twice, 0 to 1. */
  readonly duplicateShare: number
}

export function settingsOf(config: Readonly<Record<string, unknown>>): Settings {
  const given = config as unknown as Pattern & Record<string, number> & { times: string }
  return Object.freeze({
    pattern: given.pattern,
    ratePerSecond: given.ratePerSecond,
    burstSize: given.burstSize,
    burstEveryS: given.burstEveryS,
    rampToPerSecond: given.rampToPerSecond,
    rampOverS: given.rampOverS,
    sinePeriodS: given.sinePeriodS,
    sineAmplitude: given.sineAmplitude,
    onceAtS: given.onceAtS,
    onceCount: given.onceCount,
    timesUs: Object.freeze(given.pattern === 'list' ? parseTimes(given.times) : []),
    startAfterUs: fromSeconds(given.startAfterS),
    stopAfterCount: given.stopAfterCount,
    delayUs: given.DelaySeconds < 0 ? -1 : fromSeconds(given.DelaySeconds),
    batchSize: given.batchSize,
    batchWindowUs: fromMs(given.batchWindowMs),
    retries: given.retries,
    backoffUs: fromMs(given.backoffMs),
    duplicateShare: given.duplicateShare,
  })
}

/** Where messages go: one of the wires that leave. */
export interface Target {
  readonly wire: number
  readonly to: number
  /** Indices of the service's operations; `batch` is -1 where it takes one message a call. */
  readonly single: number
  readonly batch: number
  /** A FIFO queue: its messages carry a group and a deduplication id. */
  readonly isFifo: boolean
  /** Messages of a batch that is not full yet. */
  readonly held: number[]
  /** Tells the window of this batch from that of an earlier one. */
  window: number
}

export interface State {
  settings: Settings
  /** Stream of random arrivals. */
  readonly arrivals: number
  /** Indices of the recipes in use (the second for FIFO queues), and all that this node has made. */
  recipe: number
  fifoRecipe: number
  readonly recipes: number[]
  /** Of the last message: {{n}}. */
  ordinal: number
  /** Made by the pattern, not by buttons. */
  scheduled: number
  readonly bornUs: SimUs
  /** When the pattern began, or will. A pause moves it on. */
  anchorUs: SimUs
  /** Patterns with a rate: the next message is due when so many are expected. */
  threshold: number
  /** Others: what comes next. */
  index: number
  /** When and how many; Infinity = never. */
  nextUs: SimUs
  nextCount: number
  /** Tells the armed event from stale ones. */
  armed: number
  /** -1 = not paused. */
  pausedUs: SimUs
  targets: Target[]
  /** Refused messages that wait for their next try. */
  readonly backing: MessageList
  /** Messages on calls. */
  calling: number
  readonly recent: Recent
}

export function createState(sim: Simulation, node: number): State {
  const here = sim.world.nodes[node]
  const settings = settingsOf(here.config)
  return {
    settings,
    arrivals: sim.stream(here, 'arrival'),
    recipe: 0,
    fifoRecipe: 0,
    recipes: [],
    ordinal: 0,
    scheduled: 0,
    bornUs: sim.nowUs,
    anchorUs: sim.nowUs + settings.startAfterUs,
    threshold: 0,
    index: 0,
    nextUs: Infinity,
    nextCount: 0,
    armed: 0,
    pausedUs: -1,
    targets: [],
    backing: createList(),
    calling: 0,
    recent: createRecent(1),
  }
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

/** Uses the recipes that the present settings make; old ones when they were like this before. */
export function chooseRecipe(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  state.recipe = recipeFor(sim, node, false)
  const forFifo = state.targets.some(({ isFifo }) => isFifo)
  state.fifoRecipe = forFifo ? recipeFor(sim, node, true) : state.recipe
}

function recipeFor(sim: Simulation, node: number, forFifo: boolean): number {
  const { recipes } = stateOf(sim, node)
  const { id, config } = sim.world.nodes[node]
  const recipe = recipeOf(sim.world.scenario.seed, id, config, forFifo)
  const text = JSON.stringify(recipe)
  const known = recipes.find((n) => JSON.stringify(sim.world.recipes[n]!.data) === text)
  if (known !== undefined) return known
  const made = sim.addRecipe(node, recipe)
  recipes.push(made)
  return made
}

/** The wires that leave as targets; those that stay keep what they hold. */
export function targetsOf(sim: Simulation, node: number): Target[] {
  const { nodes, wires } = sim.world
  const present = new Map(stateOf(sim, node).targets.map((target) => [target.wire, target]))
  return nodes[node].out.flatMap((wire) => {
    const { to, role } = wires[wire]
    const known = present.get(wire)
    if (known) return [known]
    const single = sim.operationIndex(to, role === 'request' ? 'Request' : 'SendMessage')
    const batch = role === 'request' ? -1 : sim.operationIndex(to, 'SendMessageBatch')
    const isFifo = nodes[to].config.FifoQueue === true
    return single < 0 ? [] : [{ wire, to, single, batch, isFifo, held: [], window: 0 }]
  })
}
