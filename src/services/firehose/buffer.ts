/** Records collect in a buffer until it is full or its interval is over (FACTS 8). */
import type { SimUs } from '../../base/units.ts'
import { append, createList, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { startBatch } from './batches.ts'
import { EVENT } from './events.ts'
import { stateOf, type State } from './state.ts'

/** A record that was accepted. */
export function collect(sim: Simulation, node: number, slot: number): void {
  const { messages } = sim.world
  const state = stateOf(sim, node)
  const { buffer, settings } = state
  append(messages, buffer.records, slot)
  buffer.bytes += messages.sizeBytes[slot]
  if (buffer.records.count === 1) {
    buffer.openedUs = sim.nowUs
    arm(sim, node, state)
  }
  if (buffer.bytes >= settings.sizeBytes) flush(sim, node)
}

/** When the buffer is delivered at the latest; Infinity while it is empty. */
export const flushesAtUs = ({ buffer, settings }: State): SimUs =>
  buffer.records.count === 0 ? Infinity : buffer.openedUs + settings.intervalUs

function arm(sim: Simulation, node: number, state: State): void {
  const atUs = Math.max(sim.nowUs, flushesAtUs(state))
  sim.at(atUs, node, EVENT.closeBuffer, state.buffer.filling)
}

/** The interval is over, unless the buffer was closed by its size meanwhile. */
export function closeInTime(sim: Simulation, node: number, filling: number): void {
  if (filling === stateOf(sim, node).buffer.filling) flush(sim, node)
}

/** Hints changed: what waits is held to the new ones. */
export function rearm(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const { buffer, settings } = state
  if (buffer.records.count === 0) return
  buffer.filling++
  if (buffer.bytes >= settings.sizeBytes) flush(sim, node)
  else arm(sim, node, state)
}

/** Everything that waits sets out together. */
export function flush(sim: Simulation, node: number): void {
  const { buffer } = stateOf(sim, node)
  if (buffer.records.count === 0) return
  const { bytes } = buffer
  const records = takeAll(buffer.records)
  buffer.bytes = 0
  buffer.filling++
  startBatch(sim, node, records, bytes)
}

/** The list's records in a list of their own. */
function takeAll(from: MessageList): MessageList {
  const taken = { ...from }
  Object.assign(from, createList())
  return taken
}
