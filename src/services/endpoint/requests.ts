/** A delivery at an endpoint: taken in hand, answered after the response time, kept to be looked at. */
import { counted, formatDuration } from '../../base/format.ts'
import { nextUnit } from '../../base/random.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addLatency } from '../latency.ts'
import { addRecent } from '../recent.ts'
import { isWeb } from './addresses.ts'
import { COUNTER, EVENT, RESULT, failureResult } from './books.ts'
import { noteConfirmation } from './confirm.ts'
import { isDown, stateOf, type Arrival, type State } from './state.ts'
import { lineOf, smsParts } from './words.ts'

/** A topic delivers. The call's `arg2` is how long it waits for the answer (µs), 0 for as long as it takes. */
export function take(sim: Simulation, node: number, call: number): void {
  const state = stateOf(sim, node)
  const { responseUs } = state.settings
  sim.world.nodes[node].counters[COUNTER.requests]++
  const code = resultOf(sim, state, call)
  if (code === RESULT.unreachable || code === RESULT.disabled) {
    answer(sim, node, call, code)
    return
  }
  const patienceUs = sim.world.calls.arg2[call]
  const isLate = patienceUs > 0 && responseUs > patienceUs
  const id = state.nextId++
  state.inHand.push({ id, call, code: isLate ? RESULT.timeout : code })
  sim.at(sim.nowUs + (isLate ? patienceUs : responseUs), node, EVENT.answer, call, id)
}

/** Publish without a topic: accepted at once, and on the device right after (FACTS 3.2). */
export function takeDirect(sim: Simulation, node: number, call: number): void {
  sim.world.nodes[node].counters[COUNTER.requests]++
  const code = resultOf(sim, stateOf(sim, node), call)
  answer(sim, node, call, code)
}

function resultOf(sim: Simulation, state: State, call: number): number {
  const { settings } = state
  const { protocol, failureChance } = settings
  const slot = sim.world.calls.slots[call * ITEMS_PER_CALL]
  if (protocol === 'application' && !settings.isEnabled) return RESULT.disabled
  if (protocol === 'sms' && smsParts(sim.contentOf(slot).body) === 0) return RESULT.tooLong
  if (isDown(sim, state)) return RESULT.unreachable
  if (failureChance === 0 || nextUnit(sim.world.random, state.chance) >= failureChance) {
    return CODE.ok
  }
  return isWeb(protocol) ? failureResult(settings.failureStatus) : RESULT.undelivered
}

/** The response time of a call in hand is over. */
export function answerDue(sim: Simulation, node: number, id: number): void {
  const { inHand } = stateOf(sim, node)
  const place = inHand.findIndex((one) => one.id === id)
  if (place < 0) return
  const [{ call, code }] = inHand.splice(place, 1)
  answer(sim, node, call, code)
}

/** The part is gone: whoever waits is told. */
export function answerAll(sim: Simulation, node: number): void {
  const { inHand } = stateOf(sim, node)
  const { counters } = sim.world.nodes[node]
  counters[COUNTER.refused] += inHand.length
  for (const { call } of inHand.splice(0)) sim.answer(call, CODE.gone)
}

function answer(sim: Simulation, node: number, call: number, code: number): void {
  const state = stateOf(sim, node)
  const { calls, messages, nodes } = sim.world
  const slot = calls.slots[call * ITEMS_PER_CALL]
  const arrival = arrivalOf(sim, node, call, code)
  keep(code === CODE.ok ? state.accepted : state.refused, arrival)
  const status = sim.errorFor(node, code)?.status ?? 200
  state.lines.unshift(lineOf(state.settings.protocol, arrival.content, status).slice(0, 120))
  state.lines.length = Math.min(state.lines.length, LINES)
  nodes[node].counters[code === CODE.ok ? COUNTER.accepted : COUNTER.refused]++
  addRecent(state.recent, sim.nowUs, 0, 1)
  if (code === CODE.ok) addLatency(state.latencies, sim.nowUs, sim.nowUs - messages.beganUs[slot])
  sim.answer(call, code)
  if (code !== CODE.ok) return
  sim.release(slot)
  noteConfirmation(sim, node, arrival.content.body)
}

const LINES = 4
/** Of each list; older ones are only counted. */
const KEPT = 200

function keep(list: Arrival[], arrival: Arrival): void {
  list.unshift(arrival)
  if (list.length > KEPT) list.pop()
}

function arrivalOf(sim: Simulation, node: number, call: number, code: number): Arrival {
  const { calls, messages } = sim.world
  const slot = calls.slots[call * ITEMS_PER_CALL]
  return Object.freeze({
    message: messages.serial[slot],
    hue: messages.hue[slot],
    content: sim.contentOf(slot),
    sizeBytes: messages.sizeBytes[slot],
    atUs: sim.nowUs,
    outcome: outcomeOf(sim, node, call, code),
  })
}

function outcomeOf(sim: Simulation, node: number, call: number, code: number): string {
  const { protocol, responseUs } = stateOf(sim, node).settings
  const { calls } = sim.world
  const attempt = calls.arg3[call] > 0 && calls.token[call] >= 0 ? calls.arg3[call] : 0
  const tried = attempt > 0 ? ` (retry ${attempt})` : ''
  const error = sim.errorFor(node, code)
  if (code === RESULT.timeout) return `no answer within 15 s${tried}`
  if (code === RESULT.unreachable) return `nobody answered${tried}`
  if (isWeb(protocol)) {
    return `answered ${error?.status ?? 200} after ${formatDuration(responseUs)}${tried}`
  }
  if (error) return `${error.message.replace(/\.$/, '')}${tried}`
  if (protocol !== 'sms') return `delivered${tried}`
  const parts = smsParts(sim.contentOf(calls.slots[call * ITEMS_PER_CALL]).body)
  return `delivered in ${counted(parts, 'part')}${tried}`
}
