/** What moves, without motion: for people who asked their system for less of it. */
import type { SimUs } from '../../base/units.ts'
import { HOP_LOOK, type HopColumns } from '../../worker/protocol.ts'
import { shareOf } from './motion.ts'
import type { Viewport } from './motion.ts'
import type { HopStyle } from './paintHops.ts'
import { pointAt } from './route.ts'
import type { Point, Route } from './route.ts'
import { blit } from './sprites.ts'
import { erase } from './target.ts'
import type { PaintTarget } from './target.ts'

/** "12" beside a glyph, at a place in device pixels: its left end, middle of its height. */
export interface CountLabel {
  readonly x: number
  readonly y: number
  readonly count: number
}

const LOOKS = Object.keys(HOP_LOOK).length

/**
 * Draws one glyph per wire and look at the middle of the wire, side by side, with room for a count
 * right of each.
 * @returns the counts to write there
 */
export function paintStill(
  target: PaintTarget,
  hops: HopColumns,
  routes: readonly (Route | null)[],
  atUs: SimUs,
  transform: Viewport,
  style: HopStyle,
): readonly CountLabel[] {
  erase(target)
  const labels: CountLabel[] = []
  const { size } = style.sprites
  const room = size * 3.4
  const middle: Point = { x: 0, y: 0 }
  for (const [wire, groups] of groupsOf(hops, atUs)) {
    const route = routes[wire]
    if (!route) continue
    pointAt(route, 0.5, middle)
    const shown = groups.filter((group) => group.count > 0)
    const x = (middle.x * transform.zoom + transform.x) * target.ratio - (shown.length * room) / 2
    const y = (middle.y * transform.zoom + transform.y) * target.ratio
    shown.forEach(({ look, hue, count }, place) => {
      const left = Math.round(x + place * room)
      blit(target, style.sprites.of(look, hue), left, Math.round(y - size / 2))
      labels.push({ x: left + size * 1.25, y, count })
    })
  }
  return labels
}

interface Group {
  readonly look: number
  hue: number
  count: number
}

/** Counts by wire and look, with the identity of the first of each. */
function groupsOf(hops: HopColumns, atUs: SimUs): ReadonlyMap<number, readonly Group[]> {
  const wires = new Map<number, Group[]>()
  const groupsAt = (wire: number) => {
    const found = wires.get(wire)
    if (found) return found
    const made = Array.from({ length: LOOKS }, (_, look) => ({ look, hue: 0, count: 0 }))
    wires.set(wire, made)
    return made
  }
  for (let i = 0; i < hops.count; i++) {
    if (!(shareOf(hops, i, atUs) >= 0)) continue
    const group = groupsAt(hops.wire[i])[hops.look[i]]
    if (group.count === 0) group.hue = hops.hue[i]
    group.count++
  }
  hops.density.forEach((count, wire) => {
    if (count > 0) groupsAt(wire)[0].count += count
  })
  return wires
}
