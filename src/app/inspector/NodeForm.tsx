import { lazy, Suspense } from 'react'
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { schemas } from '../../services/schemas.ts'
import { useApp, useScenario } from '../useApp.ts'
import { Actions } from './Actions.tsx'
import { FieldForm } from './FieldForm.tsx'
import { RightNow } from './RightNow.tsx'

const PolicyReading = lazy(() => import('./PolicyReading.tsx'))

/** Buttons, settings and present figures of one part. */
export function NodeForm({ node }: { readonly node: ScenarioNode }) {
  const { limits } = useScenario().settings
  const running = useApp((state) => state.play.status !== 'idle')
  const dispatch = useApp((state) => state.dispatch)
  const endGesture = useApp((state) => state.endGesture)
  const schema = schemas.get(node.kind)
  if (!schema) {
    return (
      <p className="empty">
        This version does not know the part “{node.kind}”. It is kept as it is, and takes no part in
        the run.
      </p>
    )
  }
  const policy = schema.policy ? String(node.config[schema.policy.field] ?? '') : ''
  return (
    <div className="inspector-body">
      <Actions node={node} />
      <FieldForm
        fields={schema.fields}
        config={node.config}
        limits={limits}
        part={node.id}
        running={running}
        onChange={(config, gesture) =>
          dispatch({ type: 'configureNode', node: node.id, config }, gesture)
        }
        onDone={endGesture}
      />
      {policy !== '' && (
        <Suspense>
          <PolicyReading policy={policy} />
        </Suspense>
      )}
      <RightNow node={node} />
    </div>
  )
}
