import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { counted, formatDuration } from '../../base/format.ts'
import { hueColor } from '../../canvas/palette.ts'
import type { MessageInfo } from '../../worker/protocol.ts'
import { useApp, useAppRun } from '../useApp.ts'
import { useAnswer } from '../useAnswer.ts'
import { useTheme } from '../useTheme.ts'

const ROW_PX = 30
const PAGE = 100

interface MessagesTabProps {
  readonly node: string
  readonly lists: readonly { readonly id: string; readonly label: string }[]
}

/** What a part holds, list by list, however long: rows outside of the view are never asked for. */
export default function MessagesTab({ node, lists }: MessagesTabProps) {
  const [list, setList] = useState(lists[0]?.id ?? '')
  const [offset, setOffset] = useState(0)
  const answer = useAnswer({ about: 'messages', node, list, offset, limit: 2 * PAGE })
  const total = answer?.total ?? 0
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    onChange: ({ range }) => {
      const first = range?.startIndex ?? 0
      setOffset(Math.max(0, Math.floor((first - PAGE / 4) / PAGE) * PAGE))
    },
  })
  return (
    <div className="messages">
      <div className="segments" role="group" aria-label="Which messages">
        {lists.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === list}
            onClick={() => {
              setList(id)
              setOffset(0)
              scroller.current?.scrollTo({ top: 0 })
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <p className="messages-total" role="status">
        {counted(total, 'message')}
      </p>
      <div
        className="messages-scroll"
        ref={scroller}
        role="region"
        tabIndex={0}
        aria-label="Messages"
      >
        <ul style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => (
            <li key={index} style={{ height: ROW_PX, transform: `translateY(${start}px)` }}>
              <Row info={answer?.messages[index - offset]} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function Row({ info }: { readonly info: MessageInfo | undefined }) {
  const openMessage = useApp((state) => state.openMessage)
  const { player } = useAppRun()
  const theme = useTheme()
  if (!info) return <span className="message-row">…</span>
  return (
    <button
      type="button"
      className="message-row"
      onClick={(event) => {
        const { left, top, height } = event.currentTarget.getBoundingClientRect()
        openMessage({ message: info.message, x: left, y: top + height / 2, side: 'left' })
      }}
    >
      <span
        className="message-dot"
        style={{ background: hueColor(info.hue, theme) }}
        aria-hidden="true"
      />
      <span className="mono">m-{info.message}</span>
      <span className="message-body">
        {info.subject !== undefined && <b>{info.subject} </b>}
        {info.body}
      </span>
      <span className="message-receives" title={`Received ${info.receives} times`}>
        {info.receives > 0 ? `×${info.receives}` : ''}
      </span>
      <span className="message-age" title="Age">
        {formatDuration(Math.max(0, player.shownUs() - info.sentUs))}
      </span>
    </button>
  )
}
