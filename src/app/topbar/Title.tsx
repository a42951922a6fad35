import { useRef, useState } from 'react'
import { MAX_TITLE_CHARS } from '../../scenario/caps.ts'
import { useApp, useScenario } from '../useApp.ts'

const SAVE_WORDS = { saved: 'saved', unsaved: 'edited', failed: 'not saved' } as const

/** The design's title, edited in place, and whether the browser has kept it. */
export function Title() {
  const { title } = useScenario()
  const dispatch = useApp((state) => state.dispatch)
  const saveState = useApp((state) => state.saveState)
  const docId = useApp((state) => state.docId)
  /** Null while nobody types: then it is the document's. */
  const [typing, setTyping] = useState<string | null>(null)
  const text = typing ?? title
  const input = useRef<HTMLInputElement>(null)

  const commit = () => {
    const wanted = text.trim()
    if (wanted !== '' && wanted !== title) dispatch({ type: 'setTitle', title: wanted })
    setTyping(null)
  }
  return (
    <div className="title">
      <span className="title-sizer">
        <span aria-hidden="true">{text || ' '}</span>
        <input
          ref={input}
          className="title-input"
          aria-label="Title of the design"
          size={1}
          value={text}
          maxLength={MAX_TITLE_CHARS}
          onChange={(event) => setTyping(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyping(null)
            if (event.key === 'Enter' || event.key === 'Escape') {
              requestAnimationFrame(() => input.current?.blur())
            }
          }}
        />
      </span>
      <span className="title-state" data-state={saveState}>
        {docId || saveState !== 'saved' ? SAVE_WORDS[saveState] : ''}
      </span>
    </div>
  )
}
