/**
 * AWS's list prices in us-east-1 (FACTS 16), in US dollars, without free tier; of prices by volume the first
 * tier. `asOf` is the month of the source; those that FACTS 16 and 19 leave to be verified are unverified.
 */
import type { Charge, Price } from '../engine/frame.ts'
import type { Simulation } from '../engine/simulation.ts'
import { US_PER_S, type SimUs } from '../base/units.ts'

const MILLION = 1e6
/** Payloads are billed by such units (FACTS 16: 64 KB, and 1 MiB = 16 of them). */
export const BYTES_PER_KB = 1024
export const BYTES_PER_GB = 1024 * 1024 * 1024
export const US_PER_HOUR: SimUs = 3600 * US_PER_S
/** AWS's months have 730 hours. */
export const US_PER_MONTH: SimUs = 730 * US_PER_HOUR

const price = (usd: number, per: number, unit: string, asOf: string): Price =>
  Object.freeze({ usd, per, unit, asOf, unverified: false })
const unverified = (usd: number, per: number, unit: string): Price =>
  Object.freeze({ usd, per, unit, asOf: null, unverified: true })

export const PRICES = {
  sqsStandard: price(0.4, MILLION, 'requests', '2026-06'),
  sqsFifo: price(0.5, MILLION, 'requests', '2026-06'),
  sqsFair: price(0.1, MILLION, 'requests', '2026-03'),
  snsStandard: price(0.5, MILLION, 'requests', '2026-06'),
  snsWeb: price(0.6, MILLION, 'notifications', '2026-06'),
  snsApps: price(0.5, MILLION, 'notifications', '2026-06'),
  snsMail: price(2, 100_000, 'notifications', '2026-06'),
  snsFirehose: unverified(0.19, MILLION, 'notifications'),
  snsFifo: price(0.3, MILLION, 'requests', '2026-06'),
  snsFifoData: price(0.017, 1, 'GB', '2026-06'),
  snsFifoCopies: unverified(0.01, MILLION, 'messages'),
  snsFifoCopiesData: unverified(0.001, 1, 'GB'),

  shardHour: price(0.015, 1, 'shard-hours', '2026-05'),
  putUnit: price(0.014, MILLION, 'PUT payload units', '2026-05'),
  consumerShardHour: price(0.015, 1, 'consumer-shard-hours', '2026-05'),
  fanOut: price(0.013, 1, 'GB', '2026-05'),
  extendedShardHour: price(0.02, 1, 'shard-hours', '2026-05'),
  streamHour: unverified(0.04, 1, 'stream-hours'),
  onDemandIn: unverified(0.08, 1, 'GB'),
  onDemandOut: unverified(0.04, 1, 'GB'),
  onDemandFanOut: unverified(0.05, 1, 'GB'),

  lambdaRequest: unverified(0.2, MILLION, 'requests'),
  lambdaDuration: unverified(0.0000166667, 1, 'GB-seconds'),

  firehoseData: unverified(0.029, 1, 'GB'),
  firehoseConversion: unverified(0.018, 1, 'GB'),
  firehosePartitioning: unverified(0.02, 1, 'GB'),
  firehoseObjects: unverified(0.005, 1000, 'objects'),

  alarm: unverified(0.1, 1, 'alarm-months'),
} as const

export const charge = (item: string, quantity: number, price: Price, because: string): Charge => ({
  item,
  quantity,
  price,
  because,
})

/** Until when a part is billed: now, or when it was removed. */
export function billedUntilUs({ world: { nodes, nowUs } }: Simulation, node: number): SimUs {
  const { removedUs } = nodes[node]
  return removedUs < 0 ? nowUs : removedUs
}

/** How long a part has been there, also one that is there no more. */
export const existedUs = (sim: Simulation, node: number): SimUs =>
  billedUntilUs(sim, node) - sim.world.nodes[node].addedUs

/** How often a payload is billed: once for each unit that it fills or begins, and at least once. */
export const unitsOf = (bytes: number, bytesAUnit: number): number =>
  bytes > bytesAUnit ? Math.ceil(bytes / bytesAUnit) : 1
