import { Activity, GitFork, Merge, Send } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'

function Card({ digest }: CardProps) {
  const rows = digest?.rows ?? []
  return (
    <>
      {rows.map(({ name, label = '' }) => (
        <TokenRow key={name} name={name} label={label} />
      ))}
    </>
  )
}

const view: KindView = {
  icon: Activity,
  badge(config, digest) {
    const shards = digest?.figures.openShards ?? Number(config.ShardCount)
    return `${formatCount(shards)} ${shards === 1 ? 'shard' : 'shards'}`
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
  lists: [
    { id: 'open', label: 'Open shards' },
    { id: 'closed', label: 'Closed shards' },
  ],
}

export default view
