/** What is open, selected and said; nothing here is part of the document. */
import type { Variant } from './compareSlice.ts'
import type { StateCreator } from 'zustand'
import { NOTHING, type Selection } from '../../canvas/selection.ts'
import type { Placeable } from '../../canvas/paletteDrag.ts'
import type { LogFilter } from '../../worker/protocol.ts'
import type { AppState } from './store.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type DialogName = 'share' | 'shortcuts' | 'commands' | 'import' | 'cloudFormation'
export type InspectorTab = 'configure' | 'messages' | 'table' | 'metrics' | 'advice'
/** On a phone one of these lies over the canvas. */
export type Sheet = 'palette' | 'inspector' | 'calls'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'warn'
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** A message whose card is open, and where it was clicked, screen pixels. */
export interface OpenMessage {
  readonly message: number
  readonly x: number
  readonly y: number
  /** Where the card should stand; below unless said otherwise. */
  readonly side?: 'bottom' | 'left'
  /** Of which run, while two are compared; absent: the design's own. */
  readonly variant?: Variant
}

/** What was typed into a field and refused. */
export interface Draft {
  readonly text: string
  readonly error: string
}

export interface ViewSlice {
  selection: Selection
  select(selection: Selection): void
  message: OpenMessage | null
  openMessage(message: OpenMessage | null): void
  /** Chosen in the palette by click or Enter; the next click on the canvas puts it there. */
  placing: Placeable | null
  setPlacing(placing: Placeable | null): void
  /** What to look at in the built-in scenario that was opened; null for other designs. */
  watchFor: string | null
  setWatchFor(words: string): void
  /** The canvas as a list. */
  outline: boolean
  setOutline(outline: boolean): void
  tab: InspectorTab
  setTab(tab: InspectorTab): void
  /** By part and field: "n3.DelaySeconds". */
  drafts: Readonly<Record<string, Draft | undefined>>
  setDraft(key: string, draft: Draft | undefined): void
  sheet: Sheet | null
  setSheet(sheet: Sheet | null): void
  drawerOpen: boolean
  setDrawerOpen(open: boolean): void
  /** Pixels. */
  drawerHeight: number
  setDrawerHeight(height: number): void
  /** Operations that the log has shown so far, sorted: what it can be filtered by. */
  operations: readonly string[]
  noteOperations(names: Iterable<string>): void
  logFilter: LogFilter
  setLogFilter(filter: LogFilter): void
  dialog: DialogName | null
  openDialog(dialog: DialogName | null): void
  theme: ThemeChoice
  setTheme(theme: ThemeChoice): void
  toasts: readonly Toast[]
  toast(text: string, more?: Partial<Pick<Toast, 'tone' | 'action'>>): void
  dismissToast(id: number): void
  /** Said to screen readers; the number makes the same words heard twice. */
  announcement: { readonly text: string; readonly count: number }
  announce(text: string): void
}

export const DRAWER_MIN = 96
export const DRAWER_MAX = 560
const MAX_TOASTS = 3

export const createViewSlice: StateCreator<AppState, [], [], ViewSlice> = (set) => ({
  selection: NOTHING,
  select: (selection) => set({ selection }),
  message: null,
  openMessage: (message) => set({ message }),
  watchFor: null,
  setWatchFor: (watchFor) => set({ watchFor }),
  placing: null,
  setPlacing: (placing) => set({ placing }),
  outline: false,
  setOutline: (outline) => set({ outline }),
  tab: 'configure',
  setTab: (tab) => set({ tab }),
  drafts: {},
  setDraft: (key, draft) =>
    set((state) =>
      state.drafts[key] === draft ? state : { drafts: { ...state.drafts, [key]: draft } },
    ),
  sheet: null,
  setSheet: (sheet) => set({ sheet }),
  drawerOpen: true,
  setDrawerOpen: (drawerOpen) => set({ drawerOpen }),
  drawerHeight: 148,
  setDrawerHeight: (height) =>
    set({ drawerHeight: Math.min(DRAWER_MAX, Math.max(DRAWER_MIN, height)) }),
  operations: [],
  noteOperations: (names) =>
    set((state) => {
      const all = new Set([...state.operations, ...names])
      return all.size === state.operations.length ? state : { operations: [...all].sort() }
    }),
  logFilter: {},
  setLogFilter: (logFilter) => set({ logFilter }),
  dialog: null,
  openDialog: (dialog) => set({ dialog }),
  theme: 'system',
  setTheme: (theme) => set({ theme }),
  toasts: [],
  toast: (text, more = {}) =>
    set((state) => {
      const id = (state.toasts.at(-1)?.id ?? 0) + 1
      const toast: Toast = { id, text, tone: 'plain', ...more }
      return { toasts: [...state.toasts, toast].slice(-MAX_TOASTS) }
    }),
  dismissToast: (id) =>
    set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
  announcement: { text: '', count: 0 },
  announce: (text) =>
    set((state) => ({ announcement: { text, count: state.announcement.count + 1 } })),
})
