/** Draws the swim lanes on a canvas, and finds what is under a pointer. */
import { formatClock } from '../../base/format.ts'
import type { SimUs } from '../../base/units.ts'
import { hueColor, inkColor, paletteOf, type Theme } from '../../canvas/palette.ts'
import { HOP_LOOK, type Stay, type SwimLanes, type Travel } from '../../worker/protocol.ts'
import { axisStepUs, lengthOf, type Span } from './span.ts'

export interface Scene {
  readonly lanes: SwimLanes
  readonly span: Span
  readonly nowUs: SimUs
  readonly originUs: SimUs
  /** By index of `lanes.nodes`, its place from the top; -1 is not shown. */
  readonly rows: readonly number[]
  readonly rowHeight: number
  readonly width: number
  readonly height: number
  /** The message whose card is open, with what it is a copy of and its copies; empty: all alike. */
  readonly chosen: ReadonlySet<number>
  readonly theme: Theme
}

export const AXIS_HEIGHT = 20
/** Room above and below the messages of a lane. */
const PADDING = 4
const HIT_PX = 6
/** Half the size of the mark where a stay ends. */
const END_PX = 3.5
const TICK_PX = 110
/** Messages are spread over the height of a lane, the same way in each: neighbours far apart. */
const GOLDEN = 0.618_033_988_75
const FAINT = 0.18

const xOf = ({ span, width }: Scene, us: SimUs): number =>
  ((us - span.fromUs) / lengthOf(span)) * width

export const timeAt = ({ span, width }: Pick<Scene, 'span' | 'width'>, x: number): SimUs =>
  span.fromUs + (x / width) * lengthOf(span)

function yOf({ rows, rowHeight }: Scene, node: number, message: number): number {
  const share = (message * GOLDEN) % 1
  return AXIS_HEIGHT + rows[node] * rowHeight + PADDING + share * (rowHeight - 2 * PADDING)
}

/** What is still there goes on to the present moment, not to when it was asked for. */
const endOf = ({ nowUs }: Scene, { isOpen, toUs }: Stay): SimUs => (isOpen ? nowUs : toUs)

export function paintLanes(canvas: HTMLCanvasElement, scene: Scene): void {
  const { width, height, theme, lanes } = scene
  const ratio = Math.min(2, window.devicePixelRatio || 1)
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')
  if (!context) return
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  paintGround(context, scene)
  if (lanes.density) paintDensity(context, scene, lanes.density)
  for (const travel of lanes.travels) paintTravel(context, scene, travel)
  for (const stay of lanes.stays) paintStay(context, scene, stay)
  context.globalAlpha = 1
  const x = xOf(scene, scene.nowUs)
  if (x < 0 || x > width) return
  context.strokeStyle = paletteOf(theme).text
  context.lineWidth = 1.5
  line(context, x, 0, x, height)
}

function paintGround(context: CanvasRenderingContext2D, scene: Scene): void {
  const { span, width, height, rows, rowHeight, theme, originUs, lanes, nowUs } = scene
  const { paper, slot, slotLine, text } = paletteOf(theme)
  context.fillStyle = paper
  context.fillRect(0, 0, width, height)
  context.fillStyle = slot
  rows.forEach((row) => {
    if (row % 2 === 0) context.fillRect(0, AXIS_HEIGHT + row * rowHeight, width, rowHeight)
  })
  context.strokeStyle = slotLine
  context.fillStyle = text
  context.lineWidth = 1
  context.font = '11px "Inter Variable", sans-serif'
  context.textBaseline = 'middle'
  const stepUs = axisStepUs(lengthOf(span), width / TICK_PX)
  const first = Math.ceil((span.fromUs - originUs) / stepUs) * stepUs + originUs
  for (let us = first; us <= span.toUs; us += stepUs) {
    const x = Math.round(xOf(scene, us)) + 0.5
    line(context, x, AXIS_HEIGHT - 4, x, height)
    const words = formatClock(us - originUs).replace(/\.000$/, '')
    context.fillText(words, x + 4, AXIS_HEIGHT / 2)
  }
  context.fillStyle = slotLine
  context.globalAlpha = 0.35
  // What the records no longer hold, and what is still to come.
  const since = xOf(scene, lanes.sinceUs)
  if (lanes.sinceUs > originUs && since > 0) context.fillRect(0, AXIS_HEIGHT, since, height)
  const now = Math.max(0, xOf(scene, nowUs))
  if (now < width) context.fillRect(now, AXIS_HEIGHT, width - now, height)
  context.globalAlpha = 1
}

function paintDensity(
  context: CanvasRenderingContext2D,
  scene: Scene,
  density: readonly (readonly number[])[],
): void {
  const { rows, rowHeight, width, theme } = scene
  context.fillStyle = paletteOf(theme).streak
  density.forEach((counts, node) => {
    const row = rows[node]
    const most = Math.max(...counts)
    if (row === undefined || row < 0 || most === 0) return
    const foot = AXIS_HEIGHT + (row + 1) * rowHeight - PADDING
    const binWidth = width / counts.length
    counts.forEach((count, bin) => {
      const size = (count / most) * (rowHeight - 2 * PADDING)
      context.fillRect(bin * binWidth, foot - size, binWidth + 0.5, size)
    })
  })
}

const isFaint = ({ chosen }: Scene, message: number): boolean =>
  chosen.size > 0 && !chosen.has(message)

