/** The whole world as plain data: what a snapshot is. Records of the run (log, hops, metrics) are beside it. */
import type { SimUs } from '../base/units.ts'
import { FNV_START } from '../base/hash.ts'
import { createStreams, type RandomStreams } from '../base/random.ts'
import type { NodeId, Scenario, WireId } from '../scenario/scenario.ts'
import { createAgenda, type Agenda } from './agenda.ts'
import { createCalls, type CallTable } from './calls.ts'
import { createMessages, type MessageTable } from './messages.ts'

export interface NodeState {
  readonly index: number
  readonly id: NodeId
  readonly kind: string
  name: string
  /** Every setting, defaults filled in. Replaced, never changed in place. */
  config: Readonly<Record<string, unknown>>
  /** False once removed; its index is never used again. */
  alive: boolean
  readonly addedUs: SimUs
  /** -1 = still there. */
  removedUs: SimUs
  /** The kind's own. */
  state: unknown
  /** Books; see `Behaviour.counters`. */
  readonly counters: Float64Array
  /** Wires (indices) that leave and arrive, alive ones only, in the document's order. */
  out: number[]
  in: number[]
}

export interface WireState {
  readonly index: number
  readonly id: WireId
  readonly from: number
  readonly to: number
  readonly role: string
  config: Readonly<Record<string, unknown>>
  alive: boolean
}

/** Where generated words come from: a kind's `render(recipe, ordinal)`. Recipes never change. */
export interface Recipe {
  readonly node: number
  readonly data: unknown
}

/** How long calls travel. */
export interface Network {
  /** A call or answer that has messages on it. */
  readonly carryUs: SimUs
  /** Any other: a poll, an empty answer. */
  readonly controlUs: SimUs
}

/** Measured order of magnitude; *stretched* is for the eye (the legend says so). */
export const NETWORKS: Readonly<Record<Scenario['settings']['network'], Network>> = {
  stretched: { carryUs: 400_000, controlUs: 4_000 },
  realistic: { carryUs: 4_000, controlUs: 4_000 },
  instant: { carryUs: 0, controlUs: 0 },
}

export interface World {
  nowUs: SimUs
  /** When the run began. */
  readonly startUs: SimUs
  events: number
  /** The document as it is now, after every edit. Immutable. */
  scenario: Scenario
  network: Network
  agenda: Agenda
  messages: MessageTable
  calls: CallTable
  random: RandomStreams
  nodes: NodeState[]
  wires: WireState[]
  /** What an account keeps that is no part of a design, by kind: platform applications, SMS settings. */
  account: Record<string, unknown>
  /** Index 0 is never used: it means words of its own. */
  recipes: (Recipe | null)[]
  nextReceipt: number
  /** Over every row of the log: a 32-bit number, signed. */
  logHash: number
  /** When metrics are sampled next. */
  nextSampleUs: SimUs
  /** How many of the run's interventions have happened. */
  interventionsDone: number
}

/** Our own period of metrics. */
export const SAMPLE_EVERY_US = 1_000_000

/** Types of the engine's own events. */
export const CALL_EVENT = { arrive: 0, answer: 1 } as const

export const LANE = { control: 0, carry: 1 } as const

export const createWorld = (scenario: Scenario, startUs: SimUs): World => ({
  nowUs: startUs,
  startUs,
  events: 0,
  scenario: Object.freeze(scenario),
  network: NETWORKS[scenario.settings.network],
  agenda: createAgenda(2),
  messages: createMessages(),
  calls: createCalls(),
  random: createStreams(),
  nodes: [],
  wires: [],
  account: {},
  recipes: [null],
  nextReceipt: 1,
  logHash: FNV_START | 0,
  nextSampleUs: (Math.floor(startUs / SAMPLE_EVERY_US) + 1) * SAMPLE_EVERY_US,
  interventionsDone: 0,
})
