/** Which metrics the reader compares in the drawer. */
import type { StateCreator } from 'zustand'
import type { NodeId } from '../../scenario/scenario.ts'
import type { AppState } from './store.ts'

export interface ChartedMetric {
  readonly node: NodeId
  /** CloudWatch's name. */
  readonly name: string
}

export interface ChartsSlice {
  /** Null until the reader has chosen: then the screen proposes some. */
  charted: readonly ChartedMetric[] | null
  chart(metrics: readonly ChartedMetric[]): void
}

/** More lines than colours and patience. */
export const MOST_CHARTED = 8

export const createChartsSlice: StateCreator<AppState, [], [], ChartsSlice> = (set) => ({
  charted: null,
  chart: (metrics) => set({ charted: metrics.slice(0, MOST_CHARTED) }),
})
