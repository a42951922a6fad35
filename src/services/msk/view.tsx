import { Rows3 } from 'lucide-react'
import { counted, formatCount } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

function Card({ digest }: CardProps) {
  const { hidden = 0, SumOffsetLag = 0, retained = 0 } = digest?.figures ?? {}
  const rows = digest?.rows ?? []
  return (
    <>
      {rows.length === 0 && <TokenRow name="none" label="partitions" />}
      {rows.map(({ name }, n) => (
        <TokenRow key={name} name={name} label={`p${n}`} />
      ))}
      <span className="card-note">
        <b>{formatCount(retained)}</b>
        {` kept, ${formatCount(SumOffsetLag)} behind`}
        {hidden > 0 && `, +${formatCount(hidden)} partitions`}
      </span>
    </>
  )
}

const view: KindView = {
  schema,
  icon: Rows3,
  badge(config, digest) {
    const count = digest?.figures.partitions ?? Number(config.partitions)
    return counted(count, 'partition')
  },
  Card,
  actions: [],
  figureNames: { SumOffsetLag: 'SumOffsetLag', MaxOffsetLag: 'MaxOffsetLag' },
  lists: [{ id: 'records', label: 'By partition, newest first' }],
}

export default view
