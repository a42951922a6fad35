import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { LogRow } from '../../worker/protocol.ts'
import { shortClock } from '../clock.ts'
import { useAnswer } from '../useAnswer.ts'
import { useApp, useAppRun } from '../useApp.ts'
import { Because } from '../message/Because.tsx'
import { useLog } from './useLog.ts'

const ROW_PX = 23
/** Further from the top than this, the list stands still. */
const TOP_PX = 8

/** The calls, newest first; a row opens to the JSON of its request and response. */
export function LogTable() {
  const filter = useApp((state) => state.logFilter)
  const scroller = useRef<HTMLDivElement>(null)
  const [atTop, setAtTop] = useState(true)
  const [open, setOpen] = useState<number | null>(null)
  const opened = useApp((state) => state.opened)
  const forks = useApp((state) => state.forks)
  const [listed, setListed] = useState({ filter, opened, forks })
  // The list stands still while it is read, but not when it is about other calls: another choice of
  // them, another design, another future.
  if (listed.filter !== filter || listed.opened !== opened || listed.forks !== forks) {
    setListed({ filter, opened, forks })
    setOpen(null)
    setAtTop(true)
  }
  useEffect(() => {
    // Where browsers answer with a promise, that is no clean-up.
    void scroller.current?.scrollTo({ top: 0 })
  }, [listed])
  const following = atTop && open === null
  const { rows: known, total, more } = useLog(filter, following)
  const rows = useRowsByNow(known, following)
  // The clock went back to before what is read.
  if (rows.length < known.length && !rows.some(({ row }) => open === null || row === open)) {
    setOpen(null)
    setAtTop(true)
  }
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index].row,
    overscan: 10,
  })
  const items = list.getVirtualItems()
  const nearEnd = (items.at(-1)?.index ?? 0) >= rows.length - 20
  useEffect(() => {
    if (!atTop && nearEnd) more()
  }, [atTop, nearEnd, more])

  if (total === 0) {
    return <p className="empty">No calls yet. Press play, and every API call is listed here.</p>
  }
  if (rows.length === 0) return <p className="empty">No call passes the filters above.</p>
  return (
    <div
      className="log"
      ref={scroller}
      role="region"
      aria-label="List of API calls"
      tabIndex={0}
      onScroll={(event) => setAtTop(event.currentTarget.scrollTop < TOP_PX)}
    >
      <ul style={{ height: list.getTotalSize() }}>
        {items.map(({ index, key, start }) => (
          <li
            key={key}
            data-index={index}
            ref={list.measureElement}
            style={{ transform: `translateY(${start}px)` }}
          >
            <Row
              row={rows[index]}
              open={rows[index].row === open}
              onToggle={() => setOpen(rows[index].row === open ? null : rows[index].row)}
            />
          </li>
        ))}
      </ul>
      {(!atTop || open !== null) && (
        <button
          type="button"
          className="button log-newest"
          data-small
          onClick={() => {
            setOpen(null)
            setAtTop(true)
            scroller.current?.scrollTo({ top: 0 })
          }}
        >
          To the newest
        </button>
      )}
    </div>
  )
}

/** Those that have happened by the moment that is shown: a list that stands still may have later ones. */
function useRowsByNow(known: readonly LogRow[], following: boolean): readonly LogRow[] {
  const { player } = useAppRun()
  useApp((state) => state.moment)
  const nowUs = player.shownUs()
  if (following || known.length === 0 || known[0].atUs <= nowUs) return known
  return known.filter(({ atUs }) => atUs <= nowUs)
}

interface RowProps {
  readonly row: LogRow
  readonly open: boolean
  readonly onToggle: () => void
}

function Row({ row, open, onToggle }: RowProps) {
  return (
    <>
      <button
        type="button"
        className="log-row"
        data-news={!row.isCall || undefined}
        aria-expanded={open}
        onClick={onToggle}
      >
        <Cells row={row} />
      </button>
      {open && <Because of={{ row: row.row }} className="log-why" />}
      {open && row.isCall && <Call row={row.row} />}
    </>
  )
}

function Cells({ row }: { readonly row: LogRow }) {
  const { player } = useAppRun()
  return (
    <>
      <span className="log-time mono">{shortClock(row.atUs - player.originUs())}</span>
      {row.from !== '' && <span className="log-from">{row.from}</span>}
      <span className="log-operation mono">{row.operation}</span>
      <span>{row.to}</span>
      <span className="log-words">{row.input}</span>
      <span className="log-status mono" data-bad={row.status >= 400 || undefined}>
        {row.isCall && row.status > 0 ? row.status : ''}
      </span>
      <span className="log-words" data-bad={row.error !== '' || undefined}>
        {[row.error, row.output].filter((word) => word !== '').join(': ')}
      </span>
    </>
  )
}

function Call({ row }: { readonly row: number }) {
  const answer = useAnswer({ about: 'call', row }, 5000)
  if (!answer) return <p className="empty">…</p>
  if (!answer.call) return <p className="empty">The log does not reach back so far any more.</p>
  return (
    <div className="log-call">
      <Json title="Request" value={answer.call.request} />
      <Json title="Response" value={answer.call.response} />
    </div>
  )
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </figure>
  )
}
