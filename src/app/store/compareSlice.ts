/** Comparing the design with another variant, on one clock and one seed. */
import type { StateCreator } from 'zustand'
import type { Recording } from '../../scenario/scenario.ts'
import type { StartWorker } from '../../worker/client.ts'
import { createReference, type Reference } from '../compare/reference.ts'
import { documentAt, type Run } from '../run.ts'
import type { AppState } from './store.ts'

/** The design that is edited is B; A stays as it is. */
export type Variant = 'a' | 'b'

export interface CompareSlice {
  reference: Reference | null
  /** The wires that the hops of its frames count by. */
  referenceWires: readonly string[]
  /** Which of both a small screen shows. */
  variant: Variant
  showVariant(variant: Variant): void
  /** The recording becomes A: null, the run as it is now. */
  compareWith(recording: Recording | null): Promise<void>
  /** Ends it with one of both as the design. */
  keepVariant(variant: Variant): void
  /** Ends it, the design stays. */
  stopComparing(): void
}

export function createCompareSlice(
  run: () => Run,
  startWorker: StartWorker,
): StateCreator<AppState, [], [], CompareSlice> {
  return (set, get) => ({
    reference: null,
    referenceWires: [],
    variant: 'b',
    showVariant: (variant) => set({ variant }),
    async compareWith(given) {
      if (get().live?.open) return
      const { scenario, interventions } = given ?? (await run().recording())
      get().reference?.close()
      const { seed } = get().history.present
      const recording = { scenario: { ...scenario, seed }, interventions }
      const reference = createReference(startWorker, run().player, recording, {
        onWires: (referenceWires) => set({ referenceWires }),
        onFailed(message) {
          get().stopComparing()
          get().toast(`Variant A stopped: ${message}`, { tone: 'warn' })
        },
      })
      set({ reference, variant: 'b', outline: false, saveState: 'unsaved' })
      get().setDrawerTab('differences')
      get().announce('Comparing: A stays as it is, B is the design that you edit.')
    },
    keepVariant(variant) {
      const { reference } = get()
      get().stopComparing()
      if (!reference || variant === 'b') return
      const { title } = get().history.present
      const design = documentAt(reference.recording, Infinity)
      get().adopt({ ...design, title }, true)
    },
    stopComparing() {
      const { reference, drawerTab, message } = get()
      if (!reference) return
      reference.close()
      set({ reference: null, referenceWires: [], variant: 'b', saveState: 'unsaved' })
      if (message?.variant === 'a') get().openMessage(null)
      if (drawerTab === 'differences') get().setDrawerTab('calls')
    },
  })
}
