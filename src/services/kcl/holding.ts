/** A lease in a worker's hands: renewed, lost to another, ended with its shard, given back. */
import type { OutsideCall } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS } from './because.ts'
import { PATIENCE_US, askTable, failoverUs, isThrottled, tableName } from './calls.ts'
import { checkpointOf, isDue, subOf, want, write } from './checkpoints.ts'
import { SHARD_END, release, type Lease } from './leases.ts'
import { parseSequence } from '../sequence.ts'
import { goOn } from './processor.ts'
import { startReading } from './reading.ts'
import { EVENT, count, inHand, nextSerial, ownerName, stateOf } from './state.ts'
import type { Held, Worker } from './state.ts'

/** The table says that it is this worker's. */
export function hold(sim: Simulation, node: number, worker: Worker, lease: Lease): void {
  const held: Held = {
    shard: lease.shard,
    term: nextSerial(stateOf(sim, node)),
    counter: lease.counter + 1,
    from: lease.checkpoint,
    done: doneBefore(lease),
    renewedUs: sim.nowUs,
    writing: false,
    wants: null,
    checkpointedUs: sim.nowUs,
    processed: null,
    sinceCheckpoint: 0,
    covering: 0,
    cursor: null,
    waiting: false,
    readUs: -Infinity,
    behindUs: 0,
    continuation: '',
    batches: [],
    at: 0,
    chunk: 0,
    chunkUs: 0,
    sending: 0,
  }
  worker.held.push(held)
  startReading(sim, node, worker, held)
}

function doneBefore({ checkpoint, sub }: Lease): Held['done'] {
  const sequence = parseSequence(checkpoint)
  return sequence ? Object.freeze({ position: sequence.position, sub }) : null
}

/** The worker's heartbeat: all of its leases are renewed, three times in each failover time. */
export function renewAll(sim: Simulation, node: number, worker: Worker): void {
  for (const held of worker.held) {
    if (sim.nowUs - held.renewedUs > failoverUs(sim, node)) lose(sim, node, worker, held)
    else if (isDue(sim, node, held)) want(sim, node, worker, held, 'checkpoint')
    else if (!held.writing) write(sim, node, worker, held)
  }
  const everyUs = Math.floor(failoverUs(sim, node) / 3)
  sim.at(sim.nowUs + everyUs, node, EVENT.renew, worker.life)
}

/** The table has answered a renewal or a checkpoint. */
export function written(
  sim: Simulation,
  node: number,
  worker: Worker,
  held: Held,
  told: OutsideCall,
): void {
  held.writing = false
  if (isThrottled(sim, node, told)) {
    // A record processor waits for its checkpoint; a renewal waits for the next heartbeat.
    if (held.wants) sim.at(sim.nowUs + PATIENCE_US, node, EVENT.write, held.term)
    return
  }
  if (told.error) {
    lose(sim, node, worker, held)
    return
  }
  held.counter++
  held.renewedUs = sim.nowUs
  const checkpoint = checkpointIn(told)
  if (checkpoint !== '') {
    count(sim, node, 'checkpoints')
    held.checkpointedUs = sim.nowUs
    held.sinceCheckpoint -= held.covering
    if (held.wants === 'checkpoint') held.wants = null
  }
  if (checkpoint === SHARD_END) finish(sim, node, worker, held)
  else if (held.wants) write(sim, node, worker, held)
  else if (checkpoint !== '') goOn(sim, node, worker, held)
}

/** What the write said of the checkpoint; '' for a renewal alone. */
function checkpointIn({ input }: OutsideCall): string {
  const values = input.ExpressionAttributeValues as Readonly<
    Record<string, { readonly S?: string }>
  >
  return values[':checkpoint']?.S ?? ''
}

/** The shard was read to its end: its children may get leases now. */
function finish(sim: Simulation, node: number, worker: Worker, held: Held): void {
  letGo(sim, node, worker, held)
  worker.wantsSync = true
  sim.at(sim.nowUs, node, EVENT.scan, worker.life)
}

/** Another has it, or nobody knows: what is in hand is not processed here. */
function lose(sim: Simulation, node: number, worker: Worker, held: Held): void {
  count(sim, node, 'lost')
  sim.news(node, NEWS.lost, -1)
  letGo(sim, node, worker, held)
}

/** Out of the worker's hands; answers and events of this term are not heeded any more. */
export function letGo(sim: Simulation, node: number, worker: Worker, held: Held): void {
  count(sim, node, 'abandoned', inHand(held))
  worker.held = worker.held.filter((each) => each !== held)
}

/** The worker stops: it writes what it did, and that nobody holds the lease. */
export function giveBack(sim: Simulation, node: number, worker: Worker, held: Held): void {
  const checkpoint = held.sinceCheckpoint > 0 ? checkpointOf({ ...held, wants: 'checkpoint' }) : ''
  const sub = subOf({ ...held, wants: 'checkpoint' })
  const input = release(tableName(sim, node), held.shard, ownerName(worker), checkpoint, sub)
  askTable(sim, node, worker, held.term, 'UpdateItem', input)
  letGo(sim, node, worker, held)
}
