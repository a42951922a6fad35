import { FastForward, Rewind, SkipBack, TvMinimalPlay } from 'lucide-react'
import { formatCount, formatDuration } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'

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

const view: KindView = {
  icon: TvMinimalPlay,
  badge: ({ workMs }) => (Number(workMs) === 1000 ? 'plays' : `${Number(workMs)} ms/s`),
  Card,
  actions: [
    {
      id: 'rewind',
      label: 'One minute back',
      icon: Rewind,
      help: 'GetMedia from the PRODUCER_TIMESTAMP of a minute ago.',
      args: { minutes: 1 },
    },
    {
      id: 'earliest',
      label: 'From the beginning',
      icon: SkipBack,
      help: 'GetMedia from the EARLIEST fragment that is kept.',
      args: {},
    },
    {
      id: 'now',
      label: 'To now',
      icon: FastForward,
      help: 'GetMedia from NOW, the newest fragment.',
      args: {},
    },
  ],
  figureNames: { delayUs: 'millisBehindLive' },
  lists: [],
}

export default view
