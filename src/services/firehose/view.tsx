import { PackageOpen, PlugZap, Plug, Send } from 'lucide-react'
import { formatBytes, formatCount } from '../../base/format.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'
import './firehose.css'

/** How full the buffer is, and when it is delivered: the only thing a Firehose makes people wait for. */
function Card({ digest }: CardProps) {
  const figures = digest?.figures ?? {}
  const { bufferedBytes = 0, bufferLimitBytes = 1, delivered = 0, objects = 0 } = figures
  const share = Math.min(1, bufferedBytes / bufferLimitBytes)
  return (
    <>
      <div className="firehose-bar" aria-hidden="true">
        <div style={{ width: `${Math.max(bufferedBytes > 0 ? 2 : 0, share * 100).toFixed(1)}%` }} />
      </div>
      <span className="card-note">{waiting(figures)}</span>
      <span className="card-note">
        <b>{formatCount(delivered)}</b> delivered in <b>{formatCount(objects)}</b>{' '}
        {objects === 1 ? 'batch' : 'batches'}
        <Troubles figures={figures} />
      </span>
    </>
  )
}

function waiting({
  bufferedBytes = 0,
  flushInS,
  underway = 0,
}: Readonly<Record<string, number>>): string {
  if (flushInS !== undefined)
    return `${formatBytes(bufferedBytes)} buffered, flush in ${flushInS} s`
  return underway > 0 ? 'delivering' : 'nothing buffered'
}

function Troubles({ figures }: { readonly figures: Readonly<Record<string, number>> }) {
  const { retrying = 0, failedToBackup = 0, lost = 0 } = figures
  const shown = [
    { value: retrying, label: 'retrying' },
    { value: failedToBackup, label: 'to backup' },
    { value: lost, label: 'lost' },
  ].filter(({ value }) => value > 0)
  return shown.map(({ value, label }) => (
    <span key={label}>
      {' · '}
      <b className="is-bad">{formatCount(value)}</b> {label}
    </span>
  ))
}

const view: KindView = {
  icon: PackageOpen,
  badge: ({ IntervalInSeconds, SizeInMBs }) =>
    Number(IntervalInSeconds) === 0
      ? 'zero buffering'
      : `${IntervalInSeconds} s / ${SizeInMBs} MiB`,
  Card,
  actions: [
    {
      id: 'flush',
      label: 'Deliver now',
      icon: Send,
      help: 'Closes the buffer as if its interval were over.',
      args: {},
    },
    {
      id: 'breakDestination',
      label: 'Break destination',
      icon: PlugZap,
      help: 'Every delivery fails from now on, and is tried again.',
      args: {},
    },
    {
      id: 'mendDestination',
      label: 'Mend destination',
      icon: Plug,
      help: 'Deliveries succeed again.',
      args: {},
    },
  ],
  lists: [
    { id: 'buffered', label: 'Buffered' },
    { id: 'underway', label: 'Being delivered' },
  ],
}

export default view
