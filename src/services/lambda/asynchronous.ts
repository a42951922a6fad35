/**
 * Asynchronous invocations: Lambda takes the event, keeps it, and tries until it is done with: two more
 * times after an error of the function, for up to six hours while it is throttled (FACTS 7).
 */
import { US_PER_MINUTE, US_PER_S, type SimUs } from '../../base/units.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { append, unlink } from '../../engine/lists.ts'
import { MESSAGE_STATE } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { EVENT, NEWS, count } from './books.ts'
import { eventFailed, notify } from './destination.ts'
import { execute } from './execution.ts'
import { itemOf } from './items.ts'
import { REPORTS, stateOf, type Result } from './state.ts'

/** The event is the function's from now on. */
export function accept(sim: Simulation, node: number, call: number): void {
  const { calls, messages } = sim.world
  const state = stateOf(sim, node)
  const slot = calls.slots[call * ITEMS_PER_CALL]
  const serial = messages.serial[slot]
  messages.node[slot] = node
  messages.state[slot] = MESSAGE_STATE.visible
  messages.sentUs[slot] = sim.nowUs
  append(messages, state.asyncList, slot)
  state.asyncEvents.set(slot, { serial, acceptedUs: sim.nowUs, errors: 0, throttles: 0 })
  count(sim, node, 'received')
  count(sim, node, 'AsyncEventsReceived')
  sim.answer(call, CODE.ok)
  attempt(sim, node, slot, serial)
}

/** One try. */
export function attempt(sim: Simulation, node: number, slot: number, serial: number): void {
  const state = stateOf(sim, node)
  const event = state.asyncEvents.get(slot)
  if (event?.serial !== serial) return
  const refusal = execute(sim, node, { type: 'async', slot }, [itemOf(sim, slot)], REPORTS.none)
  if (refusal === 0) return
  event.throttles++
  tryAfter(sim, node, slot, backoffUs(event.throttles))
}

/** 1 s, then twice as long each time, at most 5 minutes (FACTS 7). */
const backoffUs = (throttles: number): SimUs =>
  Math.min(5 * US_PER_MINUTE, US_PER_S * (1 << Math.min(throttles - 1, 20)))

/** Tries again after this long, or gives up: it would be too old by then. */
function tryAfter(sim: Simulation, node: number, slot: number, waitUs: SimUs): void {
  const { settings, asyncEvents } = stateOf(sim, node)
  const { serial, acceptedUs } = asyncEvents.get(slot)!
  if (sim.nowUs + waitUs - acceptedUs > settings.asyncAgeUs) {
    giveUp(sim, node, slot, 'EventAgeExceeded')
    return
  }
  count(sim, node, 'retried')
  sim.news(node, NEWS.retry, slot)
  sim.at(sim.nowUs + waitUs, node, EVENT.asynchronous, slot, serial)
}

export function asyncFinished(sim: Simulation, node: number, slot: number, { isOk }: Result): void {
  const { settings, asyncEvents } = stateOf(sim, node)
  const event = asyncEvents.get(slot)!
  if (isOk) {
    count(sim, node, 'processed')
    letGo(sim, node, slot)
    return
  }
  event.errors++
  // One minute before the first retry, two before the second (FACTS 7).
  if (event.errors <= settings.asyncRetries) tryAfter(sim, node, slot, event.errors * US_PER_MINUTE)
  else giveUp(sim, node, slot, 'RetriesExhausted')
}

/** To the on-failure destination, or lost. */
function giveUp(sim: Simulation, node: number, slot: number, condition: string): void {
  const event = stateOf(sim, node).asyncEvents.get(slot)!
  count(sim, node, 'discarded')
  count(sim, node, 'AsyncEventsDropped')
  sim.news(node, NEWS.discarded, slot)
  notify(sim, node, event.serial, 1, eventFailed(sim, node, slot, event, condition))
  letGo(sim, node, slot)
}

/** It is done with. */
export function letGo(sim: Simulation, node: number, slot: number): void {
  const state = stateOf(sim, node)
  state.asyncEvents.delete(slot)
  unlink(sim.world.messages, state.asyncList, slot)
  sim.release(slot)
}
