/**
 * How long things took, as a histogram of about the last minute: percentiles without keeping every
 * value. Plain data, in whole milliseconds; bins are at most an eighth apart.
 */
import { US_PER_MS, US_PER_S, type SimUs } from '../base/units.ts'
import type { Metric } from '../engine/behaviour.ts'

/** A third of what is looked back on; the oldest part is dropped as a new one begins. */
const PART_US = 20 * US_PER_S
const PARTS = 4
/** Bits of a value that its bin tells. */
const BITS = 3
const EXACT = 1 << BITS
const BINS = EXACT + (31 - BITS) * EXACT

export interface Latencies {
  /** Which 20 seconds were last added to, and by place: `PARTS` histograms, one behind the other. */
  part: number
  readonly counts: Uint32Array
  /** The longest of each part, whole milliseconds. */
  readonly longestMs: Float64Array
}

export const createLatencies = (): Latencies => ({
  part: 0,
  counts: new Uint32Array(PARTS * BINS),
  longestMs: new Float64Array(PARTS),
})

export function addLatency(latencies: Latencies, nowUs: SimUs, latencyUs: SimUs): void {
  const part = Math.floor(nowUs / PART_US)
  if (part > latencies.part) {
    for (let p = Math.max(latencies.part + 1, part - PARTS + 1); p <= part; p++) {
      const place = (p % PARTS) * BINS
      latencies.counts.fill(0, place, place + BINS)
      latencies.longestMs[p % PARTS] = 0
    }
    latencies.part = part
  }
  const ms = Math.round(latencyUs / US_PER_MS)
  const here = part % PARTS
  latencies.counts[here * BINS + binOf(ms)]++
  latencies.longestMs[here] = Math.max(latencies.longestMs[here], ms)
}

const SHARES = [0.5, 0.9, 0.99]

/**
 * What `latenciesInto` writes, in its order; ours, not CloudWatch's.
 * @param name begins their names: `P50` and the like follow
 */
export const latencyMetrics = (name: string): readonly Metric[] =>
  [
    ['P50', 'p50'] as const,
    ['P90', 'p90'] as const,
    ['P99', 'p99'] as const,
    ['Max', 'Maximum'] as const,
  ].map(([end, statistic]) => ({ name: name + end, unit: 'Milliseconds', statistic }))

/** The parts that are looked back on, added up: room that is used again. */
const inBins = new Float64Array(BINS)

/**
 * Writes p50, p90, p99 and the longest of the last 60 to 80 seconds, in milliseconds; 0 when nothing was
 * added. Percentiles are right to an eighth, the longest is exact.
 * @param place where the first of them goes in `into`
 */
export function latenciesInto(
  { part, counts, longestMs }: Latencies,
  nowUs: SimUs,
  into: Float64Array,
  place: number,
): void {
  const now = Math.floor(nowUs / PART_US)
  inBins.fill(0)
  let longest = 0
  let total = 0
  for (let p = Math.max(0, now - PARTS + 1, part - PARTS + 1); p <= Math.min(now, part); p++) {
    const here = p % PARTS
    const first = here * BINS
    longest = Math.max(longest, longestMs[here])
    for (let bin = 0; bin < BINS; bin++) {
      inBins[bin] += counts[first + bin]
      total += counts[first + bin]
    }
  }
  if (total === 0) {
    into.fill(0, place, place + SHARES.length + 1)
    return
  }
  let seen = 0
  let bin = -1
  SHARES.forEach((share, i) => {
    const wanted = Math.max(1, Math.ceil(share * total))
    while (seen < wanted) seen += inBins[++bin]
    into[place + i] = Math.min(longest, middleOf(bin))
  })
  into[place + SHARES.length] = longest
}

function binOf(ms: number): number {
  const value = Math.min(0x7fffffff, Math.max(0, ms))
  if (value < EXACT) return value
  const shift = 31 - Math.clz32(value) - BITS
  return EXACT + shift * EXACT + ((value >> shift) & (EXACT - 1))
}

/** The middle of what falls into a bin, whole milliseconds. */
function middleOf(bin: number): number {
  if (bin < EXACT) return bin
  const shift = Math.floor((bin - EXACT) / EXACT)
  const width = 1 << shift
  const least = (EXACT + ((bin - EXACT) % EXACT)) * width
  return Math.floor(least + (width - 1) / 2)
}
