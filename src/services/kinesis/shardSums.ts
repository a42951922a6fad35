/** What a shard counts for its shard-level metrics (FACTS 6.11), while somebody asks for them. */
import type { Metric } from '../../engine/behaviour.ts'
import { US_PER_MS, type SimUs } from '../../base/units.ts'

/** One for each of SHARD_METRICS. */
export type ShardSums = Float64Array

const sum = (name: string, unit: 'Count' | 'Bytes'): Metric => ({
  name,
  unit,
  statistic: 'Sum',
  counter: name,
})

export const SHARD_METRICS: readonly Metric[] = [
  sum('IncomingBytes', 'Bytes'),
  sum('IncomingRecords', 'Count'),
  sum('OutgoingBytes', 'Bytes'),
  sum('OutgoingRecords', 'Count'),
  sum('WriteProvisionedThroughputExceeded', 'Count'),
  sum('ReadProvisionedThroughputExceeded', 'Count'),
  { name: 'IteratorAgeMilliseconds', unit: 'Milliseconds', statistic: 'Maximum' },
]
export const SHARD_METRIC_NAMES: readonly string[] = SHARD_METRICS.map(({ name }) => name)

const [BYTES_IN, RECORDS_IN, BYTES_OUT, RECORDS_OUT, WRITES_REFUSED, READS_REFUSED, AGE] = [
  0, 1, 2, 3, 4, 5, 6,
]

/** Nothing yet; the age is unknown until somebody reads. */
export function createSums(): ShardSums {
  const sums = new Float64Array(SHARD_METRICS.length)
  sums[AGE] = NaN
  return sums
}

export function countPut(sums: ShardSums | null, bytes: number): void {
  if (!sums) return
  sums[RECORDS_IN]++
  sums[BYTES_IN] += bytes
}

export function countRefusedPut(sums: ShardSums | null): void {
  if (sums) sums[WRITES_REFUSED]++
}

export function countRefusedRead(sums: ShardSums | null): void {
  if (sums) sums[READS_REFUSED]++
}

/** @param ageUs of the last record that was read; undefined = as before */
export function countRead(
  sums: ShardSums | null,
  records: number,
  bytes: number,
  ageUs: SimUs | undefined,
): void {
  if (!sums) return
  sums[RECORDS_OUT] += records
  sums[BYTES_OUT] += bytes
  if (ageUs !== undefined) sums[AGE] = Math.floor(ageUs / US_PER_MS)
}
