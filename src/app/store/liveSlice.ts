/** The world of the server that this page came from, if it came with one. */
import type { StateCreator } from 'zustand'
import type { LiveClock } from '../../worker/live.ts'
import type { AppState } from './store.ts'

export interface LiveState {
  /** As people call it: "localhost:4566". */
  readonly host: string
  readonly clock: LiveClock
  readonly link: 'connecting' | 'open' | 'lost'
  /** It is what the editor shows, not another design. */
  readonly open: boolean
  /** Counts how often others brought new parts: the picture should show them. */
  readonly arrivals: number
  /** Shows it again after another design was opened. */
  reopen(): void
}

export interface LiveSlice {
  /** Null on the published site. */
  live: LiveState | null
}

export const createLiveSlice: StateCreator<AppState, [], [], LiveSlice> = () => ({ live: null })
