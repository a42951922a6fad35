/**
 * The looks of a moving message as small pictures made of whole pixels. Each has a shape of
 * its own, so that colour is never all that tells them apart.
 */
import { HOP_LOOK } from '../../worker/protocol.ts'
import { paletteOf, rgbOf } from '../palette.ts'
import type { Palette, Rgb, Theme } from '../palette.ts'
import { remember } from './target.ts'
import type { PaintTarget } from './target.ts'

/** A square picture, with the places of its pixels in a target of one width worked out beforehand. */
export interface Sprite {
  readonly size: number
  /** Row by row, 0xAABBGGRR; 0 is transparent. */
  readonly pixels: Uint32Array
  /** Offsets from the upper left corner, and values, of pixels that cover what is below. */
  readonly solidAt: Int32Array
  readonly solid: Uint32Array
  /** The same of half-covered edge pixels: written only where nothing stands yet. */
  readonly softAt: Int32Array
  readonly soft: Uint32Array
}

export interface SpriteSet {
  /** Side of every sprite, device pixels. */
  readonly size: number
  /** @param look one of HOP_LOOK  @param hue 0 .. 65535, taken modulo the palette */
  of(look: number, hue: number): Sprite
}

/** Looks that have one colour whatever the message. */
const ONE_COLOUR: ReadonlySet<number> = new Set([
  HOP_LOOK.refused,
  HOP_LOOK.denied,
  HOP_LOOK.deadLettered,
  HOP_LOOK.ack,
])

/**
 * Sprites of one size, drawn when first asked for.
 * @param size device pixels, at least 3
 * @param stride width of the target they are for, device pixels
 */
export function createSprites(theme: Theme, size: number, stride: number): SpriteSet {
  const palette = paletteOf(theme)
  const kept: Sprite[] = []
  const colours = palette.hues.length
  return {
    size,
    of(look, hue) {
      const colour = ONE_COLOUR.has(look) ? 0 : hue % colours
      const at = look * colours + colour
      return (kept[at] ??= render(inkOf(look, palette, palette.hues[colour], size), size, stride))
    },
  }
}

/** The colour at a place of the sprite (pixels from its upper left corner), or null for nothing. */
type Ink = (x: number, y: number) => Rgb | null

function inkOf(look: number, palette: Palette, hue: string, size: number): Ink {
  const line = Math.max(1, size / 12)
  const middle = size / 2
  const depth = (x: number, y: number) => depthInSquare(x - middle, y - middle, size)
  const paper = rgbOf(palette.paper)
  switch (look) {
    case HOP_LOOK.again: {
      const body = rgbOf(hue)
      return (x, y) => {
        const d = depth(x, y)
        if (d < 0) return null
        return d < line * 1.7 || d > line * 3.4 ? body : paper
      }
    }
    case HOP_LOOK.refused: {
      const body = rgbOf(palette.refused)
      const arm = size * 0.3
      return (x, y) => {
        const [u, v] = [Math.abs(x - middle), Math.abs(y - middle)]
        if (depth(x, y) < 0) return null
        const onCross = Math.abs(u - v) < line * 1.1 && Math.max(u, v) < arm
        const onRim = depth(x, y) < line * 1.3 && Math.max(u, v) - Math.min(u, v) < size * 0.32
        return onCross || onRim ? body : paper
      }
    }
    case HOP_LOOK.denied: {
      // A round sign with a bar, "no entry": the only look but the small ack that is round.
      const body = mix(rgbOf(palette.failure), rgbOf(palette.text), 0.35)
      return (x, y) => {
        const radius = Math.hypot(x - middle, y - middle)
        if (radius > middle) return null
        const onBar = Math.abs(y - middle) < line * 1.5 && Math.abs(x - middle) < size * 0.3
        return onBar ? paper : body
      }
    }
    case HOP_LOOK.deadLettered: {
      const body = rgbOf(palette.failure)
      const white: Rgb = [255, 255, 255]
      return (x, y) => {
        if (depth(x, y) < 0) return null
        const u = Math.abs(x - middle)
        const onBars = u > line * 0.7 && u < line * 2.2 && Math.abs(y - middle) < size * 0.27
        return onBars ? white : body
      }
    }
    case HOP_LOOK.filtered: {
      // Faint, with the bar of the gate across it.
      const body = mix(rgbOf(hue), paper, 0.55)
      const bar = rgbOf(palette.quiet)
      return (x, y) => {
        if (depth(x, y) < 0) return null
        return Math.abs(x - middle) < line * 1.2 ? bar : body
      }
    }
    case HOP_LOOK.ack: {
      const body = rgbOf(palette.quiet)
      return (x, y) => (Math.hypot(x - middle, y - middle) < size * 0.24 ? body : null)
    }
    default: {
      const body = rgbOf(hue)
      // The rim keeps neighbours in a crowd apart.
      const rim = mix(body, paper, 0.38)
      return (x, y) => {
        const d = depth(x, y)
        if (d < 0) return null
        return d < line ? rim : body
      }
    }
  }
}

