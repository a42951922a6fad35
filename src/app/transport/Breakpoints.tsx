import { X } from 'lucide-react'
import { useState } from 'react'
import { schemas } from '../../services/schemas.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { Breakpoint, NotableType } from '../../worker/protocol.ts'
import { NOTABLE_WORDS } from '../notableWords.ts'
import { useApp, useScenario } from '../useApp.ts'

const TYPES = Object.keys(NOTABLE_WORDS) as NotableType[]

/** What pauses the run, to be added and taken away. */
export default function Breakpoints() {
  const breakpoints = useApp((state) => state.breakpoints)
  const setBreakpoints = useApp((state) => state.setBreakpoints)
  const scenario = useScenario()
  return (
    <section aria-labelledby="breakpoints-heading">
      <h3 id="breakpoints-heading">Pause when</h3>
      <ul className="breakpoints">
        {breakpoints.map((breakpoint, index) => (
          <li key={JSON.stringify(breakpoint)}>
            <span>{wordsOf(breakpoint, scenario)}</span>
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove: ${wordsOf(breakpoint, scenario)}`}
              onClick={() => setBreakpoints(breakpoints.filter((_, other) => other !== index))}
            >
              <X size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <AddBreakpoint
        onAdd={(added) => {
          const text = JSON.stringify(added)
          const others = breakpoints.filter((one) => JSON.stringify(one) !== text)
          setBreakpoints([...others, added])
        }}
      />
    </section>
  )
}

/** A part (or any), and what happens there: something notable, an error, a metric above a value. */
function AddBreakpoint({ onAdd }: { readonly onAdd: (breakpoint: Breakpoint) => void }) {
  const { nodes } = useScenario()
  const [node, setNode] = useState('')
  const [what, setWhat] = useState('deadLettered')
  const [above, setAbove] = useState('100')
  const kind = nodes.find(({ id }) => id === node)?.kind
  const metrics = (kind ? schemas.get(kind)?.metrics?.map(({ name }) => name) : null) ?? []
  const metric = metrics.find((name) => what === `metric ${name}`)
  const value = Number(above)
  const isValid = !metric || (above.trim() !== '' && Number.isFinite(value))
  const add = () => {
    const at = node === '' ? null : node
    if (metric) onAdd({ on: 'metric', node, metric, above: value })
    else if (what === 'error') onAdd({ on: 'error', node: at })
    else onAdd({ on: 'notable', type: what as NotableType, node: at })
  }
  return (
    <form
      className="breakpoint-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isValid) add()
      }}
    >
      <select
        className="input"
        aria-label="Where"
        value={node}
        onChange={({ target }) => {
          setNode(target.value)
          if (what.startsWith('metric ')) setWhat('error')
        }}
      >
        <option value="">at any part</option>
        {nodes.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label="What happens"
        value={what}
        onChange={({ target }) => setWhat(target.value)}
      >
        {TYPES.map((type) => (
          <option key={type} value={type}>
            {NOTABLE_WORDS[type].one}
          </option>
        ))}
        <option value="error">an API call returns an error</option>
        {metrics.map((name) => (
          <option key={name} value={`metric ${name}`}>
            {name} above…
          </option>
        ))}
      </select>
      {metric && (
        <input
          className="input mono"
          inputMode="decimal"
          aria-label="Above"
          aria-invalid={!isValid}
          value={above}
          onChange={({ target }) => setAbove(target.value)}
        />
      )}
      <button type="submit" className="button" disabled={!isValid}>
        Add
      </button>
    </form>
  )
}

function wordsOf(breakpoint: Breakpoint, { nodes }: Scenario): string {
  const name = nodes.find(({ id }) => id === breakpoint.node)?.name ?? breakpoint.node
  const at = name === null ? 'any part' : name
  switch (breakpoint.on) {
    case 'notable':
      return `${at}: ${NOTABLE_WORDS[breakpoint.type].one}`
    case 'error':
      return `${at}: an API call returns an error`
    case 'metric':
      return `${at}: ${breakpoint.metric} above ${breakpoint.above}`
  }
}
