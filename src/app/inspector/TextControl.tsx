import { lazy, Suspense, useState } from 'react'
import type { TextField } from '../../services/schema.ts'
import type { ControlProps } from './FieldForm.tsx'

const PartNames = lazy(() => import('./PartNames.tsx'))

/** One line, or a larger box; applied when left or with Enter. */
export function TextControl(props: ControlProps<TextField>) {
  const { field, onValue, onDone } = props
  const [typing, setTyping] = useState<string | null>(null)
  const text = typing ?? props.draft ?? String(props.value)

  const commit = () => {
    if (typing === null) return
    setTyping(null)
    onValue(typing, typing)
    onDone()
  }
  const shared = {
    id: props.id,
    className: `input${field.code ? ' mono' : ''}`,
    'aria-describedby': props.describedBy,
    'aria-invalid': props.invalid,
    disabled: props.disabled,
    value: text,
    spellCheck: false,
    onBlur: commit,
  }
  if (field.multiline) {
    return (
      <textarea
        {...shared}
        rows={field.code ? 7 : 4}
        onChange={(event) => setTyping(event.target.value)}
      />
    )
  }
  const names = field.names === undefined ? undefined : `${props.id}-names`
  return (
    <>
      <input
        {...shared}
        list={names}
        onChange={(event) => setTyping(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          if (event.key === 'Escape') {
            setTyping(null)
            props.onTakeBack()
          }
        }}
      />
      {names !== undefined && (
        <Suspense>
          <PartNames id={names} kind={field.names!} name={text} />
        </Suspense>
      )}
    </>
  )
}
