import { Activity, GitFork, Merge, Send } from 'lucide-react'
import { counted, formatCount } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import type { Lane } from '../../worker/protocol.ts'
import schema from './schema.ts'
import './kinesis.css'

function Card({ digest }: CardProps) {
  const rows = digest?.rows ?? []
  const { hiddenShards = 0, recordsPerCell = 1, status = 1, consumers = 0 } = digest?.figures ?? {}
  const notes = [
    status !== 1 && STATUSES[status],
    hiddenShards > 0 && `+${formatCount(hiddenShards)} shards`,
    recordsPerCell > 1 && `1 cell = ${formatCount(recordsPerCell)} records`,
    consumers > 0 && `${consumers} enhanced fan-out`,
  ].filter(Boolean)
  return (
    <>
      {rows.length === 0 && <TokenRow name="none" label="shards" lane />}
      {rows.map(({ name, label = '', lane }) => (
        <TokenRow key={name} name={name} label={spoken(label, lane)} lane>
          {lane && <ShardLabel label={label} lane={lane} />}
        </TokenRow>
      ))}
      {notes.length > 0 && <span className="shard-notes">{notes.join(' · ')}</span>}
    </>
  )
}

const STATUSES = ['CREATING', 'ACTIVE', 'UPDATING', 'DELETING']

const HOT = 0.9
const isHot = ({ heat, refuses }: Lane): boolean => heat >= HOT || refuses

/** For screen readers. */
function spoken(label: string, lane: Lane | undefined): string {
  if (!lane) return label
  const state = lane.closed ? ', closed' : isHot(lane) ? ', hot' : ''
  const readers = lane.pins.map(({ reader, cells }) => `, ${reader} ${cells} cells behind`)
  return `${label}${state}${readers.join('')}, records:`
}

const share = (part: number): string => `${Math.round(part * 1000) / 10} %`

/** Its name, and below it the part of the hash keys that it takes, coloured by its load. */
function ShardLabel({ label, lane }: { readonly label: string; readonly lane: Lane }) {
  const { from, to, heat, closed, origin } = lane
  const range = `hash keys ${share(from)} to ${share(to)}`
  const load = closed ? 'closed' : `${Math.round(heat * 100)} % of its limit`
  return (
    <span
      className="shard-label"
      data-closed={closed || undefined}
      data-child={origin !== '' || undefined}
      data-hot={isHot(lane) || undefined}
      title={[range, load, origin].filter(Boolean).join(', ')}
      aria-hidden="true"
    >
      <span className="shard-name">{label}</span>
      <span className="shard-range">
        <i
          style={{
            left: `${from * 100}%`,
            width: `${Math.max(4, (to - from) * 100)}%`,
            opacity: closed ? 0.3 : 0.25 + Math.min(1, heat) * 0.75,
          }}
        />
      </span>
    </span>
  )
}

const view: KindView = {
  schema,
  icon: Activity,
  badge(config, digest) {
    const shards = digest?.figures.openShards ?? Number(config.ShardCount)
    return counted(shards, 'shard')
  },
  Card,
  actions: [
    {
      id: 'putOne',
      label: 'Put a test record',
      icon: Send,
      help: 'Puts one record into this stream (PutRecord).',
      args: {},
    },
    {
      id: 'splitHottest',
      label: 'Split the hottest shard',
      icon: GitFork,
      help: 'Closes it and opens two in its place (SplitShard); takes 20 s.',
      args: {},
    },
    {
      id: 'mergeColdest',
      label: 'Merge the coldest neighbours',
      icon: Merge,
      help: 'Closes two neighbours and opens one in their place (MergeShards); takes 20 s.',
      args: {},
    },
  ],
  figureNames: {
    iteratorAgeUs: 'GetRecords.IteratorAgeMilliseconds',
    IncomingRecords: 'IncomingRecords',
    IncomingBytes: 'IncomingBytes',
    WriteProvisionedThroughputExceeded: 'WriteProvisionedThroughputExceeded',
    ReadProvisionedThroughputExceeded: 'ReadProvisionedThroughputExceeded',
  },
  figureWords: { status: STATUSES },
  lists: [
    { id: 'open', label: 'Open shards' },
    { id: 'closed', label: 'Closed shards' },
  ],
}

export default view
