/** Records collect in a buffer until it is full or its time is over (FACTS 8). */
import type { SimUs } from '../../base/units.ts'
import { append, createList, unlink, type MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { startBatch } from './batches.ts'
import { EVENT } from './events.ts'
import { stateOf, type Buffer, type State } from './state.ts'
import { transformWire } from './transform.ts'

/** A record that was accepted: first to the transform, where there is one. */
export function receive(sim: Simulation, node: number, slot: number): void {
  const state = stateOf(sim, node)
  if (transformWire(sim, node) < 0) collect(sim, node, state, state.buffer, slot)
  else collect(sim, node, state, state.intake, slot)
}

/** To what waits for delivery. */
export function collectForDelivery(sim: Simulation, node: number, slot: number): void {
  const state = stateOf(sim, node)
  collect(sim, node, state, state.buffer, slot)
}

function collect(sim: Simulation, node: number, state: State, buffer: Buffer, slot: number): void {
  const { messages } = sim.world
  append(messages, buffer.records, slot)
  buffer.bytes += messages.sizeBytes[slot]
  if (buffer.records.count === 1) {
    buffer.openedUs = sim.nowUs
    arm(sim, node, state, buffer)
  }
  if (buffer.bytes >= limitOf(state, buffer).bytes) flush(sim, node, buffer)
}

/** What closes a buffer. */
export const limitOf = (state: State, buffer: Buffer): { bytes: number; us: SimUs } =>
  buffer === state.intake
    ? { bytes: state.settings.transformBytes, us: state.settings.transformUs }
    : { bytes: state.settings.sizeBytes, us: state.settings.intervalUs }

/** When it is delivered at the latest; Infinity while it is empty. */
export const flushesAtUs = (state: State, buffer: Buffer): SimUs =>
  buffer.records.count === 0 ? Infinity : buffer.openedUs + limitOf(state, buffer).us

function arm(sim: Simulation, node: number, state: State, buffer: Buffer): void {
  const atUs = Math.max(sim.nowUs, flushesAtUs(state, buffer))
  const type = buffer === state.intake ? EVENT.closeIntake : EVENT.closeBuffer
  sim.at(atUs, node, type, buffer.filling)
}

/** The interval is over, unless the buffer was closed by its size meanwhile. */
export function closeInTime(sim: Simulation, node: number, buffer: Buffer, filling: number): void {
  if (filling === buffer.filling && buffer.records.count > 0) flush(sim, node, buffer)
}

/** Hints changed: what waits is held to the new ones. */
export function rearm(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  for (const buffer of [state.intake, state.buffer]) {
    if (buffer.records.count === 0) continue
    buffer.filling++
    if (buffer.bytes >= limitOf(state, buffer).bytes) flush(sim, node, buffer)
    else arm(sim, node, state, buffer)
  }
}

/** Everything that waits sets out together. */
export function flush(sim: Simulation, node: number, buffer: Buffer): void {
  const state = stateOf(sim, node)
  if (buffer.records.count === 0) return
  const records = takeAll(buffer.records)
  const { bytes } = buffer
  buffer.bytes = 0
  buffer.filling++
  const stage = buffer === state.intake ? 'transform' : 'deliver'
  startBatch(sim, node, { records, bytes, stage })
}

/** The list's records in a list of their own. */
function takeAll(from: MessageList): MessageList {
  const taken = { ...from }
  Object.assign(from, createList())
  return taken
}

/** Without a function there is nothing to wait for: what was on its way to it is delivered as it is. */
export function skipTransform(sim: Simulation, node: number): void {
  const { intake } = stateOf(sim, node)
  const { messages } = sim.world
  while (intake.records.head >= 0) {
    const slot = intake.records.head
    unlink(messages, intake.records, slot)
    collectForDelivery(sim, node, slot)
  }
  intake.bytes = 0
  intake.filling++
}
