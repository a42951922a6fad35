import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { TextField } from '../../services/schema.ts'
import type { ControlProps } from './FieldForm.tsx'
import { createJsonBox, type JsonBox } from './jsonBox.ts'
import { lineAndColumn, placeOfError, type TextRange } from './jsonPlace.ts'
import './jsonEditor.css'

export interface JsonEditorProps extends ControlProps<TextField> {
  readonly text: string
  /** Where in well-formed JSON the refused value lies: names and numbers on the way there. */
  readonly path: readonly string[]
  /** What is selected in the box that this one replaces, if the keyboard is there. */
  readonly selected: RefObject<readonly [from: number, to: number] | null>
  readonly onType: (text: string) => void
  /** The keyboard is elsewhere now. */
  readonly onLeave: () => void
}

/** JSON in colours, with a mark where it is broken or where AWS refuses it. */
export function JsonEditor(props: JsonEditorProps) {
  const { id, field, describedBy, disabled, invalid, text, path, selected, onLeave } = props
  const parent = useRef<HTMLDivElement>(null)
  const [box, setBox] = useState<JsonBox | null>(null)
  const onType = useRef(props.onType)

  useLayoutEffect(() => {
    const made = createJsonBox(parent.current!, (typed) => onType.current(typed))
    setBox(made)
    return () => made.destroy()
  }, [])

  const place = invalid ? placeOfError(text, path) : null
  const placeId = `${id}-place`
  const formatted = disabled ? null : formattedJson(text, field.maxLength)
  useLayoutEffect(() => {
    onType.current = props.onType
    box?.show(text)
    box?.mark(place)
    box?.describe(disabled, {
      id,
      'aria-label': field.label,
      'aria-describedby': place ? `${describedBy} ${placeId}` : describedBy,
      'aria-invalid': String(invalid),
    })
  })
  useLayoutEffect(() => {
    if (box && selected.current) box.goTo({ from: selected.current[0], to: selected.current[1] })
  }, [box, selected])

  return (
    <div className="json-editor" data-invalid={invalid || undefined}>
      {formatted !== null && (
        <button
          type="button"
          className="json-format"
          aria-label={`Format ${field.label}`}
          onClick={() => {
            props.onType(formatted)
            onLeave()
          }}
        >
          Format
        </button>
      )}
      <div className="json-box" ref={parent} onBlur={onLeave} />
      {box && place && (
        <button type="button" id={placeId} className="json-place" onClick={() => box.goTo(place)}>
          {sayPlace(text, place)}
        </button>
      )}
    </div>
  )
}

const SPACE_BETWEEN = /("(?:[^"\\]|\\.)*")|\s+/g

/** With a line for every value; null when it is that, or would say something else or too much. */
function formattedJson(text: string, maxLength: number): string | null {
  try {
    const json: unknown = JSON.parse(text)
    const isSame = JSON.stringify(json) === text.replace(SPACE_BETWEEN, '$1')
    const formatted = JSON.stringify(json, null, 2)
    return isSame && formatted !== text && formatted.length <= maxLength ? formatted : null
  } catch {
    return null
  }
}

function sayPlace(text: string, { from }: TextRange): string {
  const { line, column } = lineAndColumn(text, from)
  return `Line ${line}, column ${column}`
}
