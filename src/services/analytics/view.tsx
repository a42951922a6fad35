import { Sigma } from 'lucide-react'
import { counted, formatClock, formatCount, formatDuration } from '../../base/format.ts'
import { CardMeter } from '../../canvas/CardMeter.tsx'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

/** How far the window has got, what is in it, and what came of those before. */
function Card({ digest }: CardProps) {
  const figures = digest?.figures ?? {}
  const { progress = 0, numRecordsOut = 0, windows = 0, numLateRecordsDropped: late = 0 } = figures
  return (
    <>
      <TokenRow name="window" label="in window" />
      <CardMeter share={progress} />
      <span className="card-note">{waiting(figures)}</span>
      <span className="card-note">
        {digest?.problems?.sql ? (
          <b className="is-bad">The SQL cannot be run</b>
        ) : (
          <>
            <b>{formatCount(numRecordsOut)}</b> rows out of <b>{formatCount(windows)}</b>{' '}
            {windows === 1 ? 'window' : 'windows'}
            {late > 0 && (
              <>
                {' · '}
                <b className="is-bad">{formatCount(late)}</b> late
              </>
            )}
          </>
        )}
      </span>
    </>
  )
}

type Figures = Readonly<Record<string, number>>

function waiting({ open = 0, leftUs, watermarkUs, behindUs = 0 }: Figures): string {
  const held = counted(open, 'record')
  if (watermarkUs !== undefined)
    return `${held}, watermark ${formatClock(watermarkUs).slice(0, -4)}`
  const closes = leftUs === undefined ? '' : `, closes in ${formatDuration(leftUs)}`
  return `${held}${closes}${behindUs > 0 ? `, ${formatDuration(behindUs)} behind` : ''}`
}

/** "tumbling 60 s", "sliding 60/10 s", "session 30 s". */
function badge({ window, sizeS, slideS, gapS }: CardProps['config']): string {
  const slide = window === 'sliding' && slideS !== 0 ? `/${slideS}` : ''
  return `${window} ${window === 'session' ? gapS : `${sizeS}${slide}`} s`
}

const view: KindView = {
  schema,
  icon: Sigma,
  badge,
  Card,
  actions: [],
  figureNames: {
    behindUs: 'MillisBehindLatest',
    kpu: 'KPUs',
    watermarkUs: 'Watermark',
    numRecordsIn: 'numRecordsIn',
    numRecordsOut: 'numRecordsOut',
    numLateRecordsDropped: 'numLateRecordsDropped',
    notTimed: 'without event time',
  },
  lists: [],
  table: { label: 'Results', empty: 'No window has closed yet.' },
}

export default view
