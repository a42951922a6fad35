/** Where a served world's time comes from. */
import type { SimUs } from '../../base/units.ts'

export interface Clock {
  readonly kind: 'real' | 'virtual'
  /** Where the world's time should be now. */
  nowUs(): SimUs
  /** Calls `wake` when that time has come, once; replaces what was asked before. */
  wakeAt(atUs: SimUs, wake: () => void): void
  stop(): void
}

/** Time stands still but for `advance`. */
export interface VirtualClock extends Clock {
  readonly kind: 'virtual'
  advance(byUs: SimUs): void
}

export function createVirtualClock(): VirtualClock {
  let nowUs = 0
  return {
    kind: 'virtual',
    nowUs: () => nowUs,
    advance: (byUs) => {
      nowUs += byUs
    },
    wakeAt: () => {},
    stop: () => {},
  }
}

/** The longest that a timer of Node can wait, ms. */
const LONGEST_TIMER_MS = 2_147_483_647

/** Follows the wall clock's pace (not its jumps), beginning at `startUs`. */
export function createRealClock(startUs: SimUs): Clock {
  const startedMs = performance.now()
  let timer: NodeJS.Timeout | undefined
  let wakesAtUs = Infinity
  const nowUs = (): SimUs => startUs + Math.floor((performance.now() - startedMs) * 1000)
  return {
    kind: 'real',
    nowUs,
    wakeAt(atUs, wake) {
      // An earlier timer stays: it only asks again.
      if (atUs >= wakesAtUs) return
      clearTimeout(timer)
      wakesAtUs = atUs
      const delayMs = Math.min(Math.ceil((atUs - nowUs()) / 1000), LONGEST_TIMER_MS)
      timer = setTimeout(
        () => {
          wakesAtUs = Infinity
          wake()
        },
        Math.max(delayMs, 0),
      )
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
