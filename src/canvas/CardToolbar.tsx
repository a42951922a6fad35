import { useStore } from '@xyflow/react'
import { shallow } from 'zustand/shallow'
import type { ScenarioNode } from '../scenario/scenario.ts'
import { views } from '../services/views.ts'
import type { NodeAction } from './view.ts'

interface CardToolbarProps {
  readonly part: ScenarioNode
  readonly onAction: (node: ScenarioNode, action: NodeAction) => void
}

/** The kind's buttons, above the one selected card and within the canvas; in front of the painted messages. */
export function CardToolbar({ part, onAction }: CardToolbarProps) {
  const corner = useStore(({ nodeLookup, transform: [x, y, zoom], width }) => {
    const place = nodeLookup.get(part.id)?.internals.positionAbsolute
    return place && [place.x * zoom + x, place.y * zoom + y, width]
  }, shallow)
  const { actions: all = [], table } = views.get(part.kind) ?? {}
  const actions = all.filter(({ id }) => id !== table?.action)
  if (!corner || actions.length === 0) return null
  const [x, y, width] = corner
  return (
    <div
      className="card-toolbar"
      role="toolbar"
      aria-label={`What ${part.name} can do`}
      style={{
        transform: `translate(min(${x}px, calc(${width - 8}px - 100%)), max(calc(${y - 8}px - 100%), 4px))`,
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
