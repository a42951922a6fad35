/** Why things happen to records in an application, in words for people (FACTS 9). */
import { formatDuration } from '../../base/format.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './query.ts'
import { stateOf } from './state.ts'

export function because(sim: Simulation, node: number, row: LogRow): string {
  if (row.operation !== NEWS_WORDS[NEWS.late]) return ''
  const delay = formatDuration(stateOf(sim, node).settings.watermarkDelayUs)
  return `Every window of its event time had closed: the watermark, ${delay} behind the latest event time, had passed their ends. A longer watermark delay waits for such stragglers, and every result comes later.`
}
