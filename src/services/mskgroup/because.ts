/** Why things happen in a consumer group, in words for people (FACTS 12). */
import { formatDuration } from '../../base/format.ts'
import { fromMs } from '../../base/units.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './group.ts'

export function because(sim: Simulation, node: number, row: LogRow): string {
  const timeout = formatDuration(fromMs(Number(sim.world.nodes[node].config.sessionTimeoutMs)))
  switch (row.operation) {
    case NEWS_WORDS[NEWS.rebalanced]:
      return 'A member or a partition came or went. All members had ended their work first, and nothing was read meanwhile; each partition goes on at its committed offset.'
    case NEWS_WORDS[NEWS.crashed]:
      return `What it had not committed is read again. Its partitions wait for the session timeout, ${timeout}, then they go to others.`
    default:
      return ''
  }
}
