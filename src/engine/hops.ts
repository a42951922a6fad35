/**
 * Hops: what travels on wires, as the screen draws it. A ring of columns, newest over oldest; it is
 * a record of the run, not part of the world.
 */
import type { SimUs } from '../base/units.ts'
import { HOPS_PER_FRAME, type HopColumns } from './frame.ts'

const CAPACITY = 1 << 16
const MASK = CAPACITY - 1

export interface HopRing {
  /** Hops ever recorded; the newest stands at (count - 1) & MASK. */
  count: number
  longestUs: SimUs
  wire: Int32Array
  departUs: Float64Array
  arriveUs: Float64Array
  message: Uint32Array
  hue: Uint16Array
  look: Uint8Array
  receives: Uint16Array
}

export const createHops = (): HopRing => ({
  count: 0,
  longestUs: 0,
  wire: new Int32Array(CAPACITY),
  departUs: new Float64Array(CAPACITY),
  arriveUs: new Float64Array(CAPACITY),
  message: new Uint32Array(CAPACITY),
  hue: new Uint16Array(CAPACITY),
  look: new Uint8Array(CAPACITY),
  receives: new Uint16Array(CAPACITY),
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
  const i = ring.count++ & MASK
  ring.wire[i] = wire
  ring.departUs[i] = departUs
  ring.arriveUs[i] = arriveUs
  ring.message[i] = message
  ring.hue[i] = hue
  ring.look[i] = look
  ring.receives[i] = receives
  const length = arriveUs - departUs
  if (length > ring.longestUs) ring.longestUs = length
}

/** Forgets what was recorded after `count`, when the run goes back. */
export function rewindHops(ring: HopRing, count: number): void {
  if (count < ring.count) ring.count = count
}

/** The hops that overlap [fromUs, toUs], oldest first, in columns that may be transferred. */
export function hopsBetween(ring: HopRing, fromUs: SimUs, toUs: SimUs, wires: number): HopColumns {
  const oldest = Math.max(0, ring.count - CAPACITY)
  const earliest = fromUs - ring.longestUs
  const found: number[] = []
  let density: Uint32Array = new Uint32Array(0)
  for (let serial = ring.count - 1; serial >= oldest; serial--) {
    const i = serial & MASK
    if (ring.departUs[i] < earliest) break
    if (ring.departUs[i] > toUs || ring.arriveUs[i] < fromUs || ring.wire[i] < 0) continue
    if (found.length < HOPS_PER_FRAME) {
      found.push(i)
    } else {
      if (density.length === 0) density = new Uint32Array(wires)
      density[ring.wire[i]]++
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
    const i = found[count - 1 - n]
    hops.wire[n] = ring.wire[i]
    hops.departUs[n] = ring.departUs[i]
    hops.arriveUs[n] = ring.arriveUs[i]
    hops.message[n] = ring.message[i]
    hops.hue[n] = ring.hue[i]
    hops.look[n] = ring.look[i]
    hops.receives[n] = ring.receives[i]
  }
  return hops
}
