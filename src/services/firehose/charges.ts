/** What AWS bills for a delivery stream: what it takes in, and what it does to it (FACTS 16). */
import type { Charge } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { BYTES_PER_GB, BYTES_PER_KB, PRICES, charge, unitsOf } from '../prices.ts'
import { COUNTER, count } from './books.ts'
import { stateOf } from './state.ts'

const BYTES_A_UNIT = 5 * BYTES_PER_KB

/** A record was accepted. What is read from a topic has another price, which is not known here. */
export function countIngested(sim: Simulation, node: number, bytes: number): void {
  if (stateOf(sim, node).topic) return
  count(sim, node, 'billedIngestUnits', unitsOf(bytes, BYTES_A_UNIT))
}

export function charges(sim: Simulation, node: number): readonly Charge[] {
  const { counters } = sim.world.nodes[node]
  const further = [
    charge(
      'Format conversion',
      counters[COUNTER.billedConversionBytes] / BYTES_PER_GB,
      PRICES.firehoseConversion,
      'What is written as Parquet or ORC, by its size before.',
    ),
    charge(
      'Dynamic partitioning, data',
      counters[COUNTER.billedPartitionBytes] / BYTES_PER_GB,
      PRICES.firehosePartitioning,
      'What goes into partitions.',
    ),
    charge(
      'Dynamic partitioning, objects',
      counters[COUNTER.billedPartitionObjects],
      PRICES.firehoseObjects,
      'Each object of a partition: the more partitions, and the shorter the buffer interval, the more there are.',
    ),
  ]
  return [
    charge(
      'Data taken in, 5 KB a record at least',
      (counters[COUNTER.billedIngestUnits] * BYTES_A_UNIT) / BYTES_PER_GB,
      PRICES.firehoseData,
      'Each record is rounded up to the next 5 KB, so that many small ones cost far more than their size. What is read from an MSK topic has another price, which is not counted. Volume discounts are left out.',
    ),
    ...further.filter(({ quantity }) => quantity > 0),
  ]
}
