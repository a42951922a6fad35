import { Switch } from 'radix-ui'
import type { ChoiceField, SwitchField } from '../../services/schema.ts'
import type { ControlProps } from './FieldForm.tsx'

export function ChoiceControl(props: ControlProps<ChoiceField>) {
  return (
    <select
      id={props.id}
      className="input"
      aria-describedby={props.describedBy}
      disabled={props.disabled}
      value={String(props.value)}
      onChange={(event) => {
        props.onValue(event.target.value, event.target.value)
        props.onDone()
      }}
    >
      {props.field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

export function SwitchControl(props: ControlProps<SwitchField>) {
  return (
    <Switch.Root
      id={props.id}
      className="switch"
      aria-describedby={props.describedBy}
      disabled={props.disabled}
      checked={props.value === true}
      onCheckedChange={(checked) => {
        props.onValue(checked, String(checked))
        props.onDone()
      }}
    >
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  )
}
