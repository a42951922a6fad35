import { RotateCcw, Users, Zap } from 'lucide-react'
import { counted, formatCount, formatRate } from '../../base/format.ts'
import { SparkLine } from '../../canvas/SparkLine.tsx'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

function Card({ digest }: CardProps) {
  const { records = 0, again = 0, ratePerSecond = 0 } = digest?.figures ?? {}
  return (
    <>
      <TokenRow name="last" label="last read" />
      <SparkLine values={digest?.spark ?? []} />
      <span className="card-note">
        <b>{formatCount(records)}</b>
        {` done, ${formatRate(ratePerSecond)}`}
        {again > 0 && `, ${formatCount(again)} again`}
      </span>
    </>
  )
}

const view: KindView = {
  schema,
  icon: Users,
  badge(config, digest) {
    const alive = digest?.figures.alive ?? Number(config.members)
    return counted(alive, 'member')
  },
  Card,
  actions: [
    {
      id: 'crash',
      label: 'Crash a member',
      icon: Zap,
      help: 'Its partitions wait for the session timeout; what it had not committed is read again.',
      args: {},
    },
    {
      id: 'restart',
      label: 'Start crashed members',
      icon: RotateCcw,
      help: 'They join the group, and the partitions are shared out anew.',
      args: {},
    },
  ],
  figureNames: {},
  lists: [],
}

export default view
