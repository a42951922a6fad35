/**
 * Metric history: one sample a simulated second (ours) and one a minute (CloudWatch's period).
 * Counters are stored cumulated, so a period's sum is a difference; gauges as they stood at its end.
 * A record of the run, not part of the world.
 */
import type { MetricSeries } from './frame.ts'
import type { Metric } from './behaviour.ts'
import { closeWindow, createWindow, knownIn, moveWindow, oldestIn, type Window } from './window.ts'

const SECONDS_KEPT = 3600
const MINUTES_KEPT = 1440

interface Samples {
  readonly width: number
  readonly kept: number
  /** Samples ever taken; sample n stands at n % kept. */
  count: number
  /** Which are there, once the run has gone to another moment. */
  readonly window: Window
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
  window: createWindow(kept),
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

const oldestSample = ({ window, count }: Samples): number => oldestIn(window, count)

/** The run goes to `timeS`: what was sampled later is still to come, or was forgotten. */
export function moveHistory({ seconds, minutes }: MetricHistory, timeS: number): void {
  for (const samples of [seconds, minutes]) {
    const { window, kept } = samples
    const known = knownIn(window, samples.count)
    const oldest = oldestSample(samples)
    let target = oldest
    while (target < known && samples.timeS[target % kept] <= timeS) target++
    moveWindow(window, samples.count, target)
    samples.count = target
    // Before all that is kept: what is sampled now does not belong in front of it.
    if (target === oldest && oldest > 0) closeWindow(window, target)
  }
}

/** What comes after the present moment will be otherwise than was sampled. */
export function forgetSamplesAhead({ seconds, minutes }: MetricHistory): void {
  closeWindow(seconds.window, seconds.count)
  closeWindow(minutes.window, minutes.count)
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
  const oldest = oldestSample(samples)
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
    // A sum needs the sample before it, which is missing at a gap and where the ring begins.
    const isWhole = before < 0 ? n === 0 : samples.timeS[before] === endS - periodS
    for (let m = 0; m < metrics.length; m++) {
      const value = samples.values[place * samples.width + m]
      const start = before < 0 ? 0 : samples.values[before * samples.width + m]
      if (metrics[m].counter && !isWhole) continue
      const told = metrics[m].counter ? value - start : value
      // It was not measured then.
      if (Number.isNaN(told)) continue
      series[m].timesS.push(endS - periodS)
      series[m].values.push(told)
    }
  }
  return series
}
