/**
 * Batches on their way: to the destination, again and again while it fails, then to the backup bucket
 * (FACTS 8). A bucket in the picture is called; any other destination answers by itself.
 */
import { fromSeconds, type SimUs } from '../../base/units.ts'
import { nextUnit } from '../../base/random.ts'
import { CODE } from '../../engine/calls.ts'
import { unlink, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addRecent } from '../recent.ts'
import { count } from './books.ts'
import { DESTINATION } from './destinations.ts'
import { EVENT, NEWS } from './events.ts'
import { logDelivery, putCopy, putObject } from './requests.ts'
import { RECENT, stateOf, type Batch, type Stage, type State } from './state.ts'

/** Records that wait together for the same. */
export function openBatch(
  sim: Simulation,
  state: State,
  stage: Stage,
  records: MessageList,
  bytes: number,
  partition = '',
): Batch {
  const batch: Batch = {
    id: state.nextBatch++,
    records,
    bytes,
    partition,
    stage,
    closedUs: sim.nowUs,
    tries: 0,
    failure: '',
    lambda: '',
    problem: null,
    call: -1,
  }
  state.batches.push(batch)
  return batch
}

/** The records set out together. */
export function deliverBatch(
  sim: Simulation,
  node: number,
  records: MessageList,
  bytes: number,
  partition: string,
): void {
  const state = stateOf(sim, node)
  const batch = openBatch(sim, state, 'deliver', records, bytes, partition)
  // Those that are transformed were backed up before that.
  if (!state.transform) backUp(sim, node, batch)
  tryBatch(sim, node, batch)
}

/** The backup bucket gets all records as they came, if it is to. */
export function backUp(sim: Simulation, node: number, batch: Batch): void {
  if (!stateOf(sim, node).settings.backsUpAll) return
  putCopy(sim, node, batch, bucketWire(sim, node, 'backup'))
  count(sim, node, 'BackupToS3.Records', batch.records.count)
  count(sim, node, 'BackupToS3.Bytes', batch.bytes)
}

export const batchById = (state: State, id: number): Batch | undefined =>
  state.batches.find((batch) => batch.id === id)

/** One more try of what it waits for. */
export function tryBatch(sim: Simulation, node: number, batch: Batch): void {
  batch.tries++
  const state = stateOf(sim, node)
  const wire = bucketWire(sim, node, goesToDestination(state, batch) ? 'delivery' : 'backup')
  if (wire >= 0 && !(state.isDown && batch.stage === 'deliver')) {
    batch.call = putObject(sim, node, batch, wire)
    return
  }
  sim.at(sim.nowUs + state.settings.deliveryUs, node, EVENT.answered, batch.id, batch.tries)
}

/** S3 takes what failed under another prefix of the same bucket. */
const goesToDestination = ({ settings }: State, { stage }: Batch): boolean =>
  stage === 'deliver' || settings.destination === 's3'

/** The wire to the bucket for this use, or -1. */
function bucketWire(sim: Simulation, node: number, use: 'delivery' | 'backup'): number {
  const { nodes, wires } = sim.world
  const found = nodes[node].out.find((wire) => {
    const { role, config } = wires[wire]
    if (role === 'backup') return use === 'backup'
    return role === 'deliver' && config.use === use
  })
  return found ?? -1
}

/** A destination outside the picture answers. */
export function answeredOutside(sim: Simulation, node: number, batch: Batch): void {
  const state = stateOf(sim, node)
  const { failureShare } = state.settings
  const fails =
    batch.stage === 'deliver' &&
    (state.isDown || (failureShare > 0 && nextUnit(sim.world.random, state.chance) < failureShare))
  logDelivery(sim, node, batch, fails)
  if (fails) failed(sim, node, batch)
  else arrived(sim, node, batch)
}

/** A bucket in the picture answers. */
export function answeredBucket(sim: Simulation, node: number, batch: Batch, call: number): void {
  batch.call = -1
  if (sim.world.calls.code[call] === CODE.ok) arrived(sim, node, batch)
  else failed(sim, node, batch)
}

function arrived(sim: Simulation, node: number, batch: Batch): void {
  const state = stateOf(sim, node)
  const { records, bytes } = batch
  addRecent(state.recent, sim.nowUs, RECENT.delivered, records.count)
  if (batch.stage === 'backup') {
    count(sim, node, 'failedToBackup', records.count)
    count(sim, node, 'BackupToS3.Records', records.count)
    count(sim, node, 'BackupToS3.Bytes', bytes)
    count(sim, node, 'BackupToS3.Success')
  } else {
    count(sim, node, 'delivered', records.count)
    count(sim, node, 'objects')
    if (batch.partition !== '') count(sim, node, 'billedPartitionObjects')
    if (state.settings.destination === 's3') {
      count(sim, node, 'DeliveryToS3.Records', records.count)
      count(sim, node, 'DeliveryToS3.Bytes', bytes)
      count(sim, node, 'DeliveryToS3.Success')
    }
  }
  letGo(sim, state, batch)
}

function failed(sim: Simulation, node: number, batch: Batch): void {
  const state = stateOf(sim, node)
  count(sim, node, 'failedTries')
  const waitUs = backoffUs(batch.tries)
  const untilUs = batch.closedUs + (batch.stage === 'backup' ? BACKUP_RETRY_US : retryUs(state))
  if (sim.nowUs + waitUs <= untilUs) {
    sim.at(sim.nowUs + waitUs, node, EVENT.retry, batch.id, batch.tries)
    return
  }
  if (batch.stage === 'backup' || state.settings.destination === 's3') lose(sim, node, batch)
  else toBackup(sim, node, batch, DESTINATION[state.settings.destination].failureType)
}

const retryUs = ({ settings }: State): SimUs => settings.retryUs

/** Records are kept for 24 hours at most. */
const BACKUP_RETRY_US = fromSeconds(24 * 3600)

/** 5, 10, 20 ... at most 120 s; AWS does not say. */
export const backoffUs = (tries: number): SimUs =>
  fromSeconds(PAUSES_S[Math.min(tries, PAUSES_S.length) - 1])
const PAUSES_S = [5, 10, 20, 40, 80, 120]

/** Nobody tries it any more: the bucket for what failed takes it. */
export function toBackup(sim: Simulation, node: number, batch: Batch, failure: string): void {
  const news =
    batch.lambda !== '' ? NEWS.notTransformed : batch.problem ? NEWS.aside : NEWS.toBackup
  sim.news(node, news, batch.records.head)
  sim.mark(node, 'deadLettered', 0, batch.records.count)
  batch.stage = 'backup'
  batch.failure = failure
  batch.tries = 0
  tryBatch(sim, node, batch)
}

/** Under which prefix records go that could not be transformed. */
export const PROCESSING_FAILED = 'processing-failed'

function lose(sim: Simulation, node: number, batch: Batch): void {
  sim.news(node, NEWS.lost, batch.records.head)
  sim.mark(node, 'lost', 0, batch.records.count)
  count(sim, node, 'lost', batch.records.count)
  letGo(sim, stateOf(sim, node), batch)
}

/** Its records are done with. */
export function letGo(sim: Simulation, state: State, batch: Batch): void {
  const { messages } = sim.world
  const { records } = batch
  while (records.head >= 0) {
    const slot = records.head
    unlink(messages, records, slot)
    sim.release(slot)
  }
  closeBatch(state, batch)
}

/** It waits for nothing any more; its records are in no list of it. */
export function closeBatch(state: State, batch: Batch): void {
  state.batches.splice(state.batches.indexOf(batch), 1)
}
