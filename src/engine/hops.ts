/**
 * Hops: what travels on wires, as the screen draws it. A ring of rows, newest over oldest; it is
 * a record of the run, not part of the world.
 */
import type { SimUs } from '../base/units.ts'
import { ITEMS_PER_CALL } from './calls.ts'
import { HOPS_PER_FRAME, HOP_LOOK, type HopColumns } from './frame.ts'
import type { World } from './world.ts'

const CAPACITY = 1 << 16
const MASK = CAPACITY - 1

/** What a row is made of. */
const ROW_TIMES = 2
const DEPART_US = 0
const ARRIVE_US = 1
const ROW_FACTS = 4
const WIRE = 0
const MESSAGE = 1
const HUE = 2
/** In the lowest byte, the receives above it. */
const LOOK_AND_RECEIVES = 3

export interface HopRing {
  /** Hops ever recorded; the newest stands at (count - 1) & MASK. */
  count: number
  /** Older ones are gone: the run went back after the ring had moved on. */
  oldest: number
  longestUs: SimUs
  readonly times: Float64Array
  readonly facts: Int32Array
}

export const createHops = (): HopRing => ({
  count: 0,
  oldest: 0,
  longestUs: 0,
  times: new Float64Array(CAPACITY * ROW_TIMES),
  facts: new Int32Array(CAPACITY * ROW_FACTS),
})

export function recordHop(
  ring: HopRing,
  wire: number,
  departUs: SimUs,
  arriveUs: SimUs,
  message: number,
  hue: number,
  look: number,
  receives: number,
): void {
  const row = ring.count++ & MASK
  const { times, facts } = ring
  times[row * ROW_TIMES + DEPART_US] = departUs
  times[row * ROW_TIMES + ARRIVE_US] = arriveUs
  facts[row * ROW_FACTS + WIRE] = wire
  facts[row * ROW_FACTS + MESSAGE] = message
  facts[row * ROW_FACTS + HUE] = hue
  facts[row * ROW_FACTS + LOOK_AND_RECEIVES] = (receives << 8) | look
  const length = arriveUs - departUs
  if (length > ring.longestUs) ring.longestUs = length
}

/** A message sets out along a wire for `delayUs` from now. */
export function recordMessage(
  ring: HopRing,
  { nowUs, messages }: World,
  wire: number,
  delayUs: SimUs,
  slot: number,
  look: number,
): void {
  const receives = messages.receives[slot]
  const seen = look === HOP_LOOK.message && receives > 1 ? HOP_LOOK.again : look
  const hue = messages.hue[slot]
  recordHop(ring, wire, nowUs, nowUs + delayUs, messages.serial[slot], hue, seen, receives)
}

/** One hop for each message on a call. */
export function recordHops(
  ring: HopRing,
  world: World,
  call: number,
  delayUs: SimUs,
  look: number,
): void {
  const { calls, messages } = world
  const wire = calls.wire[call]
  const first = call * ITEMS_PER_CALL
  const end = first + calls.count[call]
  for (let place = first; place < end; place++) {
    const slot = calls.slots[place]
    const known = calls.serials[place]
    if (slot < 0 || (known > 0 && messages.serial[slot] !== known)) continue
    recordMessage(ring, world, wire, delayUs, slot, look)
  }
}

/** The hops under way at one moment, kept to go back to it. */
export interface SavedHops {
  readonly count: number
  readonly longestUs: SimUs
  readonly times: Float64Array
  readonly facts: Int32Array
}

/** Copies what is on the wires at `atUs`, the time of the newest hop or later. */
export function saveHops(ring: HopRing, atUs: SimUs): SavedHops {
  const rows: number[] = []
  const oldest = oldestHop(ring)
  for (let serial = ring.count - 1; serial >= oldest; serial--) {
    const row = serial & MASK
    if (ring.times[row * ROW_TIMES + DEPART_US] < atUs - ring.longestUs) break
    if (ring.times[row * ROW_TIMES + ARRIVE_US] >= atUs) rows.push(row)
  }
  rows.reverse()
  const times = new Float64Array(rows.length * ROW_TIMES)
  const facts = new Int32Array(rows.length * ROW_FACTS)
  rows.forEach((row, n) => {
    times.set(ring.times.subarray(row * ROW_TIMES, (row + 1) * ROW_TIMES), n * ROW_TIMES)
    facts.set(ring.facts.subarray(row * ROW_FACTS, (row + 1) * ROW_FACTS), n * ROW_FACTS)
  })
  return { count: ring.count, longestUs: ring.longestUs, times, facts }
}

