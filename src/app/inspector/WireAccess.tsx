import { ShieldCheck, ShieldX } from 'lucide-react'
import type { RefusedWire } from '../../services/wireAccess.ts'
import { useApp } from '../useApp.ts'

/** Why a policy refuses what the wire means, and the statement that would let it, to be put in. */
export function WireAccess({ refused }: { readonly refused: RefusedWire }) {
  const dispatch = useApp((state) => state.dispatch)
  const endGesture = useApp((state) => state.endGesture)
  const { resource, caller, actions, denial, field, remedy } = refused
  return (
    <section className="wire-access" aria-label="Access">
      <p className="wire-access-reason">
        <ShieldX size={14} aria-hidden="true" />
        Access denied: the policy of “{resource.name}”{' '}
        {denial === 'explicitDeny' ? 'forbids' : 'does not let'} “{caller.name}”{' '}
        {denial === 'explicitDeny' ? 'to do ' : 'do '}
        {actions.join(', ')}.
      </p>
      {remedy === null ? (
        <p className="field-help">
          {denial === 'explicitDeny'
            ? 'An explicit Deny wins over any Allow: take that statement out of the policy, or narrow it.'
            : 'The policy has no room for one more statement.'}
        </p>
      ) : (
        <>
          <p className="field-help">With this policy it may:</p>
          <pre
            className="wire-access-policy"
            tabIndex={0}
            aria-label="Policy with the new statement"
          >
            {remedy}
          </pre>
          <button
            type="button"
            className="button"
            data-small
            onClick={() => {
              dispatch({ type: 'configureNode', node: resource.id, config: { [field]: remedy } })
              endGesture()
            }}
          >
            <ShieldCheck size={14} aria-hidden="true" />
            Put it into the policy of {resource.name}
          </button>
        </>
      )}
    </section>
  )
}
