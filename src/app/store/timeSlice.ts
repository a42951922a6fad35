/** Going through time: other moments, futures that were replaced, and what pauses the run. */
import type { StateCreator } from 'zustand'
import { formatClock, formatCount } from '../../base/format.ts'
import type { SimUs } from '../../base/units.ts'
import type { History } from '../../scenario/history.ts'
import type {
  Breakpoint,
  BreakpointHit,
  Notable,
  NotableType,
  WhyOf,
} from '../../worker/protocol.ts'
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

/** What happened at the moment that the clock was taken to. */
export interface Note {
  readonly atUs: SimUs
  readonly text: string
  /** What one may ask the cause of. */
  readonly of?: WhyOf
}

export interface TimeSlice {
  /** Said for as long as the clock stands there. */
  note: Note | null
  /** The latest last. */
  forks: readonly Fork[]
  breakpoints: readonly Breakpoint[]
  seek(toUs: SimUs): Promise<void>
  /** To what was notable nearest to a moment; to the moment itself when nothing was. */
  seekNear(toUs: SimUs, withinUs: SimUs): Promise<void>
  closeNote(): void
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

    function sayNotable(mark: Notable): void {
      const words = NOTABLE_WORDS[mark.type].one
      const place = mark.node && ` at ${nameOf(mark.node)}`
      const message = mark.message ? `, m-${mark.message}` : ''
      const count = mark.count > 1 ? ` (${formatCount(mark.count)})` : ''
      const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}${place}${message}${count}`
      set({ note: { atUs: mark.atUs, text, of: { mark } } })
      sayWhere()
    }

    return {
      note: null,
      forks: [],
      breakpoints: [],
      async seek(toUs) {
        if (await run().seek(toUs)) sayWhere()
      },
      async seekNear(toUs, withinUs) {
        const mark = await run().near(toUs, withinUs)
        if (!mark) return get().seek(toUs)
        if (await run().seek(mark.atUs)) sayNotable(mark)
      },
      closeNote: () => set({ note: null }),
      async stepBack() {
        if (await run().stepBack()) sayWhere()
      },
      async jump(direction, type) {
        const found = await run().jump(direction, type)
        if (found) return sayNotable(found)
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
      hit({ index, atUs, detail, of }) {
        const breakpoint = get().breakpoints[index]
        if (!breakpoint) return
        const at = breakpoint.node ? `${nameOf(breakpoint.node)}: ` : ''
        const text = `Paused at ${clockOf(run(), atUs)}: ${at}${whyPaused(breakpoint, detail)}`
        set({ note: { atUs, text, ...(of && { of }) } })
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
