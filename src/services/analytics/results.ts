/**
 * Results set out along every wire that leaves: each row is a JSON object. What a destination has no room
 * for is sent again until it is taken (at least once); what it refuses for good is lost.
 */
import { fromSeconds } from '../../base/units.ts'
import { utf8Length } from '../../base/utf8.ts'
import { answerTo, ask } from '../../engine/asks.ts'
import { CODE, ITEMS_PER_CALL, ITEMS_PER_LARGE_CALL, addItem } from '../../engine/calls.ts'
import { HOP_LOOK } from '../../engine/frame.ts'
import { largeCall } from '../../engine/large.ts'
import { newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addRecent } from '../recent.ts'
import { DELIVER, TRANSFORMED, askAboutRecords, transformedBy } from '../transform.ts'
import type { Row } from './rows.ts'
import type { SqlValue } from './sql.ts'
import { EVENT, RECENT, count, stateOf } from './state.ts'
import { wayOf } from './ways.ts'

/** Before what was refused is sent again; twice as long at each refusal until something is taken. */
const PAUSE_US = fromSeconds(1)
const LONGEST_PAUSE_US = fromSeconds(32)
/** Results that wait to be sent again; more are lost. */
const MAX_WAITING = 10_000

/** @param from the window's rows: a result has the colour of a record with its key */
export function sendResults(
  sim: Simulation,
  node: number,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  from: readonly Row[],
): void {
  if (rows.length === 0) return
  const { nodes, wires, messages } = sim.world
  const hues = new Map(from.map(({ partitionKey, hue }) => [partitionKey, hue]))
  const targets = nodes[node].out.filter((wire) => wayOf(wires[wire].role))
  for (const wire of targets) {
    const slots = rows.map((values) => {
      const body = JSON.stringify(Object.fromEntries(columns.map((name, n) => [name, values[n]])))
      const first = String(values[0] ?? '')
      const partitionKey = first === '' ? '-' : first.slice(0, 256)
      const content = { body, attributes: {}, partitionKey }
      const slot = newLiteralMessage(messages, content, utf8Length(body), hues.get(first) ?? 0)
      messages.node[slot] = node
      return slot
    })
    count(sim, node, 'results', slots.length)
    send(sim, node, wire, slots)
  }
}

/** In as few calls as the destination allows. */
function send(sim: Simulation, node: number, wire: number, slots: readonly number[]): void {
  const { messages, wires } = sim.world
  const { role, to } = wires[wire]
  const operation = wayOf(role)!.operation
  stateOf(sim, node).calling += slots.length
  for (const slot of slots) messages.node[slot] = -1
  if (operation === 'PutItem') {
    for (const slot of slots) putItem(sim, node, wire, slot)
    return
  }
  if (operation === 'Invoke') {
    invoke(sim, node, wire, slots)
    return
  }
  const index = sim.operationIndex(to, operation)
  for (let n = 0; n < slots.length; n += ITEMS_PER_LARGE_CALL) {
    const some = slots.slice(n, n + ITEMS_PER_LARGE_CALL)
    const call =
      some.length > ITEMS_PER_CALL
        ? largeCall(sim, node, to, index, wire)
        : sim.call(node, to, index, wire)
    for (const slot of some) addItem(sim.world.calls, call, slot, 0)
    sim.send(call)
  }
}

/** All results of a window in one event, if a call has room for them; they stay ours until the answer. */
function invoke(sim: Simulation, node: number, wire: number, slots: readonly number[]): void {
  const { to } = sim.world.wires[wire]
  for (let n = 0; n < slots.length; n += ITEMS_PER_LARGE_CALL) {
    const some = slots.slice(n, n + ITEMS_PER_LARGE_CALL)
    askAboutRecords(sim, node, to, wire, some, DELIVER)
    stateOf(sim, node).kept.push(...some)
  }
}

/** In DynamoDB's JSON, which has no place for messages: the row is drawn, and kept until the answer. */
function putItem(sim: Simulation, node: number, wire: number, slot: number): void {
  const { calls, network, nodes, wires } = sim.world
  const { to } = wires[wire]
  const row = JSON.parse(sim.contentOf(slot).body) as Readonly<Record<string, SqlValue>>
  const item = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typed(value)]))
  const input = { TableName: nodes[to].name, Item: item }
  calls.token[ask(sim, node, to, 'PutItem', input, wire)] = slot
  stateOf(sim, node).kept.push(slot)
  sim.hop(wire, network.carryUs, slot, HOP_LOOK.message)
}

