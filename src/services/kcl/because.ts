/** Why things happen to an application's workers, in words for people (FACTS 6.9). */
import { formatDuration } from '../../base/format.ts'
import { fromMs } from '../../base/units.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './holding.ts'

export function because(sim: Simulation, node: number, row: LogRow): string {
  const { failoverTimeMillis } = sim.world.nodes[node].config
  switch (row.operation) {
    case NEWS_WORDS[NEWS.lost]:
      return 'Another worker has the lease: its write came first, and this one’s renewal failed on the lease counter. Records after the last checkpoint are processed again there.'
    case NEWS_WORDS[NEWS.crashed]:
      return `Its leases stand still: others take them once a counter has not changed for failoverTimeMillis, ${formatDuration(fromMs(Number(failoverTimeMillis)))}, and go on at the last checkpoint. What came after it is processed again.`
    case NEWS_WORDS[NEWS.stopped]:
      return 'It wrote its checkpoints and gave its leases back, so others go on where it was.'
    default:
      return ''
  }
}
