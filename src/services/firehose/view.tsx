import { PackageOpen, PlugZap, Plug, Send } from 'lucide-react'
import { formatBytes, formatCount } from '../../base/format.ts'
import { CardMeter } from '../../canvas/CardMeter.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

type Figures = Readonly<Record<string, number>>

/** How full the buffer is, and when it is delivered: the only thing a Firehose makes people wait for. */
function Card({ digest }: CardProps) {
  const figures: Figures = digest?.figures ?? {}
  const { fullestBytes = 0, bufferLimitBytes = 1, delivered = 0, objects = 0 } = figures
  return (
    <>
      {figures.transforms === 1 && <Transformation figures={figures} />}
      <CardMeter share={fullestBytes / bufferLimitBytes} some={fullestBytes > 0} />
      <span className="card-note">{waiting(figures)}</span>
      <span className="card-note">
        <b>{formatCount(delivered)}</b> delivered in <b>{formatCount(objects)}</b>{' '}
        {objects === 1 ? 'batch' : 'batches'}
        {figures.partitions !== undefined && ` · ${formatCount(figures.partitions)} partitions`}
        <Troubles figures={figures} />
      </span>
    </>
  )
}

/** What waits for the function, and what it made of the records so far. */
function Transformation({ figures }: { readonly figures: Figures }) {
  const { 'SucceedProcessing.Records': transformed = 0, dropped = 0, notTransformed = 0 } = figures
  return (
    <>
      <span className="card-note">{waitingForFunction(figures)}</span>
      <span className="card-note">
        <b>{formatCount(transformed)}</b> Ok · <b>{formatCount(dropped)}</b> dropped
        {notTransformed > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(notTransformed)}</b> failed
          </>
        )}
      </span>
    </>
  )
}

function waitingForFunction({ toTransformBytes = 0, transformInS, transforming = 0 }: Figures) {
  if (transforming > 0) return `${formatCount(transforming)} at the function`
  if (transformInS === undefined) return 'nothing to transform'
  return `${formatBytes(toTransformBytes)} to transform, in ${transformInS} s`
}

function waiting({ bufferedBytes = 0, flushInS, underway = 0, transforming = 0 }: Figures): string {
  if (flushInS !== undefined)
    return `${formatBytes(bufferedBytes)} buffered, flush in ${flushInS} s`
  return underway > 0 && transforming === 0 ? 'delivering' : 'nothing buffered'
}

function Troubles({ figures }: { readonly figures: Figures }) {
  const { retrying = 0, failedToBackup = 0, notTransformed = 0, lost = 0 } = figures
  const shown = [
    { value: retrying, label: 'retrying' },
    { value: failedToBackup - notTransformed, label: 'to backup' },
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
  schema,
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
  figureWords: { isDown: ['no', 'yes'], transforms: ['no', 'yes'] },
  lists: [
    { id: 'toTransform', label: 'To be transformed' },
    { id: 'buffered', label: 'Buffered' },
    { id: 'underway', label: 'Being delivered' },
  ],
}

export default view
