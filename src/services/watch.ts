/**
 * Watching a metric of another part from within the world, as CloudWatch does for alarms and Auto
 * Scaling: sampled once a second, one datapoint a period. Plain data, so that a snapshot holds it.
 */
import { metricValues } from '../engine/samples.ts'
import type { Simulation } from '../engine/simulation.ts'

export type Statistic = 'Average' | 'Sum' | 'Minimum' | 'Maximum'

export interface Watch {
  /** The part and the wire by which it is watched. */
  readonly node: number
  readonly wire: number
  /** Place in the part's metrics. */
  readonly metric: number
  readonly name: string
  /** A sum of what happens, not a state: its datapoint is the growth over the period. */
  readonly isCounted: boolean
  /** Of the period that runs. */
  samples: number
  sum: number
  least: number
  most: number
  /** A counted metric's value when the period began. */
  base: number
}

/** The role of wires that carry a metric. */
export const WATCH = 'watch'

/** Begins to watch along the first wire that carries a metric; null when none does. */
export function createWatch(sim: Simulation, node: number): Watch | null {
  const { nodes, wires } = sim.world
  const wire = nodes[node].in.find((candidate) => wires[candidate].role === WATCH)
  if (wire === undefined) return null
  const { from, config } = wires[wire]
  const { metrics } = sim.behaviours[from]!
  const metric = metrics.findIndex(({ name }) => name === config.metric)
  if (metric < 0) return null
  const { name, counter } = metrics[metric]
  const watch: Watch = {
    node: from,
    wire,
    metric,
    name,
    isCounted: counter !== undefined,
    samples: 0,
    sum: 0,
    least: 0,
    most: 0,
    base: 0,
  }
  beginPeriod(watch, presentValue(sim, watch))
  return watch
}

/** Whether both watch the same metric of the same part. */
export const isSameWatch = (a: Watch | null, b: Watch | null): boolean =>
  a === b || (a !== null && b !== null && a.wire === b.wire && a.name === b.name)

/** Takes one sample. NaN is no data: a mean over nothing. */
export function takeSample(sim: Simulation, watch: Watch): void {
  const value = presentValue(sim, watch)
  if (Number.isNaN(value)) return
  watch.samples++
  watch.sum += value
  watch.least = Math.min(watch.least, value)
  watch.most = Math.max(watch.most, value)
}

/**
 * Ends the period and begins the next: its datapoint, or null when it brought no data. Of a state (a
 * queue's depth) Sum means what Average does: CloudWatch gets one value a period.
 */
export function closePeriod(sim: Simulation, watch: Watch, statistic: Statistic): number | null {
  const present = presentValue(sim, watch)
  const datapoint = datapointOf(watch, present, statistic)
  beginPeriod(watch, present)
  return datapoint
}

function datapointOf(watch: Watch, present: number, statistic: Statistic): number | null {
  if (watch.isCounted) return present - watch.base
  if (watch.samples === 0) return null
  if (statistic === 'Minimum') return watch.least
  if (statistic === 'Maximum') return watch.most
  return watch.sum / watch.samples
}

function beginPeriod(watch: Watch, base: number): void {
  watch.samples = 0
  watch.sum = 0
  watch.least = Infinity
  watch.most = -Infinity
  watch.base = base
}

const presentValue = (sim: Simulation, { node, metric }: Watch): number =>
  metricValues(sim, sim.world.nodes[node], sim.behaviours[node]!)[metric]
