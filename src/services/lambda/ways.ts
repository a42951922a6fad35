/** How a function hands a single message over, by what the other part accepts. */
import type { Simulation } from '../../engine/simulation.ts'

/** One of a schema's `accepts`, which is AWS's operation too. */
export const WAYS = ['SendMessage', 'Publish', 'PutRecord', 'Invoke'] as const

/** Index of the operation by which `to` takes a message, or -1. */
export function wayTo(sim: Simulation, to: number): number {
  for (const way of WAYS) {
    const operation = sim.operationIndex(to, way)
    if (operation >= 0) return operation
  }
  return -1
}
