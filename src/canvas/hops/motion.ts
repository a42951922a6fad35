/** Where a hop is at a moment: what the painters, the hit test and the tests agree on. */
import type { SimUs } from '../../base/units.ts'
import { HOP_LOOK } from '../../worker/protocol.ts'
import type { HopColumns } from '../../worker/protocol.ts'
import { pointAt } from './route.ts'
import type { Point, Route } from './route.ts'

/** React Flow's viewport: screen = flow * zoom + (x, y), in CSS pixels. */
export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** Whether this look walks its wire from the end to the start. */
export const goesBack = (look: number): boolean =>
  look === HOP_LOOK.refused || look === HOP_LOOK.denied || look === HOP_LOOK.ack

/** Where on a wire the gate of its filter policy stands. */
const GATE_SHARE = 0.22

/** How far along its wire a hop is, 0 (the wire's start) .. 1; NaN when it does not travel then. */
export function shareOf(hops: HopColumns, index: number, atUs: SimUs): number {
  const departUs = hops.departUs[index]
  const arriveUs = hops.arriveUs[index]
  // It is in the slot at the instant it arrives, so it is no longer on the wire.
  if (atUs < departUs || atUs >= arriveUs) return NaN
  const share = (atUs - departUs) / (arriveUs - departUs)
  if (hops.look[index] === HOP_LOOK.filtered) return share * GATE_SHARE
  return goesBack(hops.look[index]) ? 1 - share : share
}

/**
 * Where a hop is, in flow coordinates.
 * @returns null when it does not travel at that time or its wire is not drawn
 */
export function hopPosition(
  hops: HopColumns,
  routes: readonly (Route | null)[],
  index: number,
  atUs: SimUs,
): Point | null {
  const route = routes[hops.wire[index]]
  const share = shareOf(hops, index, atUs)
  if (!route || !(share >= 0)) return null
  const place = { x: 0, y: 0 }
  pointAt(route, share, place)
  return place
}

/**
 * The travelling message nearest to a point, for clicking it.
 * @param point flow coordinates
 * @param radius flow units
 * @returns an index into the columns, or -1
 */
export function hitTestHop(
  hops: HopColumns,
  routes: readonly (Route | null)[],
  atUs: SimUs,
  point: Readonly<Point>,
  radius: number,
): number {
  let nearest = -1
  let nearestDistance = radius
  for (let i = 0; i < hops.count; i++) {
    const place = hopPosition(hops, routes, i, atUs)
    if (!place) continue
    const distance = Math.hypot(place.x - point.x, place.y - point.y)
    // What is painted last lies on top: of two equally near, the later one is meant.
    if (distance <= nearestDistance) {
      nearest = i
      nearestDistance = distance
    }
  }
  return nearest
}