/** How far inside a rounded square of this side, centred on 0, a place is; negative outside. */
function depthInSquare(x: number, y: number, side: number): number {
  const radius = side * 0.24
  const [u, v] = [Math.abs(x) - side / 2 + radius, Math.abs(y) - side / 2 + radius]
  return radius - Math.hypot(Math.max(u, 0), Math.max(v, 0)) - Math.min(Math.max(u, v), 0)
}

export const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
]

/** One pixel of a PaintTarget; `alpha` 0 .. 1. */
export const packed = ([red, green, blue]: Rgb, alpha = 1): number =>
  ((Math.round(alpha * 255) << 24) |
    (Math.round(blue) << 16) |
    (Math.round(green) << 8) |
    Math.round(red)) >>>
  0

/** Places sampled in each pixel, per direction. */
const FINE = 4

function render(ink: Ink, size: number, stride: number): Sprite {
  const pixels = new Uint32Array(size * size)
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = averageInk(ink, i % size, Math.floor(i / size))
  const all = [...pixels.keys()]
  const offset = (i: number) => Math.floor(i / size) * stride + (i % size)
  const solids = all.filter((i) => pixels[i] >>> 24 === 255)
  const softs = all.filter((i) => pixels[i] !== 0 && pixels[i] >>> 24 !== 255)
  return {
    size,
    pixels,
    solidAt: Int32Array.from(solids, offset),
    solid: Uint32Array.from(solids, (i) => pixels[i]),
    softAt: Int32Array.from(softs, offset),
    soft: Uint32Array.from(softs, (i) => pixels[i]),
  }
}

function averageInk(ink: Ink, column: number, row: number): number {
  let [red, green, blue, hits] = [0, 0, 0, 0]
  for (let i = 0; i < FINE * FINE; i++) {
    const colour = ink(
      column + ((i % FINE) + 0.5) / FINE,
      row + (Math.floor(i / FINE) + 0.5) / FINE,
    )
    if (!colour) continue
    red += colour[0]
    green += colour[1]
    blue += colour[2]
    hits++
  }
  if (hits === 0) return 0
  return packed([red / hits, green / hits, blue / hits], hits / (FINE * FINE))
}

/** Writes a sprite with its upper left corner at a device pixel. Returns false when all of it is outside. */
export function blit(target: PaintTarget, sprite: Sprite, left: number, top: number): boolean {
  const { size } = sprite
  if (!remember(target, left, top, size, size)) return false
  const { pixels, width, height } = target
  if (left < 0 || top < 0 || left + size > width || top + size > height) {
    blitClipped(target, sprite, left, top)
    return true
  }
  const base = top * width + left
  const { solidAt, solid, softAt, soft } = sprite
  for (let i = 0; i < solid.length; i++) pixels[base + solidAt[i]] = solid[i]
  for (let i = 0; i < soft.length; i++) {
    const at = base + softAt[i]
    if (pixels[at] === 0) pixels[at] = soft[i]
  }
  return true
}

function blitClipped(
  { pixels, width, height }: PaintTarget,
  sprite: Sprite,
  left: number,
  top: number,
) {
  const { size } = sprite
  for (let i = 0; i < sprite.pixels.length; i++) {
    const [x, y] = [left + (i % size), top + Math.floor(i / size)]
    if (x < 0 || y < 0 || x >= width || y >= height) continue
    const at = y * width + x
    const value = sprite.pixels[i]
    if (value >>> 24 === 255 || pixels[at] === 0) pixels[at] = value || pixels[at]
  }
}
