/** A record processor, one for each lease: what comes is worked on in order, then checkpointed. */
import type { RecordBatch } from '../../engine/batch.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { deaggregated, placeIn, recordsFrom } from '../aggregation.ts'
import { cursorAfter } from '../records.ts'
import { isDue, want } from './checkpoints.ts'
import { isPushed, readLater } from './reading.ts'
import { count, stateOf, type Held, type Worker } from './state.ts'
import { countProcessed, send, work } from './work.ts'

/** Records have come, or an iterator: a batch without any. */
export function arrived(
  sim: Simulation,
  node: number,
  worker: Worker,
  held: Held,
  read: RecordBatch,
): void {
  const batch = withoutDone(deaggregated(read), held)
  count(sim, node, 'fetched', batch.count)
  held.behindUs = batch.behindUs
  held.cursor = cursorAfter(sim, batch)
  // The end of the shard comes behind its last record.
  if (batch.count > 0 || batch.next < 0) held.batches.push(batch)
  goOn(sim, node, worker, held)
}

/** The record that the checkpoint names comes once more; what is done of it is left out, as the KCL does. */
function withoutDone(batch: RecordBatch, { done }: Held): RecordBatch {
  if (done === null) return batch
  let n = 0
  while (n < batch.count && n <= done.sub && Math.floor(placeIn(batch, n)) === done.position) n++
  return n === 0 ? batch : recordsFrom(batch, n)
}

/** The next thing to do: a checkpoint that is due, the next records, or the next read. */
export function goOn(sim: Simulation, node: number, worker: Worker, held: Held): void {
  if (held.chunk > 0 || held.wants !== null) return
  if (isDue(sim, node, held)) want(sim, node, worker, held, 'checkpoint')
  else if (held.batches.length > 0) work(sim, node, held)
  else if (!isPushed(sim, node)) readLater(sim, node, worker, held)
}

/** The time for the records in work has passed. */
export function workDone(sim: Simulation, node: number, worker: Worker, held: Held): void {
  const { outputs } = stateOf(sim, node)
  const [batch] = held.batches
  if (batch.count === held.at) {
    endChunk(sim, node, worker, held, 0)
    return
  }
  held.sending = outputs.length
  if (outputs.length === 0) endChunk(sim, node, worker, held, held.chunk)
  for (const output of outputs) send(sim, node, worker, held, output)
}

/** An output has answered. */
export function sent(sim: Simulation, node: number, worker: Worker, held: Held): void {
  if (--held.sending === 0) endChunk(sim, node, worker, held, held.chunk)
}

/** Records are processed; with them the batch may be over, and the shard. */
function endChunk(
  sim: Simulation,
  node: number,
  worker: Worker,
  held: Held,
  processed: number,
): void {
  const [batch] = held.batches
  countProcessed(sim, node, held, processed)
  held.chunk = 0
  if (held.at === batch.count) {
    held.batches.shift()
    held.at = 0
    if (batch.next < 0) {
      want(sim, node, worker, held, 'end')
      return
    }
  }
  goOn(sim, node, worker, held)
}
