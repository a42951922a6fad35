/** Why things happen to records in a stream, in words for people (FACTS 6.5, 6.7). */
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './events.ts'

export function because(_sim: Simulation, _node: number, row: LogRow): string {
  if (row.error === 'ProvisionedThroughputExceededException') {
    return row.operation.startsWith('Get')
      ? 'A shard gives 2 MB and 5 reads a second to all shared readers together. A consumer with enhanced fan-out has 2 MB/s of each shard for itself.'
      : 'A shard takes 1 MB and 1 000 records a second, and the hash of the partition key decides which shard. Keys that spread better, or a split of the shard that is hot, make room; the producer may try again.'
  }
  switch (row.operation) {
    case NEWS_WORDS[NEWS.expired]:
      return 'Records stay for the stream’s retention period, whether anybody has read them or not.'
    case NEWS_WORDS[NEWS.scaled]:
      return 'An on-demand stream splits a shard by itself when it takes more than its share.'
    default:
      return ''
  }
}
