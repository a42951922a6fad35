/** The run in figures: what `simulate --json` prints and what two equal runs agree on. */
import type { Totals } from './frame.ts'
import { metricValues } from './samples.ts'
import type { Simulation } from './simulation.ts'

/** Books and metrics of every node by name, and whether every book adds up. */
export function totalsOf(sim: Simulation): Totals {
  const { world } = sim
  const nodes: Record<string, Totals['nodes'][string]> = {}
  const broken: string[] = []
  for (const node of world.nodes) {
    const behaviour = sim.behaviours[node.index]
    if (!node.alive || !behaviour) continue
    const totals: Record<string, number> = {}
    behaviour.counters.forEach((name, i) => (totals[name] = node.counters[i]))
    const values = metricValues(sim, node, behaviour)
    const metrics: Record<string, number> = {}
    behaviour.metrics.forEach((metric, i) => (metrics[metric.name] = values[i]))
    nodes[node.name] = { id: node.id, kind: node.kind, totals, metrics }
    const problem = behaviour.broken?.(sim, node.index)
    if (problem) broken.push(`${node.name}: ${problem}`)
  }
  return {
    atUs: world.nowUs,
    events: world.events,
    logHash: (world.logHash >>> 0).toString(16).padStart(8, '0'),
    nodes,
    invariants: { ok: broken.length === 0, broken },
  }
}
