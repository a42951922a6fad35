import { Monitor, RotateCcw, StepBack, StepForward } from 'lucide-react'
import { formatCount, formatDuration } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

function Card({ digest }: CardProps) {
  const { fragments = 0, delayUs = 0 } = digest?.figures ?? {}
  return (
    <>
      <TokenRow name="last" label="last seen" />
      <span className="card-note">
        <b>{formatDuration(delayUs)}</b>
        {` behind live, ${formatCount(fragments)} seen`}
      </span>
    </>
  )
}

/** How fast it works, against the film: "5 ×". */
function speed(workMs: number): string {
  if (workMs === 1000) return 'plays'
  return workMs === 0 ? 'at once' : `${Number((1000 / workMs).toPrecision(2))} ×`
}

const view: KindView = {
  schema,
  icon: Monitor,
  badge: ({ workMs }) => speed(Number(workMs)),
  Card,
  actions: [
    {
      id: 'rewind',
      label: 'One minute back',
      icon: RotateCcw,
      help: 'GetMedia from a PRODUCER_TIMESTAMP.',
      args: { minutes: 1 },
    },
    {
      id: 'earliest',
      label: 'From the beginning',
      icon: StepBack,
      help: 'GetMedia from EARLIEST.',
      args: {},
    },
    {
      id: 'now',
      label: 'To now',
      icon: StepForward,
      help: 'GetMedia from NOW.',
      args: {},
    },
  ],
  figureNames: { delayUs: 'millisBehindLive' },
  lists: [],
}

export default view
