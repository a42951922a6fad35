import { Copy, Pencil, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { MAX_TITLE_CHARS } from '../../scenario/caps.ts'
import { goTo } from '../routes.ts'
import type { DocumentEntry } from '../storage/documents.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useApp, useAppStore } from '../useApp.ts'
import { useFiles } from '../useFiles.ts'
import { useNewDesign } from '../useNewDesign.ts'
import { useWorkspace } from '../useWorkspace.ts'
import { Page } from './Page.tsx'

/** The designs that this browser keeps. */
export default function DesignsPage() {
  const workspace = useWorkspace()
  const newDesign = useNewDesign()
  const files = useFiles()
  const store = useAppStore()
  const problem = useApp((state) => state.storageProblem)
  const [entries, setEntries] = useState<readonly DocumentEntry[] | null>(null)

  useEffect(() => {
    let over = false
    async function look(): Promise<void> {
      await workspace.flush()
      const found = await workspace.list()
      if (!over) setEntries(found)
    }
    void look()
    const unsubscribe = store.subscribe((state, before) => {
      if (state.designsChanged !== before.designsChanged) void look()
    })
    return () => {
      over = true
      unsubscribe()
    }
  }, [workspace, store])

  return (
    <Page
      title="My designs"
      intro={
        problem ?? 'Kept in this browser only. Export a design as a file to keep it elsewhere.'
      }
      actions={
        <div className="page-actions">
          <button type="button" className="button" onClick={files.open}>
            Open a file…
          </button>
          <button type="button" className="button" data-primary onClick={newDesign}>
            New design
          </button>
        </div>
      }
    >
      {entries?.length === 0 && (
        <p className="empty">No designs yet. Everything you open or draw is kept here.</p>
      )}
      <ul className="designs">
        {entries?.map((entry) => (
          <Design key={entry.id} entry={entry} />
        ))}
      </ul>
    </Page>
  )
}

interface DesignProps {
  readonly entry: DocumentEntry
}

function Design({ entry }: DesignProps) {
  const workspace = useWorkspace()
  const current = useApp((state) => state.docId === entry.id)
  const [renaming, setRenaming] = useState<string | null>(null)
  const rename = async () => {
    const title = renaming?.trim() ?? ''
    setRenaming(null)
    if (title === '' || title === entry.title) return
    await workspace.rename(entry.id, title)
  }
  return (
    <li className="design">
      {renaming === null ? (
        <button
          type="button"
          className="design-open"
          onClick={() => {
            goTo('editor')
            if (!current) void workspace.openStored(entry.id)
          }}
        >
          <strong>{entry.title}</strong>
          <span>
            {current ? 'open now · ' : ''}
            {new Date(entry.savedAt).toLocaleString()}
          </span>
        </button>
      ) : (
        <input
          className="input"
          aria-label="New title"
          autoFocus
          value={renaming}
          maxLength={MAX_TITLE_CHARS}
          onChange={(event) => setRenaming(event.target.value)}
          onBlur={() => void rename()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void rename()
            if (event.key === 'Escape') setRenaming(null)
          }}
        />
      )}
      <IconButton
        icon={Pencil}
        label={`Rename ${entry.title}`}
        onClick={() => setRenaming(entry.title)}
      />
      <IconButton
        icon={Copy}
        label={`Duplicate ${entry.title}`}
        onClick={() => void workspace.duplicate(entry.id)}
      />
      <IconButton
        icon={Trash2}
        label={`Delete ${entry.title}`}
        onClick={() => void workspace.remove(entry)}
      />
    </li>
  )
}
