/**
 * Which way messages flow on the screen. Documents are drawn from left to right. On a phone most are shown
 * from top to bottom, as their cards are then almost twice as large; only the view is turned, and the
 * document keeps its places.
 */
import type { Point } from '../scenario/commands.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { sizeOfKind } from './partSize.ts'
import { GRID } from './selection.ts'

export interface Orientation {
  /** From top to bottom: what is right of a part in the document is below it on the canvas. */
  readonly isDown: boolean
  /** Canvas units a unit of the document takes, across the flow (the document's y) and along it. */
  readonly across: number
  readonly along: number
}

export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** As it is drawn. */
export const RIGHT: Orientation = { isDown: false, across: 1, along: 1 }

/** Between cards side by side, and between one and the next below it: a wire's label stands there. */
const BESIDE = 32
const BELOW = 72
/** What `across` and `along` may be: designs that are drawn closer overlap, wider ones stay wide. */
const ACROSS = { least: 1, most: 2, usual: 1.25 }
const ALONG = { least: 0.4, most: 1.2, usual: 0.65 }

/** From top to bottom, as close as the cards of this document allow. */
export function downwards({ nodes }: Scenario): Orientation {
  let across = 0
  let along = 0
  for (const a of nodes) {
    for (const b of nodes) {
      const { width, height } = sizeOfKind(a.kind)
      if (b.x - a.x >= width) along = Math.max(along, (height + BELOW) / (b.x - a.x))
      else if (b.y - a.y >= height) across = Math.max(across, (width + BESIDE) / (b.y - a.y))
    }
  }
  return { isDown: true, across: within(ACROSS, across), along: within(ALONG, along) }
}

const within = (range: { least: number; most: number; usual: number }, value: number): number =>
  value === 0 ? range.usual : Math.min(range.most, Math.max(range.least, value))

/** The one in which the document's cards are larger on a screen of this size; down for a document without parts. */
export function bestOrientation(
  scenario: Scenario,
  screen: { readonly width: number; readonly height: number },
): Orientation {
  const down = downwards(scenario)
  if (scenario.nodes.length === 0) return down
  const zoom = (orientation: Orientation): number => {
    const { width, height } = extentOf(scenario, orientation)
    return Math.min(screen.width / width, screen.height / height)
  }
  return zoom(down) > zoom(RIGHT) ? down : RIGHT
}

function extentOf(
  { nodes }: Scenario,
  orientation: Orientation,
): { width: number; height: number } {
  const boxes = nodes.map((node) => ({ ...toCanvas(orientation, node), ...sizeOfKind(node.kind) }))
  return {
    width: spanOf(boxes.map(({ x, width }) => [x, x + width])),
    height: spanOf(boxes.map(({ y, height }) => [y, y + height])),
  }
}

const spanOf = (spans: readonly (readonly [number, number])[]): number =>
  Math.max(...spans.map(([, end]) => end)) - Math.min(...spans.map(([start]) => start))

/** Where a place of the document is on the canvas. */
export const toCanvas = ({ isDown, across, along }: Orientation, { x, y }: Point): Point =>
  isDown ? { x: y * across, y: x * along } : { x, y }

/** Which place of the document a place on the canvas is; on the grid where the view is turned. */
export const toDocument = ({ isDown, across, along }: Orientation, { x, y }: Point): Point =>
  isDown ? { x: onGrid(y / along), y: onGrid(x / across) } : { x, y }

const onGrid = (value: number): number => Math.round(value / GRID) * GRID

/** Steps on the canvas that are the document's grid. */
export const gridOn = ({ isDown, across, along }: Orientation): [number, number] =>
  isDown ? [GRID * across, GRID * along] : [GRID, GRID]

export function rectOnCanvas(orientation: Orientation, rect: Rect): Rect {
  const { isDown, across, along } = orientation
  if (!isDown) return rect
  const corner = toCanvas(orientation, rect)
  return { ...corner, width: rect.height * across, height: rect.width * along }
}

export function rectInDocument({ isDown, across, along }: Orientation, rect: Rect): Rect {
  if (!isDown) return rect
  const { x, y, width, height } = rect
  const whole = Math.round
  return {
    x: whole(y / along),
    y: whole(x / across),
    width: whole(height / along),
    height: whole(width / across),
  }
}
