/**
 * Checkpoints: when they are due, and how they are written. Every write is conditional on the counter
 * that the worker wrote last, so at most one write of a lease is on its way.
 */
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { sequenceOf } from '../sequence.ts'
import { askTable, tableName } from './calls.ts'
import { SHARD_END, renewal } from './leases.ts'
import { ownerName, type Held, type Worker } from './state.ts'

/** By records or by time, whichever comes first. */
export function isDue(sim: Simulation, node: number, held: Held): boolean {
  if (held.sinceCheckpoint === 0) return false
  const { checkpointRecords, checkpointS } = sim.world.nodes[node].config
  const records = Number(checkpointRecords)
  const everyUs = fromSeconds(Number(checkpointS))
  if (records > 0 && held.sinceCheckpoint >= records) return true
  return everyUs > 0 && sim.nowUs - held.checkpointedUs >= everyUs
}

/** Asks for a checkpoint; it is written when the write before it is answered. */
export function want(
  sim: Simulation,
  node: number,
  worker: Worker,
  held: Held,
  what: 'checkpoint' | 'end',
): void {
  if (held.wants !== 'end') held.wants = what
  if (!held.writing) write(sim, node, worker, held)
}

/** Renews the lease, with what is wanted as checkpoint. */
export function write(sim: Simulation, node: number, worker: Worker, held: Held): void {
  const checkpoint = held.wants === null ? '' : checkpointOf(held)
  held.writing = true
  held.covering = checkpoint === '' ? 0 : held.sinceCheckpoint
  const input = renewal(tableName(sim, node), held, ownerName(worker), checkpoint, subOf(held))
  askTable(sim, node, worker, held.term, 'UpdateItem', input)
}

/** checkpointSubSequenceNumber: the user record within its aggregated record; 0 for others. */
export const subOf = ({ wants, processed }: Pick<Held, 'wants' | 'processed'>): number =>
  wants === 'end' ? 0 : (processed?.sub ?? 0)

export function checkpointOf({ wants, shard, processed }: Held): string {
  if (wants === 'end') return SHARD_END
  if (!processed) return ''
  const { shardCreatedUs, position, arrivedUs } = processed
  return sequenceOf(shardCreatedUs, shard, position, arrivedUs)
}
