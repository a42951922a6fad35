/** What SES remembers of a domain's mail. */
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'
import { createQuota, type Quota } from './quota.ts'

/** What events tell of a mail. */
export interface MailFacts {
  readonly messageId: string
  readonly source: string
  readonly to: readonly string[]
  readonly subject: string
  readonly sentUs: number
}

/** A mail on its way to one of its recipients. */
export interface Underway {
  readonly id: number
  readonly address: string
  /** To the mailbox. */
  readonly wire: number
  readonly slot: number
  readonly mail: MailFacts
  tries: number
  /** In SES's hands until it tries again, not on a call. */
  isWaiting: boolean
}

export interface State {
  readonly underway: Underway[]
  nextId: number
  /** Whose turn it is among the mailboxes. */
  turn: number
  /** Newest first: what came of the last mails, a line each. */
  readonly lines: string[]
  readonly quota: Quota
  readonly chance: number
  readonly recent: Recent
}

export function createState(sim: Simulation, node: number): State {
  return {
    underway: [],
    nextId: 1,
    turn: 0,
    lines: [],
    quota: createQuota(),
    chance: sim.stream(sim.world.nodes[node], 'bounces and complaints'),
    recent: createRecent(1),
  }
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

const LINES = 3
export function note(state: State, line: string): void {
  state.lines.unshift(line)
  state.lines.length = Math.min(state.lines.length, LINES)
}
