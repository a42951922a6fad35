import { formatCount } from '../../../base/format.ts'
import { US_PER_MINUTE, US_PER_S } from '../../../base/units.ts'
import { TokenRow } from '../../../canvas/tokens/TokenRow.tsx'
import type { CardProps } from '../../../canvas/view.ts'
import './fifo.css'

/** The card of a FIFO queue: a lane for each group, what is remembered, how near the limit it is. */
export function FifoCard({ digest }: CardProps) {
  const rows = digest?.rows ?? []
  const lanes = rows.filter((row) => row.label !== undefined)
  const delayed = rows.some((row) => row.name === 'delayed' && row.total > 0)
  return (
    <>
      {lanes.length === 0 && <TokenRow name="lane0" label="groups" />}
      {lanes.map((row) => (
        <TokenRow key={row.name} name={row.name} label={row.label ?? ''} />
      ))}
      {delayed && <TokenRow name="delayed" label="delayed" />}
      {digest && <Memory figures={digest.figures} />}
      {digest && <Throughput figures={digest.figures} />}
    </>
  )
}

interface FiguresProps {
  readonly figures: Readonly<Record<string, number>>
}

/** Deduplication: how many ids the queue knows, and the last send it swallowed. */
function Memory({ figures }: FiguresProps) {
  const { remembered, duplicateOf, duplicateLeftUs } = figures
  const last =
    duplicateLeftUs > 0 ? `duplicate of m-${duplicateOf}, ${clock(duplicateLeftUs)} left` : ''
  return (
    <span className="fifo-line" title="Deduplication ids are remembered for 5 minutes.">
      {`${formatCount(remembered)} ids remembered`}
      {last !== '' && <em>{last}</em>}
    </span>
  )
}

/** 3:41. */
function clock(us: number): string {
  const seconds = Math.floor((us % US_PER_MINUTE) / US_PER_S)
  return `${Math.floor(us / US_PER_MINUTE)}:${String(seconds).padStart(2, '0')}`
}

/** Calls a second of the busiest action, against the limit. */
function Throughput({ figures }: FiguresProps) {
  const { callsPerSecond, callLimit, throttled } = figures
  return (
    <span
      className="fifo-line"
      title="Calls a second of the busiest action: send, receive or delete."
    >
      <meter
        aria-label="Share of the call limit"
        min={0}
        max={callLimit}
        high={callLimit * 0.8}
        value={callsPerSecond}
      />
      {`${formatCount(callsPerSecond)} of ${formatCount(callLimit)} calls/s`}
      {throttled > 0 && <em>{`${formatCount(throttled)} throttled`}</em>}
    </span>
  )
}
