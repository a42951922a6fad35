/** PutRecord and PutRecordBatch at the service's side: the quota, then into the buffer (FACTS 8). */
import { US_PER_S } from '../../base/units.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { HOP_LOOK } from '../../engine/frame.ts'
import { MESSAGE_STATE } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { count } from './books.ts'
import { takeIn } from './buffer.ts'
import { countIngested } from './charges.ts'
import { RESULT } from './errors.ts'
import { keepIngested } from './ingested.ts'
import { sourceType } from './sources.ts'
import { stateOf, type State } from './state.ts'

/** One record; refused, the call fails. */
export function takeOne(sim: Simulation, node: number, call: number): void {
  const refused = takeRecords(sim, node, call)
  sim.answer(call, refused > 0 ? RESULT.slowDown : CODE.ok)
}

/** Up to 500; the call is fine even when some of them are refused. */
export function takeBatch(sim: Simulation, node: number, call: number): void {
  sim.answer(call, CODE.ok, takeRecords(sim, node, call))
}

/** Whether records may be put at all; if not, the call is answered. */
export function isOpen(sim: Simulation, node: number, call: number): boolean {
  const type = sourceType(sim, node)
  if (type === 'DirectPut') return true
  sim.answer(call, type === 'MSKAsSource' ? RESULT.readsTopic : RESULT.readsStream)
  return false
}

/** Returns how many the quota refused. */
function takeRecords(sim: Simulation, node: number, call: number): number {
  const { calls, messages } = sim.world
  const state = stateOf(sim, node)
  const first = call * ITEMS_PER_CALL
  const mayCall = countRequest(sim, state)
  let refused = 0
  for (let place = first; place < first + calls.count[call]; place++) {
    const slot = calls.slots[place]
    if (slot < 0) continue
    if (mayCall && countRecord(state, messages.sizeBytes[slot])) {
      accept(sim, node, slot)
      continue
    }
    calls.codes[place] = RESULT.slowDown
    refused++
    const wire = calls.wire[call]
    if (wire >= 0 && calls.count[call] > 1) {
      sim.hop(wire, sim.world.network.carryUs, slot, HOP_LOOK.refused)
    }
  }
  count(sim, node, 'IncomingPutRequests')
  if (refused > 0) {
    count(sim, node, 'ThrottledRecords', refused)
    sim.mark(node, 'throttled', 0, refused)
  }
  return refused
}

/** The record is the stream's from now on. */
export function accept(sim: Simulation, node: number, slot: number): void {
  const { messages } = sim.world
  messages.node[slot] = node
  messages.state[slot] = MESSAGE_STATE.visible
  messages.enteredUs[slot] = sim.nowUs
  if (messages.sentUs[slot] === 0) messages.sentUs[slot] = sim.nowUs
  count(sim, node, 'IncomingRecords')
  count(sim, node, 'IncomingBytes', messages.sizeBytes[slot])
  countIngested(sim, node, messages.sizeBytes[slot])
  keepIngested(sim, node, slot)
  takeIn(sim, node, slot)
}

/** What AWS gives for each MiB/s of quota in large Regions: 2,000 requests and 500,000 records for 5. */
const BYTES = 1_048_576
const REQUESTS_PER_MIB = 400
const RECORDS_PER_MIB = 100_000

function countRequest(sim: Simulation, { second, settings }: State): boolean {
  const startUs = Math.floor(sim.nowUs / US_PER_S) * US_PER_S
  if (second.startUs !== startUs)
    Object.assign(second, { startUs, bytes: 0, records: 0, requests: 0 })
  if (settings.quotaBytes === 0) return true
  if (second.requests >= (settings.quotaBytes / BYTES) * REQUESTS_PER_MIB) return false
  second.requests++
  return true
}

function countRecord({ second, settings }: State, bytes: number): boolean {
  const { quotaBytes } = settings
  if (quotaBytes === 0) return true
  if (second.bytes + bytes > quotaBytes) return false
  if (second.records >= (quotaBytes / BYTES) * RECORDS_PER_MIB) return false
  second.bytes += bytes
  second.records++
  return true
}
