/** Registered consumers: enhanced fan-out (FACTS 6.6). Each has 2 MB/s of every shard to itself. */
import { fromSeconds, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { epochSeconds } from '../aws.ts'
import { EVENT } from './events.ts'
import { streamArn } from './names.ts'
import { streamOf, type StreamState } from './stream.ts'
import { settleUsage } from './usage.ts'

export interface Consumer {
  /** Tells it from a later one of the same name. */
  readonly id: number
  readonly name: string
  readonly createdUs: SimUs
  status: 'CREATING' | 'ACTIVE' | 'DELETING'
}

/** A caller that a shard's records are pushed to. */
export interface Subscription {
  /** Row of the call that waits. */
  readonly call: number
  /** Tells it from an earlier one with the same row. */
  readonly serial: number
  readonly consumer: number
  readonly shard: number
  readonly sinceUs: SimUs
  position: number
  /** A push is armed. */
  armed: boolean
  /** Bytes pushed in the second that runs. */
  second: number
  bytes: number
}

export const MOST_CONSUMERS = 20

/** How long AWS takes to register or deregister, in its order of magnitude. */
const TAKES_US = fromSeconds(5)

export function register(sim: Simulation, node: number, name: string): Consumer {
  const state = streamOf(sim, node)
  const consumer: Consumer = {
    id: state.consumersMade++,
    name,
    createdUs: sim.nowUs,
    status: 'CREATING',
  }
  settleUsage(state, sim.nowUs)
  state.consumers.push(consumer)
  sim.at(sim.nowUs + TAKES_US, node, EVENT.consumer, consumer.id)
  return consumer
}

export function deregister(sim: Simulation, node: number, consumer: Consumer): void {
  consumer.status = 'DELETING'
  sim.at(sim.nowUs + TAKES_US, node, EVENT.consumer, consumer.id)
}

/** Its registration or deregistration is done. */
export function settle(state: StreamState, id: number, nowUs: SimUs): void {
  const consumer = state.consumers.find((candidate) => candidate.id === id)
  if (consumer?.status === 'CREATING') consumer.status = 'ACTIVE'
  if (consumer?.status === 'DELETING') {
    settleUsage(state, nowUs)
    state.consumers = state.consumers.filter((candidate) => candidate !== consumer)
  }
}

export const consumerArn = (stream: string, { name, createdUs }: Consumer): string =>
  `${streamArn(stream)}/consumer/${name}:${epochSeconds(createdUs)}`
