import { ListVideo } from 'lucide-react'
import { formatCount, formatDuration } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'
import './video.css'

function Card({ digest }: CardProps) {
  const { keptUs = 0, perCell = 1 } = digest?.figures ?? {}
  return (
    <>
      <div className="filmstrip">
        <TokenRow name="film" label="" lane />
      </div>
      <span className="card-note">
        <b>{formatDuration(keptUs)}</b>
        {' kept'}
        {perCell > 1 && ` · 1 cell = ${formatCount(perCell)} fragments`}
      </span>
    </>
  )
}

const view: KindView = {
  schema,
  icon: ListVideo,
  badge: ({ DataRetentionInHours }) =>
    Number(DataRetentionInHours) > 0
      ? `${formatCount(Number(DataRetentionInHours))} h`
      : 'not stored',
  Card,
  actions: [],
  figureNames: { behindUs: 'GetMedia.MillisBehindNow' },
  lists: [{ id: 'kept', label: 'Fragments' }],
}

export default view
