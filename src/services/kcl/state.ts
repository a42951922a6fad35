/** What a KCL application remembers: its workers, and what each knows and holds. Plain data. */
import type { SimUs } from '../../base/units.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'
import type { Cursor } from '../records.ts'
import type { Lease } from './leases.ts'

export const COUNTERS = [
  'fetched',
  'processed',
  'again',
  'missed',
  'abandoned',
  'sentOn',
  'sendsRefused',
  'checkpoints',
  'taken',
  'stolen',
  'lost',
  'crashed',
  'readsThrottled',
  'writesThrottled',
] as const
export type Counter = (typeof COUNTERS)[number]

/** The last record that was processed; its sequence number is made of it when it is needed. */
export interface Processed {
  readonly shardCreatedUs: SimUs
  readonly position: number
  readonly arrivedUs: SimUs
  /** Which user record of an aggregated record; 0 for others. */
  readonly sub: number
}

/** A lease in a worker's hands, and its record processor. */
export interface Held {
  readonly shard: number
  /** Tells this holding from an earlier one of the same shard, in tokens and events. */
  readonly term: number
  /** leaseCounter as this worker last wrote it. */
  counter: number
  /** Where it begins to read, as the table says. */
  readonly from: string
  /** The same in numbers: the record at this position is done up to its user record `sub`. */
  readonly done: Pick<Processed, 'position' | 'sub'> | null
  renewedUs: SimUs
  /** A write is on its way; the next waits for its answer, since it changes the counter. */
  writing: boolean
  /** What is to be written as checkpoint next. */
  wants: 'checkpoint' | 'end' | null
  checkpointedUs: SimUs
  processed: Processed | null
  sinceCheckpoint: number
  /** Of these, what the checkpoint that is on its way covers. */
  covering: number

  cursor: Cursor | null
  /** A read is planned or on its way, or a subscription runs. */
  waiting: boolean
  readUs: SimUs
  behindUs: SimUs
  /** Of the last push: where a new subscription goes on. */
  continuation: string
  /** Records that came and are not processed, in order; of the first, `at` are done. */
  batches: RecordBatch[]
  at: number
  /** Being worked on, and since when. */
  chunk: number
  chunkUs: SimUs
  /** Outputs that have not taken the chunk yet. */
  sending: number
}

export interface Worker {
  readonly number: number
  /** How often it was started: each start is a worker of its own to the others. */
  starts: number
  phase: 'running' | 'crashed' | 'stopped'
  /** Tells this start from earlier ones, in tokens and events. */
  life: number
  /** Every lease as last scanned; `sinceUs`: since when its counter is known to stand still. */
  known: Lease[]
  sinceUs: Record<number, SimUs>
  /** Pages of the scan that is under way. */
  scanned: Lease[]
  /** Shards whose take is on its way. */
  taking: number[]
  /** It read a shard to its end: the children need leases. */
  wantsSync: boolean
  /** Leases being made. */
  creating: number
  held: Held[]
}

export interface Output {
  readonly wire: number
  readonly to: number
}

export interface State {
  /** Of the wires to its stream and its table; -1 for none. */
  streamWire: number
  tableWire: number
  outputs: Output[]
  /** Of the registered consumer (enhanced fan-out), '' without; and the life of who registers it. */
  consumerArn: string
  registrar: number
  workers: Worker[]
  serials: number
  /** Random stream for which of several leases is taken. */
  readonly choice: number
  syncedUs: SimUs
  /** By shard: everything before this position was processed at least once. */
  seen: Record<number, number>
  readonly recent: Recent
  /** Until when a refusal is worth a warning. */
  throttledUs: SimUs
}

/** `a` = a worker's life (begin, round, scan, renew, look) or a lease's term (the others). */
export const EVENT = {
  begin: 0,
  round: 1,
  scan: 2,
  renew: 3,
  look: 4,
  read: 5,
  done: 6,
  write: 7,
  restart: 8,
} as const

export const stateOf = (sim: Simulation, node: number): State =>
  sim.world.nodes[node].state as State

export const createState = (sim: Simulation, node: number): State => ({
  streamWire: -1,
  tableWire: -1,
  outputs: [],
  consumerArn: '',
  registrar: 0,
  workers: [],
  serials: 0,
  choice: sim.stream(sim.world.nodes[node], 'leases'),
  syncedUs: -Infinity,
  seen: {},
  recent: createRecent(1),
  throttledUs: -Infinity,
})

export function count(sim: Simulation, node: number, counter: Counter, amount = 1): void {
  sim.world.nodes[node].counters[COUNTERS.indexOf(counter)] += amount
}

/** Another number for a life or a term; all fit into a token. */
export const nextSerial = (state: State): number => (state.serials = (state.serials + 1) % SERIALS)

const WORKERS = 64
const SERIALS = 0x1000000

/** A call's token: which worker, in which of its lives or terms. */
export const tokenOf = ({ number }: Worker, serial: number): number => number + WORKERS * serial
export const numberIn = (token: number): number => token % WORKERS
export const serialIn = (token: number): number => Math.floor(token / WORKERS)

/** leaseOwner. */
export const ownerName = ({ number, starts }: Worker): string =>
  starts > 1 ? `worker-${number}.${starts}` : `worker-${number}`

/** The worker that holds a lease in this term, while it does. */
export function holding(
  { workers }: State,
  term: number,
): { readonly worker: Worker; readonly held: Held } | undefined {
  for (const worker of workers) {
    const held = worker.held.find((each) => each.term === term)
    if (held) return { worker, held }
  }
  return undefined
}

export const livingIn = ({ workers }: State, life: number): Worker | undefined =>
  workers.find((worker) => worker.phase === 'running' && worker.life === life)

/** Records in hand. */
export const inHand = ({ batches, at }: Held): number =>
  batches.reduce((sum, batch) => sum + batch.count, 0) - at
