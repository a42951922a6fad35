import { Database, FilePlus2, FileX2 } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

function Card({ digest }: CardProps) {
  const { objects = 0, orphaned = 0, eventsDelivered = 0, eventsLost = 0 } = digest?.figures ?? {}
  return (
    <>
      {(digest?.lines ?? []).map((key) => (
        <span key={key} className="card-note">
          {key}
        </span>
      ))}
      <span className="card-note">
        <b>{formatCount(objects)}</b> {objects === 1 ? 'object' : 'objects'}
        {orphaned > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(orphaned)}</b> orphaned
          </>
        )}
        {(orphaned === 0 || eventsDelivered > 0) && (
          <>
            {' · '}
            <b>{formatCount(eventsDelivered)}</b> events
          </>
        )}
        {eventsLost > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(eventsLost)}</b> lost
          </>
        )}
      </span>
    </>
  )
}

const view: KindView = {
  schema,
  icon: Database,
  badge: () => '',
  Card,
  actions: [
    {
      id: 'putOne',
      label: 'Put an object',
      icon: FilePlus2,
      help: 'Puts one small object with a new key.',
      args: {},
    },
    {
      id: 'deleteOne',
      label: 'Delete the newest',
      icon: FileX2,
      help: 'Deletes the object that came last.',
      args: {},
    },
  ],
  lists: [{ id: 'objects', label: 'Objects' }],
}

export default view
