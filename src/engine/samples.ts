/** Takes the values of all metrics, once a simulated second. */
import type { Behaviour } from './behaviour.ts'
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
  }
  world.nextSampleUs += SAMPLE_EVERY_US
}

/** The present value of every metric of a node: counters as they stand, gauges now. */
export function metricValues(sim: Simulation, node: NodeState, behaviour: Behaviour): Float64Array {
  const values = new Float64Array(behaviour.metrics.length)
  behaviour.gauges?.(sim, node.index, values)
  behaviour.metrics.forEach((metric, i) => {
    if (metric.counter) values[i] = node.counters[behaviour.counters.indexOf(metric.counter)]
  })
  return values
}
