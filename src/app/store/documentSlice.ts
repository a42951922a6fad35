/** The document being edited: its history, and what becomes of it in this browser. */
import type { StateCreator } from 'zustand'
import { addedParts, NOTHING, stillThere } from '../../canvas/selection.ts'
import { applyCommand, type Command } from '../../scenario/commands.ts'
import { diffScenarios } from '../../scenario/diff.ts'
import {
  endGesture,
  rebase,
  record,
  redo,
  startHistory,
  undo,
  type History,
} from '../../scenario/history.ts'
import {
  emptyScenario,
  type Scenario,
  type SharedDocument,
  type View,
} from '../../scenario/scenario.ts'
import type { Problem } from '../../scenario/parse.ts'
import { loadKinds } from '../../services/views.ts'
import { documentAt, type Run, type SharedWorld } from '../run.ts'
import type { AppState } from './store.ts'

/** `unsaved`: changed since, will be saved. `failed`: this browser does not keep it. */
export type SaveState = 'saved' | 'unsaved' | 'failed'

export interface DocumentSlice {
  /** Under which the browser keeps it; null: nothing worth keeping yet. */
  docId: string | null
  history: History
  saveState: SaveState
  setSaveState(state: SaveState): void
  /** Why the browser does not keep designs; for people. */
  storageProblem: string | null
  /** Counts opened documents: each begins with its own view of the canvas. */
  opened: number
  /** What the opened document was shared with in view; null: everything. */
  openedView: View | null
  /** A link or stored design that could not be opened; shown instead of the editor. */
  problem: Problem | null
  /** Counts changes of the list of designs that it cannot know of itself. */
  designsChanged: number
  /** @param gesture edits in a row with the same one are one step of undo. */
  dispatch(command: Command, gesture?: string): void
  endGesture(): void
  undo(): void
  redo(): void
  /** The run changed the document: a step of undo when it was done `live`. */
  adopt(document: Scenario, live: boolean): void
  /** Shows a shared world in place of the present document; the browser does not keep it. */
  openShared(scenario: Scenario, world: SharedWorld): Promise<void>
  /** In place of the present document; begins its run (replays a recorded one up to its moment). */
  openDocument(document: SharedDocument, docId: string | null): Promise<void>
}

const UNREACHABLE =
  'A part of this page could not be loaded. Check the connection, then reload the page.'

export const scenarioOf = (state: Pick<AppState, 'history'>): Scenario => state.history.present

/** A recorded run opens at the moment that was shared; one without, after its last intervention. */
function momentOf({ momentUs, interventions }: SharedDocument): number {
  return momentUs ?? interventions.reduce((latest, { atUs }) => Math.max(latest, atUs), 0)
}

/** As it is shown first. */
const firstOf = (document: SharedDocument): Scenario => documentAt(document, momentOf(document))

export function createDocumentSlice(run: () => Run): StateCreator<AppState, [], [], DocumentSlice> {
  return (set, get) => {
    function show(history: History): void {
      const before = get()
      if (history === before.history) return
      const changed = history.present !== before.history.present
      set({
        history,
        ...(changed && {
          selection: stillThere(before.selection, history.present),
          saveState: before.live?.open ? 'saved' : 'unsaved',
        }),
      })
      const { seed } = history.present
      if (seed !== before.history.present.seed) get().reference?.reseed(seed)
      if (changed) get().fork(run().edited(history.present), before.history, history.past.length)
    }

    let asked = 0

    /** Loads what the picture needs. False: it cannot be had, or another document was asked for since. */
    async function canShow(document: SharedDocument): Promise<boolean> {
      const turn = ++asked
      try {
        await loadKinds(firstOf(document).nodes.map(({ kind }) => kind))
        return turn === asked
      } catch {
        get().toast(UNREACHABLE, { tone: 'warn' })
        return false
      }
    }

    async function place(document: SharedDocument, docId: string | null): Promise<void> {
      get().stopComparing()
      set((state) => ({
        docId,
        opened: state.opened + 1,
        openedView: document.view ?? null,
        history: startHistory(firstOf(document)),
        saveState: 'saved',
        selection: NOTHING,
        message: null,
        watchFor: null,
        drafts: {},
        failure: null,
        forks: [],
      }))
      await run().begin(document.scenario, document.interventions, momentOf(document))
      // Selected once the document is the one of that moment.
      const { view } = document
      const { nodes, wires } = view ?? NOTHING
      if (view) set({ selection: stillThere({ nodes, wires }, scenarioOf(get())) })
      if (document.reference) await get().compareWith(document.reference)
    }

    /** In a shared world: nothing to undo. */
    function adoptFromOthers(document: Scenario): void {
      const { history, live, selection } = get()
      const diff = diffScenarios(history.present, document)
      if (!diff) return
      const arrived = document.nodes.length > history.present.nodes.length
      set({
        history: rebase(history, diff),
        selection: stillThere(selection, document),
        live: live && { ...live, arrivals: live.arrivals + Number(arrived) },
      })
    }

    return {
      docId: null,
      history: startHistory(emptyScenario()),
      saveState: 'saved',
      storageProblem: null,
      problem: null,
      opened: 0,
      openedView: null,
      designsChanged: 0,
      setSaveState: (saveState) => set({ saveState }),
      dispatch(command, gesture) {
        const { history } = get()
        const next = applyCommand(history.present, command)
        show(record(history, next, gesture))
        if (command.type === 'paste' || command.type === 'addNode' || command.type === 'connect') {
          set({ selection: addedParts(history.present, next) })
        }
      },
      endGesture: () => set((state) => ({ history: endGesture(state.history) })),
      undo() {
        const { forks, history } = get()
        const fork = forks.at(-1)
        if (fork && history.past.length <= fork.depth) void get().unfork()
        else show(undo(history))
      },
      redo: () => show(redo(get().history)),
      adopt(document, live) {
        const { history } = get()
        if (get().live?.open) {
          adoptFromOthers(document)
          return
        }
        if (!live) {
          set({ history: { ...history, present: document } })
          return
        }
        show(record(history, document))
        const added = addedParts(history.present, document)
        if (added.nodes.length > 0) set({ selection: added })
      },
      async openShared(scenario, world) {
        const document = { scenario, interventions: [] }
        if (!(await canShow(document))) return
        run().share(world)
        await place(document, null)
      },
      async openDocument(document, docId) {
        if (!(await canShow(document))) return
        const { live } = get()
        if (live?.open) {
          run().share(null)
          set({ live: { ...live, open: false } })
        }
        await place(document, docId)
      },
    }
  }
}
