/** The on-failure destination: a queue or topic that is told what Lambda gives up (FACTS 7). */
import { hash32 } from '../../base/random.ts'
import { uuidFrom } from '../../base/hash.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import { newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { isoTime } from '../../base/calendar.ts'
import type { SimUs } from '../../base/units.ts'
import { utf8Length } from '../../base/utf8.ts'
import { arn, epochMs } from '../aws.ts'
import { sequenceOf } from '../sequence.ts'
import { count } from './books.ts'
import { functionArn } from './names.ts'
import type { AsyncEvent, Item } from './state.ts'
import type { Batch, ShardReader } from './stream/state.ts'
import { wayTo } from './ways.ts'

/** Token of the calls to a destination; results have their run's id. */
export const TO_DESTINATION = -1

/**
 * Tells the destination, if one is wired.
 * @param message serial of the first record that is given up, of `records`
 */
export function notify(
  sim: Simulation,
  node: number,
  message: number,
  records: number,
  about: unknown,
): void {
  const { nodes, wires, calls, messages } = sim.world
  const wire = nodes[node].out.find(
    (each) => wires[each].role === 'send' && wires[each].config.use === 'onFailure',
  )
  if (wire === undefined) {
    sim.mark(node, 'lost', message, records)
    return
  }
  sim.mark(node, 'deadLettered', message, records)
  const { to } = wires[wire]
  const body = JSON.stringify(about)
  const call = sim.call(node, to, wayTo(sim, to), wire)
  addItem(
    calls,
    call,
    newLiteralMessage(messages, { body, attributes: {} }, utf8Length(body), 0),
    0,
  )
  calls.arg[call] = -1
  calls.token[call] = TO_DESTINATION
  sim.send(call)
}

export function destinationAnswered(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  if (calls.code[call] === CODE.ok) {
    count(sim, node, 'toDestination')
    return
  }
  count(sim, node, 'DestinationDeliveryFailures')
  sim.mark(node, 'lost')
  sim.release(calls.slots[call * ITEMS_PER_CALL])
}

/** The record of an asynchronous event that is given up. */
export const eventFailed = (
  sim: Simulation,
  node: number,
  slot: number,
  { serial, errors }: AsyncEvent,
  condition: string,
) => ({
  version: '1.0',
  timestamp: isoTime(epochMs(sim.nowUs)),
  requestContext: {
    requestId: requestId(sim, serial),
    functionArn: `${functionArn(sim.world.nodes[node].name)}:$LATEST`,
    condition,
    approximateInvokeCount: errors,
  },
  requestPayload: parsed(sim.contentOf(slot).body),
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorMessage: 'The record could not be processed.', errorType: 'Error' },
})

/** The record of a batch of a stream that is given up: where it is, not what it says (FACTS 7). */
export const batchFailed = (
  sim: Simulation,
  node: number,
  stream: number,
  { shard, createdUs }: ShardReader,
  { items, tries, reported }: Batch,
  condition: string,
) => ({
  requestContext: {
    requestId: requestId(sim, items[0].serial),
    functionArn: functionArn(sim.world.nodes[node].name),
    condition,
    approximateInvokeCount: tries,
  },
  responseContext: {
    statusCode: 200,
    executedVersion: '$LATEST',
    functionError: reported ? null : 'Unhandled',
  },
  version: '1.0',
  timestamp: isoTime(epochMs(sim.nowUs)),
  KinesisBatchInfo: {
    shardId: `shardId-${String(shard).padStart(12, '0')}`,
    startSequenceNumber: sequenceIn(createdUs, shard, items[0]),
    endSequenceNumber: sequenceIn(createdUs, shard, items.at(-1)!),
    approximateArrivalOfFirstRecord: isoTime(epochMs(items[0].atUs)),
    approximateArrivalOfLastRecord: isoTime(epochMs(items.at(-1)!.atUs)),
    batchSize: items.length,
    streamArn: arn('kinesis', `stream/${sim.world.nodes[stream].name}`),
  },
})

const sequenceIn = (createdUs: SimUs, shard: number, { place, atUs }: Item): string =>
  sequenceOf(createdUs, shard, place, atUs)

/** A UUID that follows from the seed and what the invocation was about. */
export function requestId(sim: Simulation, serial: number): string {
  const { seed } = sim.world.scenario
  const a = hash32(seed ^ 0x6c616d62, serial)
  const b = hash32(serial, a)
  return uuidFrom(a, b, hash32(a, b), hash32(b, a))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
