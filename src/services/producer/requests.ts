/**
 * Requests that wait for replies. A background thread polls the queue of replies and hands each to the
 * request that waits for it; virtual queues exist only here, so making and deleting them costs no call
 * (FACTS 2.9). What nobody waits for any more is deleted, and counted as orphaned.
 */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { queueUrl } from '../aws.ts'
import { addLatency, createLatencies, type Latencies } from '../latency.ts'
import { addressIn, requestOf } from '../replies.ts'
import { COUNTER, EVENT, NEWS } from './books.ts'
import { idOf, type ReplyTo } from './correlation.ts'
import type { RequesterSettings } from './requesterFields.ts'
import type { Draw } from './template.ts'

/** A request that waits; by its id. Frozen. */
interface Waiting {
  readonly slot: number
  readonly serial: number
  readonly madeUs: SimUs
  readonly key: number
}

/** Of one key: how many requests wait at it, and when one last began or ended. Frozen. */
interface VirtualQueue {
  readonly waiting: number
  readonly usedUs: SimUs
}

export interface Requests {
  settings: RequesterSettings | null
  /** The wire that replies come along, or -1; its queue, and operations of it. */
  wire: number
  queue: number
  receive: number
  remove: number
  /** Tells the present poll from that of an earlier wire. */
  turn: number
  readonly waiting: Map<string, Waiting>
  /** By key, where each key has one. */
  readonly virtualQueues: Map<number, VirtualQueue>
  readonly latencies: Latencies
}

export const createRequests = (): Requests => ({
  settings: null,
  wire: -1,
  queue: -1,
  receive: -1,
  remove: -1,
  turn: 0,
  waiting: new Map(),
  virtualQueues: new Map(),
  latencies: createLatencies(),
})

export const replyToOf = (sim: Simulation, { settings, queue }: Requests): ReplyTo | null =>
  settings && queue >= 0
    ? { by: settings.by, queueUrl: queueUrl(sim.world.nodes[queue].name) }
    : null

/** Tokens of calls about replies begin here: above any count of tries. */
const FIRST_TOKEN = 1 << 10
const PURPOSE = { receive: 0, remove: 1 } as const

export const isAboutReplies = (token: number): boolean => token >= FIRST_TOKEN

/** Listens to the queue of replies by the present wires and settings; a new one ends the poll of the old. */
export function listen(
  sim: Simulation,
  node: number,
  requests: Requests,
  settings: RequesterSettings | null,
): void {
  const { nodes, wires } = sim.world
  const drawn = nodes[node].in.find((wire) => wires[wire].role === 'poll')
  const wire = settings ? (drawn ?? -1) : -1
  requests.settings = settings
  if (wire === requests.wire) return
  requests.wire = wire
  requests.queue = wire < 0 ? -1 : wires[wire].from
  requests.turn++
  if (wire < 0) return
  requests.receive = sim.operationIndex(requests.queue, 'ReceiveMessage')
  requests.remove = sim.operationIndex(requests.queue, 'DeleteMessageBatch')
  poll(sim, node, requests, requests.turn)
}

const LONG_POLL_US = 20 * US_PER_S
const PAUSE_AFTER_ERROR_US = US_PER_S

export function poll(sim: Simulation, node: number, requests: Requests, turn: number): void {
  if (turn !== requests.turn) return
  const { calls } = sim.world
  const call = sim.call(node, requests.queue, requests.receive, requests.wire)
  calls.token[call] = FIRST_TOKEN + 2 * turn + PURPOSE.receive
  calls.arg[call] = LONG_POLL_US
  calls.arg2[call] = -1
  calls.arg3[call] = ITEMS_PER_CALL
  sim.send(call)
}

/** An answer of the queue of replies. */
export function answeredByQueue(
  sim: Simulation,
  node: number,
  requests: Requests,
  call: number,
): void {
  const { calls } = sim.world
  const number = calls.token[call] - FIRST_TOKEN
  if (number % 2 === PURPOSE.remove) return
  const turn = Math.floor(number / 2)
  if (calls.code[call] !== CODE.ok) {
    sim.at(sim.nowUs + PAUSE_AFTER_ERROR_US, node, EVENT.poll, turn)
    return
  }
  // What comes after the wire is gone is not taken: it becomes visible again.
  if (turn !== requests.turn) return
  const count = calls.count[call]
  for (let n = 0; n < count; n++) {
    const place = call * ITEMS_PER_CALL + n
    take(sim, node, requests, calls.slots[place], calls.serials[place])
  }
  if (count > 0) removeReplies(sim, node, requests, call)
  poll(sim, node, requests, turn)
}

