import { AnimatePresence, m } from 'framer-motion'
import { ListVideo, Settings2, Shapes } from 'lucide-react'
import { Suspense, type ReactNode } from 'react'
import type { Sheet } from './store/viewSlice.ts'
import { useApp } from './useApp.ts'

const CLASS = { palette: 'app-palette', inspector: 'app-inspector', calls: 'app-drawer' } as const

interface PanelProps {
  readonly name: Sheet
  readonly label: string
  readonly phone: boolean
  readonly children: ReactNode
}

/** A part of the screen; on a phone a sheet that comes up over the canvas. */
export function Panel({ name, label, phone, children }: PanelProps) {
  const open = useApp((state) => state.sheet === name)
  const opened = useApp((state) => state.opened > 0)
  // The picture comes first.
  const content = opened && <Suspense fallback={null}>{children}</Suspense>
  if (!phone) {
    return (
      <aside className={CLASS[name]} aria-label={label}>
        {content}
      </aside>
    )
  }
  return (
    <AnimatePresence>
      {open && (
        <m.aside
          className={CLASS[name]}
          aria-label={label}
          initial={{ y: '100%' }}
          animate={{ y: 0 }}
          exit={{ y: '100%' }}
          transition={{ type: 'tween', duration: 0.2, ease: 'easeOut' }}
        >
          {content}
        </m.aside>
      )}
    </AnimatePresence>
  )
}

const SHEETS = [
  { id: 'palette', label: 'Parts', icon: Shapes },
  { id: 'inspector', label: 'Settings', icon: Settings2 },
  { id: 'calls', label: 'API calls', icon: ListVideo },
] as const

/** On a phone, below everything: which panel lies over the canvas. */
export function SheetTabs() {
  const sheet = useApp((state) => state.sheet)
  const setSheet = useApp((state) => state.setSheet)
  return (
    <nav className="sheet-tabs" aria-label="Panels">
      {SHEETS.map(({ id, label, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={sheet === id}
          onClick={() => setSheet(sheet === id ? null : id)}
        >
          <Icon size={18} aria-hidden="true" />
          {label}
        </button>
      ))}
    </nav>
  )
}
