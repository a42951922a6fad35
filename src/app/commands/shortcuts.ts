/** Every key of the editor: the sheet shows this list, and `useShortcuts` obeys it. */

export type ShortcutId =
  | 'play'
  | 'step'
  | 'stepBack'
  | 'previous'
  | 'next'
  | 'restart'
  | 'search'
  | 'commands'
  | 'help'
  | 'undo'
  | 'redo'
  | 'copy'
  | 'paste'
  | 'duplicate'
  | 'selectAll'
  | 'remove'
  | 'unselect'
  | 'fit'
  | 'zoomIn'
  | 'zoomOut'
  | 'outline'
  | 'configure'
  | 'console'
  | 'share'
  | 'narrate'
  | 'gallery'

export interface Shortcut {
  readonly id: ShortcutId
  /** As `KeyboardEvent.key`; any of them. */
  readonly keys: readonly string[]
  /** Ctrl, or Cmd on a Mac. */
  readonly mod?: boolean
  readonly shift?: boolean
  readonly label: string
  readonly group: 'Run' | 'Edit' | 'Look' | 'Go'
  /** As shown on the sheet, where the keys alone would puzzle. */
  readonly shown?: string
}

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'play', keys: [' '], label: 'Play or pause', group: 'Run', shown: 'Space' },
  { id: 'step', keys: ['.'], label: 'One event', group: 'Run' },
  { id: 'stepBack', keys: [','], label: 'One event back', group: 'Run' },
  { id: 'previous', keys: ['['], label: 'Back to what was notable', group: 'Run' },
  { id: 'next', keys: [']'], label: 'On to what is notable', group: 'Run' },
  { id: 'restart', keys: ['Home'], label: 'Start over', group: 'Run' },
  { id: 'undo', keys: ['z'], mod: true, shift: false, label: 'Undo', group: 'Edit' },
  { id: 'redo', keys: ['y'], mod: true, label: 'Redo', group: 'Edit' },
  { id: 'redo', keys: ['z'], mod: true, shift: true, label: 'Redo', group: 'Edit' },
  { id: 'copy', keys: ['c'], mod: true, label: 'Copy', group: 'Edit' },
  { id: 'paste', keys: ['v'], mod: true, label: 'Paste', group: 'Edit' },
  { id: 'duplicate', keys: ['d'], mod: true, label: 'Duplicate', group: 'Edit' },
  { id: 'selectAll', keys: ['a'], mod: true, label: 'Select everything', group: 'Edit' },
  { id: 'remove', keys: ['Delete', 'Backspace'], label: 'Remove what is selected', group: 'Edit' },
  { id: 'unselect', keys: ['Escape'], label: 'Select nothing', group: 'Edit', shown: 'Esc' },
  { id: 'fit', keys: ['f'], label: 'Everything in view', group: 'Look' },
  { id: 'zoomIn', keys: ['+', '='], label: 'Zoom in', group: 'Look' },
  { id: 'zoomOut', keys: ['-'], label: 'Zoom out', group: 'Look' },
  { id: 'outline', keys: ['o'], label: 'Canvas or outline', group: 'Look' },
  {
    id: 'narrate',
    keys: ['n'],
    label: 'Tell screen readers what happens',
    group: 'Look',
  },
  { id: 'search', keys: ['/'], label: 'Find a part', group: 'Go' },
  { id: 'commands', keys: ['k'], mod: true, label: 'All commands', group: 'Go' },
  { id: 'configure', keys: ['e'], label: 'Settings of what is selected', group: 'Go' },
  { id: 'console', keys: ['`'], mod: true, label: 'Console', group: 'Go' },
  { id: 'console', keys: ['c'], mod: false, label: 'Console', group: 'Go' },
  { id: 'share', keys: ['s'], label: 'Share link', group: 'Go' },
  { id: 'gallery', keys: ['g'], label: 'Scenarios', group: 'Go' },
  { id: 'help', keys: ['?'], label: 'This sheet', group: 'Go' },
]

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** The shortcut that a key press means, if any. */
export function shortcutOf(press: KeyPress): ShortcutId | null {
  if (press.altKey) return null
  const mod = press.ctrlKey || press.metaKey
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const found = SHORTCUTS.find(
    (shortcut) =>
      shortcut.keys.includes(key) &&
      (shortcut.mod ?? false) === mod &&
      (shortcut.shift === undefined || shortcut.shift === press.shiftKey),
  )
  return found?.id ?? null
}

/** "Ctrl+Z" */
export function keysText({ keys, mod, shift, shown }: Shortcut): string {
  const key = shown ?? (keys[0].length === 1 ? keys[0].toUpperCase() : keys[0])
  return [mod && 'Ctrl', shift && 'Shift', key].filter(Boolean).join('+')
}
