/** All state of the shell in one zustand store, made of its slices. Frames stay outside (player.ts). */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StartWorker } from '../../worker/client.ts'
import { formatClock } from '../../base/format.ts'
import type { Mark } from '../../worker/protocol.ts'
import { createRun, type Run } from '../run.ts'
import { createChartsSlice, type ChartsSlice } from './chartsSlice.ts'
import { createCompareSlice, type CompareSlice } from './compareSlice.ts'
import { createConsoleSlice, type ConsoleSlice } from './consoleSlice.ts'
import { createDocumentSlice, type DocumentSlice } from './documentSlice.ts'
import { createLiveSlice, type LiveSlice } from './liveSlice.ts'
import { createNarrationSlice, type NarrationSlice } from './narrationSlice.ts'
import { createRunSlice, type RunSlice } from './runSlice.ts'
import { createTimeSlice, type TimeSlice } from './timeSlice.ts'
import { createViewSlice, type ViewSlice } from './viewSlice.ts'

export type AppState = DocumentSlice &
  RunSlice &
  TimeSlice &
  ViewSlice &
  ConsoleSlice &
  LiveSlice &
  ChartsSlice &
  CompareSlice &
  NarrationSlice

export interface App {
  readonly store: StoreApi<AppState>
  readonly run: Run
  /** Hears of notable things as the run plays; returns how to stop. */
  onMarks(hear: (marks: readonly Mark[]) => void): () => void
}

export function createApp(startWorker: StartWorker): App {
  const theRun = (): Run => run
  const store = createStore<AppState>()((...api) => ({
    ...createDocumentSlice(theRun)(...api),
    ...createRunSlice(theRun)(...api),
    ...createTimeSlice(theRun)(...api),
    ...createViewSlice(...api),
    ...createConsoleSlice(...api),
    ...createLiveSlice(...api),
    ...createChartsSlice(...api),
    ...createNarrationSlice(theRun)(...api),
    ...createCompareSlice(theRun, startWorker)(...api),
  }))
  const { getState, setState } = store
  const hearers = new Set<(marks: readonly Mark[]) => void>()
  const run = createRun(startWorker, {
    onPlay(play) {
      const failure = play.violation
        ? { message: play.violation, atUs: run.player.engineUs() }
        : getState().failure
      setState({ play, failure })
      if (play.status !== 'playing') setState((state) => ({ moment: state.moment + 1 }))
    },
    onMarks(marks) {
      getState().narrate(marks)
      for (const hear of hearers) hear(marks)
    },
    onBranch(branch) {
      const { history, fork } = getState()
      fork(branch, history, history.past.length)
    },
    onHit: (hit) => getState().hit(hit),
    onMoment: () => setState((state) => ({ moment: state.moment + 1 })),
    onRestarted(reason) {
      const text = `The engine stopped (${reason}). It was started again and has caught up to ${formatClock(run.player.shownUs())}.`
      getState().toast(text, { tone: 'warn' })
    },
    onFailed: (message, atUs) => setState({ failure: { message, atUs } }),
    onDocument: (document, live) => getState().adopt(document, live),
    onRefused: (message) => getState().toast(message, { tone: 'warn' }),
  })
  return {
    store,
    run,
    onMarks(hear) {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
  }
}
