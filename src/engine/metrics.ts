/**
 * Metric history: one sample a simulated second (ours) and one a minute (CloudWatch's period).
 * Counters are stored cumulated, so a period's sum is a difference; gauges as they stood at its end.
 * A record of the run, not part of the world.
 */
import type { MetricSeries } from './frame.ts'
import type { Metric } from './behaviour.ts'

const SECONDS_KEPT = 3600
const MINUTES_KEPT = 1440

interface Samples {
  readonly width: number
  readonly kept: number
  /** Samples ever taken; sample n stands at n % kept. */
  count: number
  timeS: Float64Array
  values: Float64Array
}

export interface MetricHistory {
  seconds: Samples
  minutes: Samples
}

export const createHistory = (width: number): MetricHistory => ({
  seconds: createSamples(width, SECONDS_KEPT),
  minutes: createSamples(width, MINUTES_KEPT),
})

const createSamples = (width: number, kept: number): Samples => ({
  width,
  kept,
  count: 0,
  timeS: new Float64Array(64),
  values: new Float64Array(64 * width),
})

/** Keeps a row of values taken at `timeS` (whole simulated seconds). */
export function sample(history: MetricHistory, timeS: number, values: Float64Array): void {
  put(history.seconds, timeS, values)
  if (timeS % 60 === 0) put(history.minutes, timeS, values)
}

function put(samples: Samples, timeS: number, values: Float64Array): void {
  if (samples.count === samples.timeS.length && samples.count < samples.kept) {
    const capacity = Math.min(samples.kept, samples.count * 2)
    const timeS = new Float64Array(capacity)
    const values = new Float64Array(capacity * samples.width)
    timeS.set(samples.timeS)
    values.set(samples.values)
    samples.timeS = timeS
    samples.values = values
  }
  const place = samples.count++ % samples.kept
  samples.timeS[place] = timeS
  samples.values.set(values, place * samples.width)
}

/** Series of every metric over (fromS, toS]; a sum belongs to the period that ends at its time. */
export function seriesOf(
  history: MetricHistory,
  metrics: readonly Metric[],
  fromS: number,
  toS: number,
  periodS: 1 | 60,
): MetricSeries[] {
  const samples = periodS === 60 ? history.minutes : history.seconds
  const oldest = Math.max(0, samples.count - samples.kept)
  const series = metrics.map((metric) => ({
    name: metric.name,
    unit: metric.unit,
    statistic: metric.statistic,
    timesS: [] as number[],
    values: [] as number[],
  }))
  for (let n = oldest; n < samples.count; n++) {
    const place = n % samples.kept
    const endS = samples.timeS[place]
    if (endS <= fromS || endS > toS) continue
    const before = n > oldest ? (n - 1) % samples.kept : -1
    for (let m = 0; m < metrics.length; m++) {
      const value = samples.values[place * samples.width + m]
      const start = before < 0 ? 0 : samples.values[before * samples.width + m]
      if (metrics[m].counter && before < 0 && n > 0) continue
      series[m].timesS.push(endS - periodS)
      series[m].values.push(metrics[m].counter ? value - start : value)
    }
  }
  return series
}
