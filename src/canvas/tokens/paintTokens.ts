/** Draws the tokens of one row with normal canvas calls: a few hundred on screen, seldom all at once. */
import type { SimUs } from '../../base/units.ts'
import type { Token, TokenRow } from '../../worker/protocol.ts'
import { formatCount } from '../../base/format.ts'
import { hueColor, inkColor, paletteOf } from '../palette.ts'
import type { Theme } from '../palette.ts'
import { paintLane } from './paintLane.ts'
import { layoutRow } from './tokenLayout.ts'
import type { RowPlace } from './rowBook.ts'

type Pen = CanvasRenderingContext2D

/** A ring is repainted when it has moved by one of so many steps. */
const RING_STEPS = 60

/** Text smaller than this many device pixels is left out. */
const LEAST_TEXT = 7

/** Around a white figure, so that it can be read on every hue. */
const BADGE_RIM = '#1d2530'

const MONO = '"JetBrains Mono Variable", ui-monospace, monospace'

/** Share of a token's ring that has passed, 0 .. 1 in steps; 0 without one. */
export function ringShare({ ringFromUs, ringToUs }: Token, atUs: SimUs): number {
  if (ringFromUs === undefined || ringToUs === undefined || ringToUs <= ringFromUs) return 0
  const share = Math.min(1, Math.max(0, (atUs - ringFromUs) / (ringToUs - ringFromUs)))
  return Math.round(share * RING_STEPS) / RING_STEPS
}

/** A number that changes when any ring of the row moved visibly. */
export const ringsOf = (row: TokenRow, atUs: SimUs): number =>
  row.tokens.reduce((sum, token) => (sum * 61 + ringShare(token, atUs) * RING_STEPS) % 1e9, 0)

export interface TokenStyle {
  readonly theme: Theme
  /** Device pixels per flow unit. */
  readonly scale: number
}

/** Paints a row whose upper left corner is at a device pixel of the canvas. */
export function paintRow(
  pen: Pen,
  place: Pick<RowPlace, 'width' | 'height' | 'slots'>,
  row: TokenRow,
  atUs: SimUs,
  left: number,
  top: number,
  { theme, scale }: TokenStyle,
): void {
  if (row.lane) {
    paintLane(pen, place, row, left, top, { theme, scale })
    return
  }
  const { centres, size, overflow } = layoutRow(place, row)
  centres.forEach((centre, i) => {
    const token = row.tokens[i]
    pen.save()
    pen.translate(left + centre.x * scale, top + centre.y * scale)
    const drawn = { token, share: ringShare(token, atUs), side: size * scale, theme }
    if (place.slots) paintSlot(pen, drawn)
    else paintToken(pen, drawn)
    pen.restore()
  })
  if (row.locked) paintBar(pen, left + place.width * scale, top, place.height, { theme, scale })
  if (overflow > 0) {
    const textSize = 9.5 * scale
    const right = place.slots ? left + (place.width - 2) * scale : undefined
    const x = right ?? left + 5 * scale
    const y = top + (place.height / 2) * scale
    write(pen, `+${formatCount(overflow)}`, x, y, textSize, paletteOf(theme).text, {
      align: place.slots ? 'right' : 'left',
    })
  }
}

/** Across the head of a locked lane, at its right end. */
function paintBar(pen: Pen, right: number, top: number, height: number, style: TokenStyle) {
  const { theme, scale } = style
  pen.fillStyle = paletteOf(theme).text
  pen.beginPath()
  pen.roundRect(right - 3.5 * scale, top + 2 * scale, 3 * scale, (height - 4) * scale, scale)
  pen.fill()
}

interface Drawn {
  readonly token: Token
  readonly share: number
  /** Device pixels. */
  readonly side: number
  readonly theme: Theme
}

