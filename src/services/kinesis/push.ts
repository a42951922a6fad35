/**
 * SubscribeToShard (FACTS 6.6): for five minutes the service pushes what comes, 2 MB/s for each consumer
 * and shard. To parts of the picture it takes about 70 ms; callers from outside have no travel time.
 */
import { US_PER_MINUTE, US_PER_S, fromMs } from '../../base/units.ts'
import { CODE, OUTSIDE } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { LIMITS } from '../records.ts'
import type { Subscription } from './consumers.ts'
import { COUNTER, EVENT } from './events.ts'
import { batchOf, bytesOf, noteReader } from './get.ts'
import { MOST_RECORDS_PER_READ, READ_BYTES_PER_S } from './limits.ts'
import { batchEvent, continuationOf } from './recordJson.ts'
import { trimShard } from './retention.ts'
import { streamOf, type Shard, type StreamState } from './stream.ts'

const LIFE_US = 5 * US_PER_MINUTE
/** From a put to the consumer. */
const LATENCY_US = fromMs(70)

/** The call waits from now on; what it asked for is pushed. */
export function subscribe(
  sim: Simulation,
  node: number,
  call: number,
  consumer: number,
  shard: number,
  position: number,
): void {
  const { nodes } = sim.world
  const state = streamOf(sim, node)
  const subscription: Subscription = {
    call,
    serial: state.subscriptionsMade++,
    consumer,
    shard,
    sinceUs: sim.nowUs,
    position,
    armed: true,
    second: 0,
    bytes: 0,
  }
  state.subscriptions.push(subscription)
  nodes[node].counters[COUNTER.SubscribeToShardSuccess]++
  sim.at(sim.nowUs, node, EVENT.push, call, subscription.serial)
  sim.at(sim.nowUs + LIFE_US, node, EVENT.subscription, call, subscription.serial)
}

/** The shard has something new, or was closed. */
export function wakeSubscribers(
  sim: Simulation,
  node: number,
  state: StreamState,
  shard: Shard,
): void {
  const { calls } = sim.world
  for (const subscription of state.subscriptions) {
    if (subscription.shard !== shard.index || subscription.armed) continue
    subscription.armed = true
    const delayUs = calls.from[subscription.call] === OUTSIDE ? 0 : LATENCY_US
    sim.at(sim.nowUs + delayUs, node, EVENT.push, subscription.call, subscription.serial)
  }
}

export function pushDue(sim: Simulation, node: number, call: number, serial: number): void {
  const state = streamOf(sim, node)
  const subscription = state.subscriptions.find(
    (candidate) => candidate.call === call && candidate.serial === serial,
  )
  if (!subscription) return
  subscription.armed = false
  push(sim, node, state, subscription)
}

function push(sim: Simulation, node: number, state: StreamState, subscription: Subscription): void {
  const { calls, nodes } = sim.world
  const shard = state.shards[subscription.shard]
  const room = roomOf(sim, subscription)
  trimShard(sim, node, state, shard)
  const from = Math.max(subscription.position, shard.log.trimmed)
  const batch = batchOf(sim, shard, from, MOST_RECORDS_PER_READ, room)
  const bytes = bytesOf(batch)
  subscription.position = from + batch.count
  subscription.bytes += bytes
  const { counters } = nodes[node]
  counters[COUNTER.SubscribeToShardEventRecords] += batch.count
  counters[COUNTER.SubscribeToShardEventBytes] += bytes
  const { onDemand } = state.settings
  counters[onDemand ? COUNTER.billedOnDemandFanOutBytes : COUNTER.billedFanOutBytes] += bytes
  const { call } = subscription
  const caller = calls.from[call]
  noteReader(state, shard, caller, batch, sim.nowUs)
  if (caller === OUTSIDE) {
    sim.emit(call, batchEvent(sim, state, batch))
  } else {
    // To the caller each push is an answer of its own.
    const answer = sim.call(caller, node, calls.operation[call], calls.wire[call])
    calls.token[answer] = calls.token[call]
    calls.arg[answer] = shard.index
    calls.arg2[answer] = from
    calls.arg3[answer] = batch.count * LIMITS
    calls.sentUs[answer] = sim.nowUs
    calls.batches.set(answer, { ...batch, continuation: continuationOf(shard, batch) })
    sim.answer(answer, CODE.ok)
  }
  if (batch.next < 0) {
    end(sim, state, subscription)
  } else if (subscription.position < shard.log.end) {
    subscription.armed = true
    const nextSecondUs = (Math.floor(sim.nowUs / US_PER_S) + 1) * US_PER_S
    sim.at(nextSecondUs, node, EVENT.push, call, subscription.serial)
  }
}

/** Bytes that may still be pushed in this second. */
function roomOf(sim: Simulation, subscription: Subscription): number {
  const second = Math.floor(sim.nowUs / US_PER_S)
  if (second !== subscription.second) {
    subscription.second = second
    subscription.bytes = 0
  }
  return Math.max(0, READ_BYTES_PER_S - subscription.bytes)
}

/** Five minutes are over, the shard is, or another call took the subscription over. */
export function end(sim: Simulation, state: StreamState, subscription: Subscription): void {
  forget(state, subscription.call)
  sim.answer(subscription.call, CODE.ok)
}

export function forget(state: StreamState, call: number): void {
  const at = state.subscriptions.findIndex((candidate) => candidate.call === call)
  if (at >= 0) state.subscriptions.splice(at, 1)
}

export function subscriptionOver(
  sim: Simulation,
  node: number,
  call: number,
  serial: number,
): void {
  const state = streamOf(sim, node)
  const subscription = state.subscriptions.find(
    (candidate) => candidate.call === call && candidate.serial === serial,
  )
  if (subscription) end(sim, state, subscription)
}

/** The stream is gone, and with it what its subscribers wait for. */
export function endAll(sim: Simulation, state: StreamState): void {
  for (const { call } of state.subscriptions.splice(0)) sim.answer(call, CODE.gone)
}
