import { useState } from 'react'
import { counted, formatCount } from '../../base/format.ts'
import type { KindView } from '../../canvas/view.ts'
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { useAnswer } from '../useAnswer.ts'
import { Actions } from './Actions.tsx'
import './table.css'

const PAGE = 100

interface TableTabProps {
  readonly node: ScenarioNode
  readonly table: NonNullable<KindView['table']>
}

/** What a part keeps that is no message, a page at a time. A row opens into all of its values. */
export default function TableTab({ node, table }: TableTabProps) {
  const [offset, setOffset] = useState(0)
  const [open, setOpen] = useState<string | null>(null)
  const {
    columns = [],
    rows = [],
    total = 0,
  } = useAnswer({ about: 'table', node: node.id, offset, limit: PAGE })?.page ?? {}
  if (total === 0) {
    return (
      <div className="kept-none">
        <p className="empty">{table.empty}</p>
        {table.action && <Actions node={node} only={table.action} />}
      </div>
    )
  }
  const opened = rows.find(([key]) => key === open)
  return (
    <div className="kept">
      <p className="messages-total" role="status">
        {counted(total, 'row')}
      </p>
      <div className="kept-scroll" role="region" tabIndex={0} aria-label={table.label}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([key, ...values]) => (
              <tr key={key} data-open={key === open || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    aria-expanded={key === open}
                    onClick={() => setOpen(key === open ? null : key)}
                  >
                    {key}
                  </button>
                </th>
                {values.map((value, n) => (
                  <td key={columns[n + 1]}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {opened && (
        <div className="kept-row" role="region" tabIndex={0} aria-label={opened[0]}>
          <dl>
            {columns.map((column, n) => (
              <div key={column}>
                <dt>{column}</dt>
                <dd className="mono">{opened[n]}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {total > PAGE && <Pages offset={offset} total={total} go={setOffset} />}
    </div>
  )
}

interface PagesProps {
  readonly offset: number
  readonly total: number
  go(offset: number): void
}

function Pages({ offset, total, go }: PagesProps) {
  return (
    <div className="kept-pages">
      <button type="button" disabled={offset === 0} onClick={() => go(Math.max(0, offset - PAGE))}>
        Back
      </button>
      <span>
        {formatCount(offset + 1)} to {formatCount(Math.min(total, offset + PAGE))}
      </span>
      <button type="button" disabled={offset + PAGE >= total} onClick={() => go(offset + PAGE)}>
        On
      </button>
    </div>
  )
}
