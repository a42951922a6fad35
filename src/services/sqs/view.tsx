import { Inbox, Send, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { formatDuration } from '../../base/format.ts'
import { fromSeconds } from '../../base/units.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import { FifoCard } from './fifo/FifoCard.tsx'
import schema from './schema.ts'

const isDeadLetterQueue = (rolesIn: readonly string[]): boolean => rolesIn.includes('redrive')

function Card(props: CardProps) {
  return props.config.FifoQueue === true ? <FifoCard {...props} /> : <StandardCard {...props} />
}

function StandardCard({ config, digest, rolesIn, rolesOut }: CardProps) {
  const polled = rolesOut.includes('poll')
  const storeOnly = isDeadLetterQueue(rolesIn) && !polled
  const delays = useOnce(Number(config.DelaySeconds) > 0 || (digest?.figures.delayed ?? 0) > 0)
  return (
    <>
      <TokenRow name="visible" label="visible" />
      {!storeOnly && <TokenRow name="inFlight" label="in flight" />}
      {delays && <TokenRow name="delayed" label="delayed" />}
    </>
  )
}

/** True from the first time on, so that a row that came does not come and go. */
function useOnce(now: boolean): boolean {
  const [seen, setSeen] = useState(now)
  if (now && !seen) setSeen(true)
  return seen
}

const view: KindView = {
  schema,
  icon: Inbox,
  badge: (config, _digest, rolesIn) =>
    isDeadLetterQueue(rolesIn)
      ? formatDuration(fromSeconds(Number(config.MessageRetentionPeriod)))
      : `vt ${formatDuration(fromSeconds(Number(config.VisibilityTimeout)))}`,
  heading: (rolesIn) =>
    isDeadLetterQueue(rolesIn) ? { title: 'Dead-letter queue', tone: 'danger' } : undefined,
  Card,
  actions: [
    {
      id: 'sendOne',
      label: 'Send a test message',
      icon: Send,
      help: 'Sends one message to this queue.',
      args: {},
    },
    {
      id: 'redrive',
      label: 'Redrive',
      icon: Undo2,
      help: 'Of a dead-letter queue: moves its messages back to where they came from (StartMessageMoveTask).',
      args: {},
    },
    {
      id: 'purge',
      label: 'Purge',
      icon: Trash2,
      help: 'Deletes everything in the queue (PurgeQueue); once every 60 s.',
      args: {},
    },
  ],
  figureNames: {
    visible: 'ApproximateNumberOfMessagesVisible',
    inFlight: 'ApproximateNumberOfMessagesNotVisible',
    delayed: 'ApproximateNumberOfMessagesDelayed',
    oldestAgeUs: 'ApproximateAgeOfOldestMessage',
    sent: 'NumberOfMessagesSent',
    received: 'NumberOfMessagesReceived',
    deleted: 'NumberOfMessagesDeleted',
    emptyReceives: 'NumberOfEmptyReceives',
  },
  lists: [
    { id: 'visible', label: 'Visible' },
    { id: 'inFlight', label: 'In flight' },
    { id: 'delayed', label: 'Delayed' },
  ],
}

export default view
