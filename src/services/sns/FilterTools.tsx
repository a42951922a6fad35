/** A subscription's filter policy explained, its limits, and a message to try it with. */
import { useId, useState } from 'react'
import { formatClock } from '../../base/format.ts'
import type { GateVerdict } from '../../worker/protocol.ts'
import type { WireToolsProps } from '../../canvas/view.ts'
import { filterProblem } from './fields.ts'
import { EXAMPLES } from './filter/examples.ts'
import {
  BadPolicy,
  MOST_COMBINATIONS,
  MOST_KEYS,
  readPolicy,
  type FilterPolicy,
  type FilterScope,
} from './filter/policy.ts'
import { readAttributes, tryMessage, type Trial } from './filter/tryMessage.ts'
import { sayClause } from './filter/words.ts'
import './filterTools.css'

export default function FilterTools({ config, onChange, verdict }: WireToolsProps) {
  const text = String(config.FilterPolicy)
  const scope: FilterScope =
    config.FilterPolicyScope === 'MessageBody' ? 'MessageBody' : 'MessageAttributes'
  const policy = readable(text, scope)
  return (
    <section className="filter-tools" aria-label="What the filter policy says">
      {verdict && <LastMessage verdict={verdict} />}
      <h3 className="form-section">What the filter policy says</h3>
      {policy ? (
        <>
          <Clauses policy={policy} />
          <p className="field-help">
            {policy.keys} of {MOST_KEYS} keys, {policy.combinations} of {MOST_COMBINATIONS}{' '}
            combinations.
          </p>
        </>
      ) : (
        <p className="field-help">
          {filterProblem(text, scope) === null
            ? 'There is none: every message is delivered.'
            : 'AWS would refuse it: nothing passes here.'}
        </p>
      )}
      <label className="filter-example">
        <span className="field-label">Insert an example</span>
        <select
          className="input"
          value=""
          onChange={({ target }) => {
            const example = EXAMPLES.find(({ label }) => label === target.value)
            if (!example) return
            onChange({
              FilterPolicy: JSON.stringify(example.policy, null, 2),
              FilterPolicyScope: example.scope,
            })
          }}
        >
          <option value="">Replace the policy by …</option>
          {EXAMPLES.map(({ label }) => (
            <option key={label}>{label}</option>
          ))}
        </select>
      </label>
      {policy && <TryMessage policy={policy} />}
    </section>
  )
}

function readable(text: string, scope: FilterScope): FilterPolicy | null {
  if (text.trim() === '') return null
  try {
    return readPolicy(text, scope)
  } catch (problem) {
    if (problem instanceof BadPolicy) return null
    throw problem
  }
}

/** What became of the last message that came by, and by which clause. */
function LastMessage({ verdict }: { readonly verdict: GateVerdict }) {
  const { message, atUs, passed, because } = verdict
  return (
    <>
      <h3 className="form-section">The last message</h3>
      <p className="filter-verdict" data-passes={passed}>
        m-{message} {passed ? 'passed' : 'was stopped'} at {formatClock(atUs)}.
      </p>
      <p className="filter-because">{because}</p>
    </>
  )
}

/** A message that somebody types in: whether it would pass, and clause by clause why. */
function TryMessage({ policy }: { readonly policy: FilterPolicy }) {
  const id = useId()
  const [body, setBody] = useState('{"type": "order", "amount": 120}')
  const [typed, setTyped] = useState('{"type": "order", "amount": 120}')
  const attributes = readAttributes(typed)
  const trial = attributes && tryMessage(policy, body, attributes)
  return (
    <>
      <h3 className="form-section">Try a message</h3>
      <label className="field-label" htmlFor={`${id}-body`}>
        Body
      </label>
      <textarea
        id={`${id}-body`}
        className="input mono"
        rows={3}
        spellCheck={false}
        value={body}
        onChange={({ target }) => setBody(target.value)}
      />
      {policy.scope === 'MessageAttributes' && (
        <>
          <label className="field-label" htmlFor={`${id}-attributes`}>
            Message attributes, as JSON
          </label>
          <textarea
            id={`${id}-attributes`}
            className="input mono"
            rows={3}
            spellCheck={false}
            aria-invalid={!attributes}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </>
      )}
      <p className="filter-verdict" role="status" data-passes={trial?.passes ?? false}>
        {trial
          ? verdictOf(trial)
          : 'The attributes are no JSON object of strings, numbers and lists.'}
      </p>
      {trial?.alternatives && <Clauses policy={policy} judged={trial.alternatives} />}
    </>
  )
}

const verdictOf = ({ passes, because }: Trial): string =>
  passes ? 'Passes: a copy is delivered.' : `Filtered out. ${because}`

/** Every clause, with what it makes of a message where one is judged. */
function Clauses({
  policy,
  judged,
}: {
  readonly policy: FilterPolicy
  readonly judged?: Trial['alternatives']
}) {
  const where = policy.scope === 'MessageBody' ? 'body' : 'attributes'
  const first = judged ? 'Clause by clause:' : `Delivered when, in the ${where}, all of this holds:`
  return policy.alternatives.map((clauses, alternative) => (
    // Alternatives have no identity but their place.
    // oxlint-disable-next-line no-array-index-key
    <div key={alternative}>
      <p className="field-help">{alternative === 0 ? first : 'or all of this:'}</p>
      <ul>
        {clauses.map((clause, place) => {
          const holds = judged?.[alternative][place].holds
          return (
            <li key={clause.key} data-holds={holds}>
              {sayClause(clause)}
              {holds !== undefined && <b>{holds ? ' ✓ fits' : ' ✗ does not fit'}</b>}
            </li>
          )
        })}
      </ul>
    </div>
  ))
}
