import { BookOpen, History, RotateCcw } from 'lucide-react'
import { formatCount, formatDuration, formatRate } from '../../base/format.ts'
import { SparkLine } from '../../canvas/SparkLine.tsx'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

function Card({ digest }: CardProps) {
  const {
    records = 0,
    again = 0,
    ageUs = 0,
    behindUs = 0,
    ratePerSecond = 0,
  } = digest?.figures ?? {}
  return (
    <>
      <TokenRow name="last" label="last read" />
      <SparkLine values={digest?.spark ?? []} />
      <span className="card-note">
        <b>{formatCount(records)}</b>
        {` read, ${formatRate(ratePerSecond)}`}
        {again > 0 && `, ${formatCount(again)} again`}
        {behindUs > 0
          ? `, ${formatDuration(behindUs)} behind`
          : ageUs > 0 && `, ${formatDuration(ageUs)} old`}
      </span>
    </>
  )
}

const view: KindView = {
  schema,
  icon: BookOpen,
  badge: (config) => (config.readMode === 'fanOut' ? 'fan-out' : 'shared'),
  Card,
  actions: [
    {
      id: 'replay',
      label: 'Read the last 5 minutes again',
      icon: History,
      help: 'New iterators AT_TIMESTAMP, five minutes ago.',
      args: { minutes: 5 },
    },
    {
      id: 'replayAll',
      label: 'Read everything again',
      icon: RotateCcw,
      help: 'New iterators at TRIM_HORIZON: replay of all that is kept.',
      args: {},
    },
  ],
  figureNames: {},
  lists: [],
}

export default view
