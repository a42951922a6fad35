import { Plug, Unplug, Video } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

function Card({ digest }: CardProps) {
  const { put = 0, kept = 0, lost = 0, cut = 0 } = digest?.figures ?? {}
  return (
    <span className="card-note">
      <b>{formatCount(put)}</b>
      {' fragments put'}
      {kept > 0 && `, ${formatCount(kept)} kept`}
      {lost > 0 && `, ${formatCount(lost)} lost`}
      {cut > 0 && ' · cut off'}
    </span>
  )
}

const view: KindView = {
  schema,
  icon: Video,
  badge: (config) => `${Number(config.kilobitsPerSecond) / 1000} Mbit/s`,
  Card,
  actions: [
    {
      id: 'cut',
      label: 'Cut the connection',
      icon: Unplug,
      help: 'It goes on filming and keeps the fragments.',
      args: {},
    },
    {
      id: 'reconnect',
      label: 'Connect again',
      icon: Plug,
      help: 'What it kept goes out.',
      args: {},
    },
  ],
  lists: [{ id: 'kept', label: 'Kept' }],
}

export default view
