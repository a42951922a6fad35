import type { ScenarioNode } from '../../scenario/scenario.ts'
import { views } from '../../services/views.ts'
import { useApp } from '../useApp.ts'

interface ActionsProps {
  readonly node: ScenarioNode
  /** Only this one; else all. */
  readonly only?: string
}

/** A part's buttons. */
export function Actions({ node, only }: ActionsProps) {
  const act = useApp((state) => state.act)
  const all = views.get(node.kind)?.actions ?? []
  const actions = only === undefined ? all : all.filter(({ id }) => id === only)
  if (actions.length === 0) return null
  return (
    <div className="node-actions" role="group" aria-label="Actions">
      {actions.map(({ id, label, icon: Icon, help, args }) => (
        <button
          key={`${id}/${label}`}
          type="button"
          className="button"
          data-small
          title={help}
          onClick={() => void act(node.id, id, args)}
        >
          <Icon size={14} aria-hidden="true" />
          {label}
        </button>
      ))}
    </div>
  )
}
