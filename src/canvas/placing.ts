/** Where a new part goes, and the command that puts it there. */
import type { Command, Point } from '../scenario/commands.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { RIGHT, toDocument, type Orientation } from './orientation.ts'
import type { Placeable } from './paletteDrag.ts'
import { sizeOfKind } from './partSize.ts'
import { GRID } from './selection.ts'

/** Room kept to other parts when a place is looked for. */
const GAP = 2 * GRID

const snap = (value: number): number => Math.round(value / GRID) * GRID

/** Adds the part with its middle at `at` (canvas units), snapped to the grid. */
export function addCommand({ kind, preset }: Placeable, at: Point): Command {
  const { width, height } = sizeOfKind(kind)
  return {
    type: 'addNode',
    kind,
    name: preset.name,
    x: snap(at.x - width / 2),
    y: snap(at.y - height / 2),
    config: preset.config,
  }
}

/** Where in the document the middle of a part is that stands with it at `at` on the canvas. */
export function middleInDocument(orientation: Orientation, kind: string, at: Point): Point {
  const { width, height } = sizeOfKind(kind)
  const corner = toDocument(orientation, { x: at.x - width / 2, y: at.y - height / 2 })
  return { x: corner.x + width / 2, y: corner.y + height / 2 }
}

/** The free place nearest to `at`, below it on the canvas, for a part of this kind: where nothing stands already. */
export function freePlace(scenario: Scenario, kind: string, at: Point, { isDown } = RIGHT): Point {
  const { width, height } = sizeOfKind(kind)
  const covers = (x: number, y: number): boolean =>
    scenario.nodes.some((node) => {
      const size = sizeOfKind(node.kind)
      return (
        Math.abs(node.x + size.width / 2 - x) < (size.width + width) / 2 + GAP &&
        Math.abs(node.y + size.height / 2 - y) < (size.height + height) / 2 + GAP
      )
    })
  let { x, y } = at
  while (covers(x, y)) {
    if (isDown) x += GRID
    else y += GRID
  }
  return { x, y }
}

/** Right of everything, at the height of the first part: where the outline adds a part. */
export function placeAtEnd(scenario: Scenario, kind: string): Point {
  const { width, height } = sizeOfKind(kind)
  if (scenario.nodes.length === 0) return { x: width / 2, y: height / 2 }
  const right = Math.max(...scenario.nodes.map((node) => node.x + sizeOfKind(node.kind).width))
  const top = Math.min(...scenario.nodes.map((node) => node.y))
  return { x: right + 4 * GRID + width / 2, y: top + height / 2 }
}
