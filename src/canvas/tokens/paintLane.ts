/**
 * Draws a lane: what is appended at the right and stays, cell by cell, older ones fading where the lane
 * goes on beyond its left end, and below them a pin for each reader.
 */
import type { TokenRow } from '../../worker/protocol.ts'
import { hueColor, inkColor, paletteOf, type Theme } from '../palette.ts'
import { LANE_CELL, LANE_PITCH, layoutRow, pinPlaces } from './tokenLayout.ts'
import type { RowPlace } from './rowBook.ts'

/** Cells at the old end that fade, while more records stand behind them. */
const FADING = 5

export function paintLane(
  pen: CanvasRenderingContext2D,
  place: Pick<RowPlace, 'width' | 'height' | 'slots'>,
  row: TokenRow,
  left: number,
  top: number,
  { theme, scale }: { readonly theme: Theme; readonly scale: number },
): void {
  const { centres, overflow } = layoutRow(place, row)
  const side = LANE_CELL * scale
  const shown = centres.length
  centres.forEach(({ x, y }, i) => {
    const { hue, look } = row.tokens[i]
    const fromEnd = shown - 1 - i
    const fade = overflow > 0 && fromEnd < FADING ? (fromEnd + 1) / (FADING + 1) : 1
    pen.globalAlpha = look === 'faded' ? 0.35 * fade : fade
    pen.fillStyle = hueColor(hue, theme)
    pen.beginPath()
    pen.roundRect(left + x * scale - side / 2, top + y * scale - side / 2, side, side, side * 0.2)
    pen.fill()
  })
  pen.globalAlpha = 1
  for (const { x, y, hue, beyond } of pinPlaces(place, row)) {
    paintPin(pen, left + x * scale, top + y * scale, scale, inkColor(hue, theme), beyond)
  }
  if (row.lane?.closed) {
    // Nothing is appended any more: a bar across the new end.
    pen.fillStyle = paletteOf(theme).quiet
    pen.fillRect(left + (place.width - 2) * scale, top + 2 * scale, 2 * scale, 14 * scale)
  }
}

/** A triangle that points at where the reader goes on; hollow when that is beyond the lane's left end. */
function paintPin(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  scale: number,
  colour: string,
  beyond: boolean,
): void {
  const half = (LANE_PITCH / 3) * scale
  pen.beginPath()
  pen.moveTo(x, y)
  pen.lineTo(x + half, y + half * 1.5)
  pen.lineTo(x - half, y + half * 1.5)
  pen.closePath()
  if (beyond) {
    pen.strokeStyle = colour
    pen.lineWidth = Math.max(1, scale)
    pen.stroke()
  } else {
    pen.fillStyle = colour
    pen.fill()
  }
}
