/** What a consumer group knows: its members, and how far it is in each partition (FACTS 12). */
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'

export const COUNTERS = ['records', 'again', 'rebalances', 'refused'] as const
export const COUNTER = { records: 0, again: 1, rebalances: 2, refused: 3 } as const

export const NEWS_WORDS = ['(partitions shared out anew)', '(member crashed)'] as const
export const NEWS = { rebalanced: 0, crashed: 1 } as const

export interface Member {
  alive: boolean
  /** Whose turn it is among its partitions. */
  turn: number
  /** Polls in a row that brought nothing. */
  empty: number
  /** It works on records of a poll. */
  busy: boolean
}

/** A partition that the group reads. */
export interface Reading {
  readonly wire: number
  readonly topic: number
  readonly partition: number
  /** The member that reads it; -1 while nobody does. */
  owner: number
  /** Where the next poll begins; -1 before the first. */
  position: number
  committed: number
  /** Everything below was worked on at least once. */
  seen: number
}

export interface Group {
  /** Tells what belongs to an earlier distribution of the partitions. */
  generation: number
  /** Members end what they work on; then the partitions are shared out anew. */
  joining: boolean
  readings: Reading[]
  readonly members: Member[]
  readonly recent: Recent
  /** The last records, newest first. */
  readonly last: { message: number; hue: number }[]
}

export const groupOf = (sim: Simulation, node: number): Group =>
  sim.world.nodes[node].state as Group

export function createGroup(sim: Simulation, node: number): Group {
  const group: Group = {
    generation: 0,
    joining: false,
    readings: [],
    members: [],
    recent: createRecent(1),
    last: [],
  }
  resize(group, Number(sim.world.nodes[node].config.members))
  return group
}

export function resize({ members }: Group, count: number): void {
  members.length = Math.min(members.length, count)
  while (members.length < count) members.push({ alive: true, turn: 0, empty: 0, busy: false })
}