/** An attribute value with its type, as DynamoDB's JSON has it. */
const typed = (value: SqlValue) =>
  value === null ? { NULL: true } : typeof value === 'number' ? { N: String(value) } : { S: value }

/** A call with results came back. */
export function answeredResults(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  const ticket = answerTo(sim, call)
  const refused: number[] = []
  if (ticket) {
    settle(sim, node, call, calls.token[call], ticket.error?.code, refused)
  } else {
    for (let n = 0; n < calls.count[call]; n++) {
      settle(
        sim,
        node,
        call,
        calls.slots[call * ITEMS_PER_CALL + n],
        errorAt(sim, call, n),
        refused,
      )
    }
  }
  if (refused.length > 0) sendLater(sim, node, calls.wire[call], refused)
}

/** AWS's code of why result n of a call was not taken. */
function errorAt(sim: Simulation, call: number, n: number): string | undefined {
  const { calls } = sim.world
  const code =
    calls.code[call] === CODE.ok ? calls.codes[call * ITEMS_PER_CALL + n] : calls.code[call]
  const error = sim.errorFor(calls.to[call], code)?.code
  if (error !== undefined || sim.operationOf(call).name !== 'Invoke') return error
  return transformedBy(sim, call)?.results[n] === TRANSFORMED.ok ? undefined : 'DeliveryFailed'
}

/** @param error AWS's code, undefined when the result was taken */
function settle(
  sim: Simulation,
  node: number,
  call: number,
  slot: number,
  error: string | undefined,
  refused: number[],
): void {
  const state = stateOf(sim, node)
  const { kept } = state
  const place = kept.indexOf(slot)
  if (place >= 0) kept.splice(place, 1)
  state.calling--
  if (sim.operationOf(call).name === 'Invoke') {
    count(sim, node, error === undefined ? 'LambdaDelivery.OkRecords' : DELIVERY_FAILED)
  }
  if (error !== undefined && isPassing(error)) {
    refused.push(slot)
    return
  }
  if (error === undefined) {
    delete state.pausesUs[sim.world.calls.wire[call]]
    count(sim, node, 'numRecordsOut')
    addRecent(state.recent, sim.nowUs, RECENT.out, 1)
    // Tables and functions take the words, not the message.
    if (place >= 0) sim.release(slot)
    return
  }
  state.refusal = answerTo(sim, call)?.error?.message ?? sim.errorOf(call)?.message ?? error
  lose(sim, node, [slot])
}

const DELIVERY_FAILED = 'LambdaDelivery.DeliveryFailedRecords'

/** Only what may pass by itself is worth another try. */
const isPassing = (code: string): boolean =>
  /throttl|ThroughputExceeded|TooManyRequests|ServiceUnavailable|InternalFailure|DeliveryFailed/i.test(
    code,
  )

function sendLater(sim: Simulation, node: number, wire: number, slots: readonly number[]): void {
  const state = stateOf(sim, node)
  if (waitingIn(state.refused) + slots.length > MAX_WAITING) {
    lose(sim, node, slots)
    return
  }
  for (const slot of slots) sim.world.messages.node[slot] = node
  const pauseUs = state.pausesUs[wire] ?? PAUSE_US
  state.pausesUs[wire] = Math.min(2 * pauseUs, LONGEST_PAUSE_US)
  const id = state.refusals++
  state.refused[id] = { wire, slots }
  sim.at(sim.nowUs + pauseUs, node, EVENT.resend, id)
}

export function resend(sim: Simulation, node: number, id: number): void {
  const { refused } = stateOf(sim, node)
  const { wire, slots } = refused[id]
  delete refused[id]
  if (sim.world.wires[wire].alive) send(sim, node, wire, slots)
  else lose(sim, node, slots)
}

export const waitingIn = (
  refused: Readonly<Record<number, { readonly slots: readonly number[] }>>,
): number => Object.values(refused).reduce((sum, { slots }) => sum + slots.length, 0)

/** The part was removed: what waits to be sent again is gone with it, and nobody hears the answers. */
export function loseAll(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  lose(sim, node, state.kept.splice(0))
  for (const [id, { slots }] of Object.entries(state.refused)) {
    delete state.refused[Number(id)]
    lose(sim, node, slots)
  }
}

function lose(sim: Simulation, node: number, slots: readonly number[]): void {
  if (slots.length === 0) return
  count(sim, node, 'lost', slots.length)
  sim.mark(node, 'lost', sim.world.messages.serial[slots[0]], slots.length)
  for (const slot of slots) sim.release(slot)
}