function removeReplies(sim: Simulation, node: number, requests: Requests, received: number): void {
  const { calls } = sim.world
  const call = sim.call(node, requests.queue, requests.remove, requests.wire)
  for (let n = 0; n < calls.count[received]; n++) {
    const place = received * ITEMS_PER_CALL + n
    addItem(calls, call, calls.slots[place], calls.receipts[place], calls.serials[place])
  }
  calls.token[call] = FIRST_TOKEN + 2 * requests.turn + PURPOSE.remove
  sim.send(call)
}

/** Hands a reply to the request that waits for it, if one does. */
function take(
  sim: Simulation,
  node: number,
  requests: Requests,
  slot: number,
  serial: number,
): void {
  const { counters } = sim.world.nodes[node]
  const id = requestOf(sim.contentOf(slot).attributes)
  const request = requests.waiting.get(id)
  if (!request) {
    counters[COUNTER.orphanedReplies]++
    sim.news(node, NEWS.orphaned, slot, serial)
    return
  }
  end(sim, requests, id, request)
  counters[COUNTER.replied]++
  addLatency(requests.latencies, sim.nowUs, sim.nowUs - request.madeUs)
}

/** A message asks for a reply from now on. */
export function begin(
  sim: Simulation,
  node: number,
  requests: Requests,
  seed: number,
  draw: Draw,
  slot: number,
): void {
  const { messages, nodes, nowUs } = sim.world
  const { by, timeoutUs } = requests.settings!
  nodes[node].counters[COUNTER.requests]++
  const serial = messages.serial[slot]
  const request = Object.freeze({ slot, serial, madeUs: nowUs, key: draw.key })
  requests.waiting.set(idOf(seed, draw.ordinal), request)
  sim.at(nowUs + timeoutUs, node, EVENT.timeout, draw.ordinal)
  if (by === 'key') use(sim, node, requests, draw.key)
}

/** The time of a request is over: if no reply has come, none is waited for. */
export function timeOut(
  sim: Simulation,
  node: number,
  requests: Requests,
  seed: number,
  ordinal: number,
): void {
  const id = idOf(seed, ordinal)
  const request = requests.waiting.get(id)
  if (!request) return
  end(sim, requests, id, request)
  sim.world.nodes[node].counters[COUNTER.timedOut]++
  sim.news(node, NEWS.timedOut, request.slot, request.serial)
}

/** A message was given up: if it is the first copy of its request, nobody will reply. */
export function giveUp(sim: Simulation, node: number, requests: Requests, slot: number): void {
  if (requests.waiting.size === 0) return
  const address = addressIn(sim.contentOf(slot).attributes)
  const id = address ? address.correlationId || address.virtualQueue : ''
  const request = requests.waiting.get(id)
  if (request?.serial !== sim.world.messages.serial[slot]) return
  end(sim, requests, id, request)
  sim.world.nodes[node].counters[COUNTER.unsent]++
}

function end(sim: Simulation, requests: Requests, id: string, { key }: Waiting): void {
  requests.waiting.delete(id)
  const virtual = requests.virtualQueues.get(key)
  if (!virtual) return
  const waiting = virtual.waiting - 1
  requests.virtualQueues.set(key, Object.freeze({ waiting, usedUs: sim.nowUs }))
}

/** A request begins at the virtual queue of its key, which is made if it is not there. */
function use(sim: Simulation, node: number, requests: Requests, key: number): void {
  const present = requests.virtualQueues.get(key)
  const waiting = (present?.waiting ?? 0) + 1
  requests.virtualQueues.set(key, Object.freeze({ waiting, usedUs: sim.nowUs }))
  if (!present) sim.at(sim.nowUs + requests.settings!.idleUs, node, EVENT.idle, key)
}

/** Deletes a virtual queue that was idle for long enough, or looks again when it may be. */
export function sweep(sim: Simulation, node: number, requests: Requests, key: number): void {
  const virtual = requests.virtualQueues.get(key)
  if (!virtual) return
  const idleUs = requests.settings?.idleUs ?? 0
  const dueUs = virtual.waiting > 0 ? sim.nowUs + idleUs : virtual.usedUs + idleUs
  if (dueUs > sim.nowUs) sim.at(dueUs, node, EVENT.idle, key)
  else requests.virtualQueues.delete(key)
}

/** How many virtual queues there are now. */
export function virtualQueueCount({ settings, waiting, virtualQueues }: Requests): number {
  return settings?.by === 'request' ? waiting.size : virtualQueues.size
}
