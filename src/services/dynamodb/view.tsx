import { Database } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'
import './dynamodb.css'

/** The first items, key and a few attributes each, as the inspector's list has them whole. */
function Card({ digest }: CardProps) {
  const rows = digest?.rows ?? []
  const {
    items = 0,
    readUnitsPerSecond = 0,
    writeUnitsPerSecond = 0,
    ThrottledRequests = 0,
  } = digest?.figures ?? {}
  return (
    <>
      {rows.length > 0 && (
        <table className="table-rows">
          <tbody>
            {rows.map(({ name, label = '' }) => (
              <tr key={name}>
                {label.split('\t').map((text, column) => (
                  <td key={column}>{short(text)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <span className="card-note">
        <b>{formatCount(items)}</b> {items === 1 ? 'item' : 'items'}
        {digest && ` · ${writeUnitsPerSecond} WCU/s · ${readUnitsPerSecond} RCU/s`}
        {ThrottledRequests > 0 && (
          <>
            {' · '}
            <b className="is-bad">{formatCount(ThrottledRequests)}</b> throttled
          </>
        )}
      </span>
    </>
  )
}

/** Of what is longer than a cell, the end: ids and sequence numbers begin alike. */
const short = (text: string): string => (/^\S*\d{8,}$/.test(text) ? `…${text.slice(-6)}` : text)

const view: KindView = {
  schema,
  icon: Database,
  badge: ({ BillingMode, ReadCapacityUnits, WriteCapacityUnits }) =>
    BillingMode === 'PROVISIONED'
      ? `${WriteCapacityUnits} WCU / ${ReadCapacityUnits} RCU`
      : 'on-demand',
  Card,
  actions: [],
  figureNames: {
    ConsumedReadCapacityUnits: 'ConsumedReadCapacityUnits',
    ConsumedWriteCapacityUnits: 'ConsumedWriteCapacityUnits',
    ThrottledRequests: 'ThrottledRequests',
    ConditionalCheckFailedRequests: 'ConditionalCheckFailedRequests',
  },
  lists: [],
  table: { label: 'Items', empty: 'The table has no items.' },
}

export default view
