/** What a run leaves behind: the log, hops, metric history and marks. Not part of the world. */
import type { Mark } from './frame.ts'
import { createHops, type HopRing } from './hops.ts'
import { createLog, type ApiLog } from './log.ts'
import { createHistory, type MetricHistory } from './metrics.ts'

export interface Records {
  readonly log: ApiLog
  readonly hops: HopRing
  /** Since the screen last took them. */
  readonly marks: Mark[]
  /** A node's samples; made on first use. */
  historyOf(node: number, width: number): MetricHistory
}

export function createRecords(): Records {
  const histories = new Map<number, MetricHistory>()
  return {
    log: createLog(),
    hops: createHops(),
    marks: [],
    historyOf(node, width) {
      let history = histories.get(node)
      if (!history) histories.set(node, (history = createHistory(width)))
      return history
    },
  }
}
