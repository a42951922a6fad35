/** The console's memory: what was typed and what came of it, as long as the page is open. */
import type { StateCreator } from 'zustand'
import type { SimUs } from '../../base/units.ts'
import type { AppState } from './store.ts'

/** `waiting`: a call whose answer is not there yet. `refused`: not understood, or AWS said no. */
export type EntryState = 'waiting' | 'done' | 'refused'

export interface ConsoleEntry {
  readonly id: number
  readonly line: string
  /** When it was typed, in simulated time. */
  readonly atUs: SimUs
  readonly state: EntryState
  /** What is printed. */
  readonly text: string
  /** The text stands in columns: long lines are not to be broken. */
  readonly columns?: boolean
  /** What the AWS CLI would not say. */
  readonly note?: string
}

/** The drawer's tabs, in their order. */
export const DRAWER_TABS = ['calls', 'lanes', 'metrics', 'cost', 'console', 'differences'] as const
export type DrawerTab = (typeof DRAWER_TABS)[number]

export interface ConsoleSlice {
  drawerTab: DrawerTab
  setDrawerTab(tab: DrawerTab): void
  /** Shows the console, on any screen. */
  openConsole(): void
  entries: readonly ConsoleEntry[]
  /** Returns its id. */
  addEntry(entry: Omit<ConsoleEntry, 'id'>): number
  changeEntry(id: number, change: Partial<ConsoleEntry>): void
  clearEntries(): void
  /** Lines, the oldest first. */
  typed: readonly string[]
  rememberLine(line: string): void
  /** Values of answers that later calls take, by their key, the newest first. */
  seen: Readonly<Record<string, readonly string[] | undefined>>
  noteSeen(key: string, values: readonly string[]): void
}

export const ENTRIES_KEPT = 200
const LINES_KEPT = 200
const VALUES_KEPT = 20
/** Pixels: a console or a chart lower than this is hard to read. */
const COMFORTABLE = 280

export const createConsoleSlice: StateCreator<AppState, [], [], ConsoleSlice> = (set, get) => ({
  drawerTab: 'calls',
  setDrawerTab: (drawerTab) =>
    set((state) => ({
      drawerTab,
      drawerHeight:
        drawerTab === 'calls' ? state.drawerHeight : Math.max(COMFORTABLE, state.drawerHeight),
    })),
  openConsole: () =>
    set((state) => ({
      drawerTab: 'console',
      drawerOpen: true,
      drawerHeight: Math.max(COMFORTABLE, state.drawerHeight),
      sheet: 'calls',
    })),
  entries: [],
  addEntry(entry) {
    const id = (get().entries.at(-1)?.id ?? 0) + 1
    set((state) => ({ entries: [...state.entries, { ...entry, id }].slice(-ENTRIES_KEPT) }))
    return id
  },
  changeEntry: (id, change) =>
    set((state) => ({
      entries: state.entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)),
    })),
  clearEntries: () => set({ entries: [] }),
  typed: [],
  rememberLine: (line) =>
    set(({ typed }) => ({
      typed: typed.at(-1) === line ? typed : [...typed, line].slice(-LINES_KEPT),
    })),
  seen: {},
  noteSeen: (key, values) =>
    set(({ seen }) => ({
      seen: {
        ...seen,
        [key]: [...new Set([...values, ...(seen[key] ?? [])])].slice(0, VALUES_KEPT),
      },
    })),
})
