import { lazy, Suspense, useState } from 'react'
import { partTitle } from '../../canvas/partTitle.ts'
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { schemas } from '../../services/schemas.ts'
import { checkName } from '../../services/validate.ts'
import { useApp, useScenario } from '../useApp.ts'
import { useDraft } from './useDraft.ts'

const HelpDialog = lazy(() => import('../help/HelpDialog.tsx'))

/** The part's name, edited in place by AWS's rules for names of its kind. */
export function NodeHead({ node }: { readonly node: ScenarioNode }) {
  const scenario = useScenario()
  const dispatch = useApp((state) => state.dispatch)
  const [typing, setTyping] = useState<string | null>(null)
  const schema = schemas.get(node.kind)
  const { text, error, clear, offer } = useDraft<string>(
    `${node.id}.name`,
    (name) => {
      if (scenario.nodes.some((other) => other.id !== node.id && other.name === name)) {
        return `“${name}” is taken.`
      }
      return schema ? checkName(schema, name, node.config) : null
    },
    (name) => dispatch({ type: 'renameNode', node: node.id, name }),
  )
  const commit = () => {
    if (typing === null) return
    setTyping(null)
    offer(typing.trim(), typing)
  }
  return (
    <header className="inspector-head">
      <input
        className="inspector-name"
        aria-label="Name"
        aria-invalid={error !== null}
        aria-describedby="node-name-error"
        spellCheck={false}
        value={typing ?? text ?? node.name}
        onChange={(event) => setTyping(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          if (event.key === 'Escape') {
            setTyping(null)
            clear()
          }
        }}
      />
      <Kind kind={node.kind} title={partTitle(scenario, node)} />
      <p className="field-error" id="node-name-error" role="alert">
        {error}
      </p>
    </header>
  )
}

/** What it is, and the way to more about it. */
function Kind({ kind, title }: { readonly kind: string; readonly title: string }) {
  const [asked, setAsked] = useState(false)
  return (
    <p className="inspector-kind">
      {title}
      {schemas.has(kind) && (
        <button type="button" className="inspector-how" onClick={() => setAsked(true)}>
          How it works
        </button>
      )}
      {asked && (
        <Suspense fallback={null}>
          <HelpDialog kind={kind} title={title} onClose={() => setAsked(false)} />
        </Suspense>
      )}
    </p>
  )
}
