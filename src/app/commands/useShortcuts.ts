import { useEffect } from 'react'
import { shortcutOf, type ShortcutId } from './shortcuts.ts'

const TYPING = 'input, textarea, select, [contenteditable="true"]'
/** Where keys have a meaning of their own. */
const OWN_KEYS = '[role="dialog"], [role="menu"], [role="slider"]:not(.scrubber), [role="radio"]'
/** Space and Enter press these. */
const PRESSABLE = 'button, a, summary, [role="button"], [role="switch"]'
/** Keys that even a focused button leaves to the editor; and what works while a dialog is open. */
const ALWAYS: readonly ShortcutId[] = ['commands']

/**
 * Listens to the keys of these commands while their screen is shown; never while someone types or a
 * dialog is open.
 */
export function useShortcuts(commands: Readonly<Partial<Record<ShortcutId, () => void>>>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return
      const id = shortcutOf(event)
      const command = id && commands[id]
      if (!command || (!ALWAYS.includes(id) && isTaken(event, id))) return
      event.preventDefault()
      command()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [commands])
}

function isTaken(event: KeyboardEvent, id: ShortcutId): boolean {
  const { target } = event
  if (!(target instanceof Element)) return false
  if (target.closest(`${TYPING}, ${OWN_KEYS}`)) return true
  if (document.querySelector('[role="dialog"][data-state="open"]')) return true
  if (id === 'play' && target.closest(PRESSABLE)) return true
  // Marked text in a list or a card is for the browser to copy.
  return id === 'copy' && !window.getSelection()?.isCollapsed
}
