/** What a run leaves behind: the log, hops, metric history and marks. Not part of the world. */
import { US_PER_S, type SimUs } from '../base/units.ts'
import type { Mark } from './frame.ts'
import { createHops, restoreHops, saveHops, type HopRing, type SavedHops } from './hops.ts'
import { createLog, forgetLogAhead, moveLog, type ApiLog } from './log.ts'
import { createHistory, forgetSamplesAhead, moveHistory, type MetricHistory } from './metrics.ts'
import { createNotables, forgetFuture, type Notables } from './notables.ts'

export interface Records {
  readonly log: ApiLog
  readonly hops: HopRing
  /** Since the screen last took them. */
  readonly marks: Mark[]
  /** What was notable, to be found again. */
  readonly notables: Notables
  /** Samples of a node, or of one of its parts; made on first use. */
  historyOf(node: number, width: number, part?: number): MetricHistory
  /** How far the records are now, with what is on the wires. */
  save(atUs: SimUs): SavedRecords
  /** The run goes to where the records were `saved` at `atUs`. */
  moveTo(saved: SavedRecords, atUs: SimUs): void
  /** What comes after the present moment will be otherwise than was recorded. */
  forgetAhead(): void
}

/** Where the records were at some moment. */
export interface SavedRecords {
  readonly rows: number
  readonly items: number
  readonly notables: number
  readonly hops: SavedHops
}

/** A node has fewer parts than this. */
const PARTS = 0x1000000
const WHOLE = -1

export function createRecords(): Records {
  const histories = new Map<number, MetricHistory>()
  const log = createLog()
  const hops = createHops()
  const marks: Mark[] = []
  const notables = createNotables()
  return {
    log,
    hops,
    marks,
    notables,
    historyOf(node, width, part = WHOLE) {
      const key = node * PARTS + part - WHOLE
      let history = histories.get(key)
      if (!history) histories.set(key, (history = createHistory(width)))
      return history
    },
    save: (atUs) => ({
      rows: log.rows,
      items: log.items,
      notables: notables.count,
      hops: saveHops(hops, atUs),
    }),
    moveTo(saved, atUs) {
      moveLog(log, saved.rows, saved.items)
      restoreHops(hops, saved.hops)
      notables.count = saved.notables
      marks.length = 0
      for (const history of histories.values()) moveHistory(history, atUs / US_PER_S)
    },
    forgetAhead() {
      forgetLogAhead(log)
      forgetFuture(notables)
      for (const history of histories.values()) forgetSamplesAhead(history)
    },
  }
}
