/** Why things happen to fragments in a video stream, in words for people (FACTS 10). */
import { formatDuration } from '../../base/format.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS, retentionUs } from './stream.ts'

export function because(sim: Simulation, node: number, row: LogRow): string {
  const isPut = row.operation === 'PutMedia'
  switch (row.error) {
    case 'ConnectionLimitExceededException':
      return isPut
        ? 'One camera puts into a stream at a time, and another one’s connection is open. It ends half a minute after its last fragment.'
        : 'A stream serves three GetMedia connections at a time.'
    case 'ClientLimitExceededException':
      return 'A stream takes five fragments and 12.5 MB a second. Longer fragments or a lower bit rate make room.'
    case 'MAX_CONNECTION_DURATION_REACHED':
      return 'The service ends a PutMedia connection after 45 minutes; the camera connects again and goes on where it was.'
    case 'MIN_FRAGMENT_DURATION_REACHED':
    case 'MAX_FRAGMENT_DURATION_REACHED':
      return 'A fragment must last 1 to 20 seconds. It is cut at a key frame, so the time between key frames counts too.'
    case 'MAX_FRAGMENT_SIZE_REACHED':
      return 'A fragment may have 50 MB: its length times the bit rate.'
  }
  return row.operation === NEWS_WORDS[NEWS.expired]
    ? `Fragments stay for ${formatDuration(retentionUs(sim, node))} after they arrived, whether anybody has seen them or not.`
    : ''
}
