/** What the screen says about the run, and the buttons of the transport bar. */
import type { StateCreator } from 'zustand'
import { formatClock } from '../../base/format.ts'
import type { PlayState } from '../player.ts'
import { INITIAL_PLAY } from '../player.ts'
import type { Run } from '../run.ts'
import { scenarioOf } from './documentSlice.ts'
import type { AppState } from './store.ts'

export interface RunFailure {
  readonly message: string
  /** Simulated microseconds. */
  readonly atUs: number
}

export interface RunSlice {
  play: PlayState
  /** Counts what may have changed the engine's answers while time stood still. */
  moment: number
  /** The run is over: the engine failed twice, or its books do not add up. */
  failure: RunFailure | null
  togglePlay(): void
  /** One event; says what happened. */
  step(): Promise<void>
  /** Back to time 0 with the document as it is now and nothing done to it. */
  restart(): Promise<void>
  setSpeed(speed: number): void
  /** A button on a node. */
  act(node: string, action: string, args: Readonly<Record<string, unknown>>): Promise<void>
}

export function createRunSlice(run: () => Run): StateCreator<AppState, [], [], RunSlice> {
  return (set, get) => ({
    play: INITIAL_PLAY,
    moment: 0,
    failure: null,
    togglePlay() {
      if (get().live?.open) return
      if (get().play.status === 'playing') run().player.pause()
      else run().play()
    },
    async step() {
      const stepped = await run().step()
      if (!stepped) return
      const atUs = run().player.shownUs()
      const answer = await run().ask({ about: 'log', before: 0, limit: 1, filter: {} })
      const row = answer.about === 'log' ? answer.rows[0] : undefined
      const news = row && row.atUs === atUs ? [row.from, row.operation, row.to, row.output] : []
      get().announce(
        [formatClock(atUs - run().player.originUs()), ...news.filter((word) => word !== '')].join(
          ', ',
        ),
      )
    },
    async restart() {
      if (get().live?.open) return
      set({ failure: null, message: null, forks: [] })
      await run().begin(scenarioOf(get()))
      get().announce('Back at the start')
    },
    setSpeed: (speed) => run().player.setSpeed(speed),
    act: (node, action, args) => run().act(node, action, args),
  })
}
