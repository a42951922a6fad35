/** What AWS bills for a stream: shards by the hour, records by 25 KB; or, on-demand, data (FACTS 16). */
import type { Charge } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import {
  BYTES_PER_GB,
  BYTES_PER_KB,
  PRICES,
  US_PER_HOUR,
  charge,
  billedUntilUs,
} from '../prices.ts'
import { COUNTER } from './events.ts'
import { streamOf } from './stream.ts'
import { usageAt } from './usage.ts'

const gigabytes = (bytes: number): number => bytes / BYTES_PER_GB

/** Of both modes, where it had both; what a stream has never used is left out, but for the usual of its mode. */
export function charges(sim: Simulation, node: number): readonly Charge[] {
  const state = streamOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const usage = usageAt(state, billedUntilUs(sim, node))
  const { onDemand } = state.settings

  const provisioned = [
    charge(
      'Shard-hours, provisioned',
      usage.shardUs / US_PER_HOUR,
      PRICES.shardHour,
      'Every open shard is billed for the time that it is there, used or not.',
    ),
    charge(
      'PUT payload units, 25 KB each',
      counters[COUNTER.billedPutUnits],
      PRICES.putUnit,
      'Each record counts once for every 25 KB, however it comes: one of 5 KB once, one of 45 KB twice. Small records in one larger (the KPL’s aggregation) share a unit, records in one PutRecords do not. Records that are throttled are not counted.',
    ),
  ]
  const onDemandUse = [
    charge(
      'Stream-hours, on-demand',
      usage.onDemandUs / US_PER_HOUR,
      PRICES.streamHour,
      'An on-demand stream is billed for the time that it is there, whatever number of shards it has. Retention beyond 24 hours is billed as well: there is no price of it here.',
    ),
    charge(
      'Data in, on-demand',
      gigabytes(counters[COUNTER.billedOnDemandKilobytes] * BYTES_PER_KB),
      PRICES.onDemandIn,
      'Each record is rounded up to a whole KB. Records that are throttled are not counted.',
    ),
    charge(
      'Data out, on-demand',
      gigabytes(counters[COUNTER.billedOnDemandReadBytes]),
      PRICES.onDemandOut,
      'What GetRecords brings, for every reader anew.',
    ),
  ]
  const further = [
    charge(
      'Enhanced fan-out, consumer-shard-hours',
      usage.consumerShardUs / US_PER_HOUR,
      PRICES.consumerShardHour,
      'Each registered consumer is billed for every open shard, for the time that it is registered.',
    ),
    charge(
      'Enhanced fan-out, data',
      gigabytes(counters[COUNTER.billedFanOutBytes]),
      PRICES.fanOut,
      'What is pushed to registered consumers.',
    ),
    charge(
      'Enhanced fan-out, data, on-demand',
      gigabytes(counters[COUNTER.billedOnDemandFanOutBytes]),
      PRICES.onDemandFanOut,
      'What is pushed to registered consumers.',
    ),
    charge(
      'Extended retention, shard-hours',
      usage.extendedShardUs / US_PER_HOUR,
      PRICES.extendedShardHour,
      'With a retention of more than 24 hours every open shard costs this on top. What is kept for longer than 7 days is billed by its size: sources disagree on that, and it is left out.',
    ),
  ]
  return [
    ...provisioned.filter(({ quantity }) => !onDemand || quantity > 0),
    ...onDemandUse.filter(({ quantity }) => onDemand || quantity > 0),
    ...further.filter(({ quantity }) => quantity > 0),
  ]
}
