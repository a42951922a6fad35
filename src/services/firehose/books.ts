/**
 * A delivery stream's books. Of the records accepted: delivered, put into the backup bucket as
 * failed, lost, or still here (`broken`).
 */
import type { Simulation } from '../../engine/simulation.ts'
import { stateOf } from './state.ts'

export const COUNTERS = [
  'IncomingRecords',
  'IncomingBytes',
  'IncomingPutRequests',
  'ThrottledRecords',
  'DeliveryToS3.Records',
  'DeliveryToS3.Bytes',
  'BackupToS3.Records',
  'delivered',
  'failedToBackup',
  'lost',
  'objects',
  'failedTries',
  'readThrottled',
] as const

export const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

export function count(
  sim: Simulation,
  node: number,
  name: (typeof COUNTERS)[number],
  amount = 1,
): void {
  sim.world.nodes[node].counters[COUNTER[name]] += amount
}

/** Records that were accepted and have not left. */
export function heldBy(sim: Simulation, node: number): number {
  const { buffer, batches } = stateOf(sim, node)
  return batches.reduce((sum, { records }) => sum + records.count, buffer.records.count)
}

export function broken(sim: Simulation, node: number): string | null {
  const { counters } = sim.world.nodes[node]
  const accepted = counters[COUNTER.IncomingRecords]
  const known =
    counters[COUNTER.delivered] +
    counters[COUNTER.failedToBackup] +
    counters[COUNTER.lost] +
    heldBy(sim, node)
  return accepted === known
    ? null
    : `accepted ${accepted}, but delivered + failed + lost + here is ${known}`
}