/** A message in a tray. */
function paintToken(pen: Pen, { token, share, side, theme }: Drawn) {
  const palette = paletteOf(theme)
  const colour = token.lastTry ? palette.failure : inkColor(token.hue, theme)
  const line = Math.max(1, side / 9)
  pen.lineWidth = line
  if (token.look === 'failed') return paintFailed(pen, side, theme)
  if (token.look === 'off') return paintDashed(pen, side / 2, palette.quiet)
  if (token.look === 'outline') {
    const inner = side * 0.72
    pen.strokeStyle = colour
    pen.fillStyle = palette.paper
    square(pen, inner)
    pen.fill()
    pen.stroke()
    // The visibility countdown: what is left of it, from the top, clockwise.
    if (token.ringToUs !== undefined) arc(pen, side * 0.68, 1 - share)
    badge(pen, token, side * 0.62, colour)
    return
  }
  pen.globalAlpha = token.look === 'faded' ? 0.45 : 1
  pen.fillStyle = hueColor(token.hue, theme)
  square(pen, side)
  pen.fill()
  if (token.lastTry) {
    pen.strokeStyle = palette.failure
    square(pen, side - line)
    pen.stroke()
  }
  badge(pen, token, side * 0.72, '#ffffff', token.lastTry ? palette.failure : BADGE_RIM)
}

/** A worker: its circle, what it holds, and how far it is. */
function paintSlot(pen: Pen, { token, share, side, theme }: Drawn) {
  const palette = paletteOf(theme)
  const radius = side / 2
  pen.lineWidth = Math.max(1, side / 9)
  if (token.look === 'off') return paintDashed(pen, radius * 0.92, palette.quiet)
  if (token.look === 'failed') return paintFailed(pen, side, theme)
  pen.fillStyle = palette.slot
  pen.strokeStyle = palette.slotLine
  pen.lineWidth = Math.max(1, side / 22)
  pen.beginPath()
  pen.arc(0, 0, radius * 0.92, 0, Math.PI * 2)
  pen.fill()
  pen.stroke()
  if (token.message !== 0) {
    pen.fillStyle = hueColor(token.hue, theme)
    square(pen, side * 0.42)
    pen.fill()
  }
  if (token.look === 'outline') {
    pen.lineWidth = Math.max(1, side / 9)
    pen.strokeStyle = palette.progress
    arc(pen, radius * 0.92, share)
  }
}

function paintFailed(pen: Pen, side: number, theme: Theme) {
  const { failure, paper } = paletteOf(theme)
  pen.strokeStyle = failure
  pen.fillStyle = paper
  pen.lineWidth = Math.max(1, side / 9)
  pen.beginPath()
  pen.arc(0, 0, side * 0.45, 0, Math.PI * 2)
  pen.fill()
  pen.stroke()
  const arm = side * 0.17
  pen.beginPath()
  pen.moveTo(-arm, -arm)
  pen.lineTo(arm, arm)
  pen.moveTo(arm, -arm)
  pen.lineTo(-arm, arm)
  pen.stroke()
}

function paintDashed(pen: Pen, radius: number, colour: string) {
  pen.strokeStyle = colour
  pen.lineWidth = Math.max(1, radius / 6)
  pen.setLineDash([radius * 0.32, radius * 0.24])
  pen.beginPath()
  pen.arc(0, 0, radius, 0, Math.PI * 2)
  pen.stroke()
}

function square(pen: Pen, side: number) {
  pen.beginPath()
  pen.roundRect(-side / 2, -side / 2, side, side, side * 0.24)
}

function arc(pen: Pen, radius: number, share: number) {
  if (share <= 0) return
  pen.lineCap = 'round'
  pen.beginPath()
  pen.arc(0, 0, radius, -Math.PI / 2, -Math.PI / 2 + share * Math.PI * 2)
  pen.stroke()
}

/** How often it was received, where that says something: from the first receive on. */
function badge(pen: Pen, { receives = 0 }: Token, size: number, colour: string, rim?: string) {
  if (receives < 1) return
  write(pen, receives > 9 ? '9+' : String(receives), 0, size * 0.06, size, colour, { rim })
}

interface TextStyle {
  readonly align?: CanvasTextAlign
  /** Colour of a thin outline that parts the text from a coloured ground. */
  readonly rim?: string
}

function write(
  pen: Pen,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
  { align = 'center', rim }: TextStyle = {},
) {
  if (size < LEAST_TEXT) return
  pen.font = `700 ${size.toFixed(1)}px ${MONO}`
  pen.textAlign = align
  pen.textBaseline = 'middle'
  if (rim) {
    pen.strokeStyle = rim
    pen.lineWidth = size / 5
    pen.lineJoin = 'round'
    pen.strokeText(text, x, y)
  }
  pen.fillStyle = colour
  pen.fillText(text, x, y)
}
