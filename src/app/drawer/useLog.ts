/** The API log, newest first: follows the run at the top, stands still while older rows are read. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { LogFilter, LogRow } from '../../worker/protocol.ts'
import { pollRun } from '../poll.ts'
import { useAppRun, useAppStore } from '../useApp.ts'

const PAGE = 200
const EVERY_MS = 300

export interface Log {
  readonly rows: readonly LogRow[]
  readonly total: number
  /** Asks for the page after the last row, once. */
  readonly more: () => void
}

/** @param following false while the reader looks at older rows */
export function useLog(filter: LogFilter, following: boolean): Log {
  const { ask } = useAppRun()
  const store = useAppStore()
  const [log, setLog] = useState<Omit<Log, 'more'>>({ rows: [], total: 0 })
  const asking = useRef(false)

  useEffect(() => {
    if (!following) return undefined
    let over = false
    const stop = pollRun(store, EVERY_MS, async () => {
      const answer = await ask({ about: 'log', before: 0, limit: PAGE, filter })
      if (over || answer.about !== 'log') return
      setLog(answer)
      const calls = answer.rows.filter(({ isCall }) => isCall)
      store.getState().noteOperations(calls.map(({ operation }) => operation))
    })
    return () => {
      over = true
      stop()
    }
  }, [ask, store, filter, following])

  const more = useCallback(async () => {
    const last = log.rows.at(-1)
    if (asking.current || !last || log.rows.length >= log.total) return
    asking.current = true
    const answer = await ask({ about: 'log', before: last.row, limit: PAGE, filter })
    asking.current = false
    if (answer.about !== 'log') return
    setLog((before) =>
      before.rows.at(-1) === last ? { ...before, rows: [...before.rows, ...answer.rows] } : before,
    )
  }, [ask, filter, log])

  return { ...log, more: () => void more() }
}
