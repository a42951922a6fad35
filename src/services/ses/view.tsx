import { Mail, Send } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'

/** Whom the last mails went to, and how many came through. */
function Card({ digest }: CardProps) {
  const { delivered = 0, bounced = 0, complaints = 0 } = digest?.figures ?? {}
  return (
    <>
      {(digest?.lines ?? []).slice(0, 2).map((line, n) => (
        <span key={`${n}/${line}`} className="card-note">
          {line}
        </span>
      ))}
      <span className="card-note">
        <b>{formatCount(delivered)}</b> delivered
        {bounced > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(bounced)}</b> bounced
          </>
        )}
        {complaints > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(complaints)}</b> complained
          </>
        )}
      </span>
    </>
  )
}

const view: KindView = {
  icon: Mail,
  badge: ({ verified, ProductionAccessEnabled }) => {
    if (verified === false) return 'not verified'
    return ProductionAccessEnabled === false ? 'sandbox' : ''
  },
  Card,
  actions: [
    {
      id: 'sendOne',
      label: 'Send a test mail',
      icon: Send,
      help: 'SendEmail to the first mailbox that is wired.',
      args: {},
    },
  ],
  lists: [],
}

export default view
