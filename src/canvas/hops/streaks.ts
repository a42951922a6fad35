/** Wires with too many messages to tell apart: bands whose width grows with the logarithm of the count. */
import type { SimUs } from '../../base/units.ts'
import { HOP_LOOK } from '../../worker/protocol.ts'
import type { HopColumns } from '../../worker/protocol.ts'
import { paletteOf, rgbOf } from '../palette.ts'
import type { Theme } from '../palette.ts'
import { shareOf } from './motion.ts'
import type { Viewport } from './motion.ts'
import { lengthOf, pointAt } from './route.ts'
import type { Point, Route } from './route.ts'
import { packed } from './sprites.ts'
import { remember } from './target.ts'
import type { PaintTarget } from './target.ts'

/** Pieces a wire is cut into. */
export const STREAK_SEGMENTS = 24

/** Opacity, 0 .. 1: the wire's own line shines through. */
const STREAK_ALPHA = 0.72

/** What moves in one direction on a wire, by segment. */
interface Band {
  readonly counts: Float64Array
  readonly failed: Float64Array
}

/**
 * Draws the wires with `dense[wire] === 1`.
 * @returns how many messages they stand for
 */
export function paintStreaks(
  target: PaintTarget,
  hops: HopColumns,
  routes: readonly (Route | null)[],
  atUs: SimUs,
  transform: Viewport,
  theme: Theme,
  dense: Uint32Array,
): number {
  const bands = countBands(hops, atUs, dense)
  const palette = paletteOf(theme)
  const plain = packed(rgbOf(palette.streak), STREAK_ALPHA)
  const failed = packed(rgbOf(palette.failure), STREAK_ALPHA)
  let total = 0
  for (const [wire, band] of bands) {
    const route = routes[wire]
    if (!route) continue
    const segmentLength = (lengthOf(route) * transform.zoom * target.ratio) / STREAK_SEGMENTS
    for (let segment = 0; segment < STREAK_SEGMENTS; segment++) {
      const count = band.counts[segment]
      if (count === 0) continue
      total += count
      const width = Math.round(streakWidth(count) * target.ratio * Math.min(1, transform.zoom))
      const colour = band.failed[segment] * 2 > count ? failed : plain
      const steps = Math.ceil(segmentLength / Math.max(1, width / 3)) + 1
      for (let step = 0; step < steps; step++) {
        const share = (segment + step / steps) / STREAK_SEGMENTS
        stamp(target, route, share, transform, Math.max(2, width), colour)
      }
    }
  }
  return Math.round(total)
}

/** Width in CSS pixels at zoom 1 of a segment with so many messages: 3 for one, 2 more at each doubling, at most 18. */
export const streakWidth = (count: number): number =>
  Math.min(18, 3 + 2 * Math.log2(Math.max(1, count)))

function countBands(hops: HopColumns, atUs: SimUs, dense: Uint32Array): ReadonlyMap<number, Band> {
  const bands = new Map<number, Band>()
  dense.forEach((isDense, wire) => {
    if (isDense === 0) return
    const counts = new Float64Array(STREAK_SEGMENTS)
    // Where those that were left out of the frame are is not known: they count everywhere alike.
    counts.fill((hops.density[wire] ?? 0) / STREAK_SEGMENTS)
    bands.set(wire, { counts, failed: new Float64Array(STREAK_SEGMENTS) })
  })
  for (let i = 0; i < hops.count; i++) {
    if (dense[hops.wire[i]] !== 1) continue
    const band = bands.get(hops.wire[i])
    const share = shareOf(hops, i, atUs)
    if (!band || !(share >= 0)) continue
    const segment = Math.min(STREAK_SEGMENTS - 1, Math.floor(share * STREAK_SEGMENTS))
    band.counts[segment]++
    const look = hops.look[i]
    if (look === HOP_LOOK.refused || look === HOP_LOOK.deadLettered) band.failed[segment]++
  }
  return bands
}

const place: Point = { x: 0, y: 0 }

/** A square of `side` device pixels around a place of the route, where nothing stands yet. */
function stamp(
  target: PaintTarget,
  route: Route,
  share: number,
  { x, y, zoom }: Viewport,
  side: number,
  colour: number,
): void {
  pointAt(route, share, place)
  const left = Math.round((place.x * zoom + x) * target.ratio - side / 2)
  const top = Math.round((place.y * zoom + y) * target.ratio - side / 2)
  if (!remember(target, left, top, side, side)) return
  const { pixels, width, height } = target
  const right = Math.min(width, left + side)
  const bottom = Math.min(height, top + side)
  for (let row = Math.max(0, top); row < bottom; row++) {
    for (let at = row * width + Math.max(0, left); at < row * width + right; at++) {
      if (pixels[at] === 0) pixels[at] = colour
    }
  }
}
