import { Network, Plus, RotateCcw, Skull, Square } from 'lucide-react'
import { counted, formatCount, formatDuration, formatRate } from '../../base/format.ts'
import { useTheme } from '../../canvas/hops/surroundings.ts'
import { hueColor } from '../../canvas/palette.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'
import type { TokenRow } from '../../worker/protocol.ts'
import schema from './schema.ts'
import './kcl.css'

/** Chips of a lane; further leases are counted. */
const CHIPS = 6

function Card({ digest }: CardProps) {
  const { figures = {}, rows = [] } = digest ?? {}
  const { processed = 0, again = 0, behindUs = 0, ratePerSecond = 0, hiddenWorkers = 0 } = figures
  const { isWired = 1, lost = 0 } = figures
  return (
    <>
      <ul className="worker-lanes" aria-label="Workers and their leases">
        {rows.map((row) => (
          <WorkerLane key={row.name} row={row} />
        ))}
      </ul>
      {hiddenWorkers > 0 && (
        <span className="card-note">+{formatCount(hiddenWorkers)} workers</span>
      )}
      <span className="card-note">
        {isWired === 0 ? (
          <b className="is-bad">Needs a stream and a lease table</b>
        ) : (
          <>
            <b>{formatCount(processed)}</b>
            {` processed, ${formatRate(ratePerSecond)}`}
            {again > 0 && `, ${formatCount(again)} again`}
            {lost > 0 && `, ${counted(lost, 'lease')} lost`}
            {behindUs > 0 && `, ${formatDuration(behindUs)} behind`}
          </>
        )}
      </span>
    </>
  )
}

/** A worker and the leases it holds, each in its shard's colour; filled while it works on records. */
function WorkerLane({ row }: { readonly row: TokenRow }) {
  const { label, state, tokens, total } = row
  const theme = useTheme()
  return (
    <li className="worker-lane" data-state={state}>
      <span className="worker-name">{label}</span>
      <span className="worker-leases">
        {tokens.slice(0, CHIPS).map(({ message: shard, hue, look }) => (
          <span key={shard} className="lease-chip" data-busy={look === 'solid' || undefined}>
            <i style={{ background: hueColor(hue, theme) }} aria-hidden="true" />
            <span className="visually-hidden">shard-</span>
            {shard}
          </span>
        ))}
        {total > CHIPS && <span className="lease-more">+{formatCount(total - CHIPS)}</span>}
        {state !== 'working' && <span className="worker-state">{STATES[state ?? '']}</span>}
      </span>
    </li>
  )
}

const STATES: Readonly<Record<string, string>> = {
  spare: 'spare: no lease',
  crashed: '✕ crashed',
  stopped: 'stopped',
}

/** How many run; before the first run how many there will be. */
function badge(config: CardProps['config'], digest: CardProps['digest']): string {
  const workers = digest?.figures.workers ?? Number(config.workers)
  return counted(workers, 'worker')
}

const view: KindView = {
  schema,
  icon: Network,
  badge,
  Card,
  actions: [
    {
      id: 'addWorker',
      label: 'Add a worker',
      icon: Plus,
      help: 'It scans the lease table and takes its share.',
      args: {},
    },
    {
      id: 'crashWorker',
      label: 'Crash the busiest worker',
      icon: Skull,
      help: 'It dies without a word; its leases are free when the failover time is over.',
      args: {},
    },
    {
      id: 'stopWorker',
      label: 'Stop the busiest worker',
      icon: Square,
      help: 'It checkpoints and gives its leases back.',
      args: {},
    },
    {
      id: 'restartWorkers',
      label: 'Restart workers',
      icon: RotateCcw,
      help: 'Those that crashed or stopped come back, as new workers.',
      args: {},
    },
  ],
  figureNames: {
    processed: 'RecordsProcessed',
    behindUs: 'MillisBehindLatest',
    lost: 'LostLeases',
  },
  lists: [],
  table: { label: 'Leases', empty: 'There are no leases yet, or no lease table.' },
}

export default view
