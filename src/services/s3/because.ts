/** Why things happen to a bucket's event notifications, in words for people (FACTS 15.3). */
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './books.ts'

export function because(
  _sim: Simulation,
  _node: number,
  row: LogRow,
  before: readonly LogRow[],
): string {
  const refused = before.findLast(({ isCall, error }) => isCall && error !== '')
  switch (row.operation) {
    case NEWS_WORDS[NEWS.retrying]:
      return 'The destination could not take it just now: Amazon S3 tries again.'
    case NEWS_WORDS[NEWS.lost]:
      return refused
        ? `${refused.to} refused it with ${refused.error}, and it is not tried again. The object itself is in the bucket.`
        : 'Nobody was there to be told. The object itself is in the bucket.'
    default:
      return ''
  }
}
