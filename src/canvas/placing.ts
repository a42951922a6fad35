/** Where a new part goes, and the command that puts it there. */
import type { Command, Point } from '../scenario/commands.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { schemas } from '../services/schemas.ts'
import { UNKNOWN_SIZE } from './flowModel.ts'
import type { Placeable } from './paletteDrag.ts'
import { GRID } from './selection.ts'

/** Room kept to other parts when a place is looked for. */
const GAP = 2 * GRID

const sizeOf = (kind: string) => schemas.get(kind)?.size ?? UNKNOWN_SIZE
const snap = (value: number): number => Math.round(value / GRID) * GRID

/** Adds the part with its middle at `at` (canvas units), snapped to the grid. */
export function addCommand({ kind, preset }: Placeable, at: Point): Command {
  const { width, height } = sizeOf(kind)
  return {
    type: 'addNode',
    kind,
    name: preset.name,
    x: snap(at.x - width / 2),
    y: snap(at.y - height / 2),
    config: preset.config,
  }
}

/** The free place nearest below `at` for a part of this kind: where nothing stands already. */
export function freePlace(scenario: Scenario, kind: string, at: Point): Point {
  const { width, height } = sizeOf(kind)
  const covers = (x: number, y: number): boolean =>
    scenario.nodes.some((node) => {
      const size = sizeOf(node.kind)
      return (
        Math.abs(node.x + size.width / 2 - x) < (size.width + width) / 2 + GAP &&
        Math.abs(node.y + size.height / 2 - y) < (size.height + height) / 2 + GAP
      )
    })
  let { y } = at
  while (covers(at.x, y)) y += GRID
  return { x: at.x, y }
}

/** Right of everything, at the height of the first part: where the outline adds a part. */
export function placeAtEnd(scenario: Scenario, kind: string): Point {
  const { width, height } = sizeOf(kind)
  if (scenario.nodes.length === 0) return { x: width / 2, y: height / 2 }
  const right = Math.max(...scenario.nodes.map((node) => node.x + sizeOf(node.kind).width))
  const top = Math.min(...scenario.nodes.map((node) => node.y))
  return { x: right + 4 * GRID + width / 2, y: top + height / 2 }
}
