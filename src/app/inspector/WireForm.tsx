import { Trash2 } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { Wire } from '../../scenario/scenario.ts'
import { connectionOf, withDefaults } from '../../services/schemas.ts'
import { refusedWire } from '../../services/wireAccess.ts'
import { views } from '../../services/views.ts'
import { useApp, useScenario } from '../useApp.ts'
import { FieldForm } from './FieldForm.tsx'
import { WireAccess } from './WireAccess.tsx'

const WireTools = lazy(() => import('./WireTools.tsx'))

/** Settings of a wire: what it means and, where its role has any, its fields. */
export function WireForm({ wire }: { readonly wire: Wire }) {
  const scenario = useScenario()
  const running = useApp((state) => state.play.status !== 'idle')
  const dispatch = useApp((state) => state.dispatch)
  const endGesture = useApp((state) => state.endGesture)
  const from = scenario.nodes.find(({ id }) => id === wire.from)
  const to = scenario.nodes.find(({ id }) => id === wire.to)
  if (!from || !to) return null
  const connection = connectionOf(from, to)
  const refused = refusedWire(from, to)
  const Tools = views.get(from.kind)?.WireTools
  return (
    <div className="inspector-scroll">
      <header className="inspector-head">
        <h2 className="inspector-title">
          {from.name} → {to.name}
        </h2>
        <p className="inspector-kind">Wire{connection.ok ? `: ${connection.role}` : ''}</p>
      </header>
      <div className="inspector-body">
        {refused && <WireAccess refused={refused} />}
        {!connection.ok && <p className="field-error">{connection.reason}</p>}
        {connection.ok && connection.fields.length === 0 && (
          <p className="field-help">This wire has no settings.</p>
        )}
        {connection.ok && (
          <FieldForm
            fields={connection.fields}
            config={wire.config}
            limits={scenario.settings.limits}
            part={wire.id}
            running={running}
            onChange={(config, gesture) =>
              dispatch({ type: 'configureWire', wire: wire.id, config }, gesture)
            }
            onDone={endGesture}
          />
        )}
        {connection.ok && Tools && (
          <Suspense>
            <WireTools
              wire={wire.id}
              Tools={Tools}
              config={withDefaults(connection.fields, wire.config, scenario.settings.limits)}
              onChange={(config) => {
                dispatch({ type: 'configureWire', wire: wire.id, config })
              }}
            />
          </Suspense>
        )}
        <button
          type="button"
          className="button"
          data-small
          data-danger
          onClick={() => dispatch({ type: 'removeParts', wires: [wire.id] })}
        >
          <Trash2 size={14} aria-hidden="true" />
          Remove wire
        </button>
      </div>
    </div>
  )
}
