import { Mail, Send } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import { CardLines } from '../../canvas/CardLines.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

/** Whom the last mails went to, and how many came through. */
function Card({ digest }: CardProps) {
  const { delivered = 0, bounced = 0, complaints = 0 } = digest?.figures ?? {}
  return (
    <>
      <CardLines digest={digest} />
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
  schema,
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
