/**
 * Edits of the design by people: what they change of a service is an API call, and logged as one: a
 * new part's creation, a change of its attributes (by its settings or its wires), its deletion.
 */
import type { ScenarioDiff } from '../scenario/scenario.ts'
import type { NamedCall } from './behaviour.ts'
import { logNamed } from './log.ts'
import type { Simulation } from './simulation.ts'

export function editByHand(sim: Simulation, diff: ScenarioDiff): void {
  const { nodes } = sim.world
  const before = nodes
    .filter(({ alive }) => alive)
    .map(({ index }) => ({ index, told: sim.behaviours[index]?.edits?.attributes(sim, index) }))
  const known = nodes.length
  sim.edit(diff)
  // The limits of the whole design are no service's own.
  if (diff.settings) return
  for (const { index } of nodes.slice(known)) {
    if (nodes[index].alive) log(sim, index, sim.behaviours[index]?.edits?.created(sim, index))
  }
  for (const { index, told } of before) {
    const edits = sim.behaviours[index]?.edits
    if (!edits || !told) continue
    const call = nodes[index].alive ? edits.changed(sim, index, told) : edits.deleted(sim, index)
    log(sim, index, call)
  }
}

function log(sim: Simulation, node: number, call: NamedCall | null | undefined): void {
  if (!call) return
  const service = sim.behaviours[node]!.service ?? sim.world.nodes[node].kind
  logNamed(sim.records.log, sim.world, node, { service, output: {}, ...call })
}
