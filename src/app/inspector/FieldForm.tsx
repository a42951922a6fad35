import { RotateCcw } from 'lucide-react'
import { useId } from 'react'
import { useDigest } from '../../canvas/digests.ts'
import type { Config, ScenarioSettings } from '../../scenario/scenario.ts'
import type { Field } from '../../services/schema.ts'
import { withDefaults } from '../../services/schemas.ts'
import { checkField, rangeWords } from '../../services/validate.ts'
import { ChoiceControl, SwitchControl } from './ChoiceControl.tsx'
import { JsonControl } from './JsonControl.tsx'
import { readable } from './number.ts'
import { NumberControl } from './NumberControl.tsx'
import { TextControl } from './TextControl.tsx'
import { useDraft } from './useDraft.ts'

export interface FormProps {
  readonly fields: readonly Field[]
  /** Only what differs from the defaults. */
  readonly config: Config
  readonly limits: ScenarioSettings['limits']
  /** Names what is edited, for drafts and undo: "n3" or "w2". */
  readonly part: string
  /** The run has begun: what only creation may set is locked. */
  readonly running: boolean
  /** null sets a field back to its default. */
  readonly onChange: (config: Config, gesture: string) => void
  /** A drag or the typing in one field has ended. */
  readonly onDone: () => void
}

/** A form made from a schema: sections, units, ranges, help and AWS's message for a bad value. */
export function FieldForm(props: FormProps) {
  const full = withDefaults(props.fields, props.config, props.limits)
  const shown = props.fields.filter(({ when }) => !when || when.is.includes(full[when.field]))
  return shown.map((field, i) => (
    <div key={field.id}>
      {field.section && field.section !== shown[i - 1]?.section && (
        <h3 className="form-section">{field.section}</h3>
      )}
      <FieldRow {...props} field={field} value={full[field.id]} />
    </div>
  ))
}

export interface ControlProps<F extends Field> {
  readonly id: string
  readonly describedBy: string
  readonly field: F
  readonly value: unknown
  /** The settings beside it. */
  readonly config: Config
  readonly limits: ScenarioSettings['limits']
  readonly disabled: boolean
  readonly invalid: boolean
  /** What was typed and refused; shown instead of the value until it is put right. */
  readonly draft: string | undefined
  /** Checked before it is applied; `typed` is kept when it is refused. */
  readonly onValue: (value: unknown, typed: string) => void
  /** Forgets what was typed and refused. */
  readonly onTakeBack: () => void
  readonly onDone: () => void
}

interface RowProps extends FormProps {
  readonly field: Field
  readonly value: unknown
}

function FieldRow({ field, value, config, limits, part, running, onChange, onDone }: RowProps) {
  const id = useId()
  const key = `${part}.${field.id}`
  const { text, error, offer, clear } = useDraft<unknown>(
    key,
    (wanted) => checkField(field, wanted, limits, config),
    (accepted) => onChange({ [field.id]: accepted }, key),
  )
  const changed = Object.hasOwn(config, field.id) || text !== undefined
  const locked = running && field.fixed === true
  const reading = field.type === 'number' ? readable(Number(value), field.unit) : ''
  const control = {
    id,
    describedBy: `${id}-help ${id}-error`,
    value,
    config,
    limits,
    disabled: locked,
    invalid: error !== null,
    draft: text,
    onValue: offer,
    onTakeBack: clear,
    onDone,
  }
  return (
    <div className="field" data-type={field.type}>
      {/* A label takes the keyboard to HTML's own controls; what is edited as JSON is none. */}
      <label
        className="field-label"
        htmlFor={id}
        onClick={() => document.getElementById(id)?.focus()}
      >
        {field.label}
      </label>
      {changed && !locked && (
        <button
          type="button"
          className="field-reset"
          aria-label={`Reset ${field.label}`}
          title="Back to the default"
          onClick={() => {
            clear()
            onChange({ [field.id]: null }, `${key}.reset`)
            onDone()
          }}
        >
          <RotateCcw size={12} aria-hidden="true" />
        </button>
      )}
      {field.type === 'number' && <NumberControl {...control} field={field} />}
      {field.type === 'choice' && <ChoiceControl {...control} field={field} />}
      {field.type === 'switch' && <SwitchControl {...control} field={field} />}
      {field.type === 'text' && !field.json && <TextControl {...control} field={field} />}
      {field.type === 'text' && field.json && <JsonControl {...control} field={field} />}
      <p className="field-help" id={`${id}-help`}>
        {reading !== '' && <b>{reading}. </b>}
        {field.help}
        {field.type === 'number' && field.exam && (
          <span className="field-exam"> {field.exam.note}</span>
        )}
        {field.type === 'number' && field.error && error !== null && (
          <> It may be {rangeWords(field, limits)}.</>
        )}
        {locked && ' Only a new run can change it.'}
      </p>
      <p className="field-error" id={`${id}-error`} role="alert">
        {error ?? <RunningProblem part={part} field={field.id} />}
      </p>
    </div>
  )
}

/** What is wrong with a setting and only shows while it runs. */
function RunningProblem({ part, field }: { readonly part: string; readonly field: string }) {
  return useDigest(part)?.problems?.[field]
}
