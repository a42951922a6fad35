import { FunctionSquare } from 'lucide-react'
import { counted, formatCount, formatDuration } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

type Figures = Readonly<Record<string, number>>

/** Execution environments as slots; below, what came of the invocations and what waits. */
function Card({ digest }: CardProps) {
  const figures: Figures = digest?.figures ?? {}
  const { Invocations = 0, Errors = 0, Throttles = 0, stalled = 0, iteratorAgeUs = 0 } = figures
  const bad = [
    { value: Errors, label: Errors === 1 ? 'error' : 'errors' },
    { value: Throttles, label: 'throttled' },
  ].filter(({ value }) => value > 0)
  return (
    <>
      <TokenRow name="environments" label="" slots />
      <span className="card-note">
        <b>{formatCount(Invocations)}</b> {Invocations === 1 ? 'invocation' : 'invocations'}
        {bad.map(({ value, label }) => (
          <span key={label}>
            {' · '}
            <b className="is-bad">{formatCount(value)}</b> {label}
          </span>
        ))}
      </span>
      <span className="card-note">{reading(figures)}</span>
      {stalled > 0 && (
        <span className="card-note">
          <b className="is-bad">{formatCount(stalled)}</b>
          {` stalled, IteratorAge ${formatDuration(iteratorAgeUs)}`}
        </span>
      )}
    </>
  )
}

/** Who reads for it, and what waits. */
function reading(figures: Figures): string {
  const { pollers = 0, asyncWaiting = 0, processed = 0, returned = 0, discarded = 0 } = figures
  return [
    `${counted(processed, 'record')} done`,
    pollers > 0 && `${formatCount(pollers)} pollers`,
    returned > 0 && `${formatCount(returned)} came back`,
    discarded > 0 && `${formatCount(discarded)} given up`,
    asyncWaiting > 0 && `${formatCount(asyncWaiting)} ${asyncWaiting === 1 ? 'waits' : 'wait'}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

const view: KindView = {
  schema,
  icon: FunctionSquare,
  badge({ ReservedConcurrentExecutions, Timeout }, digest) {
    const reserved = Number(ReservedConcurrentExecutions)
    if (!digest) return reserved >= 0 ? `reserved ${reserved}` : `timeout ${String(Timeout)} s`
    const { running = 0 } = digest.figures
    return reserved >= 0 ? `${running} of ${reserved}` : `${formatCount(running)} running`
  },
  Card,
  actions: [],
  figureNames: {
    Invocations: 'Invocations',
    Errors: 'Errors',
    Throttles: 'Throttles',
    running: 'ConcurrentExecutions',
    iteratorAgeUs: 'IteratorAge',
    AsyncEventsReceived: 'AsyncEventsReceived',
    AsyncEventsDropped: 'AsyncEventsDropped',
  },
  lists: [{ id: 'asyncEvents', label: 'Asynchronous events' }],
}

export default view
