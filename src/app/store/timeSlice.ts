/** Going through time: other moments, futures that were replaced, and what pauses the run. */
import type { StateCreator } from 'zustand'
import { formatClock } from '../../base/format.ts'
import type { SimUs } from '../../base/units.ts'
import type { History } from '../../scenario/history.ts'
import type { Breakpoint, BreakpointHit, NotableType } from '../../worker/protocol.ts'
import { NOTABLE_WORDS } from '../notableWords.ts'
import type { Branch, Run } from '../run.ts'
import type { AppState } from './store.ts'

/** A future that something done at a past moment replaced. */
export interface Fork {
  readonly branch: Branch
  /** The document's history as it was before. */
  readonly history: History
  /** With this many steps to undo, or fewer, the next undo brings the future back. */
  readonly depth: number
}

export interface TimeSlice {
  /** The latest last. */
  forks: readonly Fork[]
  breakpoints: readonly Breakpoint[]
  seek(toUs: SimUs): Promise<void>
  /** One event back. */
  stepBack(): Promise<void>
  /** To the nearest thing of a type; null: of any. */
  jump(direction: 'next' | 'previous', type: NotableType | null): Promise<void>
  /** Remembers a future that is being replaced, and says so. */
  fork(branch: Branch | null, history: History, depth: number): void
  /** Brings the latest replaced future back. */
  unfork(): Promise<void>
  setBreakpoints(breakpoints: readonly Breakpoint[]): void
  /** The run stopped at one of them. */
  hit(hit: BreakpointHit): void
}

/** Older futures are forgotten. */
const MAX_FORKS = 20

/** A moment, as the clock shows it. */
const clockOf = (run: Run, atUs: SimUs) => formatClock(atUs - run.player.originUs())

export function createTimeSlice(run: () => Run): StateCreator<AppState, [], [], TimeSlice> {
  return (set, get) => {
    const nameOf = (id: string) =>
      get().history.present.nodes.find((node) => node.id === id)?.name ?? id

    function sayWhere(news = ''): void {
      get().announce(
        [clockOf(run(), run().player.shownUs()), news].filter((word) => word !== '').join(', '),
      )
    }

    return {
      forks: [],
      breakpoints: [],
      async seek(toUs) {
        if (await run().seek(toUs)) sayWhere()
      },
      async stepBack() {
        if (await run().stepBack()) sayWhere()
      },
      async jump(direction, type) {
        const found = await run().jump(direction, type)
        if (found && found.type in NOTABLE_WORDS) {
          sayWhere(
            `${NOTABLE_WORDS[found.type as NotableType].one}${found.node && ` at ${nameOf(found.node)}`}`,
          )
          return
        }
        const what = type ? NOTABLE_WORDS[type].none : 'nothing notable'
        get().toast(
          direction === 'next'
            ? `There is ${what} later, as far as this run was played.`
            : `There was ${what} before this moment.`,
        )
      },
      fork(branch, history, depth) {
        if (!branch) return
        const fork: Fork = { branch, history, depth }
        set((state) => ({ forks: [...state.forks, fork].slice(-MAX_FORKS) }))
        get().toast(`What came after ${clockOf(run(), branch.atUs)} is replaced by a new future.`, {
          action: { label: 'Bring it back', run: () => void get().unfork() },
        })
      },
      async unfork() {
        const fork = get().forks.at(-1)
        if (!fork) return
        set((state) => ({ forks: state.forks.slice(0, -1), history: fork.history }))
        await run().rejoin(fork.branch, fork.history.present)
        sayWhere('the former future is back')
      },
      setBreakpoints(breakpoints) {
        set({ breakpoints })
        run().breakAt(breakpoints)
      },
      hit({ index, atUs, detail }) {
        const breakpoint = get().breakpoints[index]
        if (!breakpoint) return
        const at = breakpoint.node ? `${nameOf(breakpoint.node)}: ` : ''
        const text = `Paused at ${clockOf(run(), atUs)}. ${at}${whyPaused(breakpoint, detail)}`
        get().toast(text)
      },
    }
  }
}

function whyPaused(breakpoint: Breakpoint, detail: string): string {
  switch (breakpoint.on) {
    case 'notable':
      return `${NOTABLE_WORDS[breakpoint.type].one}${detail && `, ${detail}`}.`
    case 'error':
      return `${detail}.`
    case 'metric':
      return `${breakpoint.metric} is ${detail}, above ${breakpoint.above}.`
  }
}