/** The run goes back: what was under way then is under way again, what came later is forgotten. */
export function restoreHops(ring: HopRing, { count, longestUs, times, facts }: SavedHops): void {
  const saved = facts.length / ROW_FACTS
  for (let n = 0; n < saved; n++) {
    const row = (count - saved + n) & MASK
    ring.times.set(times.subarray(n * ROW_TIMES, (n + 1) * ROW_TIMES), row * ROW_TIMES)
    ring.facts.set(facts.subarray(n * ROW_FACTS, (n + 1) * ROW_FACTS), row * ROW_FACTS)
  }
  ring.count = count
  ring.oldest = count - saved
  ring.longestUs = longestUs
}

const oldestHop = (ring: HopRing): number => Math.max(ring.oldest, ring.count - CAPACITY)

/** The hops that overlap [fromUs, toUs], oldest first, in columns that may be transferred. */
export function hopsBetween(ring: HopRing, fromUs: SimUs, toUs: SimUs, wires: number): HopColumns {
  const oldest = oldestHop(ring)
  const earliest = fromUs - ring.longestUs
  const { times, facts } = ring
  const found: number[] = []
  let density: Uint32Array = new Uint32Array(0)
  for (let serial = ring.count - 1; serial >= oldest; serial--) {
    const row = serial & MASK
    const departUs = times[row * ROW_TIMES + DEPART_US]
    const wire = facts[row * ROW_FACTS + WIRE]
    if (departUs < earliest) break
    if (departUs > toUs || times[row * ROW_TIMES + ARRIVE_US] < fromUs || wire < 0) continue
    if (found.length < HOPS_PER_FRAME) {
      found.push(row)
    } else {
      if (density.length === 0) density = new Uint32Array(wires)
      density[wire]++
    }
  }
  const count = found.length
  const hops: HopColumns = {
    count,
    wire: new Int32Array(count),
    departUs: new Float64Array(count),
    arriveUs: new Float64Array(count),
    message: new Float64Array(count),
    hue: new Uint16Array(count),
    look: new Uint8Array(count),
    receives: new Uint16Array(count),
    density,
  }
  for (let n = 0; n < count; n++) {
    const row = found[count - 1 - n]
    const fact = row * ROW_FACTS
    hops.wire[n] = facts[fact + WIRE]
    hops.departUs[n] = times[row * ROW_TIMES + DEPART_US]
    hops.arriveUs[n] = times[row * ROW_TIMES + ARRIVE_US]
    hops.message[n] = facts[fact + MESSAGE] >>> 0
    hops.hue[n] = facts[fact + HUE]
    hops.look[n] = facts[fact + LOOK_AND_RECEIVES] & 0xff
    hops.receives[n] = facts[fact + LOOK_AND_RECEIVES] >>> 8
  }
  return hops
}

/** All that are kept, the oldest first. Returns since when they are complete. */
export function eachHop(
  ring: HopRing,
  visit: (
    wire: number,
    departUs: SimUs,
    arriveUs: SimUs,
    message: number,
    hue: number,
    look: number,
  ) => void,
): SimUs {
  const oldest = oldestHop(ring)
  const { times, facts } = ring
  for (let serial = oldest; serial < ring.count; serial++) {
    const row = serial & MASK
    const fact = row * ROW_FACTS
    const wire = facts[fact + WIRE]
    if (wire < 0) continue
    const departUs = times[row * ROW_TIMES + DEPART_US]
    const arriveUs = times[row * ROW_TIMES + ARRIVE_US]
    const look = facts[fact + LOOK_AND_RECEIVES] & 0xff
    visit(wire, departUs, arriveUs, facts[fact + MESSAGE] >>> 0, facts[fact + HUE], look)
  }
  return oldest === 0 ? 0 : times[(oldest & MASK) * ROW_TIMES + DEPART_US]
}
