import { Modal } from '../ui/Modal.tsx'
import { useApp } from '../useApp.ts'
import { keysText, SHORTCUTS, type Shortcut } from './shortcuts.ts'
import './commands.css'

const GROUPS = ['Run', 'Edit', 'Look', 'Go'] as const

/** Keys of the canvas itself, for completeness. */
const CANVAS_KEYS = [
  { keys: 'Arrows', label: 'Move what is selected' },
  { keys: 'Tab, Enter', label: 'Go from part to part, select' },
  { keys: 'Shift+drag', label: 'Select an area' },
] as const

export default function ShortcutSheet() {
  const openDialog = useApp((state) => state.openDialog)
  return (
    <Modal title="Keyboard shortcuts" wide onClose={() => openDialog(null)}>
      <div className="sheet">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {rowsOf(group).map(({ keys, label }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    <kbd>{keys}</kbd>
                  </dd>
                </div>
              ))}
              {group === 'Edit' &&
                CANVAS_KEYS.map(({ keys, label }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>
                      <kbd>{keys}</kbd>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="sheet-note">On a Mac, Cmd instead of Ctrl.</p>
    </Modal>
  )
}

/** Two ways to the same command share a row. */
function rowsOf(group: Shortcut['group']): { keys: string; label: string }[] {
  const rows = new Map<string, string[]>()
  for (const shortcut of SHORTCUTS) {
    if (shortcut.group !== group) continue
    rows.set(shortcut.label, [...(rows.get(shortcut.label) ?? []), keysText(shortcut)])
  }
  return [...rows].map(([label, keys]) => ({ label, keys: keys.join(' or ') }))
}
