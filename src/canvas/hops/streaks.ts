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
  readonly failures: Float64Array
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
  const plain = packed(rgbOf(palette.streak), 0)
  const failed = packed(rgbOf(palette.failure), 0)
  const discs = createDiscs()
  const scale = target.ratio * Math.min(1, transform.zoom)
  let total = 0
  for (const [wire, { counts, failures }] of bands) {
    const route = routes[wire]
    if (!route) continue
    total += counts.reduce((sum, count) => sum + count, 0)
    const pieceLength = (lengthOf(route) * transform.zoom * target.ratio) / STREAK_SEGMENTS
    counts.forEach((count, segment) => {
      if (count === 0) return
      const width = streakWidth(count)
      // Towards the next segment's width, so that the band has no steps.
      const next = counts[segment + 1] ? streakWidth(counts[segment + 1]) : width
      const steps = Math.ceil((pieceLength * 5) / Math.max(1, width * scale))
      const colour = failures[segment] * 2 > count ? failed : plain
      for (let step = 0; step < steps; step++) {
        const rest = step / steps
        const side = Math.max(2, Math.round((width + (next - width) * rest) * scale))
        stamp(target, route, (segment + rest) / STREAK_SEGMENTS, transform, discs(side), colour)
      }
    })
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
    bands.set(wire, { counts, failures: new Float64Array(STREAK_SEGMENTS) })
  })
  for (let i = 0; i < hops.count; i++) {
    if (dense[hops.wire[i]] !== 1) continue
    const band = bands.get(hops.wire[i])
    const share = shareOf(hops, i, atUs)
    if (!band || !(share >= 0)) continue
    const segment = Math.min(STREAK_SEGMENTS - 1, Math.floor(share * STREAK_SEGMENTS))
    band.counts[segment]++
    const look = hops.look[i]
    if (FAILURES.has(look)) band.failures[segment]++
  }
  return bands
}

const FAILURES: ReadonlySet<number> = new Set([
  HOP_LOOK.refused,
  HOP_LOOK.denied,
  HOP_LOOK.deadLettered,
])

/** A round brush: the opacity of each pixel of a square, 0 .. 255. */
interface Disc {
  readonly side: number
  readonly alphas: Uint8Array
}

/** Brushes by diameter in device pixels, each made once. */
function createDiscs(): (side: number) => Disc {
  const made: Disc[] = []
  return (side) => (made[side] ??= { side, alphas: discAlphas(side) })
}

const discAlphas = (side: number): Uint8Array =>
  Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) + 0.5 - side / 2, Math.floor(i / side) + 0.5 - side / 2]
    const cover = Math.min(1, Math.max(0, side / 2 - Math.hypot(x, y) + 0.5))
    return Math.round(cover * STREAK_ALPHA * 255)
  })

const place: Point = { x: 0, y: 0 }

/** Presses the brush on a place of the route; where two touches meet the more opaque one counts. */
function stamp(
  target: PaintTarget,
  route: Route,
  share: number,
  { x, y, zoom }: Viewport,
  { side, alphas }: Disc,
  colour: number,
): void {
  pointAt(route, share, place)
  const left = Math.round((place.x * zoom + x) * target.ratio - side / 2)
  const top = Math.round((place.y * zoom + y) * target.ratio - side / 2)
  if (!remember(target, left, top, side, side)) return
  const { pixels, width, height } = target
  const from = Math.max(0, -left)
  const to = Math.min(side, width - left)
  for (let row = Math.max(0, -top); row < Math.min(side, height - top); row++) {
    const base = (top + row) * width + left
    for (let column = from; column < to; column++) {
      const alpha = alphas[row * side + column]
      if (alpha > pixels[base + column] >>> 24) {
        pixels[base + column] = ((alpha << 24) | colour) >>> 0
      }
    }
  }
}
