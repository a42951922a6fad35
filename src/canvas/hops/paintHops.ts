/**
 * Draws every travelling message of a moment into a pixel buffer. A pure function of its arguments
 * (the buffer apart), so that it could move to a worker or be tested without a browser.
 *
 * Cost: two passes over the hops and about a hundred pixel writes each; a wire with too many hops
 * to tell apart costs the same however many there are.
 */
import type { SimUs } from '../../base/units.ts'
import type { HopColumns } from '../../worker/protocol.ts'
import type { Theme } from '../palette.ts'
import { shareOf } from './motion.ts'
import type { Viewport } from './motion.ts'
import { pointAt } from './route.ts'
import type { Point, Route } from './route.ts'
import { blit, createSprites } from './sprites.ts'
import type { SpriteSet } from './sprites.ts'
import { paintStreaks } from './streaks.ts'
import { erase, joined, writtenRegion } from './target.ts'
import type { PaintTarget, Region } from './target.ts'

export interface HopStyle {
  readonly theme: Theme
  readonly sprites: SpriteSet
  /** More moving messages than this on one wire are drawn as density streaks. */
  readonly streakAbove: number
}

/** As many separate messages on one wire as eyes can still follow. */
const STREAK_ABOVE = 250

/** @param target what the style will draw into: its width and pixel ratio are part of the sprites */
export const createHopStyle = (
  theme: Theme,
  zoom: number,
  { ratio, width }: PaintTarget,
  streakAbove = STREAK_ABOVE,
): HopStyle => ({
  theme,
  sprites: createSprites(theme, Math.round(hopSize(zoom) * ratio), width),
  streakAbove,
})

/** Side of a moving message in CSS pixels: 12 at zoom 1; grows slower than the cards do. */
export const hopSize = (zoom: number): number => Math.min(24, Math.max(5, 12 * zoom ** 0.6))

export interface PaintStats {
  /** Messages drawn one by one, at least partly inside the target. */
  readonly drawn: number
  /** Messages travelling but outside the target. */
  readonly outside: number
  /** Messages that went into streaks, those left out of the frame included. */
  readonly streaked: number
  /** What differs from the buffer before the call, at most: what to hand to `putImageData`. */
  readonly changed: Region
}

/** @param routes one per wire, in the order that `hops.wire` counts; null for a wire that is not drawn */
export function paintHops(
  target: PaintTarget,
  hops: HopColumns,
  routes: readonly (Route | null)[],
  atUs: SimUs,
  transform: Viewport,
  style: HopStyle,
): PaintStats {
  const erased = erase(target)
  const travelling = countTravelling(hops, routes.length, atUs)
  const dense = travelling.map((count, wire) =>
    count > style.streakAbove || hops.density[wire] > 0 ? 1 : 0,
  )
  const streaked = dense.includes(1)
    ? paintStreaks(target, hops, routes, atUs, transform, style.theme, dense)
    : 0
  let drawn = 0
  let outside = 0
  const { ratio } = target
  const half = style.sprites.size / 2
  const place: Point = { x: 0, y: 0 }
  for (let i = 0; i < hops.count; i++) {
    const wire = hops.wire[i]
    const route = routes[wire]
    if (!route || dense[wire] === 1) continue
    const share = shareOf(hops, i, atUs)
    if (!(share >= 0)) continue
    pointAt(route, share, place)
    const left = Math.round((place.x * transform.zoom + transform.x) * ratio - half)
    const top = Math.round((place.y * transform.zoom + transform.y) * ratio - half)
    if (blit(target, style.sprites.of(hops.look[i], hops.hue[i]), left, top)) drawn++
    else outside++
  }
  const changed = joined(erased, writtenRegion(target.written))
  return { drawn, outside, streaked, changed }
}

function countTravelling(hops: HopColumns, wires: number, atUs: SimUs): Uint32Array {
  const travelling = new Uint32Array(wires)
  for (let i = 0; i < hops.count; i++) {
    if (hops.departUs[i] <= atUs && atUs < hops.arriveUs[i]) travelling[hops.wire[i]]++
  }
  return travelling
}
