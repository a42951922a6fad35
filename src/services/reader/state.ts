/** What a stream reader remembers: where it is in each shard. */
import type { SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'
import type { Cursor } from '../records.ts'

export const COUNTERS = ['records', 'again', 'throttled', 'expired'] as const
export const COUNTER = { records: 0, again: 1, throttled: 2, expired: 3 } as const

export interface ShardReader {
  readonly shard: number
  /** Null while there is no iterator. */
  cursor: Cursor | null
  /** A closed shard that was read to its end. */
  finished: boolean
  behindUs: SimUs
  /** Of the last push: where a new subscription goes on. */
  continuation?: string
}

/** A stream that it is wired to. */
export interface Source {
  readonly wire: number
  readonly stream: number
  /** Of the registered consumer, '' without. */
  consumerArn: string
  /** The shards were listed in this reading. */
  begun: boolean
  shards: ShardReader[]
  /** By shard: everything before this position was read at least once. */
  readonly seen: Record<number, number>
}

export interface State {
  sources: Source[]
  /** Answers to calls of an earlier reading (before a rewind) are not heeded: the calls' token. */
  reading: number
  /** Where this reading begins: AT_TIMESTAMP when it is 0 or more, else as the settings say. */
  fromUs: SimUs
  /** TRIM_HORIZON whatever the settings say. */
  rewound: boolean
  /** Records, and the sum of their ages when they came, in microseconds. */
  readonly recent: Recent
  /** The last records: serials and hues, newest first. */
  last: { message: number; hue: number }[]
}

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

export const createState = (): State => ({
  sources: [],
  reading: 0,
  fromUs: -1,
  rewound: false,
  recent: createRecent(2),
  last: [],
})
