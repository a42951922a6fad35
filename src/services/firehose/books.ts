/**
 * A delivery stream's books. Of the records accepted: delivered, dropped by the function that
 * transforms them, put into a bucket as failed, lost, or still here (`broken`).
 */
import type { MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { stateOf, type State } from './state.ts'

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
  // Of the transformation.
  'SucceedProcessing.Records',
  'SucceedProcessing.Bytes',
  'dropped',
  'notTransformed',
  'invocations',
  'failedInvocations',
  'DeliveryToS3.Success',
  'BackupToS3.Bytes',
  'BackupToS3.Success',
  'DataReadFromKinesisStream.Records',
  'DataReadFromKinesisStream.Bytes',
  'DataReadFromSource.Records',
  'DataReadFromSource.Bytes',
  // Of partitions and formats.
  'PartitionCountExceeded',
  'SucceedConversion.Records',
  'FailedConversion.Records',
  /** Records that were put, or read from a stream, each once for every 5 KB. */
  'billedIngestUnits',
  'billedConversionBytes',
  /** What went into partitions, and how many objects were made of it. */
  'billedPartitionBytes',
  'billedPartitionObjects',
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

/** Where its records are. */
export const listsOf = ({ buffers, lots, batches }: State): MessageList[] =>
  [buffers.transform, buffers.deliver, ...lots.values(), ...batches].map(({ records }) => records)

/** Records that were accepted and have not left. */
export function heldBy(sim: Simulation, node: number): number {
  return listsOf(stateOf(sim, node)).reduce((sum, { count }) => sum + count, 0)
}

export function broken(sim: Simulation, node: number): string | null {
  const { counters } = sim.world.nodes[node]
  const accepted = counters[COUNTER.IncomingRecords]
  const known =
    counters[COUNTER.delivered] +
    counters[COUNTER.dropped] +
    counters[COUNTER.failedToBackup] +
    counters[COUNTER.lost] +
    heldBy(sim, node)
  return accepted === known
    ? null
    : `accepted ${accepted}, but delivered + dropped + failed + lost + here is ${known}`
}
