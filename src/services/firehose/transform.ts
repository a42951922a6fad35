/** The Lambda function that transforms records before they are delivered (FACTS 8). */
import type { Simulation } from '../../engine/simulation.ts'
import type { Batch } from './state.ts'

/** The wire to the function that transforms records, or -1. */
export const transformWire = (sim: Simulation, node: number): number =>
  sim.world.nodes[node].out.find((wire) => sim.world.wires[wire].role === 'transform') ?? -1

export function invoke(_sim: Simulation, _node: number, _batch: Batch): void {}
