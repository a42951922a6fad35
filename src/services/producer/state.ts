/** A producer's state, and its settings as the hot path wants them. */
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import { createList, type MessageList } from '../../engine/lists.ts'
import type { Caller } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { callerIn } from '../callers.ts'
import { createRecent, type Recent } from '../recent.ts'
import { extendedClientIn, type ExtendedClient } from './extendedClient.ts'
import { createAggregator, type Aggregator } from './aggregator.ts'
import { parseTimes, type Pattern } from './pattern.ts'
import { recipeOf, type Audience } from './recipe.ts'
import { requesterIn, type RequesterSettings } from './requesterFields.ts'
import { createRequests, listen, replyToOf, type Requests } from './requests.ts'
import { PAYLOAD_ROLE, wayOf } from './ways.ts'

export interface Settings extends Pattern {
  readonly startAfterUs: SimUs
  /** 0 = never. */
  readonly stopAfterCount: number
  /** -1 leaves it to the queue. */
  readonly delayUs: SimUs
  readonly batchSize: number
  readonly batchWindowUs: SimUs
  /** The same for streams: records in one PutRecords. */
  readonly recordsPerCall: number
  readonly recordWindowUs: SimUs
  /** By the KPL: whether, and how large and how many user records an aggregated record may be. */
  readonly aggregates: boolean
  readonly aggregationBytes: number
  readonly aggregationCount: number
  readonly retries: number
  readonly backoffUs: SimUs
  /** Share of messages that are sent twice, 0 to 1. */
  readonly duplicateShare: number
  /** As whom it calls, if not as a user of the own account. */
  readonly caller: Caller | undefined
  readonly extended: ExtendedClient | null
  readonly requester: RequesterSettings | null
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
    recordsPerCall: given.recordsPerCall,
    recordWindowUs: fromMs(given.recordWindowMs),
    aggregates: config.AggregationEnabled === true,
    aggregationBytes: given.AggregationMaxSize,
    aggregationCount: given.AggregationMaxCount,
    retries: given.retries,
    backoffUs: fromMs(given.backoffMs),
    duplicateShare: given.duplicateShare,
    caller: callerIn(config),
    extended: extendedClientIn(config),
    requester: requesterIn(config),
  })
}

/** Where messages go: one of the wires that leave. */
export interface Target {
  readonly wire: number
  readonly to: number
  /** Indices of the service's operations; `batch` is -1 where it takes one message a call. */
  readonly single: number
  readonly batch: number
  readonly audience: Audience
  readonly isQueue: boolean
  /** Index of the recipe of what is sent there. */
  recipe: number
  /** Messages of a batch that is not full yet. */
  readonly held: number[]
  /** Their bytes. */
  heldBytes: number
  /** Tells the window of this batch from that of an earlier one. */
  window: number
  /** Of a data stream, which the KPL writes to; null elsewhere. */
  readonly aggregator: Aggregator | null
}

/** A message that waits until its body is in the bucket. */
export interface Storing {
  /** Along which it will be sent. */
  readonly wire: number
  readonly slot: number
  readonly key: string
}

/** Messages that one call was refused for a passing reason. */
export interface Retry {
  readonly wire: number
  /** Which try comes next: 1 for the first after the refusal. */
  readonly attempt: number
  readonly slots: readonly number[]
}

export interface State {
  settings: Settings
  /** Stream of random arrivals. */
  readonly arrivals: number
  /** Index of the recipe that sizes and keys are drawn by, and all that this node has made. */
  recipe: number
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
  /** By number. */
  readonly retries: Record<number, Retry>
  retriesMade: number
  /** The wire to the extended client's bucket, or -1. */
  bucket: number
  /** By number. */
  readonly storing: Record<number, Storing>
  storesMade: number
  readonly requests: Requests
  /** Messages on calls. */
  calling: number
  /** User records in aggregated messages, without the first of each. */
  beyondFirst: number
  /** How often the shards of streams were asked for. */
  listings: number
  readonly recent: Recent
}

export function createState(sim: Simulation, node: number): State {
  const here = sim.world.nodes[node]
  const settings = settingsOf(here.config)
  return {
    settings,
    arrivals: sim.stream(here, 'arrival'),
    recipe: 0,
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
    retries: {},
    retriesMade: 0,
    bucket: -1,
    storing: {},
    storesMade: 0,
    requests: createRequests(),
    calling: 0,
    beyondFirst: 0,
    listings: 0,
    recent: createRecent(1),
  }
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

/** Uses the recipes that the present settings make; old ones when they were like this before. */
export function chooseRecipe(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const audiences = state.targets.map(({ audience }) => audience)
  // With streams alone there are no attributes to count.
  const onlyStreams = audiences.length > 0 && audiences.every((audience) => audience === 'stream')
  const asks = state.targets.some(({ isQueue }) => isQueue)
  state.recipe = recipeFor(sim, node, onlyStreams ? 'stream' : 'plain', asks)
  for (const target of state.targets) {
    target.recipe = recipeFor(sim, node, target.audience, target.isQueue)
  }
}

/** @param asks whether a reply is asked for, if the producer waits for any */
function recipeFor(sim: Simulation, node: number, audience: Audience, asks: boolean): number {
  const { recipes, requests } = stateOf(sim, node)
  const replyTo = asks ? replyToOf(sim, requests) : null
  const { id, config } = sim.world.nodes[node]
  const recipe = recipeOf(sim.world.scenario.seed, id, config, audience, replyTo)
  const text = JSON.stringify(recipe)
  const known = recipes.find((n) => JSON.stringify(sim.world.recipes[n]!.data) === text)
  if (known !== undefined) return known
  const made = sim.addRecipe(node, recipe)
  recipes.push(made)
  return made
}

/** Finds the wires anew: where payloads go, where messages do, and where replies come from. */
export function rewire(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const { nodes, wires } = sim.world
  const toBucket = nodes[node].out.find((wire) => wires[wire].role === PAYLOAD_ROLE)
  state.bucket = state.settings.extended ? (toBucket ?? -1) : -1
  state.targets = targetsOf(sim, node).filter(({ wire }) => wire !== state.bucket)
  listen(sim, node, state.requests, state.settings.requester)
}

/** The wires that leave as targets; those that stay keep what they hold. */
function targetsOf(sim: Simulation, node: number): Target[] {
  const { nodes, wires } = sim.world
  const present = new Map(stateOf(sim, node).targets.map((target) => [target.wire, target]))
  return nodes[node].out.flatMap((wire) => {
    const { to, role } = wires[wire]
    const known = present.get(wire)
    if (known) return [known]
    const way = wayOf(role)
    const single = way ? sim.operationIndex(to, way.single) : -1
    if (!way || single < 0) return []
    const batch = way.batch === null ? -1 : sim.operationIndex(to, way.batch)
    const { FifoQueue, FifoTopic } = nodes[to].config
    const audience = FifoQueue === true || FifoTopic === true ? 'fifo' : way.audience
    const isQueue = way.isQueue === true
    const aggregator = way.aggregates === true ? createAggregator() : null
    const empty = { recipe: 0, held: [], heldBytes: 0, window: 0 }
    return [{ wire, to, single, batch, audience, isQueue, aggregator, ...empty }]
  })
}
