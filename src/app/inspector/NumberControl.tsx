import { Slider } from 'radix-ui'
import { useState } from 'react'
import type { NumberField } from '../../services/schema.ts'
import { rangeOf } from '../../services/validate.ts'
import type { ControlProps } from './FieldForm.tsx'
import { formatNumber, parseNumber, positionOf, SLIDER_STEPS, valueAt } from './number.ts'

/** A slider and a box with the unit. Arrow keys in the box move by one step. */
export function NumberControl(props: ControlProps<NumberField>) {
  const { field, limits, disabled, onValue, onDone } = props
  const value = Number(props.value)
  const [min, max] = rangeOf(field, limits)
  /** While the box has the focus it shows what is typed. */
  const [typing, setTyping] = useState<string | null>(null)
  const text = typing ?? props.draft ?? formatNumber(value)

  const commit = () => {
    if (typing === null) return
    const typed = typing.trim()
    const read = parseNumber(typed)
    setTyping(null)
    // What is no number is refused as it was typed: the refusal then names it.
    const wanted = Number.isNaN(read) ? typed : read
    if (wanted !== value || props.draft !== undefined) onValue(wanted, typed)
    onDone()
  }
  const nudge = (direction: 1 | -1) => {
    const step = field.step ?? Math.max((max - min) / 100, Number.EPSILON)
    const typed = parseNumber(text)
    const from = Number.isNaN(typed) ? value : typed
    const next = Math.min(max, Math.max(min, Number((from + direction * step).toPrecision(12))))
    setTyping(null)
    onValue(next, formatNumber(next))
  }
  return (
    <>
      <span className="number-box" data-invalid={props.invalid || undefined}>
        <input
          id={props.id}
          className="mono"
          inputMode="decimal"
          autoComplete="off"
          aria-describedby={props.describedBy}
          aria-invalid={props.invalid}
          disabled={disabled}
          value={text}
          onChange={(event) => setTyping(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'Escape') {
              setTyping(null)
              props.onTakeBack()
            }
            if (event.key === 'ArrowUp') nudge(1)
            if (event.key === 'ArrowDown') nudge(-1)
            if (event.key === 'ArrowUp' || event.key === 'ArrowDown') event.preventDefault()
          }}
        />
        {field.unit && <span className="number-unit">{field.unit}</span>}
      </span>
      <Slider.Root
        className="slider"
        min={0}
        max={SLIDER_STEPS}
        step={1}
        disabled={disabled}
        value={[positionOf(value, field, min, max)]}
        onValueChange={([position]) => {
          const next = valueAt(position, field, min, max)
          setTyping(null)
          onValue(next, formatNumber(next))
        }}
        onValueCommit={onDone}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={field.label}
          aria-valuetext={`${formatNumber(value)} ${field.unit ?? ''}`}
        />
      </Slider.Root>
    </>
  )
}
