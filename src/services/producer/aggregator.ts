/**
 * The aggregator of the Kinesis Producer Library (FACTS 6.8): user records whose keys go to the same
 * shard wait together, and become one record of the stream. It learns the shards by ListShards.
 */
import { md5Hex } from '../../base/hash.ts'
import { US_PER_S, type SimUs } from '../../base/units.ts'
import { utf8Length } from '../../base/utf8.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import { answerTo } from '../../engine/asks.ts'
import { partitionKeyOf } from '../../engine/batch.ts'
import { newLiteralMessage, type MessageTable } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { EMPTY_BYTES, keyEntryBytes, userRecordBytes, userRecordsIn } from '../aggregation.ts'
import { askShards, numberOf, shardIn } from '../shards.ts'
import { COUNTER } from './books.ts'
import { stateOf, type State, type Target } from './state.ts'

/** User records that will be one record. */
interface Group {
  readonly slots: number[]
  /** The table of partition keys: the place of each. */
  readonly keys: Record<string, number>
  keyCount: number
  /** Of the aggregated record as it stands. */
  bytes: number
}

export interface Aggregator {
  /** Where the hash keys of the open shards begin, as 32 hexadecimal digits in order; empty while they are unknown. */
  starts: readonly string[]
  /** The numbers of these shards, in any order. */
  shards: readonly number[]
  /** When they were told. */
  listedUs: SimUs
  /** By the shard's place in `starts`. */
  groups: Record<number, Group>
  /** User records in the groups. */
  count: number
  /** Tells the time of these groups from that of earlier ones. */
  window: number
}

export const createAggregator = (): Aggregator => ({
  starts: [],
  shards: [],
  listedUs: 0,
  groups: {},
  count: 0,
  window: 0,
})

/** After this long without an answer the shards are asked for again. */
const PATIENCE_US = US_PER_S

/** Token of these calls; numbers below are those of stored payloads. */
export const LISTING = -0x40000000

/**
 * Asks for the shards of the streams that the producer aggregates for, where they are unknown; again
 * until they are told.
 * @param event its type, when the time has come
 * @param listing of the time that has come: an earlier one is not heeded
 */
export function learnShards(sim: Simulation, node: number, event: number, listing = -1): void {
  const state = stateOf(sim, node)
  if (listing >= 0 && listing !== state.listings) return
  const unknown = state.targets.filter(({ aggregator }) => aggregator?.starts.length === 0)
  if (!state.settings.aggregates || unknown.length === 0) return
  for (const { to, wire } of unknown) {
    sim.world.calls.token[askShards(sim, node, to, wire)] = LISTING
  }
  sim.at(sim.nowUs + PATIENCE_US, node, event, ++state.listings)
}

/**
 * The KPL notices a split or a merge by its records: one went to a shard that it does not know. It asks
 * for the shards anew, and does not aggregate until they are told.
 * @param event as of `learnShards`
 * @param call an answered PutRecord or PutRecords
 */
export function heedShards(sim: Simulation, node: number, event: number, call: number): void {
  const { calls } = sim.world
  const aggregator = stateOf(sim, node).targets.find(
    ({ wire }) => wire === calls.wire[call],
  )?.aggregator
  if (!aggregator || calls.code[call] !== CODE.ok || calls.sentUs[call] < aggregator.listedUs)
    return
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + calls.count[call]; place++) {
    const isKnown =
      calls.codes[place] !== CODE.ok || aggregator.shards.includes(shardIn(calls.receipts[place]))
    if (isKnown || aggregator.starts.length === 0) continue
    aggregator.starts = []
    learnShards(sim, node, event)
    return
  }
}

interface Listing {
  readonly Shards?: readonly {
    readonly ShardId: string
    readonly HashKeyRange: { readonly StartingHashKey: string }
    readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string }
  }[]
}

