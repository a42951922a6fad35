/** Edits of the design by people: each change of a service's settings is an API call, and logged as one. */
import type { ScenarioDiff } from '../scenario/scenario.ts'
import { logNamed } from './log.ts'
import type { Simulation } from './simulation.ts'

export function editByHand(sim: Simulation, diff: ScenarioDiff): void {
  const { nodes } = sim.world
  const edited = nodes
    .filter(({ alive, id }) => alive && diff.nodes[id])
    .map(({ index, config }) => ({ index, before: config }))
  sim.edit(diff)
  for (const { index, before } of edited) {
    const { alive, config, kind } = nodes[index]
    if (!alive || config === before) continue
    const { editCall, service = kind } = sim.behaviours[index]!
    const call = editCall?.(sim, index, before)
    if (call) logNamed(sim.records.log, sim.world, index, { service, ...call, output: {} })
  }
}
