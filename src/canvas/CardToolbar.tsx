import { useStore } from '@xyflow/react'
import { shallow } from 'zustand/shallow'
import type { ScenarioNode } from '../scenario/scenario.ts'
import { views } from '../services/views.ts'
import type { NodeAction } from './view.ts'

interface CardToolbarProps {
  readonly part: ScenarioNode
  readonly onAction: (node: ScenarioNode, action: NodeAction) => void
}

/** The kind's buttons, above the one selected card; in front of the painted messages. */
export function CardToolbar({ part, onAction }: CardToolbarProps) {
  const corner = useStore(({ nodeLookup, transform: [x, y, zoom] }) => {
    const place = nodeLookup.get(part.id)?.internals.positionAbsolute
    return place && [place.x * zoom + x, place.y * zoom + y]
  }, shallow)
  const { actions: all = [], table } = views.get(part.kind) ?? {}
  const actions = all.filter(({ id }) => id !== table?.action)
  if (!corner || actions.length === 0) return null
  const [x, y] = corner
  return (
    <div
      className="card-toolbar"
      role="toolbar"
      aria-label={`What ${part.name} can do`}
      style={{ transform: `translate(${x}px, ${y - 8}px) translateY(-100%)` }}
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
