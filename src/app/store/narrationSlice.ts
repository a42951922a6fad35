/** Whether notable events are told to screen readers while the run plays. */
import type { StateCreator } from 'zustand'
import type { Mark } from '../../worker/protocol.ts'
import { NARRATE_EVERY_MS, NOTHING_UNTOLD, noteMarks, sentenceOf } from '../narration.ts'
import type { Run } from '../run.ts'
import { scenarioOf } from './documentSlice.ts'
import type { AppState } from './store.ts'

export interface NarrationSlice {
  narrates: boolean
  toggleNarration(): void
  /** Tells of these, together with others that come soon. */
  narrate(marks: readonly Mark[]): void
}

export function createNarrationSlice(
  run: () => Run,
): StateCreator<AppState, [], [], NarrationSlice> {
  return (set, get) => {
    let untold = NOTHING_UNTOLD
    let timer: ReturnType<typeof setTimeout> | undefined

    function tell(): void {
      timer = undefined
      const told = untold
      untold = NOTHING_UNTOLD
      if (!get().narrates || told.size === 0) return
      const { nodes } = scenarioOf(get())
      const { player } = run()
      const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name
      get().announce(sentenceOf(told, nameOf, player.shownUs() - player.originUs()))
    }

    return {
      narrates: false,
      toggleNarration() {
        const narrates = !get().narrates
        untold = NOTHING_UNTOLD
        set({ narrates })
        get().announce(narrates ? 'Telling what happens' : 'No longer telling what happens')
      },
      narrate(marks) {
        if (!get().narrates) return
        untold = noteMarks(untold, marks)
        if (untold.size > 0) timer ??= setTimeout(tell, NARRATE_EVERY_MS)
      },
    }
  }
}
