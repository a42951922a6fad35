/** Tells whoever waits for an execution what came of it. */
import type { Simulation } from '../../engine/simulation.ts'
import { asyncFinished } from './asynchronous.ts'
import { callFinished, workedForNobody } from './invoke.ts'
import { batchFinished } from './queue/pollers.ts'
import { laneFinished } from './stream/lanes.ts'
import { transformFinished } from './transform.ts'
import type { Result, Run } from './state.ts'

export function finished(sim: Simulation, node: number, run: Run, result: Result): void {
  const { owner } = run
  switch (owner.type) {
    case 'call':
      callFinished(sim, node, owner.call, result)
      break
    case 'nobody':
      workedForNobody(sim, node, owner.slot, result)
      break
    case 'async':
      asyncFinished(sim, node, owner.slot, result)
      break
    case 'transform':
      transformFinished(sim, node, owner.call, run.items, result)
      break
    case 'queue':
      batchFinished(sim, node, owner, result)
      break
    case 'stream':
      laneFinished(sim, node, owner, result)
      break
  }
}
