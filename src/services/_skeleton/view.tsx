/**
 * How a mailbox looks. The frame, the name, the handles and the warning sign are drawn for every
 * kind alike; the moving messages and the tokens in rows are painted over the card. A card never
 * draws a message itself, and keeps to the classes of `canvas/card.css`.
 */
import { Mailbox, Trash2 } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

function Card({ digest }: CardProps) {
  const { received = 0 } = digest?.figures ?? {}
  return (
    <>
      {/* The name of one of the digest's rows. */}
      <TokenRow name="kept" label="kept" />
      <div className="card-line">
        <span className="card-note">
          <b>{formatCount(received)}</b> received
        </span>
      </div>
    </>
  )
}

const view: KindView = {
  schema,
  icon: Mailbox,
  // Yours: the one setting that people want to see without a click.
  badge: (config) => `keeps ${formatCount(Number(config.keepCount))}`,
  Card,
  // Yours: buttons; each `id` is a key of the behaviour's `actions`.
  actions: [
    { id: 'empty', label: 'Empty', icon: Trash2, help: 'Takes all messages out.', args: {} },
  ],
  // Yours: the lists that the Messages tab pages through (`Behaviour.page`).
  lists: [{ id: 'kept', label: 'Kept' }],
}

export default view
