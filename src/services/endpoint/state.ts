/** What an endpoint remembers. */
import { fromMs, fromSeconds, type SimUs } from '../../base/units.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createLatencies, type Latencies } from '../latency.ts'
import { createRecent, type Recent } from '../recent.ts'
import { protocolOf, type Protocol } from './addresses.ts'

export interface Settings {
  readonly protocol: Protocol
  readonly isEnabled: boolean
  readonly confirmsItself: boolean
  readonly responseUs: SimUs
  readonly failureChance: number
  readonly failureStatus: unknown
  readonly downFromUs: SimUs
  readonly downToUs: SimUs
}

export const settingsOf = (config: Readonly<Record<string, unknown>>): Settings =>
  Object.freeze({
    protocol: protocolOf(config as Readonly<Record<string, string>>),
    isEnabled: config.Enabled !== false,
    confirmsItself: config.confirmsItself === true,
    responseUs: fromMs(Number(config.responseMs)),
    failureChance: Number(config.failureChance),
    failureStatus: config.failureStatus,
    downFromUs: fromSeconds(Number(config.downFromS)),
    downToUs: fromSeconds(Number(config.downToS)),
  })

/** Something that was delivered, or should have been. */
export interface Arrival {
  /** The message's serial. */
  readonly message: number
  readonly hue: number
  readonly content: Content
  readonly sizeBytes: number
  readonly atUs: SimUs
  /** What came of it, in words. */
  readonly outcome: string
}

/** A request to confirm a subscription. */
export interface Pending {
  readonly topicArn: string
  readonly token: string
}

export interface State {
  settings: Settings
  /** Set by hand: nobody answers. */
  isDown: boolean
  /** Calls that are being answered, and what the answer will be. */
  readonly inHand: { readonly id: number; readonly call: number; readonly code: number }[]
  nextId: number
  /** Newest first, so many at most as are kept. */
  readonly accepted: Arrival[]
  readonly refused: Arrival[]
  /** The newest of both in one line each, newest first. */
  readonly lines: string[]
  readonly pending: Pending[]
  readonly chance: number
  readonly recent: Recent
  readonly latencies: Latencies
}

export function createState(sim: Simulation, node: number): State {
  const here = sim.world.nodes[node]
  return {
    settings: settingsOf(here.config),
    isDown: false,
    inHand: [],
    nextId: 1,
    accepted: [],
    refused: [],
    lines: [],
    pending: [],
    chance: sim.stream(here, 'failure'),
    recent: createRecent(1),
    latencies: createLatencies(),
  }
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

export const isDown = (sim: Simulation, { isDown, settings }: State): boolean =>
  isDown || (sim.nowUs >= settings.downFromUs && sim.nowUs < settings.downToUs)