function paintTravel(context: CanvasRenderingContext2D, scene: Scene, travel: Travel): void {
  const { rows, theme } = scene
  const { from, to, message, look, hue } = travel
  if (rows[from] < 0 || rows[to] < 0) return
  const { failure, refused, quiet } = paletteOf(theme)
  const isThin = look === HOP_LOOK.ack
  const colour =
    look === HOP_LOOK.deadLettered
      ? failure
      : look === HOP_LOOK.refused || look === HOP_LOOK.denied
        ? refused
        : isThin
          ? quiet
          : inkColor(hue, theme)
  context.globalAlpha = isFaint(scene, message) ? FAINT : 1
  context.strokeStyle = colour
  context.lineWidth = isThin ? 0.75 : 1.5
  context.setLineDash(DASHES.get(look) ?? [])
  const startX = xOf(scene, travel.fromUs)
  const startY = yOf(scene, from, message)
  const endX = xOf(scene, travel.toUs)
  const endY = yOf(scene, to, message)
  // A filtered copy stops at its gate.
  const part = look === HOP_LOOK.filtered ? 0.35 : 1
  line(context, startX, startY, startX + (endX - startX) * part, startY + (endY - startY) * part)
  context.setLineDash([])
}

/** Told apart without colour too. */
const DASHES: ReadonlyMap<number, readonly number[] & number[]> = new Map([
  [HOP_LOOK.deadLettered, [5, 3]],
  [HOP_LOOK.refused, [2, 2]],
  [HOP_LOOK.denied, [2, 2]],
  [HOP_LOOK.filtered, [1, 3]],
])

function paintStay(context: CanvasRenderingContext2D, scene: Scene, stay: Stay): void {
  const { node, message, hue, state } = stay
  if (scene.rows[node] < 0) return
  const startX = Math.max(-4, xOf(scene, stay.fromUs))
  const endX = Math.min(scene.width + 4, xOf(scene, endOf(scene, stay)))
  if (endX <= startX) return
  const y = yOf(scene, node, message)
  const isChosen = scene.chosen.has(message)
  context.globalAlpha = isFaint(scene, message) ? FAINT : 1
  if (state === 'waiting') {
    context.strokeStyle = inkColor(hue, scene.theme)
    context.lineWidth = isChosen ? 2.5 : 1.25
    line(context, startX, y, endX, y)
    paintEnd(context, scene, stay, endX, y)
    return
  }
  if (state === 'delayed') {
    context.strokeStyle = inkColor(hue, scene.theme)
    context.lineWidth = isChosen ? 1.5 : 0.75
    context.strokeRect(startX, y - 2, endX - startX, 4)
    return
  }
  const size = (state === 'inFlight' ? 5 : 3) + (isChosen ? 2 : 0)
  context.fillStyle = hueColor(hue, scene.theme)
  context.fillRect(startX, y - size / 2, endX - startX, size)
  if (state === 'inFlight') {
    context.strokeStyle = inkColor(hue, scene.theme)
    context.lineWidth = 1
    context.strokeRect(startX, y - size / 2, endX - startX, size)
  }
  paintEnd(context, scene, stay, endX, y)
}

/** A dot where it is done with, a cross where it was not finished. */
function paintEnd(
  context: CanvasRenderingContext2D,
  { theme }: Scene,
  { end, hue }: Stay,
  x: number,
  y: number,
): void {
  if (end === 'done') {
    context.fillStyle = inkColor(hue, theme)
    context.beginPath()
    context.arc(x, y, END_PX - 1, 0, 2 * Math.PI)
    context.fill()
  } else if (end === 'broken') {
    context.strokeStyle = paletteOf(theme).failure
    context.lineWidth = 1.5
    line(context, x - END_PX, y - END_PX, x + END_PX, y + END_PX)
    line(context, x - END_PX, y + END_PX, x + END_PX, y - END_PX)
  }
}

function line(
  context: CanvasRenderingContext2D,
  startX: number,
  startY: number,
  endX: number,
  endY: number,
): void {
  context.beginPath()
  context.moveTo(startX, startY)
  context.lineTo(endX, endY)
  context.stroke()
}

/** The message nearest to a point, null when none is near. */
export function messageAt(scene: Scene, x: number, y: number): number | null {
  let nearest: number | null = null
  let best = HIT_PX
  const offer = (distance: number, message: number): void => {
    if (distance >= best) return
    best = distance
    nearest = message
  }
  for (const stay of scene.lanes.stays) {
    if (scene.rows[stay.node] < 0) continue
    const beside = Math.max(xOf(scene, stay.fromUs) - x, x - xOf(scene, endOf(scene, stay)), 0)
    offer(Math.hypot(beside, yOf(scene, stay.node, stay.message) - y), stay.message)
  }
  for (const travel of scene.lanes.travels) {
    if (scene.rows[travel.from] < 0 || scene.rows[travel.to] < 0) continue
    const startX = xOf(scene, travel.fromUs)
    const startY = yOf(scene, travel.from, travel.message)
    const alongX = xOf(scene, travel.toUs) - startX
    const alongY = yOf(scene, travel.to, travel.message) - startY
    const lengthSquared = alongX * alongX + alongY * alongY || 1
    const part = ((x - startX) * alongX + (y - startY) * alongY) / lengthSquared
    const at = Math.min(1, Math.max(0, part))
    offer(Math.hypot(startX + alongX * at - x, startY + alongY * at - y), travel.message)
  }
  return nearest
}
