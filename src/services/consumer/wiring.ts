/** Which queues a fleet polls, in which order, which buckets it reads, and where its results go. */
import type { Simulation } from '../../engine/simulation.ts'
import { stateOf, type Source } from './state.ts'

export function rewire(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const { nodes, wires } = sim.world
  const polls = nodes[node].in.filter((wire) => wires[wire].role === 'poll')
  const priority = (wire: number): number => Number(wires[wire].config.priority ?? 1)
  // Sorting is stable: equals stay in the document's order.
  polls.sort((a, b) => priority(a) - priority(b))
  state.order = polls.map((wire) => sourceOf(sim, state.sources, wire))
  state.equalsStart = polls.map((wire) =>
    polls.findIndex((other) => priority(other) === priority(wire)),
  )
  state.equalsCount = polls.map(
    (wire) => polls.filter((other) => priority(other) === priority(wire)).length,
  )
  state.outputs = nodes[node].out
    .filter((wire) => wires[wire].role === 'send')
    .map((wire) => {
      const { to } = wires[wire]
      return { wire, to, send: sim.operationIndex(to, 'SendMessage') }
    })
    .filter(({ send }) => send >= 0)
  state.buckets = nodes[node].in
    .filter((wire) => wires[wire].role === 'read')
    .map((wire) => ({ wire, to: wires[wire].from }))
}

/** Index of the wire's source; made when it is new. */
function sourceOf(sim: Simulation, sources: Source[], wire: number): number {
  const known = sources.findIndex((source) => source.wire === wire)
  if (known >= 0) return known
  const to = sim.world.wires[wire].from
  return (
    sources.push({
      wire,
      to,
      receive: sim.operationIndex(to, 'ReceiveMessage'),
      remove: sim.operationIndex(to, 'DeleteMessage'),
      removeBatch: sim.operationIndex(to, 'DeleteMessageBatch'),
      extend: sim.operationIndex(to, 'ChangeMessageVisibility'),
      extendBatch: sim.operationIndex(to, 'ChangeMessageVisibilityBatch'),
    }) - 1
  )
}
