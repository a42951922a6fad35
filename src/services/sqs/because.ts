/** Why things happen to a message in a queue, in words for people (FACTS 2). */
import { formatClock, formatDuration } from '../../base/format.ts'
import { US_PER_S } from '../../base/units.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './events.ts'
import { queueOf } from './queue.ts'

const seconds = (count: number): string => formatDuration(count * US_PER_S)

const isReceive = ({ isCall, operation, error }: LogRow): boolean =>
  isCall && operation === 'ReceiveMessage' && error === ''

export function because(
  sim: Simulation,
  node: number,
  row: LogRow,
  before: readonly LogRow[],
): string {
  if (row.error !== '') return whyRefused(row)
  const { settings, redrive } = queueOf(sim, node)
  const earlier = before.filter(({ to }) => to === row.to)
  const received = earlier.findLast(isReceive)
  switch (row.operation) {
    case 'SendMessage':
    case 'SendMessageBatch':
      return row.error === '' && settings.delayUs > 0
        ? `It can be received ${seconds(settings.delayUs / US_PER_S)} later, when the queue’s delay has passed.`
        : ''
    case 'ReceiveMessage':
      return `In flight from now on: hidden from others for ${seconds(settings.visibilityUs / US_PER_S)}, unless the visibility timeout is changed.`
    case 'DeleteMessage':
    case 'DeleteMessageBatch':
      return whyDeleted(row, earlier)
    case NEWS_WORDS[NEWS.timedOut]:
      return received
        ? `${formatDuration(row.atUs - received.atUs)} passed since ${received.from} received it, without a DeleteMessage.${fateOf(before, received)} It can be received again.`
        : ''
    case NEWS_WORDS[NEWS.deadLettered]:
      return redrive.maxReceiveCount > 0
        ? `Received ${redrive.maxReceiveCount} times already, which is the queue’s maxReceiveCount, and never deleted.`
        : ''
    case NEWS_WORDS[NEWS.expired]:
      return `It was in the queue for the whole retention period, ${seconds(settings.retentionUs / US_PER_S)}.`
    case NEWS_WORDS[NEWS.duplicate]:
      return 'A standard queue delivers at least once: one of its servers missed that it had been received.'
    case NEWS_WORDS[NEWS.deduplicated]:
      return 'A message with the same deduplication id was accepted within the last 5 minutes.'
    default:
      return ''
  }
}

function whyRefused({ error, from, operation }: LogRow): string {
  switch (error.replace(/^AWS\.SimpleQueueService\./, '')) {
    case 'AccessDenied':
    case 'AccessDeniedException':
      return `No statement of the queue’s policy lets ${from || 'the caller'} do ${operation}. The advice on the queue’s card has the statement that would.`
    case 'OverLimit':
      return 'So many messages are in flight that no more are handed out, until some are deleted or come back.'
    case 'RequestThrottled':
      return 'A FIFO queue takes so many calls a second for each API action: batches carry ten messages a call, and high throughput raises the limit for each group.'
    default:
      return ''
  }
}

/** What the log says of whoever had it: " order-workers/2 crashed at 00:04:11.200." */
function fateOf(before: readonly LogRow[], received: LogRow): string {
  const fate = before.findLast(
    ({ row, isCall, from }) => !isCall && row > received.row && from === received.from,
  )
  return fate ? ` ${fate.from} ${fate.operation.slice(1, -1)} at ${formatClock(fate.atUs)}.` : ''
}

/** A delete that comes after others have received the message too tells of a timeout that is too short. */
function whyDeleted(row: LogRow, earlier: readonly LogRow[]): string {
  if (row.error !== '') return ''
  const own = earlier.findLast((one) => isReceive(one) && one.from === row.from)
  const latest = earlier.findLast(isReceive)
  if (!own || !latest || own.row === latest.row) return 'Done: it is gone for good.'
  return `Too late: ${row.from} worked for ${formatDuration(row.atUs - own.atUs)}, longer than the visibility timeout, and ${latest.from} received it meanwhile.`
}
