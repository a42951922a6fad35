import { useEffect, useRef, useState } from 'react'
import type { TextField } from '../../services/schema.ts'
import type { ControlProps } from './FieldForm.tsx'

/**
 * A box for JSON, checked as it is typed. It becomes an editor when there is something in it or somebody
 * goes there; until that is loaded, or where it cannot be, it is as good for typing.
 */
export function JsonControl(props: ControlProps<TextField>) {
  const { field, invalid, onValue, onDone } = props
  const text = props.draft ?? String(props.value)
  const [isVisited, setVisited] = useState(false)
  const loaded = useJsonEditor(isVisited || text !== '')
  const selected = useRef<readonly [from: number, to: number] | null>(null)
  const type = (typed: string) => onValue(typed, typed)
  const noteSelection = ({ selectionStart, selectionEnd }: HTMLTextAreaElement) => {
    selected.current = [selectionStart, selectionEnd]
  }
  const leave = () => {
    selected.current = null
    onDone()
  }
  if (loaded) {
    return (
      <loaded.JsonEditor
        {...props}
        text={text}
        path={invalid ? (field.problemPath?.(text, props.config) ?? []) : []}
        selected={selected}
        onType={type}
        onLeave={leave}
      />
    )
  }
  return (
    <textarea
      id={props.id}
      className="input mono"
      aria-describedby={props.describedBy}
      aria-invalid={invalid}
      disabled={props.disabled}
      value={text}
      spellCheck={false}
      rows={4}
      onChange={({ target }) => type(target.value)}
      onFocus={({ currentTarget }) => {
        noteSelection(currentTarget)
        setVisited(true)
      }}
      onSelect={({ currentTarget }) => noteSelection(currentTarget)}
      onBlur={leave}
    />
  )
}

/** Null until it is wanted and there. */
function useJsonEditor(isWanted: boolean) {
  const [loaded, setLoaded] = useState<typeof import('./JsonEditor.tsx') | null>(null)
  useEffect(() => {
    if (isWanted) import('./JsonEditor.tsx').then(setLoaded, () => setLoaded(null))
  }, [isWanted])
  return loaded
}
