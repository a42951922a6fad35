/** What a stream is made of, and the questions that everything about it asks. */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Change } from './changes.ts'
import type { Consumer, Subscription } from './consumers.ts'
import { evenRange, rangeOf, type HashKey } from './hashKeys.ts'
import { createMeter, type Meter } from './limits.ts'
import { createLog, type RecordLog } from '../recordLog.ts'
import { readSettings, type Settings } from './settings.ts'
import { createSums, type ShardSums } from './shardSums.ts'
import { settleUsage, unused, type Usage } from './usage.ts'

export interface Shard {
  /** Its number: shardId-000000000000. Never used again. */
  readonly index: number
  /** Both ends included. */
  readonly start: HashKey
  readonly end: HashKey
  /** Numbers of the shards it came from and of those that followed it; -1 = none. */
  readonly parent: number
  readonly adjacentParent: number
  children: readonly number[]
  readonly createdUs: SimUs
  /** -1 = open. */
  closedUs: SimUs
  /** Its records expired after it was closed: it vanishes from all lists. */
  expired: boolean
  readonly log: RecordLog
  readonly meter: Meter
  /** How far each reader came: positions by its node's index. */
  readonly pins: Record<number, number>
  /** For its own metrics; null as long as nobody has asked for them. */
  sums: ShardSums | null
}

export type Status = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'

export interface StreamState {
  status: Status
  readonly createdUs: SimUs
  readonly shards: Shard[]
  /** Open ones in order of their ranges, and where the ranges begin: four words a shard. */
  open: number[]
  starts: Uint32Array
  settings: Settings
  usage: Usage
  /** What is under way; null = nothing. */
  change: Change | null
  /** Tells the armed change from stale ones. */
  changes: number
  /** AUTO distribution takes one open shard after another. */
  nextShard: number
  consumers: Consumer[]
  consumersMade: number
  readonly subscriptions: Subscription[]
  subscriptionsMade: number
  tags: Readonly<Record<string, string>>
  /** A KMS key, or '' without encryption. */
  keyId: string
  policy: string
  /** When UpdateShardCount and UpdateStreamMode were used within the last 24 hours. */
  scalingsUs: SimUs[]
  modeSwitchesUs: SimUs[]
  /** A retention event is armed. */
  retentionArmed: boolean
  scaleArmed: boolean
  /** Age of the last record that a reader was given, for GetRecords.IteratorAgeMilliseconds. */
  iteratorAgeUs: SimUs
}

export const streamOf = (sim: Simulation, node: number): StreamState =>
  sim.world.nodes[node].state as StreamState

export function createStream(sim: Simulation, node: number): StreamState {
  const settings = readSettings(sim.world.nodes[node].config)
  const state: StreamState = {
    status: 'ACTIVE',
    createdUs: sim.nowUs,
    shards: [],
    open: [],
    starts: new Uint32Array(0),
    settings,
    usage: unused(sim.nowUs),
    change: null,
    changes: 0,
    nextShard: 0,
    consumers: [],
    consumersMade: 0,
    subscriptions: [],
    subscriptionsMade: 0,
    tags: {},
    keyId: '',
    policy: '',
    scalingsUs: [],
    modeSwitchesUs: [],
    retentionArmed: false,
    scaleArmed: false,
    iteratorAgeUs: 0,
  }
  const count = firstShards(settings)
  for (let n = 0; n < count; n++) {
    const { start, end } = evenRange(count, n)
    addShard(state, sim.nowUs, start, end)
  }
  indexOpen(state, sim.nowUs)
  return state
}

/** An on-demand stream begins with 4 MB/s: four shards (FACTS 6.5). */
const ON_DEMAND_SHARDS = 4

export const firstShards = ({ onDemand, shardCount }: Settings): number =>
  onDemand ? ON_DEMAND_SHARDS : shardCount

/** A new open shard; `indexOpen` comes after the last of a change. */
export function addShard(
  state: StreamState,
  nowUs: SimUs,
  start: HashKey,
  end: HashKey,
  parent = -1,
  adjacentParent = -1,
): Shard {
  const shard: Shard = {
    index: state.shards.length,
    start,
    end,
    parent,
    adjacentParent,
    children: [],
    createdUs: nowUs,
    closedUs: -1,
    expired: false,
    log: createLog(),
    meter: createMeter(),
    pins: {},
    sums: state.settings.shardMetrics.length > 0 ? createSums() : null,
  }
  state.shards.push(shard)
  return shard
}

/** Finds out anew which shards are open and what they cover. */
export function indexOpen(state: StreamState, nowUs: SimUs): void {
  settleUsage(state, nowUs)
  const open = state.shards.filter(({ closedUs }) => closedUs < 0)
  open.sort((a, b) => compareStarts(a.start, b.start))
  state.open = open.map(({ index }) => index)
  state.starts = Uint32Array.from(open.flatMap(({ start }) => start))
}

const compareStarts = (a: HashKey, b: HashKey): number =>
  a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]

/** The open shard that a hash belongs to. */
export const shardFor = (state: StreamState, hash: ArrayLike<number>): Shard =>
  state.shards[state.open[rangeOf(state.starts, hash)]]

export const shardId = (index: number): string => `shardId-${String(index).padStart(12, '0')}`

/** AWS's numbers of shards are signed and have 32 bits. */
const MOST_INDEX = 0x7fffffff

/** The number in a shard id, whatever stands before its hyphen, or -1. */
export function parseShardId(text: string): number {
  const found = /^(?:[^-]*-)?(\d{1,15})$/.exec(text)
  return found && Number(found[1]) <= MOST_INDEX ? Number(found[1]) : -1
}

/** Whether records may be put and read. */
export const isUsable = ({ status }: StreamState): boolean =>
  status === 'ACTIVE' || status === 'UPDATING'

export const retentionUs = ({ settings }: StreamState): SimUs =>
  settings.retentionHours * 3600 * US_PER_S

/** Records that are kept, of all shards. */
export const retainedCount = ({ shards }: StreamState): number =>
  shards.reduce((sum, { log }) => sum + log.end - log.trimmed, 0)
