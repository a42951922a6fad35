/**
 * Records collect in a buffer until it is full or its interval is over: first in one of those that are
 * to be transformed, if there is a function for it, then in one for delivery (FACTS 8).
 */
import type { SimUs } from '../../base/units.ts'
import { append, createList, unlink, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { deliverBatch } from './batches.ts'
import { EVENT } from './events.ts'
import { stateOf, type BufferName, type State } from './state.ts'
import { transformBatch } from './transform.ts'

/** In the order in which records go through them; an event's `b`. */
const NAMES: readonly BufferName[] = ['transform', 'deliver']

/** A record that was accepted. */
export function takeIn(sim: Simulation, node: number, slot: number): void {
  collect(sim, node, stateOf(sim, node).transform ? 'transform' : 'deliver', slot)
}

export function collect(sim: Simulation, node: number, name: BufferName, slot: number): void {
  const { messages } = sim.world
  const state = stateOf(sim, node)
  const buffer = state.buffers[name]
  append(messages, buffer.records, slot)
  buffer.bytes += messages.sizeBytes[slot]
  if (buffer.records.count === 1) {
    buffer.openedUs = sim.nowUs
    arm(sim, node, state, name)
  }
  if (buffer.bytes >= hintsOf(state, name).sizeBytes) empty(sim, node, name)
}

/** Those of the function when there is one. */
const hintsOf = (state: State, name: BufferName) =>
  name === 'transform' && state.transform ? state.transform : state.settings

/** When the buffer is emptied at the latest; Infinity while it is. */
export function flushesAtUs(state: State, name: BufferName): SimUs {
  const { records, openedUs } = state.buffers[name]
  return records.count === 0 ? Infinity : openedUs + hintsOf(state, name).intervalUs
}

function arm(sim: Simulation, node: number, state: State, name: BufferName): void {
  const atUs = Math.max(sim.nowUs, flushesAtUs(state, name))
  const { filling } = state.buffers[name]
  sim.at(atUs, node, EVENT.closeBuffer, filling, NAMES.indexOf(name))
}

/** The interval is over, unless the buffer was closed by its size meanwhile. */
export function closeInTime(sim: Simulation, node: number, filling: number, place: number): void {
  const name = NAMES[place]
  if (filling === stateOf(sim, node).buffers[name].filling) empty(sim, node, name)
}

/** Hints changed: what waits is held to the new ones. */
export function rearm(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  if (!state.transform) passOn(sim, node, state.buffers.transform.records)
  for (const name of NAMES) {
    const buffer = state.buffers[name]
    if (buffer.records.count === 0) continue
    buffer.filling++
    if (buffer.bytes >= hintsOf(state, name).sizeBytes) empty(sim, node, name)
    else arm(sim, node, state, name)
  }
}

/** Nobody transforms these any more: they wait for delivery as they are. */
export function passOn(sim: Simulation, node: number, records: MessageList): void {
  const { buffers } = stateOf(sim, node)
  if (records === buffers.transform.records) buffers.transform.bytes = 0
  while (records.head >= 0) {
    const slot = records.head
    unlink(sim.world.messages, records, slot)
    collect(sim, node, 'deliver', slot)
  }
}

/** Everything that waits sets out, as if the intervals were over. */
export function flush(sim: Simulation, node: number): void {
  for (const name of NAMES) empty(sim, node, name)
}

function empty(sim: Simulation, node: number, name: BufferName): void {
  const buffer = stateOf(sim, node).buffers[name]
  if (buffer.records.count === 0) return
  const { bytes } = buffer
  const records = takeAll(buffer.records)
  buffer.bytes = 0
  buffer.filling++
  if (name === 'transform') transformBatch(sim, node, records, bytes)
  else deliverBatch(sim, node, records, bytes)
}

/** The list's records in a list of their own. */
function takeAll(from: MessageList): MessageList {
  const taken = { ...from }
  Object.assign(from, createList())
  return taken
}
