import { MailOpen } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import { CardLines } from '../../canvas/CardLines.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

/** What the last mails were about, and how many the rule took. */
function Card({ digest }: CardProps) {
  const { received = 0, bounced = 0, stopped = 0 } = digest?.figures ?? {}
  return (
    <>
      <CardLines digest={digest} />
      <span className="card-note">
        <b>{formatCount(received)}</b> received
        {bounced + stopped > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(bounced + stopped)}</b> turned away
          </>
        )}
      </span>
    </>
  )
}

const view: KindView = { schema, icon: MailOpen, badge: () => '', Card, actions: [], lists: [] }

export default view
