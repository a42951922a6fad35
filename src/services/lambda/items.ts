/** What an event tells the function about, copied: later its messages may be gone. */
import { ITEMS_PER_CALL } from '../../engine/calls.ts'
import type { RecordColumns } from '../../engine/batch.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Item } from './state.ts'

/** Of a message that the function holds. */
export function itemOf(sim: Simulation, slot: number): Item {
  const { messages } = sim.world
  return Object.freeze({
    slot,
    receipt: 0,
    place: -1,
    serial: messages.serial[slot],
    origin: messages.origin[slot],
    beganUs: messages.beganUs[slot],
    recipe: messages.recipe[slot],
    ordinal: messages.ordinal[slot],
    literal: messages.recipe[slot] === 0 ? sim.contentOf(slot) : undefined,
    sizeBytes: messages.sizeBytes[slot],
    hue: messages.hue[slot],
    receives: messages.receives[slot],
    atUs: sim.nowUs,
  })
}

/** Of the messages that a ReceiveMessage brought. */
export function itemsOf(sim: Simulation, call: number): Item[] {
  const { calls, messages } = sim.world
  return Array.from({ length: calls.count[call] }, (_, n) => {
    const place = call * ITEMS_PER_CALL + n
    const slot = calls.slots[place]
    return Object.freeze({
      ...itemOf(sim, slot),
      receipt: calls.receipts[place],
      // It may be gone already, and its slot keep only its words.
      serial: calls.serials[place],
      atUs: messages.sentUs[slot],
    })
  })
}

/** What the handler works on: the item, or the user records that the KPL put into it (FACTS 6.8). */
export function partsOf(item: Item): readonly Item[] {
  const users = item.literal?.userRecords
  if (!users) return [item]
  return itemsIn(users).map((part) => ({ ...part, place: item.place, atUs: item.atUs }))
}

/** Of records; the first one stands at `first` in its shard. */
export const itemsIn = (batch: RecordColumns, first = 0): Item[] =>
  Array.from({ length: batch.count }, (_, n) =>
    Object.freeze({
      slot: -1,
      receipt: 0,
      place: first + n,
      serial: batch.serials[n],
      origin: batch.serials[n],
      beganUs: batch.arrivedUs[n],
      recipe: batch.recipes[n],
      ordinal: batch.ordinals[n],
      literal: batch.literals.get(n),
      sizeBytes: batch.sizesBytes[n],
      hue: batch.hues[n],
      receives: 0,
      atUs: batch.arrivedUs[n],
    }),
  )
