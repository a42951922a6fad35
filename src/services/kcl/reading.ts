/** How a record processor gets its records: GetRecords again and again, or pushed by SubscribeToShard. */
import { fromMs } from '../../base/units.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import type { OutsideCall } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { arn } from '../aws.ts'
import { ITERATOR, answeredBatch, askIterator, askRecords } from '../records.ts'
import { parseSequence } from '../sequence.ts'
import { PATIENCE_US, askStream, streamOf } from './calls.ts'
import { shardIdOf } from './leases.ts'
import { EVENT, count, livingIn, stateOf, tokenOf, type Held, type Worker } from './state.ts'

export const isPushed = (sim: Simulation, node: number): boolean =>
  sim.world.nodes[node].config.readMode === 'fanOut'

/** From the checkpoint on. */
export function startReading(sim: Simulation, node: number, worker: Worker, held: Held): void {
  if (isPushed(sim, node)) {
    if (stateOf(sim, node).consumerArn === '') register(sim, node, worker)
    else subscribe(sim, node, worker, held)
    return
  }
  const { from } = held
  held.waiting = true
  if (from === 'TRIM_HORIZON') iterator(sim, node, worker, held, ITERATOR.trimHorizon)
  else if (from === 'LATEST') iterator(sim, node, worker, held, ITERATOR.latest)
  else {
    const position = parseSequence(from)?.position ?? -1
    iterator(sim, node, worker, held, ITERATOR.atSequenceNumber, position)
  }
}

function iterator(
  sim: Simulation,
  node: number,
  worker: Worker,
  held: Held,
  type: number,
  at = 0,
): void {
  const { streamWire } = stateOf(sim, node)
  const call = askIterator(sim, node, streamOf(sim, node), streamWire, held.shard, type, at)
  sim.world.calls.token[call] = tokenOf(worker, held.term)
}

/** The next read of the shard, when the time between two has passed. */
export function readLater(sim: Simulation, node: number, worker: Worker, held: Held): void {
  if (held.waiting || !held.cursor) return
  const { idleTimeBetweenReadsInMillis } = sim.world.nodes[node].config
  const readUs = held.readUs + fromMs(Number(idleTimeBetweenReadsInMillis))
  held.waiting = true
  if (sim.nowUs >= readUs) read(sim, node, worker, held)
  else sim.at(readUs, node, EVENT.read, held.term)
}

function read(sim: Simulation, node: number, worker: Worker, held: Held): void {
  const { cursor } = held
  if (!cursor) return
  const { streamWire } = stateOf(sim, node)
  const limit = Number(sim.world.nodes[node].config.maxRecords)
  held.readUs = sim.nowUs
  held.cursor = null
  const call = askRecords(sim, node, streamOf(sim, node), streamWire, cursor, limit)
  sim.world.calls.token[call] = tokenOf(worker, held.term)
}

/** Records, or an iterator (a batch without any), have come; undefined when they were refused. */
export function answeredRead(
  sim: Simulation,
  node: number,
  held: Held,
  call: number,
): RecordBatch | undefined {
  const batch = answeredBatch(sim, call)
  if (batch) {
    held.waiting = false
    return batch
  }
  const code = sim.errorOf(call)?.code
  if (code === 'ProvisionedThroughputExceededException') count(sim, node, 'readsThrottled')
  sim.at(sim.nowUs + PATIENCE_US, node, EVENT.read, held.term)
  const { calls } = sim.world
  if (sim.operationOf(call).name === 'GetRecords' && code !== 'ExpiredIteratorException') {
    // The same iterator once more.
    const position = calls.arg2[call]
    held.cursor = { shard: held.shard, position, expiresUs: calls.dueUs[call] }
  }
  return undefined
}

/** It is time to read; without an iterator, to take a new one. */
export function readDue(sim: Simulation, node: number, worker: Worker, held: Held): void {
  const { processed } = held
  if (isPushed(sim, node)) subscribe(sim, node, worker, held)
  else if (held.cursor) read(sim, node, worker, held)
  else if (!processed) startReading(sim, node, worker, held)
  else iterator(sim, node, worker, held, ITERATOR.afterSequenceNumber, processed.position)
}

// --- enhanced fan-out ----------------------------------------------------------------------------

/** One worker does it for all. */
function register(sim: Simulation, node: number, worker: Worker): void {
  const { nodes } = sim.world
  const state = stateOf(sim, node)
  if (livingIn(state, state.registrar)) return
  state.registrar = worker.life
  askStream(sim, node, worker, worker.life, 'RegisterStreamConsumer', {
    StreamARN: arn('kinesis', `stream/${nodes[streamOf(sim, node)].name}`),
    ConsumerName: nodes[node].name,
  })
}

/** Whether there is one already or not, all look whether it is ACTIVE. */
export function lookAtConsumer(sim: Simulation, node: number, worker: Worker): void {
  const { nodes } = sim.world
  askStream(sim, node, worker, worker.life, 'DescribeStreamConsumer', {
    StreamARN: arn('kinesis', `stream/${nodes[streamOf(sim, node)].name}`),
    ConsumerName: nodes[node].name,
  })
}

interface Described {
  readonly ConsumerDescription: { readonly ConsumerARN: string; readonly ConsumerStatus: string }
}

/** Once the consumer is ACTIVE, all that wait for it subscribe. */
export function described(sim: Simulation, node: number, worker: Worker, told: OutsideCall): void {
  const { ConsumerDescription } = (told.output ?? {}) as Partial<Described>
  if (ConsumerDescription?.ConsumerStatus !== 'ACTIVE') {
    sim.at(sim.nowUs + PATIENCE_US, node, EVENT.look, worker.life)
    return
  }
  const state = stateOf(sim, node)
  state.consumerArn = ConsumerDescription.ConsumerARN
  for (const each of state.workers) {
    for (const held of each.held) if (!held.waiting) subscribe(sim, node, each, held)
  }
}

function subscribe(sim: Simulation, node: number, worker: Worker, held: Held): void {
  held.waiting = true
  const from = held.continuation === '' ? held.from : held.continuation
  const isPlain = from === 'TRIM_HORIZON' || from === 'LATEST'
  askStream(sim, node, worker, held.term, 'SubscribeToShard', {
    ConsumerARN: stateOf(sim, node).consumerArn,
    ShardId: shardIdOf(held.shard),
    StartingPosition: isPlain
      ? { Type: from }
      : {
          Type: held.continuation === '' ? 'AT_SEQUENCE_NUMBER' : 'AFTER_SEQUENCE_NUMBER',
          SequenceNumber: from,
        },
  })
}

/** A push; undefined for the end of a subscription or its refusal. */
export function answeredPush(
  sim: Simulation,
  node: number,
  worker: Worker,
  held: Held,
  call: number,
): RecordBatch | undefined {
  const batch = answeredBatch(sim, call)
  if (batch) {
    held.continuation = batch.continuation ?? held.continuation
  } else if (sim.errorOf(call)) {
    sim.at(sim.nowUs + PATIENCE_US, node, EVENT.read, held.term)
  } else if (held.wants !== 'end' && held.batches.every(({ next }) => next >= 0)) {
    // Five minutes are over.
    subscribe(sim, node, worker, held)
  }
  return batch
}
