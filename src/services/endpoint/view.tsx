import { BellRing, MailCheck, Plug, PlugZap, Repeat } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'
import './endpoint.css'

/** What arrived last, as its owner sees it: lines of a request list, mails, texts. */
function Card({ digest, config }: CardProps) {
  const { accepted = 0, refused = 0, pendingConfirmations = 0 } = digest?.figures ?? {}
  const lines = digest?.lines ?? []
  const isPhone = config.protocol === 'sms' || config.protocol === 'application'
  return (
    <>
      <ul className="endpoint-lines" data-bubbles={isPhone || undefined}>
        {pendingConfirmations > 0 && (
          <li className="endpoint-pending">asked to confirm a subscription</li>
        )}
        {lines.slice(0, pendingConfirmations > 0 ? 2 : 3).map((line, n) => (
          <li key={`${n}/${line}`} data-bad={/^([45]\d\d|✕) /.test(line) || undefined}>
            {line}
          </li>
        ))}
        {lines.length === 0 && pendingConfirmations === 0 && (
          <li className="endpoint-none">nothing has arrived</li>
        )}
      </ul>
      <span className="card-note endpoint-count">
        <b>{formatCount(accepted)}</b> arrived
        {refused > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(refused)}</b> failed
          </>
        )}
      </span>
    </>
  )
}

const view: KindView = {
  schema,
  icon: BellRing,
  badge(_config, digest) {
    const { down = 0, pendingConfirmations = 0 } = digest?.figures ?? {}
    if (down > 0) return 'down'
    return pendingConfirmations > 0 ? 'pending' : ''
  },
  Card,
  actions: [
    {
      id: 'confirm',
      label: 'Confirm subscription',
      icon: MailCheck,
      help: 'Visits the link in the request: ConfirmSubscription with its token.',
      args: {},
    },
    {
      id: 'askAgain',
      label: 'Ask again',
      icon: Repeat,
      help: 'Subscribes once more, so that SNS sends its request to confirm again.',
      args: {},
    },
    {
      id: 'takeDown',
      label: 'Take down',
      icon: PlugZap,
      help: 'From now on nobody answers.',
      args: {},
    },
    {
      id: 'bringBack',
      label: 'Bring back',
      icon: Plug,
      help: 'It answers again.',
      args: {},
    },
  ],
  figureWords: { down: ['no', 'yes'] },
  lists: [
    { id: 'accepted', label: 'Arrived' },
    { id: 'refused', label: 'Failed' },
  ],
}

export default view
