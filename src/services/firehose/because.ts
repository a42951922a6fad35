/** Why things happen to records in a delivery stream, in words for people (FACTS 8). */
import { formatDuration } from '../../base/format.ts'
import type { LogRow } from '../../engine/frame.ts'
import { itemsOf, readRow } from '../../engine/log.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { RESULT } from './errors.ts'
import { NEWS, NEWS_WORDS } from './events.ts'
import { stateOf } from './state.ts'

export function because(sim: Simulation, node: number, row: LogRow): string {
  if (row.error.startsWith('ServiceUnavailable') || refusesSome(sim, row)) {
    return 'A delivery stream takes so many records and bytes a second by direct put; what comes beyond may be sent again.'
  }
  switch (row.operation) {
    case NEWS_WORDS[NEWS.toBackup]:
      return `The destination still failed when the retry duration, ${formatDuration(stateOf(sim, node).settings.retryUs)} (DurationInSeconds), was over: the whole batch goes to the backup bucket.`
    case NEWS_WORDS[NEWS.lost]:
      return 'Amazon S3 did not take it for 24 hours, which is as long as Firehose keeps records.'
    case NEWS_WORDS[NEWS.invokedAgain]:
      return 'The function did not return for the whole batch: throttled, timed out or an error. Firehose invokes it again (NumberOfRetries).'
    case NEWS_WORDS[NEWS.notTransformed]:
      return 'The function returned ProcessingFailed for it, or no invocation of its batch succeeded: it is put under processing-failed/ as it came, with the reason.'
    case NEWS_WORDS[NEWS.aside]:
      return 'It could not be converted (it is no JSON object), or its partition keys could not be read, or 500 partitions were active already. The object says which, and holds it as it came.'
    default:
      return ''
  }
}

/** A batch succeeds as a call, with an error for each record that was not taken. */
function refusesSome(sim: Simulation, row: LogRow): boolean {
  const logged = row.isCall ? readRow(sim.records.log, row.row) : null
  return logged
    ? itemsOf(sim.records.log, logged).some(({ code }) => code === RESULT.slowDown)
    : false
}
