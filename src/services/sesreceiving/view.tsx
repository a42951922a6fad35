import { MailOpen } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'

/** What the last mails were about, and how many the rule took. */
function Card({ digest }: CardProps) {
  const { received = 0, bounced = 0, stopped = 0 } = digest?.figures ?? {}
  return (
    <>
      {(digest?.lines ?? []).slice(0, 2).map((line, n) => (
        <span key={`${n}/${line}`} className="card-note">
          {line}
        </span>
      ))}
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

const view: KindView = { icon: MailOpen, badge: () => '', Card, actions: [], lists: [] }

export default view
