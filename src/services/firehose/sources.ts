/** Where records come from: calls (Direct PUT), or a stream that Firehose reads itself (FACTS 8). */
import type { Simulation } from '../../engine/simulation.ts'

export type SourceType = 'DirectPut' | 'KinesisStreamAsSource'

/** The wire from the stream that is read, or -1 for Direct PUT. */
export const streamWire = (sim: Simulation, node: number): number =>
  sim.world.nodes[node].in.find((wire) => sim.world.wires[wire].role === 'read') ?? -1

export const sourceType = (sim: Simulation, node: number): SourceType =>
  streamWire(sim, node) >= 0 ? 'KinesisStreamAsSource' : 'DirectPut'
