import { ListTree, PanelsTopLeft } from 'lucide-react'
import { useState } from 'react'
import { usePaletteDrag } from '../../canvas/paletteDrag.ts'
import { PALETTE_SEARCH_ID } from '../focusIds.ts'
import { Tip } from '../ui/IconButton.tsx'
import { useApp } from '../useApp.ts'
import { searchPalette, type PaletteEntry } from './palette.ts'
import './palette.css'

/** The parts: dragged onto the canvas, or chosen by click or Enter and placed by the next click. */
export default function Palette() {
  const [query, setQuery] = useState('')
  const groups = searchPalette(query)
  const outline = useApp((state) => state.outline)
  const setOutline = useApp((state) => state.setOutline)
  return (
    <div className="palette">
      <input
        id={PALETTE_SEARCH_ID}
        type="search"
        className="input palette-search"
        placeholder="Find a part… /"
        aria-label="Find a part"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          setQuery('')
          event.currentTarget.blur()
        }}
      />
      {groups.map((group) => (
        <section key={group.id} aria-label={group.label}>
          <h2 className="palette-heading">{group.label}</h2>
          {group.entries.map((entry) => (
            <Entry key={`${entry.kind}/${entry.preset.id}`} entry={entry} />
          ))}
        </section>
      ))}
      {groups.length === 0 && <p className="empty">No part is called “{query}”.</p>}
      <button
        type="button"
        className="palette-outline"
        aria-pressed={outline}
        onClick={() => setOutline(!outline)}
      >
        {outline ? <PanelsTopLeft size={15} aria-hidden /> : <ListTree size={15} aria-hidden />}
        {outline ? 'Show the canvas' : 'Show as outline'}
      </button>
    </div>
  )
}

function Entry({ entry }: { readonly entry: PaletteEntry }) {
  const { handlers } = usePaletteDrag()
  const placing = useApp((state) => state.placing)
  const setPlacing = useApp((state) => state.setPlacing)
  const setSheet = useApp((state) => state.setSheet)
  const { preset, kind, family } = entry
  const chosen = placing?.kind === kind && placing.preset.id === preset.id
  return (
    <Tip label={preset.help}>
      <button
        type="button"
        className="palette-entry palette-draggable"
        aria-pressed={chosen}
        data-family={family}
        data-tone={preset.tone}
        onClick={() => {
          setPlacing(chosen ? null : { kind, preset })
          setSheet(null)
        }}
        {...handlers({ kind, preset })}
      >
        <span className="swatch" aria-hidden="true" />
        {preset.label}
      </button>
    </Tip>
  )
}
