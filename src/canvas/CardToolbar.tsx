import { useStore, type InternalNode } from '@xyflow/react'
import { shallow } from 'zustand/shallow'
import type { ScenarioNode } from '../scenario/scenario.ts'
import { views } from '../services/views.ts'
import type { NodeAction } from './view.ts'

interface CardToolbarProps {
  readonly part: ScenarioNode
  readonly onAction: (node: ScenarioNode, action: NodeAction) => void
}

/** As high as it gets, with the gap to its card. */
const ROOM_PX = 50
const GAP_PX = 8

/**
 * The kind's buttons, above the one selected card, or below where they would cover another; within the
 * canvas, in front of the painted messages.
 */
export function CardToolbar({ part, onAction }: CardToolbarProps) {
  const corner = useStore(({ nodeLookup, transform: [x, y, zoom], width }) => {
    const own = boxOf(nodeLookup.get(part.id))
    if (!own) return undefined
    const room = ROOM_PX / zoom
    const isFree = (top: number, bottom: number): boolean =>
      [...nodeLookup.values()].every((node) => {
        const box = node.id === part.id ? null : boxOf(node)
        return !box || !overlap({ ...own, top, bottom }, box)
      })
    const isBelow = !isFree(own.top - room, own.top) && isFree(own.bottom, own.bottom + room)
    const edge = (isBelow ? own.bottom : own.top) * zoom + y
    return [own.left * zoom + x, edge, width, isBelow] as const
  }, shallow)
  const { actions: all = [], table } = views.get(part.kind) ?? {}
  const actions = all.filter(({ id }) => id !== table?.action)
  if (!corner || actions.length === 0) return null
  const [x, edge, width, isBelow] = corner
  const y = isBelow ? `${edge + GAP_PX}px` : `max(calc(${edge - GAP_PX}px - 100%), 4px)`
  return (
    <div
      className="card-toolbar"
      role="toolbar"
      aria-label={`What ${part.name} can do`}
      style={{
        transform: `translate(min(${x}px, calc(${width - 8}px - 100%)), ${y})`,
      }}
    >
      {actions.map((action) => (
        <button
          key={action.id}
          type="button"
          title={action.help}
          onClick={() => onAction(part, action)}
        >
          <action.icon size={14} aria-hidden="true" />
          {action.label}
        </button>
      ))}
    </div>
  )
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Of a card, in canvas units. */
function boxOf(node: InternalNode | undefined): Box | null {
  if (!node) return null
  const { x, y } = node.internals.positionAbsolute
  const { width = 0, height = 0 } = node.measured
  return { left: x, right: x + width, top: y, bottom: y + height }
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom
