/** What the handler makes of each item goes on along the wires that leave the function. */
import { ITEMS_PER_CALL, CODE, addItem } from '../../engine/calls.ts'
import { newLiteralMessage, newMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { count } from './books.ts'
import { resultAnswered, runById } from './execution.ts'
import { partsOf } from './items.ts'
import type { Item, Run } from './state.ts'
import { wayTo } from './ways.ts'

/** Sends the result of every item that was worked on; the run waits for the answers. */
export function sendOn(sim: Simulation, node: number, run: Run): void {
  const { nodes, wires, calls } = sim.world
  for (const wire of nodes[node].out) {
    const { role, config, to } = wires[wire]
    if (role !== 'send' || config.use === 'onFailure') continue
    const operation = wayTo(sim, to)
    if (operation < 0) continue
    for (let place = 0; place < run.reached; place++) {
      if (run.failed.includes(place)) continue
      for (const part of partsOf(run.items[place])) {
        const call = sim.call(node, to, operation, wire)
        addItem(calls, call, copyOf(sim, part), 0)
        calls.arg[call] = -1
        calls.arg3[call] = place
        calls.token[call] = run.id
        run.sending++
        sim.send(call)
      }
    }
  }
}

/** A new message with the item's words. */
function copyOf(sim: Simulation, item: Item): number {
  const { messages } = sim.world
  const slot = item.literal
    ? newLiteralMessage(messages, item.literal, item.sizeBytes, item.hue)
    : newMessage(messages, item.recipe, item.ordinal, item.sizeBytes, item.hue)
  messages.origin[slot] = item.origin
  messages.beganUs[slot] = item.beganUs
  return slot
}

export function outputAnswered(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  const isOk = calls.code[call] === CODE.ok
  count(sim, node, isOk ? 'sentOn' : 'refused')
  if (!isOk) sim.release(calls.slots[call * ITEMS_PER_CALL])
  const run = runById(sim, node, calls.token[call])
  if (run) resultAnswered(sim, node, run, calls.arg3[call], isOk)
}