/** Takes note of the shards that a stream has now. */
export function shardsListed(sim: Simulation, state: State, call: number): void {
  const { calls } = sim.world
  const target = state.targets.find(({ wire }) => wire === calls.wire[call])
  const { Shards } = (answerTo(sim, call)?.output ?? {}) as Listing
  if (!target?.aggregator || !Shards) return
  const open = Shards.filter(
    ({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber === undefined,
  )
  const starts = open.map(({ HashKeyRange }) =>
    BigInt(HashKeyRange.StartingHashKey).toString(16).padStart(32, '0'),
  )
  target.aggregator.starts = starts.sort()
  target.aggregator.shards = open.map(({ ShardId }) => numberOf(ShardId))
  target.aggregator.listedUs = sim.nowUs
}

/** Whether user records for this target are aggregated now. */
export const mayAggregate = ({ settings }: State, { aggregator }: Target): boolean =>
  settings.aggregates && aggregator !== null && aggregator.starts.length > 0

/** Takes a user record; returns the records that are ready to be sent, none, one or two. */
export function aggregate(
  sim: Simulation,
  node: number,
  aggregator: Aggregator,
  slot: number,
): number[] {
  const { messages } = sim.world
  const { aggregationBytes, aggregationCount } = stateOf(sim, node).settings
  const key = keyOf(sim, slot)
  const shard = shardOf(aggregator, key)
  const ready: number[] = []
  let group = aggregator.groups[shard] ?? createGroup()
  if (
    group.slots.length > 0 &&
    group.bytes + added(messages, group, key, slot) > aggregationBytes
  ) {
    ready.push(close(sim, node, aggregator, shard))
    group = createGroup()
  }
  if (group.bytes + added(messages, group, key, slot) > aggregationBytes) {
    // FACTS 6.8: too large for the aggregator, it goes by itself.
    ready.push(slot)
    return ready
  }
  group.bytes += added(messages, group, key, slot)
  if (!Object.hasOwn(group.keys, key)) group.keys[key] = group.keyCount++
  group.slots.push(slot)
  aggregator.groups[shard] = group
  aggregator.count++
  if (group.slots.length >= aggregationCount) ready.push(close(sim, node, aggregator, shard))
  return ready
}

const createGroup = (): Group => ({ slots: [], keys: {}, keyCount: 0, bytes: EMPTY_BYTES })

function added({ sizeBytes }: MessageTable, group: Group, key: string, slot: number): number {
  const isKnown = Object.hasOwn(group.keys, key)
  const place = isKnown ? group.keys[key] : group.keyCount
  return (isKnown ? 0 : keyEntryBytes(key)) + userRecordBytes(sizeBytes[slot], place)
}

const keyOf = (sim: Simulation, slot: number): string => {
  const { messages } = sim.world
  const recipe = messages.recipe[slot]
  const key = recipe === 0 ? undefined : partitionKeyOf(sim, recipe, messages.ordinal[slot])
  return key ?? sim.contentOf(slot).partitionKey ?? ''
}

function shardOf({ starts }: Aggregator, key: string): number {
  const hash = md5Hex(key)
  let shard = starts.length - 1
  while (shard > 0 && starts[shard] > hash) shard--
  return shard
}

/** The time is over: all groups become records. */
export function closeAll(sim: Simulation, node: number, aggregator: Aggregator): number[] {
  aggregator.window++
  return Object.keys(aggregator.groups).map((shard) => close(sim, node, aggregator, Number(shard)))
}

/** A group becomes a message of its own; a user record that is alone stays as it is. */
function close(sim: Simulation, node: number, aggregator: Aggregator, shard: number): number {
  const { slots, bytes } = aggregator.groups[shard]
  delete aggregator.groups[shard]
  aggregator.count -= slots.length
  if (slots.length === 1) return slots[0]
  const { messages } = sim.world
  const content = Object.freeze({
    body: `${slots.length} user records, aggregated by the KPL`,
    attributes: {},
    partitionKey: keyOf(sim, slots[0]),
    userRecords: columnsOf(sim, slots),
  })
  const slot = newLiteralMessage(messages, content, bytes, messages.hue[slots[0]])
  for (const user of slots) sim.release(user)
  stateOf(sim, node).beyondFirst += slots.length - 1
  sim.world.nodes[node].counters[COUNTER.aggregated]++
  return slot
}

function columnsOf(sim: Simulation, slots: readonly number[]) {
  const { messages } = sim.world
  const of = (column: ArrayLike<number>): number[] => slots.map((slot) => column[slot])
  const literals = new Map(
    slots.flatMap((slot, n) => {
      const literal = messages.literals[slot]
      return literal ? [[n, literal] as const] : []
    }),
  )
  return Object.freeze({
    count: slots.length,
    serials: Uint32Array.from(of(messages.serial)),
    recipes: Uint16Array.from(of(messages.recipe)),
    ordinals: Uint32Array.from(of(messages.ordinal)),
    literals,
    sizesBytes: Uint32Array.from(
      slots,
      (slot) => messages.sizeBytes[slot] + utf8Length(keyOf(sim, slot)),
    ),
    hues: Uint16Array.from(of(messages.hue)),
    arrivedUs: new Float64Array(slots.length),
  })
}

/** The service may have let go of the message when it answers: the item tells how many user records it was. */
export function putOn(sim: Simulation, call: number, slot: number): void {
  const { calls, messages } = sim.world
  const place = addItem(calls, call, slot, 0)
  const users = userRecordsIn(messages.literals[slot])
  if (users > 1) calls.itemArgs[call * ITEMS_PER_CALL + place] = users
}
