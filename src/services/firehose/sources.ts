/** Where records come from: calls (Direct PUT), or a stream or topic that Firehose reads itself (FACTS 8). */
import type { Simulation } from '../../engine/simulation.ts'

export type SourceType = 'DirectPut' | 'KinesisStreamAsSource' | 'MSKAsSource'

/** What a wire that is read from means, by its role. */
const READ: Readonly<Record<string, SourceType>> = {
  read: 'KinesisStreamAsSource',
  fetch: 'MSKAsSource',
}

/** The wire from the stream or topic that is read, or -1 for Direct PUT. */
export const sourceWire = (sim: Simulation, node: number): number =>
  sim.world.nodes[node].in.find((wire) => READ[sim.world.wires[wire].role] !== undefined) ?? -1

export function sourceType(sim: Simulation, node: number): SourceType {
  const wire = sourceWire(sim, node)
  return wire < 0 ? 'DirectPut' : READ[sim.world.wires[wire].role]
}
