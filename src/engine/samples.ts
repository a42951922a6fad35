/** Takes the values of all metrics, once a simulated second. */
import type { Behaviour, PartMetrics } from './behaviour.ts'
import { sample } from './metrics.ts'
import type { Simulation } from './simulation.ts'
import { SAMPLE_EVERY_US, type NodeState } from './world.ts'

export function takeSample(sim: Simulation): void {
  const { world, records } = sim
  for (const node of world.nodes) {
    const behaviour = sim.behaviours[node.index]
    if (!node.alive || !behaviour || behaviour.metrics.length === 0) continue
    const values = metricValues(sim, node, behaviour)
    sample(records.historyOf(node.index, values.length), world.nowUs / SAMPLE_EVERY_US, values)
    if (behaviour.partMetrics) sampleParts(sim, node.index, behaviour.partMetrics)
  }
  world.nextSampleUs += SAMPLE_EVERY_US
}

/** More parts than these are not measured: each keeps up to 280 KB. */
const MOST_PARTS = 100

function sampleParts(sim: Simulation, node: number, kind: PartMetrics): void {
  const width = kind.metrics.length
  for (const part of measuredParts(sim, node, kind)) {
    const values = new Float64Array(width)
    kind.values(sim, node, part, values)
    sample(sim.records.historyOf(node, width, part), sim.nowUs / SAMPLE_EVERY_US, values)
  }
}

/** The parts of a node that are measured one by one now. */
export const measuredParts = (
  sim: Simulation,
  node: number,
  kind: PartMetrics,
): readonly number[] => kind.parts(sim, node).slice(0, MOST_PARTS)

/** The present value of every metric of a node: counters as they stand, gauges now. */
export function metricValues(sim: Simulation, node: NodeState, behaviour: Behaviour): Float64Array {
  const values = new Float64Array(behaviour.metrics.length)
  behaviour.gauges?.(sim, node.index, values)
  for (const { metric, counter } of sumsOf(behaviour)) values[metric] = node.counters[counter]
  return values
}

/** A metric that is a sum, and the counter that it is the sum of, by their places. */
interface Sum {
  readonly metric: number
  readonly counter: number
}

const known = new WeakMap<Behaviour, readonly Sum[]>()

/** Found once a kind: this is asked for every part and second. */
function sumsOf(behaviour: Behaviour): readonly Sum[] {
  let sums = known.get(behaviour)
  if (!sums) {
    sums = behaviour.metrics.flatMap(({ counter }, metric) =>
      counter ? [{ metric, counter: behaviour.counters.indexOf(counter) }] : [],
    )
    known.set(behaviour, sums)
  }
  return sums
}
