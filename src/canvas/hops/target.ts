/**
 * A buffer of pixels that remembers what was written, so that the next frame erases only that.
 * Nothing here knows of the DOM: the buffer is usually that of an ImageData.
 */

/** Pixels are 0xAABBGGRR: RGBA bytes on a little-endian machine, as every browser's is. */
export interface PaintTarget {
  /** Device pixels. */
  readonly width: number
  readonly height: number
  /** Device pixels per CSS pixel. */
  readonly ratio: number
  readonly pixels: Uint32Array
  /** What was written since the last `erase`. */
  readonly written: Boxes
}

interface Boxes {
  /** left, top, width, height of each box, all inside the target. */
  sides: Int32Array
  count: number
  area: number
}

/** A rectangle of device pixels; empty when `right <= left`. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** @param buffer at least width x height x 4 bytes; a new one when left out */
export const createTarget = (
  width: number,
  height: number,
  ratio: number,
  buffer: ArrayBufferLike = new ArrayBuffer(width * height * 4),
): PaintTarget => ({
  width,
  height,
  ratio,
  pixels: new Uint32Array(buffer, 0, width * height),
  written: { sides: new Int32Array(1024), count: 0, area: 0 },
})

/** The smallest region around two. */
export const joined = (a: Region, b: Region): Region => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
})

/** Above this share of the buffer, clearing all of it is faster than box by box. */
const CLEAR_ALL_SHARE = 0.2

/** Makes transparent whatever was written and forgets it. Returns what it covered. */
export function erase({ pixels, width, written }: PaintTarget): Region {
  const erased = writtenRegion(written)
  if (written.area > pixels.length * CLEAR_ALL_SHARE) {
    pixels.fill(0)
  } else {
    const { sides } = written
    for (let i = 0; i < written.count * 4; i += 4) {
      const right = sides[i] + sides[i + 2]
      const end = (sides[i + 1] + sides[i + 3]) * width
      for (let row = sides[i + 1] * width; row < end; row += width) {
        pixels.fill(0, row + sides[i], row + right)
      }
    }
  }
  written.count = 0
  written.area = 0
  return erased
}

/** The smallest region around everything written since the last `erase`. */
export function writtenRegion({ sides, count }: Boxes): Region {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0]
  for (let i = 0; i < count * 4; i += 4) {
    left = Math.min(left, sides[i])
    top = Math.min(top, sides[i + 1])
    right = Math.max(right, sides[i] + sides[i + 2])
    bottom = Math.max(bottom, sides[i + 1] + sides[i + 3])
  }
  return { left, top, right, bottom }
}

/** Remembers a box, cut to the target, for the next `erase`. Returns whether any of it is inside. */
export function remember(
  { written, width, height }: PaintTarget,
  x: number,
  y: number,
  boxWidth: number,
  boxHeight: number,
): boolean {
  const left = Math.max(0, x)
  const top = Math.max(0, y)
  const right = Math.min(width, x + boxWidth)
  const bottom = Math.min(height, y + boxHeight)
  if (left >= right || top >= bottom) return false
  const at = written.count * 4
  if (at === written.sides.length) {
    const larger = new Int32Array(at * 2)
    larger.set(written.sides)
    written.sides = larger
  }
  written.sides[at] = left
  written.sides[at + 1] = top
  written.sides[at + 2] = right - left
  written.sides[at + 3] = bottom - top
  written.count++
  written.area += (right - left) * (bottom - top)
  return true
}
