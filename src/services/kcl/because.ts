/** Why things happen to an application's workers, in words for people (FACTS 6.9). */
import { formatDuration } from '../../base/format.ts'
import { fromMs } from '../../base/units.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'

export const NEWS_WORDS = [
  '(lease lost)',
  '(worker crashed)',
  '(worker stopped)',
  '(records processed again)',
] as const
export const NEWS = { lost: 0, crashed: 1, stopped: 2, again: 3 } as const

export function because(sim: Simulation, node: number, row: LogRow): string {
  const { failoverTimeMillis } = sim.world.nodes[node].config
  switch (row.operation) {
    case NEWS_WORDS[NEWS.lost]:
      return 'Another worker has the lease: its write came first, and this one’s renewal failed on the lease counter. Records after the last checkpoint are processed again there.'
    case NEWS_WORDS[NEWS.crashed]:
      return `Its leases stand still: others take them once a counter has not changed for failoverTimeMillis, ${formatDuration(fromMs(Number(failoverTimeMillis)))}, and go on at the last checkpoint. What came after it is processed again.`
    case NEWS_WORDS[NEWS.stopped]:
      return 'It wrote its checkpoints and gave its leases back, so others go on where it was.'
    case NEWS_WORDS[NEWS.again]:
      return 'The lease changed hands, and the last checkpoint was older than what had been processed: an application of the KCL processes records at least once.'
    default:
      return ''
  }
}
