import { Sigma } from 'lucide-react'
import { formatCount, formatDuration } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import './analytics.css'

/** How far the window has got, what is in it, and what came of those before. */
function Card({ digest }: CardProps) {
  const figures = digest?.figures ?? {}
  const { progress = 0, numRecordsOut = 0, windows = 0 } = figures
  return (
    <>
      <TokenRow name="window" label="in window" />
      <div className="window-bar" aria-hidden="true">
        <div style={{ width: `${(progress * 100).toFixed(1)}%` }} />
      </div>
      <span className="card-note">{waiting(figures)}</span>
      <span className="card-note">
        {digest?.problems?.sql ? (
          <b className="is-bad">The SQL cannot be run</b>
        ) : (
          <>
            <b>{formatCount(numRecordsOut)}</b> rows out of <b>{formatCount(windows)}</b>{' '}
            {windows === 1 ? 'window' : 'windows'}
          </>
        )}
      </span>
    </>
  )
}

function waiting({ open = 0, leftUs, behindUs = 0 }: Readonly<Record<string, number>>): string {
  const held = `${formatCount(open)} ${open === 1 ? 'record' : 'records'}`
  const closes = leftUs === undefined ? '' : `, closes in ${formatDuration(leftUs)}`
  return `${held}${closes}${behindUs > 0 ? `, ${formatDuration(behindUs)} behind` : ''}`
}

/** "tumbling 60 s", "sliding 60/10 s". */
const badge = ({ window, sizeS, slideS }: CardProps['config']): string =>
  `${window} ${sizeS}${window === 'sliding' && slideS !== 0 ? `/${slideS}` : ''} s`

const view: KindView = {
  icon: Sigma,
  badge,
  Card,
  actions: [],
  figureNames: { behindUs: 'MillisBehindLatest', kpu: 'KPUs' },
  lists: [],
  table: { label: 'Results', empty: 'No window has closed yet.' },
}

export default view
