import { counted } from '../../base/format.ts'
import { MAX_DESCRIPTION_CHARS, MAX_SEED } from '../../scenario/caps.ts'
import type { Config } from '../../scenario/scenario.ts'
import type { Field } from '../../services/schema.ts'
import { useApp, useScenario } from '../useApp.ts'
import { FieldForm } from './FieldForm.tsx'

const FIELDS: readonly Field[] = [
  {
    id: 'description',
    label: 'Description',
    help: 'Shown to whoever opens the link.',
    type: 'text',
    multiline: true,
    default: '',
    maxLength: MAX_DESCRIPTION_CHARS,
  },
  {
    id: 'network',
    label: 'Network',
    help: 'How long a call travels. Stretched lets eyes follow it.',
    section: 'Run',
    type: 'choice',
    options: [
      { value: 'stretched', label: 'Stretched: 400 ms a hop' },
      { value: 'realistic', label: 'Realistic: a few ms' },
      { value: 'instant', label: 'Instant: no time at all' },
    ],
    default: 'stretched',
  },
  {
    id: 'limits',
    label: 'Limits',
    help: 'AWS’s present limits, or those that exam material still teaches.',
    section: 'Run',
    type: 'choice',
    options: [
      { value: 'today', label: 'AWS today' },
      { value: 'exam', label: 'Exam notes' },
    ],
    default: 'today',
  },
  {
    id: 'seed',
    label: 'Seed',
    help: 'The same seed gives exactly the same run. Another one begins a new run.',
    section: 'Run',
    type: 'number',
    min: 0,
    max: MAX_SEED,
    step: 1,
    default: 1,
    logarithmic: true,
  },
]

/** Shown when nothing is selected: what belongs to the design as a whole. */
export function ScenarioSettings() {
  const scenario = useScenario()
  const dispatch = useApp((state) => state.dispatch)
  const endGesture = useApp((state) => state.endGesture)
  const compareWith = useApp((state) => state.compareWith)
  const isComparing = useApp((state) => state.reference !== null)
  const isShared = useApp((state) => state.live?.open === true)
  const watchFor = useApp((state) => state.watchFor)
  const { title, description, seed, settings, nodes, wires } = scenario
  const values: Config = { description, seed, ...settings }
  const config = Object.fromEntries(
    FIELDS.filter(({ id, default: usual }) => values[id] !== usual).map(({ id }) => [
      id,
      values[id],
    ]),
  )
  return (
    <div className="inspector-scroll">
      <header className="inspector-head">
        <h2 className="inspector-title">{title}</h2>
        <p className="inspector-kind">
          {counted(nodes.length, 'part')}, {counted(wires.length, 'wire')}
        </p>
      </header>
      <div className="inspector-body">
        {watchFor !== null && (
          <p className="watch-for">
            <b>Watch for:</b> {watchFor}
          </p>
        )}
        <FieldForm
          fields={FIELDS}
          config={config}
          limits={settings.limits}
          part="scenario"
          running={false}
          onDone={endGesture}
          onChange={(change, gesture) => {
            const [[id, value]] = Object.entries(change)
            const wanted = value ?? FIELDS.find((field) => field.id === id)?.default
            if (id === 'description') {
              dispatch({ type: 'setDescription', description: String(wanted) }, gesture)
            } else if (id === 'seed') {
              dispatch({ type: 'setSeed', seed: Number(wanted) }, gesture)
            } else {
              dispatch({ type: 'setSettings', settings: { [id]: wanted } }, gesture)
            }
          }}
        />
        {!isShared && (
          <section className="compare-offer">
            <button type="button" className="button" onClick={() => void compareWith(null)}>
              Compare with a variant
            </button>
            <p className="field-help">
              {isComparing
                ? 'The design as it is now becomes A, in place of the one that is A.'
                : 'The design as it is now becomes A and stays. What you change from here on is B. Both run side by side on one clock and one seed.'}
            </p>
          </section>
        )}
      </div>
    </div>
  )
}
