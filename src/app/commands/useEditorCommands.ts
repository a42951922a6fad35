/** What each shortcut does; the command palette offers the same. */
import { useMemo, useRef } from 'react'
import {
  copySelection,
  duplicateCommand,
  isNothing,
  NOTHING,
  pasteCommand,
  removeCommand,
  selectAll,
} from '../../canvas/selection.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { useCanvasRef } from '../canvasRef.ts'
import { CONSOLE_INPUT_ID, INSPECTOR_ID, PALETTE_SEARCH_ID } from '../focusIds.ts'
import { goTo } from '../routes.ts'
import { scenarioOf } from '../store/documentSlice.ts'
import { useAppStore } from '../useApp.ts'
import { runCommands } from './runCommands.ts'
import type { ShortcutId } from './shortcuts.ts'

export type EditorCommands = Readonly<Record<ShortcutId, () => void>>

const focusOn = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus())

export function useEditorCommands(): EditorCommands {
  const store = useAppStore()
  const canvas = useCanvasRef()
  const clipboard = useRef<{ readonly parts: Scenario; times: number }>(null)

  return useMemo(() => {
    const now = store.getState
    const copied = (): boolean => !isNothing(now().selection) && now().selection.nodes.length > 0
    return {
      ...runCommands(now),
      search() {
        now().setSheet('palette')
        focusOn(PALETTE_SEARCH_ID)
      },
      commands: () => now().openDialog('commands'),
      help: () => now().openDialog('shortcuts'),
      undo: () => now().undo(),
      redo: () => now().redo(),
      copy() {
        if (!copied()) return
        clipboard.current = { parts: copySelection(scenarioOf(now()), now().selection), times: 0 }
        now().announce('Copied')
      },
      paste() {
        if (!clipboard.current) return
        const { parts, times } = clipboard.current
        now().dispatch(pasteCommand(parts, times))
        clipboard.current.times += 1
      },
      duplicate() {
        if (copied()) now().dispatch(duplicateCommand(scenarioOf(now()), now().selection))
      },
      selectAll: () => now().select(selectAll(scenarioOf(now()))),
      remove() {
        if (!isNothing(now().selection)) now().dispatch(removeCommand(now().selection))
      },
      unselect: () => now().select(NOTHING),
      fit: () => canvas.current?.fit(),
      zoomIn: () => canvas.current?.zoomIn(),
      zoomOut: () => canvas.current?.zoomOut(),
      outline: () => now().setOutline(!now().outline),
      configure() {
        now().setSheet('inspector')
        focusOn(INSPECTOR_ID)
      },
      console() {
        now().openConsole()
        focusOn(CONSOLE_INPUT_ID)
      },
      share: () => now().openDialog('share'),
      gallery: () => goTo('scenarios'),
    }
  }, [store, canvas])
}
