import { Check, Megaphone, ScrollText, Send } from 'lucide-react'
import { lazy } from 'react'
import { counted, formatCount } from '../../base/format.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'
import './sns.css'

function Card({ digest, rolesOut }: CardProps) {
  const {
    subscriptions,
    published = 0,
    filtered = 0,
    failed = 0,
    pending = 0,
    throttled = 0,
  } = digest?.figures ?? {}
  const count = subscriptions ?? rolesOut.filter((role) => role === 'subscribe').length
  return (
    <>
      <Fan />
      <span className="card-note sns-note">
        {counted(count, 'subscription')}
        {pending > 0 && `, ${formatCount(pending)} pending`}
      </span>
      <span className="card-note sns-note">
        <b>{formatCount(published)}</b> published
        {filtered > 0 && (
          <>
            {' · '}
            <b>{formatCount(filtered)}</b> filtered
          </>
        )}
        {throttled > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(throttled)}</b> throttled
          </>
        )}
        {failed > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(failed)}</b> failed
          </>
        )}
      </span>
    </>
  )
}

/** One comes in, many go out: a topic keeps nothing. */
function Fan() {
  return (
    <svg className="sns-fan" viewBox="0 0 36 36" aria-hidden="true">
      <circle cx="18" cy="18" r="17" />
      <path d="M8 18h8M16 18l11-7M16 18h12M16 18l11 7" />
    </svg>
  )
}

const view: KindView = {
  schema,
  WireTools: lazy(() => import('./FilterTools.tsx')),
  icon: Megaphone,
  badge: (_config, digest) => {
    const { retrying = 0, pacing = 0 } = digest?.figures ?? {}
    if (retrying > 0) return `${formatCount(retrying)} to retry`
    return pacing > 0 ? `${formatCount(pacing)} wait` : ''
  },
  Card,
  actions: [
    {
      id: 'publishOne',
      label: 'Publish a test message',
      icon: Send,
      help: 'Publishes one message to this topic.',
      args: {},
    },
    {
      id: 'confirmAll',
      label: 'Confirm subscriptions',
      icon: Check,
      help: 'Confirms every pending subscription, as the endpoints’ owners would.',
      args: {},
    },
    {
      id: 'logDeliveries',
      label: 'Log deliveries',
      icon: ScrollText,
      help: 'Sets the feedback attributes of the subscribers’ protocols: every delivery is logged.',
      args: {},
    },
  ],
  figureNames: {
    published: 'NumberOfMessagesPublished',
    delivered: 'NumberOfNotificationsDelivered',
    filtered: 'NumberOfNotificationsFilteredOut',
    failed: 'NumberOfNotificationsFailed',
  },
  lists: [],
  table: {
    label: 'Delivery status',
    empty:
      'No delivery is logged. SNS logs those to queues, functions, Firehose, web servers and mobile apps, once a topic’s feedback attributes ask for it.',
    action: 'logDeliveries',
  },
}

export default view
