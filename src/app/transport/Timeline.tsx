import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { formatClock, formatCount } from '../../base/format.ts'
import { US_PER_S } from '../../base/units.ts'
import { NOTABLE_WORDS } from '../notableWords.ts'
import type { Player } from '../player.ts'
import { markTotals, TIMELINE_BINS, type Timeline as TimelineData } from '../timeline.ts'
import { useAnimationFrame } from '../useAnimationFrame.ts'
import { useApp, useAppRun } from '../useApp.ts'
import { useTheme } from '../useTheme.ts'
import { paintTimeline } from './paintTimeline.ts'

const SMALL_STEP_US = US_PER_S
const LARGE_STEP_US = 10 * US_PER_S
/** A press that moves less means the mark nearest to it. */
const CLICK_PX = 4

/** The run so far: how much happened, what was notable, and where the clock stands, to be moved. */
export function Timeline() {
  const { player } = useAppRun()
  const theme = useTheme()
  const isShared = useApp((state) => state.live?.open ?? false)
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
      {isShared ? (
        <canvas ref={canvas} aria-hidden="true" />
      ) : (
        <Scrubber>
          <canvas ref={canvas} aria-hidden="true" />
        </Scrubber>
      )}
      <Words />
    </div>
  )
}

/** Takes the clock to where it is pressed, dragged or moved by keys. */
function Scrubber({ children }: { readonly children: React.ReactNode }) {
  const { player } = useAppRun()
  const seek = useApp((state) => state.seek)
  const seekNear = useApp((state) => state.seekNear)
  const togglePlay = useApp((state) => state.togglePlay)
  const resumes = useRef(false)
  const pressedX = useRef(0)
  const ref = useAnimationFrame<HTMLDivElement>((element) => sayTime(element, player))

  const seekTo = ({ currentTarget, clientX }: PointerEvent<HTMLElement>, isClick = false) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    const { originUs, binUs } = player.timeline()
    const lengthUs = binUs * TIMELINE_BINS
    const share = Math.min(1, Math.max(0, (clientX - left) / width))
    const toUs = originUs + share * lengthUs
    return isClick ? seekNear(toUs, (CLICK_PX / width) * lengthUs) : seek(toUs)
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    resumes.current = player.state().status === 'playing'
    pressedX.current = event.clientX
    void seekTo(event)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) void seekTo(event)
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const resume = resumes.current
    resumes.current = false
    const isClick = Math.abs(event.clientX - pressedX.current) < CLICK_PX
    void seekTo(event, isClick && !resume).then(() => {
      if (resume && player.state().status !== 'playing') togglePlay()
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const toUs = keyTarget(event.key, player)
    if (toUs === null) return
    event.preventDefault()
    event.stopPropagation()
    void seek(toUs)
  }
  return (
    <div
      ref={ref}
      className="scrubber"
      role="slider"
      tabIndex={0}
      aria-label="Timeline"
      aria-valuemin={0}
      aria-valuenow={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  )
}

/** Written straight into the page, as the clock is. */
function sayTime(element: HTMLElement, player: Player): void {
  const shownUs = player.shownUs() - player.originUs()
  const set = (name: string, value: string) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  }
  set('aria-valuemax', String(Math.round((player.frontierUs() - player.originUs()) / US_PER_S)))
  set('aria-valuenow', String(Math.round(shownUs / US_PER_S)))
  set('aria-valuetext', formatClock(shownUs))
}

/** Where a key takes the clock; null: it is not one of the slider's. */
function keyTarget(key: string, player: Player): number | null {
  const atUs = player.headedUs()
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return atUs - SMALL_STEP_US
    case 'ArrowRight':
    case 'ArrowUp':
      return atUs + SMALL_STEP_US
    case 'PageDown':
      return atUs - LARGE_STEP_US
    case 'PageUp':
      return atUs + LARGE_STEP_US
    case 'Home':
      return player.originUs()
    case 'End':
      return player.frontierUs()
    default:
      return null
  }
}

/** The same in words, made anew whenever time stops. */
function Words() {
  const { player } = useAppRun()
  useApp((state) => state.moment)
  const timeline = player.timeline()
  const marks = markTotals(timeline).map(
    ([type, count]) => `${formatCount(count)} ${NOTABLE_WORDS[type].many}`,
  )
  return (
    <p className="visually-hidden">
      {`Timeline: ${formatCount(timeline.events)} events until ${formatClock(timeline.untilUs - timeline.originUs)}.`}
      {marks.length > 0 && ` ${marks.join(', ')}.`}
    </p>
  )
}
