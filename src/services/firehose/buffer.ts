/**
 * Records collect in a buffer until it is full or its interval is over: first in one of those that are
 * to be transformed, if there is a function for it, then in one for delivery, or in that of its partition
 * (FACTS 8).
 */
import type { SimUs } from '../../base/units.ts'
import { append, createList, unlink, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { deliverBatch } from './batches.ts'
import { EVENT } from './events.ts'
import { bufferFor, putAside } from './lots.ts'
import { stateOf, type Buffer, type State } from './state.ts'
import { transformBatch } from './transform.ts'

/** What waits for delivery. */
export const deliverBuffers = ({ buffers, lots }: State): Buffer[] => [
  buffers.deliver,
  ...lots.values(),
]
const allBuffers = (state: State): Buffer[] => [state.buffers.transform, ...deliverBuffers(state)]

/** A record that was accepted. */
export function takeIn(sim: Simulation, node: number, slot: number): void {
  const { transform, buffers } = stateOf(sim, node)
  if (transform) put(sim, node, buffers.transform, slot)
  else collect(sim, node, slot)
}

/** A record that nothing has to be done to any more. */
export function collect(sim: Simulation, node: number, slot: number): void {
  put(sim, node, bufferFor(sim, node, slot), slot)
}

function put(sim: Simulation, node: number, buffer: Buffer, slot: number): void {
  const { messages } = sim.world
  const state = stateOf(sim, node)
  append(messages, buffer.records, slot)
  buffer.bytes += messages.sizeBytes[slot]
  if (buffer.records.count === 1) {
    buffer.openedUs = sim.nowUs
    arm(sim, node, state, buffer)
  }
  if (buffer.bytes >= hintsOf(state, buffer).sizeBytes) empty(sim, node, buffer)
}

/** Those of the function when there is one. */
const hintsOf = ({ buffers, transform, settings }: State, { id }: Buffer) =>
  id === buffers.transform.id && transform ? transform : settings

/** When the buffer is emptied at the latest; Infinity while it is. */
export function flushesAtUs(state: State, buffer: Buffer): SimUs {
  const { records, openedUs } = buffer
  return records.count === 0 ? Infinity : openedUs + hintsOf(state, buffer).intervalUs
}

function arm(sim: Simulation, node: number, state: State, buffer: Buffer): void {
  const atUs = Math.max(sim.nowUs, flushesAtUs(state, buffer))
  sim.at(atUs, node, EVENT.closeBuffer, buffer.filling, buffer.id)
}

/** The interval is over, unless the buffer was closed by its size meanwhile. */
export function closeInTime(sim: Simulation, node: number, filling: number, id: number): void {
  const buffer = allBuffers(stateOf(sim, node)).find((each) => each.id === id)
  if (buffer?.filling === filling) empty(sim, node, buffer)
}

/** Hints changed: what waits is held to the new ones. */
export function rearm(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  if (!state.transform) passOn(sim, node, state.buffers.transform.records)
  for (const buffer of allBuffers(state)) {
    if (buffer.records.count === 0) continue
    buffer.filling++
    if (buffer.bytes >= hintsOf(state, buffer).sizeBytes) empty(sim, node, buffer)
    else arm(sim, node, state, buffer)
  }
}

/** Nobody transforms these any more: they wait for delivery as they are. */
export function passOn(sim: Simulation, node: number, records: MessageList): void {
  const { buffers } = stateOf(sim, node)
  if (records === buffers.transform.records) buffers.transform.bytes = 0
  while (records.head >= 0) {
    const slot = records.head
    unlink(sim.world.messages, records, slot)
    collect(sim, node, slot)
  }
}

/** Everything that waits sets out, as if the intervals were over. */
export function flush(sim: Simulation, node: number): void {
  for (const buffer of allBuffers(stateOf(sim, node))) empty(sim, node, buffer)
}

function empty(sim: Simulation, node: number, buffer: Buffer): void {
  if (buffer.records.count === 0) return
  const { buffers, lots } = stateOf(sim, node)
  const { bytes, name, partition, failure } = buffer
  const records = takeAll(buffer.records)
  buffer.bytes = 0
  buffer.filling++
  if (name !== '') lots.delete(name)
  if (buffer === buffers.transform) transformBatch(sim, node, records, bytes)
  else if (failure !== '') putAside(sim, node, records, bytes, failure)
  else deliverBatch(sim, node, records, bytes, partition)
}

/** The list's records in a list of their own. */
function takeAll(from: MessageList): MessageList {
  const taken = { ...from }
  Object.assign(from, createList())
  return taken
}
