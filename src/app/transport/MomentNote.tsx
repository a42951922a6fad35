import { X } from 'lucide-react'
import { Because } from '../message/Because.tsx'
import type { Note } from '../store/timeSlice.ts'
import { useApp } from '../useApp.ts'

/** What happened at the moment that the clock was taken to, and why. */
export default function MomentNote({ note }: { readonly note: Note }) {
  const close = useApp((state) => state.closeNote)
  return (
    <aside className="moment-note" aria-label="What happened at this moment">
      <div role="status">
        <p className="moment-note-text">{note.text}</p>
        {note.of && <Because of={note.of} className="moment-note-why" />}
      </div>
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={close}>
        <X size={16} aria-hidden="true" />
      </button>
    </aside>
  )
}
