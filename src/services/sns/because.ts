/** Why things happen to a message at a topic, in words for people (FACTS 4). */
import { formatDuration } from '../../base/format.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { readRow } from '../../engine/log.ts'
import { wordsOfRow } from '../../engine/views.ts'
import { NEWS, NEWS_WORDS, gatePlace } from './books.ts'
import { whyFiltered } from './gate.ts'

const PHASES: Readonly<Record<string, string>> = {
  [NEWS_WORDS[NEWS.immediate]]: 'The first retries come without any delay.',
  [NEWS_WORDS[NEWS.preBackoff]]: 'Then a few come at the shortest interval.',
  [NEWS_WORDS[NEWS.backoff]]: 'From here on the intervals grow, up to the longest.',
  [NEWS_WORDS[NEWS.postBackoff]]: 'The last retries come at the longest interval.',
}

export function because(
  sim: Simulation,
  node: number,
  row: LogRow,
  before: readonly LogRow[],
): string {
  const tries = before.filter(({ operation }) => operation in PHASES)
  switch (row.operation) {
    case NEWS_WORDS[NEWS.filtered]:
      return `${filteredAt(sim, node, row.row)} Other subscriptions decide for themselves.`
    case NEWS_WORDS[NEWS.deduplicated]:
      return 'A message with the same deduplication id was published within the last 5 minutes: it is answered as a success and delivered once.'
    case NEWS_WORDS[NEWS.failed]:
      return `The delivery failed${tries.length > 0 ? ` ${tries.length + 1} times in ${formatDuration(row.atUs - tries[0].atUs)}` : ''} and is not tried again. A dead-letter queue on the subscription would have kept the message.`
    case NEWS_WORDS[NEWS.redriven]:
      return 'Its delivery was given up, and the subscription’s redrive policy names this queue.'
    case NEWS_WORDS[NEWS.notAsked]:
      return 'The endpoint has to answer this request before it gets messages: until then the subscription is pending.'
    default:
      if (row.operation in PHASES) return `Delivery failed. ${PHASES[row.operation]}`
      if (row.error.startsWith('Throttled')) {
        return 'A FIFO topic takes 300 messages a second of one message group, and 3 000 messages or 20 MB in all unless its throughput scope is the message group.'
      }
      return row.error.startsWith('AuthorizationError')
        ? `No statement of the topic’s policy lets ${row.from || 'the caller'} do ${row.operation}.`
        : ''
  }
}

function filteredAt(sim: Simulation, node: number, row: number): string {
  const place = gatePlace(readRow(sim.records.log, row)?.token ?? 0)
  return (
    whyFiltered(sim, node, place, wordsOfRow(sim, row)) ||
    'The subscription’s filter policy does not match this message, so no copy of it is sent there.'
  )
}
