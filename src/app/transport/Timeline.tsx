import { useRef } from 'react'
import { formatClock, formatCount } from '../../base/format.ts'
import type { NotableType } from '../../worker/protocol.ts'
import { markTotals, type Timeline as TimelineData } from '../timeline.ts'
import { useAnimationFrame } from '../useAnimationFrame.ts'
import { useApp, useAppRun } from '../useApp.ts'
import { useTheme } from '../useTheme.ts'
import { MARKS, paintTimeline } from './paintTimeline.ts'

/** The run so far: how much happened, what was notable, and where the clock stands. */
export function Timeline() {
  const { player } = useAppRun()
  const theme = useTheme()
  const painted = useRef<{ timeline: TimelineData; atUs: number; theme: string; width: number }>(
    null,
  )
  const canvas = useAnimationFrame<HTMLCanvasElement>((element) => {
    const timeline = player.timeline()
    const atUs = player.shownUs()
    const width = element.clientWidth
    const last = painted.current
    const same =
      last?.timeline === timeline &&
      last.atUs === atUs &&
      last.theme === theme &&
      last.width === width
    if (same) return
    painted.current = { timeline, atUs, theme, width }
    paintTimeline(element, timeline, atUs)
  })
  return (
    <div className="timeline">
      <canvas ref={canvas} aria-hidden="true" />
      <Words />
    </div>
  )
}

/** The same in words, made anew whenever time stops. */
function Words() {
  const { player } = useAppRun()
  useApp((state) => state.moment)
  const timeline = player.timeline()
  const marks = markTotals(timeline).map(([type, count]) => wordsOf(type, count))
  return (
    <p className="visually-hidden">
      {`Timeline: ${formatCount(timeline.events)} events until ${formatClock(timeline.untilUs - timeline.originUs)}.`}
      {marks.length > 0 && ` ${marks.join(', ')}.`}
    </p>
  )
}

const wordsOf = (type: NotableType, count: number): string =>
  `${formatCount(count)} ${MARKS[type].words}`
